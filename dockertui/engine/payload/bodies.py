"""The bodies of answers, decoded; long arrays piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any

from dockertui.engine.errors import EngineError
from dockertui.engine.payload.fields import Payload

_SMALL = 256 * 1024
_decode = JSONDecoder().raw_decode


def object_in(body: bytes) -> Payload:
    """The object that a body is; empty for anything else."""
    try:
        content = json.loads(body.decode(errors="replace"))
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def objects_in(body: bytes) -> Iterator[Payload]:
    """Yield the objects in the array that a body is.

    One `json.loads` of a list of 10,000 containers holds the interpreter's lock for 80 ms, and
    the event loop's thread with it; item by item, the lock is up for grabs in between.

    Raises:
        EngineError: When it is not JSON.
    """
    try:
        for item in _items_in(body.decode(errors="replace")):
            if isinstance(item, dict):
                yield item
    except JSONDecodeError as error:
        raise EngineError("The engine's answer cannot be read: it is not JSON.") from error


def _items_in(text: str) -> Iterator[Any]:
    if len(text) < _SMALL:
        content = json.loads(text)
        yield from content if isinstance(content, list) else ()
        return
    at = _skip(text, 0)
    if text[at] != "[":
        return
    at = _skip(text, at + 1)
    while text[at] != "]":
        item, at = _decode(text, at)
        yield item
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        elif text[at] != "]":
            raise JSONDecodeError("The items are not set apart", text, at)


def _skip(text: str, at: int) -> int:
    """Where the next thing begins, which `raw_decode` does not find by itself."""
    while text[at : at + 1].isspace():
        at += 1
    if at >= len(text):
        raise JSONDecodeError("The array has no end", text, at)
    return at
