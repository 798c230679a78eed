"""Choosing what a list is sorted by, columns that do not fit on the screen included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dockertui.resources import Column
from dockertui.screens.item import Item

USUAL = "usual"
"""The id of the usual order."""
_TAKEN = frozenset("jku")
"""Letters that mean something else in every menu, and that of the usual order."""


def order_items(columns: Sequence[Column[Any]], sorted_by: int | None) -> Iterator[Item]:
    """The columns as a menu lists them; the number of each is its id.

    Args:
        columns: All of a list.
        sorted_by: The number of the one that it is sorted by; `None` for the usual order.
    """
    taken = set(_TAKEN)
    for number, column in enumerate(columns):
        if not column.title:
            continue
        letters = (it for it in column.title.lower() if it.isascii() and it.isalpha())
        key = next((it for it in letters if it not in taken), "")
        taken.add(key)
        yield _item(number, key, column, is_now=number == sorted_by)
    yield Item(
        id=USUAL,
        key="u",
        label="Usual order",
        help="By state, then by project and name, as at the start.",
        note="now" if sorted_by is None else "",
    )


def _item(number: int, key: str, column: Column[Any], *, is_now: bool) -> Item:
    first = "the largest first" if column.descending else "the smallest first"
    return Item(
        id=str(number),
        key=key,
        label=column.title,
        help=f"Sort by it, {first}; I turns the order round.",
        note="now; again turns it round" if is_now else "",
    )
