"""Rows in an order that does not move under the eyes of a reader. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence, Sized
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, TypeVar

from dockertui.widgets.sort_key import SortKey, sort_key

T = TypeVar("T")
Place = tuple[SortKey, SortKey]
"""Where a row belongs: by the chosen value, then by the usual order and seniority."""

_FEW = 1 / 6
"""For so small a part of all rows, finding each place costs less than sorting everything."""


@dataclass(slots=True, eq=False)
class Entry(Generic[T]):
    """A row and where it stands."""

    key: Hashable
    """What stays the same about the row."""
    row: T
    """The row as it was last told."""
    seniority: int
    """It came before those with a higher one."""
    place: Place = field(init=False)
    """Where it stands, which may not be where it belongs by now."""
    usual: SortKey = ()
    """Its place in the usual order, as of its version."""
    version: int = 0
    """Names this row in this state: no two entries, and no two states of one, share it."""
    shown: bool = False
    """Does it pass the filter?"""


class RowOrder(Generic[T]):
    """Rows, known by their keys; those that pass a filter stand in an order.

    A row that changes stays where it stands until `settle`, so that nothing moves under the
    eyes of a reader; a new one goes where it belongs.
    """

    def __init__(self, key: Callable[[T], Hashable], usual: Callable[[T], Any]) -> None:
        """Begin empty.

        Args:
            key: The identity of a row.
            usual: The value to sort by before a person has chosen one, and among equals.
        """
        self.key = key
        self._usual = usual
        self._value: Callable[[T], Any] | None = None
        self._descending = False
        self._filter: Callable[[T], bool] | None = None
        self._entries: dict[Hashable, Entry[T]] = {}
        self._order: list[Entry[T]] = []
        self._unsettled: dict[Hashable, Entry[T]] = {}
        self._numbers = count(1)

    @property
    def shown(self) -> Sequence[Entry[T]]:
        """The rows that pass the filter, in their order."""
        return self._order

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._entries)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._entries

    @property
    def is_settled(self) -> bool:
        """Does every row stand where it belongs?"""
        return not self._unsettled

    def rows(self) -> dict[Hashable, T]:
        """All rows by their keys, shown or not."""
        return {key: entry.row for key, entry in self._entries.items()}

    def put(self, rows: Iterable[T]) -> None:
        """Add rows, or change those whose keys are known."""
        coming, hidden = [], []
        for key, row in {self.key(it): it for it in rows}.items():
            if (entry := self._entries.get(key)) is None:
                entry = self._entries[key] = Entry(key, row, next(self._numbers))
            entry.row = row
            entry.usual = (*sort_key(self._usual(row)), entry.seniority)
            entry.version = next(self._numbers)
            passes = self._filter is None or self._filter(row)
            if passes and not entry.shown:
                coming.append(entry)
            elif entry.shown and not passes:
                hidden.append(entry)
            elif passes and entry.place != self._belongs(entry):
                self._unsettled[key] = entry
        self._show(coming)
        self._hide(hidden)

    def remove(self, keys: Iterable[Hashable]) -> None:
        """Take rows away; keys that are unknown are ignored."""
        gone = [entry for key in keys if (entry := self._entries.pop(key, None)) is not None]
        self._hide([entry for entry in gone if entry.shown])

    def keep_if(self, condition: Callable[[T], bool] | None) -> None:
        """Show only the rows that meet a condition; `None` shows all."""
        self._filter = condition
        passing = {
            key for key, it in self._entries.items() if condition is None or condition(it.row)
        }
        failing = [entry for entry in self._order if entry.key not in passing]
        self._show([it for key, it in self._entries.items() if key in passing and not it.shown])
        self._hide(failing)

    def sort_by(self, value: Callable[[T], Any] | None, *, descending: bool = False) -> None:
        """Order the rows by a value, `None` being the usual one, and settle."""
        self._value, self._descending = value, descending
        self._settle_all()

    def revalue(self, keys: Iterable[Hashable]) -> None:
        """Find again where some rows belong: what they are sorted by is not in them."""
        for key in keys:
            entry = self._entries.get(key)
            if entry is not None and entry.shown and entry.place != self._belongs(entry):
                self._unsettled[key] = entry

    def versions(self, keys: Iterable[Hashable]) -> list[int]:
        """The versions of some rows; keys that are unknown are ignored."""
        return [self._entries[key].version for key in keys if key in self._entries]

    def settle(self) -> None:
        """Let every row go where it belongs by now."""
        if not self._are_few(self._unsettled):
            self._settle_all()
            return
        moving = [entry for entry in self._unsettled.values() if entry.shown]
        self._hide(moving)
        self._show(moving)

    def _settle_all(self) -> None:
        self._unsettled.clear()
        for entry in self._order:
            entry.place = self._belongs(entry)
        self._sort()

    def _belongs(self, entry: Entry[T]) -> Place:
        if self._value is None and not self._descending:
            return (), entry.usual
        value = self._value or self._usual
        return sort_key(value(entry.row), descending=self._descending), entry.usual

    def _sort(self) -> None:
        if not self._descending:
            self._order.sort(key=lambda it: it.place[0] + it.place[1])
            return
        # Python keeps the order of equals also when it sorts in reverse.
        self._order.sort(key=lambda it: it.place[1])
        self._order.sort(key=lambda it: it.place[0], reverse=True)

    def _show(self, coming: list[Entry[T]]) -> None:
        few = self._are_few(coming)
        for entry in coming:
            entry.place = self._belongs(entry)
            entry.shown = True
            if few:
                self._order.insert(self._position(entry), entry)
        if not few:
            self._order.extend(coming)
            self._sort()

    def _hide(self, going: list[Entry[T]]) -> None:
        for entry in going:
            entry.shown = False
            self._unsettled.pop(entry.key, None)
        self._about_to_close_up()
        if self._are_few(going):
            for entry in going:
                del self._order[self._position(entry)]
        else:
            self._order = [entry for entry in self._order if entry.shown]

    def _are_few(self, some: Sized) -> bool:
        return len(some) <= 1 + len(self._order) * _FEW

    def _about_to_close_up(self) -> None:
        """Some rows of the order are not to be shown any more, and still stand in it."""

    def _position(self, entry: Entry[T]) -> int:
        """Where an entry stands, or where it would."""
        value, usual = entry.place
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            other = self._order[middle].place
            if other[0] == value:
                precedes = other[1] < usual
            else:
                precedes = (other[0] < value) != self._descending
            low, high = (middle + 1, high) if precedes else (low, middle)
        return low
