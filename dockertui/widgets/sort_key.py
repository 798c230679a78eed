"""An order for values that were never meant to be compared."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

SortKey = tuple[Any, ...]
"""By turns a kind of value and such a value; so any two compare, kind by kind.

It is flat since Python compares nested tuples several times more slowly.
"""

_END, _NUMBER, _TEXT, _MOMENT, _MANY, _OTHER, _MISSING = range(7)
_DIGITS = re.compile(r"\d+")


def sort_key(value: object, *, descending: bool = False) -> SortKey:
    """Make a value comparable with every other; `None` comes last in either direction.

    Text is compared as people do: without case, and numbers in it by their size.

    >>> sorted(["web-10", None, "Web-2", 3], key=sort_key)
    [3, 'Web-2', 'web-10', None]
    >>> sorted([2, None, 3], key=lambda it: sort_key(it, descending=True), reverse=True)
    [3, 2, None]
    >>> sorted([("b",), (None,), ("a", 1), ("a",)], key=sort_key)
    [('a',), ('a', 1), ('b',), (None,)]
    """
    if type(value) is str:
        return _TEXT, natural(value)
    if type(value) is int:
        return _NUMBER, value
    if type(value) is tuple:
        parts: list[Any] = [_MANY, 0]
        for each in value:
            parts += sort_key(each, descending=descending)
        return (*parts, _END, 0)
    return _rarer(value, descending)


def _rarer(value: object, descending: bool) -> SortKey:
    match value:
        case int() | float() if value == value:  # noqa: PLR0124 - only NaN differs from itself
            return _NUMBER, value
        case None | float():
            return (_END - 1 if descending else _MISSING), 0
        case str():
            return _TEXT, natural(value)
        case datetime():
            return _MOMENT, value.timestamp()
        case tuple() | list():
            return sort_key(tuple(value), descending=descending)
        case _:
            return _OTHER, str(value)


@lru_cache(1 << 15)
def natural(text: str) -> str:
    """Rewrite text so that `web-2` comes before `web-10`, and case makes no difference.

    >>> natural("web-2") < natural("web-10") < natural("WEB-11")
    True
    """
    return _DIGITS.sub(_sized, text).casefold()


def _sized(digits: re.Match[str]) -> str:
    number = digits[0].lstrip("0") or "0"
    return f"{len(number):02}{number}"
