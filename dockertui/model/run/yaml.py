"""Values as YAML that every reader takes for the same, whatever is in them.

Written by ourselves: it is forty lines, needs no import, and quotes whatever any version of YAML
could take for something else than the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

Node = str | int | bool | None | Sequence["Node"] | Mapping[str, "Node"]
"""What can be written."""

_PLAIN = re.compile(r"[A-Za-z/_](?:[\w./@-]|:(?=[\w./]))*", re.ASCII)
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_BYTE, _WIDE = 0x100, 0x10000
_SURROGATES = range(0xD800, 0xE000)
_STEP = "  "


def yaml_lines(node: Mapping[str, Node]) -> Iterator[str]:
    """A mapping, line by line.

    >>> list(yaml_lines({"ports": ["8080:80"], "tty": True, "env": {"A": "no", "B": None}}))
    ['ports:', '  - "8080:80"', 'tty: true', 'env:', '  A: "no"', '  B:']
    """
    for name, value in node.items():
        yield from _entry(f"{scalar(name)}:", value)


def scalar(value: str | int | bool | None) -> str:
    r"""A single value.

    >>> scalar("nginx:1.27"), scalar("1.27"), scalar("yes"), scalar("a: b"), scalar("\x1b\n")
    ('nginx:1.27', '"1.27"', '"yes"', '"a: b"', '"\\x1b\\n"')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case _ if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
            return value
        case _:
            return f'"{"".join(map(_escaped, value))}"'


def _entry(head: str, value: Node) -> Iterator[str]:
    match value:
        case str() | int() | None:
            yield f"{head} {scalar(value)}".rstrip() if value is not None else head
        case Mapping():
            yield head if value else f"{head} {{}}"
            yield from (f"{_STEP}{line}" for line in yaml_lines(value))
        case _:
            yield head if value else f"{head} []"
            yield from (f"{_STEP}{line}" for each in value for line in _item(each))


def _item(value: Node) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        first, *others = yaml_lines(value)
        yield f"- {first}"
        yield from (f"{_STEP}{line}" for line in others)
    else:
        yield from _entry("-", value)


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if character.isprintable():
        return character
    if code in _SURROGATES:
        return "\ufffd"
    if code < _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _WIDE else f"\\U{code:08x}"
