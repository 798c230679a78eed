"""The fields of a line that a program wrote for programs: JSON, or `key=value` pairs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
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
_LEAST_PAIRS, _MOST_PAIRS = 2, 200

_COLOUR = re.compile(rb"\x1b\[[0-9;:]*[mK]")
_OBJECT = re.compile(rb'\{\s*"')
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
    text = _plain(text)
    found = _object(text)
    return found[1] if found else _pairs(text)


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
    text = _plain(text)
    if found := _object(text):
        before, fields = found
    elif (pairs := _pairs(text)) and _has_only(pairs, text):
        before, fields = "", pairs
    else:
        return None
    return list(_parts(before, fields, level_of(text))) or None


def _plain(text: bytes) -> bytes:
    """A text without colour; nothing at all of one that is too long."""
    if len(text) > LONGEST_BYTES:
        return b""
    return _COLOUR.sub(b"", text) if b"\x1b" in text else text


def _object(text: bytes) -> tuple[str, dict[str, Any]] | None:
    """What stands before the JSON that a line ends with, and its fields."""
    found = _OBJECT.search(text, 0, _PREFIX_BYTES)
    if found is None:
        return None
    whole = text[found.start() :].decode("utf-8", "replace").rstrip()
    try:
        fields, end = _read(whole)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or end < len(whole):
        return None
    return text[: found.start()].decode("utf-8", "replace").strip(), fields


def _pairs(text: bytes) -> dict[str, Any] | None:
    if text.count(b"=") < _LEAST_PAIRS:
        return None
    fields: dict[str, Any] = {}
    for found in islice(_PAIR.finditer(text), _MOST_PAIRS):
        fields.setdefault(found[1].decode("utf-8", "replace"), _value(found[2]))
    return fields if len(fields) >= _LEAST_PAIRS else None


def _has_only(pairs: dict[str, Any], text: bytes) -> bool:
    """Is there nothing else in a line than these, so that nothing is lost?"""
    rest, count = _PAIR.subn(b"", text)
    return count == len(pairs) and not rest.strip(b" ,;\t\r")


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
    try:
        text = value if isinstance(value, str) else _compact(value)
    except RecursionError:
        text = "…"  # It was just not too deep to be read.
    return _SURROGATE.sub("\ufffd", text.translate(_UNSEEN))
