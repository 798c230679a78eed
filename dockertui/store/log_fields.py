"""The fields of a line that a program wrote for programs: JSON, or `key=value` pairs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from dockertui.store.log_level import level_of
from dockertui.store.log_words import Level

Part = tuple[Literal["level", "message", "key", "value"], str]
"""A piece of a line as it is shown, and what it is; blanks between pieces belong to them."""
Readable = list[Part]
"""A line with fields as a person reads it: its pieces, joined, are all there is to show."""

LONGEST_BYTES = 64 << 10
"""A line that is longer than this has no fields for us."""
_PREFIX_BYTES = 160
_MOST_PAIRS = 200

_COLOUR = re.compile(rb"\x1b\[[0-9;:]*[mK]")
_OBJECT = re.compile(rb'\{\s*(?:"|\}\s*$)')
_PAIR = re.compile(rb'(?:^|(?<=[\s,;(\[{]))([A-Za-z_@][\w.@/-]*)=("(?:[^"\\]|\\.)*+"|[^\s",;]*)')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = str.maketrans({"\n": "\\n", "\t": "\\t", "\r": "\\r"})

_TIMES = frozenset(
    ("time", "ts", "timestamp", "@timestamp", "t", "@t", "date", "datetime", "eventtime", "asctime")
)
_LEVELS = frozenset(
    ("level", "lvl", "severity", "loglevel", "log_level", "log.level", "levelname", "level_name")
) | {"@level", "@l", "s", "severitytext", "levelno", "level_value", "severitynumber"}
_MESSAGES = ("msg", "message", "@m", "@message", "@mt", "short_message", "event", "body", "log")
_SHORT = {Level.NOTICE: "NOTE"}
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_read = json.JSONDecoder(parse_constant=str).raw_decode


def fields_of(text: bytes) -> Mapping[str, Any] | None:
    """What a line says field by field; `None` for a line that has no fields.

    Args:
        text: A record's text, without its head.

    >>> fields_of(b'{"level": "warn", "http": {"status": 502}}')
    {'level': 'warn', 'http': {'status': 502}}
    >>> fields_of(b'level=warn msg="not found" status=404')
    {'level': 'warn', 'msg': 'not found', 'status': '404'}
    """
    found = _taken_apart(text)
    return found[1] if found else None


def field_at(fields: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - what JSON holds
    """The value at a path such as `http.status`; `None` when there is none.

    >>> field_at({"http": {"status": 502}, "a.b": 1}, "http.status")
    502
    """
    if path in fields:
        return fields[path]
    name, dot, rest = path.partition(".")
    while dot:
        inner = fields.get(name)
        if isinstance(inner, Mapping) and (value := field_at(inner, rest)) is not None:
            return value
        more, dot, rest = rest.partition(".")
        name = f"{name}.{more}"
    return None


def readable(text: bytes) -> Readable | None:
    r"""How a line with fields is shown on one row; `None` for a line without.

    Its time is left out, for the engine's own stands before it; the level and the message come
    first, then the other fields. Newlines and tabs are written as `\n` and `\t`.

    >>> readable(b'{"time": 1763899391, "level": "warn", "msg": "slow", "ms": 1200}')
    [('level', 'WARN'), ('message', ' slow'), ('key', ' ms='), ('value', '1200')]
    """
    found = _taken_apart(text)
    if found is None or not found[1]:
        return None
    before, fields = found
    return list(_parts(before, fields, level_of(text)))


def _taken_apart(text: bytes) -> tuple[str, dict[str, Any]] | None:
    """What stands before the fields of a line, and the fields."""
    if len(text) > LONGEST_BYTES:
        return None
    if b"\x1b" in text:
        text = _COLOUR.sub(b"", text)
    if (start := _OBJECT.search(text, 0, _PREFIX_BYTES + 2)) and text.rstrip().endswith(b"}"):
        return _object(text, start.start())
    return _pairs(text) if text.count(b"=") > 1 else None


def _object(text: bytes, start: int) -> tuple[str, dict[str, Any]] | None:
    whole = text[start:].decode("utf-8", "replace")
    try:
        fields, end = _read(whole)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or whole[end:].strip():
        return None
    return text[:start].decode("utf-8", "replace").strip(), fields


def _pairs(text: bytes) -> tuple[str, dict[str, Any]] | None:
    fields: dict[str, Any] = {}
    before = text
    for count, found in enumerate(_PAIR.finditer(text)):
        if not count:
            before = text[: found.start()]
        if count >= _MOST_PAIRS:
            break
        fields.setdefault(found[1].decode("utf-8", "replace"), _value(found[2]))
    return (before.decode("utf-8", "replace").strip(), fields) if len(fields) > 1 else None


def _value(written: bytes) -> str:
    value = written.decode("utf-8", "replace")
    if not value.startswith('"'):
        return value
    return _ESCAPED.sub(lambda it: _ESCAPES.get(it[1], it[1]), value[1:-1])


def _parts(before: str, fields: Mapping[str, Any], level: Level) -> Iterator[Part]:
    named = {name.lower(): name for name in reversed([*fields])}
    message = next(
        (named[it] for it in _MESSAGES if isinstance(fields.get(named.get(it, "")), str)), ""
    )
    blank = ""
    if level:
        yield "level", _SHORT.get(level, level.name)
        blank = " "
    words = " ".join(filter(None, (before, shown(fields[message]) if message else "")))
    if words:
        yield "message", blank + words
        blank = " "
    for name, value in fields.items():
        small = name.lower()
        if name == message or small in _TIMES or (small in _LEVELS and level):
            continue
        yield "key", f"{blank}{shown(name)}="
        yield "value", shown(value)
        blank = " "


def shown(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    r"""A value on one line: words as they are, what is nested as compact JSON.

    >>> shown("two\nlines"), shown({"a": [1, None]}), shown(True)
    ('two\\nlines', '{"a":[1,null]}', 'true')
    """
    text = value if isinstance(value, str) else _compact(value)
    return _SURROGATE.sub("\ufffd", text.translate(_UNSEEN))
