"""The values of a JSON document, in the order of reading."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from dockertui.secrecy import masked, masked_assignment, masked_url

ROOT = "."
"""The path of the whole document."""

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PREVIEWED = 8
"""How many names of what is in a branch are told while it is folded."""

_json = json.JSONEncoder(ensure_ascii=False).encode

Mask = Callable[[str], str]


class Kind(Enum):
    """What a value is."""

    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    NUMBER = "number"
    WORD = "word"
    """`true`, `false` or `null`."""


@dataclass(slots=True)
class Node:
    """One value of the document. Nodes that are equal look the same."""

    path: str
    """How to reach it, e.g. `.State.Health.Log[0].Output`."""
    label: str
    """Its name or number in its branch."""
    kind: Kind
    """What it is."""
    value: Any = field(compare=False)
    """The value itself."""
    number: int = field(compare=False)
    """Its place in the list."""
    parent: int = field(compare=False)
    """The number of the branch that it is in; -1 for the document."""
    depth: int
    """How many branches it is in."""
    text: str = ""
    """The value on one line, secrets masked; of a branch, what is in it."""
    plain: str = ""
    """`text` without a mask; empty when there is no secret in it."""
    end: int = field(default=0, compare=False)
    """The number of the first node behind all that is in it."""
    is_branch: bool = False
    """Are there values in it?"""


def nodes_of(document: object) -> list[Node]:
    """List the values of a document, the document itself first, each branch before its values."""
    nodes: list[Node] = []
    _add(nodes, document, Node(ROOT, "", _kind_of(document), document, 0, -1, 0), masked_url)
    return nodes


def path_of(branch: str, name: str) -> str:
    """The path of a named value in a branch, as jq writes it.

    >>> path_of(".", "State"), path_of(".Config", "a.b"), path_of(".", "a b")
    ('.State', '.Config["a.b"]', '.["a b"]')
    """
    stem = "" if branch == ROOT else branch
    if _PLAIN_NAME.fullmatch(name):
        return f"{stem}.{name}"
    return f"{stem or ROOT}[{_json(name)}]"


def copied(nodes: Sequence[Node], node: Node, is_revealed: Callable[[Node], bool]) -> str:
    """A value as one wants it in the clipboard: strings bare, the rest as JSON.

    Args:
        nodes: All values of its document.
        node: The one that is copied, with all that is in it.
        is_revealed: May a value be copied as it is, though it looks secret?
    """
    value = _value(nodes, node, is_revealed)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _value(nodes: Sequence[Node], node: Node, is_revealed: Callable[[Node], bool]) -> Any:  # noqa: ANN401 - it is JSON
    if node.plain and not is_revealed(node):
        return json.loads(node.text)
    if not node.is_branch:
        return node.value
    inside = [it for it in nodes[node.number + 1 : node.end] if it.parent == node.number]
    values = [_value(nodes, it, is_revealed) for it in inside]
    if node.kind is Kind.ARRAY:
        return values
    return {it.label: value for it, value in zip(inside, values, strict=True)}


def _add(nodes: list[Node], value: object, node: Node, mask: Mask) -> None:
    nodes.append(node)
    match value:
        case dict():
            node.text, node.is_branch = _preview(value), bool(value)
        case list():
            node.text, node.is_branch = f"[{len(value)}]", bool(value)
        case str():
            node.text = _json(mask(value))
            plain = _json(value)
            node.plain = plain if plain != node.text else ""
        case _:
            node.text = _json(value)
    for label, child, path, child_mask in _children(value, node, mask):
        kind = _kind_of(child)
        inner = Node(path, label, kind, child, len(nodes), node.number, node.depth + 1)
        _add(nodes, child, inner, child_mask)
    node.end = len(nodes)


def _children(value: object, node: Node, mask: Mask) -> Iterator[tuple[str, object, str, Mask]]:
    if isinstance(value, dict):
        for name, child in value.items():
            yield name, child, path_of(node.path, name), _mask_of(name)
    elif isinstance(value, list):
        within = masked_assignment if node.label == "Env" else mask
        for place, child in enumerate(value):
            yield str(place), child, f"{node.path}[{place}]", within


def _mask_of(name: str) -> Mask:
    return lambda text: masked(name, text)


def _kind_of(value: object) -> Kind:
    match value:
        case dict():
            return Kind.OBJECT
        case list():
            return Kind.ARRAY
        case str():
            return Kind.STRING
        case None | bool():
            return Kind.WORD
        case _:
            return Kind.NUMBER


def _preview(value: dict[str, object]) -> str:
    names = [*value][:_PREVIEWED]
    more = ", …" if len(value) > len(names) else ""
    return f"{{{len(value)}}} {', '.join(names)}{more}".rstrip()
