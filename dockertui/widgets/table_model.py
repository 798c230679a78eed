"""What a table shows, and what of it is selected and marked. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from dockertui.widgets.row_order import Entry, RowOrder

T = TypeVar("T")


class TableModel(RowOrder[T]):
    """Rows in an order, one of them selected and some of them marked.

    Selection and marks belong to keys: no change, sort or filter moves them to another row.
    """

    def __init__(self, key: Callable[[T], Hashable], usual: Callable[[T], Any]) -> None:
        """Begin empty.

        Args:
            key: The identity of a row.
            usual: The value to sort by before a person has chosen one, and among equals.
        """
        super().__init__(key, usual)
        self._selected: Entry[T] | None = None
        self._marks: set[Hashable] = set()
        self._anchor: Hashable = None

    @property
    def selected(self) -> Entry[T] | None:
        """The selected row; `None` only while no row is shown."""
        return self._selected

    @property
    def position(self) -> int:
        """Where the selected row stands; 0 when there is none."""
        return 0 if self._selected is None else self._position(self._selected)

    @property
    def marks(self) -> frozenset[Hashable]:
        """The keys of all marked rows, also of those that the filter hides."""
        return frozenset(self._marks)

    def is_marked(self, entry: Entry[T]) -> bool:
        """Is a row marked?"""
        return entry.key in self._marks

    def marked(self) -> tuple[T, ...]:
        """The marked rows that are shown, in their order."""
        if not self._marks:
            return ()
        entries = (self._entries[key] for key in self._marks)
        shown = sorted((it for it in entries if it.shown), key=self._position)
        return tuple(it.row for it in shown)

    def select(self, key: Hashable) -> bool:
        """Select the row with a key; `False` if none is shown."""
        entry = self._entries.get(key)
        if entry is None or not entry.shown:
            return False
        self._selected = entry
        return True

    def select_at(self, position: int) -> None:
        """Select the row at a position, or the nearest there is."""
        if self._order:
            self._selected = self._order[max(0, min(position, len(self._order) - 1))]

    def toggle_mark(self) -> None:
        """Mark the selected row, or take its mark away; a range may begin here."""
        if self._selected is not None:
            self._marks ^= {self._selected.key}
            self._anchor = self._selected.key

    def mark_range(self) -> None:
        """Mark all from the row marked last, or the first if there is none, to the selected."""
        start = self._entries.get(self._anchor)
        low = self._position(start) if start is not None and start.shown else 0
        low, high = sorted((low, self.position))
        self._marks.update(it.key for it in self._order[low : high + 1])
        self._anchor = self._selected.key if self._selected is not None else None

    def invert_marks(self) -> None:
        """Mark the shown rows that are not marked, and take the marks of the others away."""
        self._marks ^= {it.key for it in self._order}

    def clear_marks(self) -> None:
        """Take all marks away, also of rows that the filter hides."""
        self._marks.clear()
        self._anchor = None

    def remove(self, keys: Iterable[Hashable]) -> None:
        """Take rows away, with their marks; keys that are unknown are ignored."""
        keys = tuple(keys)
        super().remove(keys)
        self._marks.difference_update(keys)

    def settle(self) -> None:
        """Let every row go where it belongs by now, the selected one too."""
        selected = self._selected
        super().settle()
        self._selected = selected

    def _show(self, coming: list[Entry[T]]) -> None:
        super()._show(coming)
        if self._selected is None and self._order:
            self._selected = self._order[0]

    def _about_to_close_up(self) -> None:
        if self._selected is not None and not self._selected.shown:
            self._selected = self._successor(self._position(self._selected))

    def _successor(self, position: int) -> Entry[T] | None:
        """What takes the place of the row at a position: the next that stays, or the last."""
        after = (it for it in self._order[position:] if it.shown)
        before = (it for it in reversed(self._order[:position]) if it.shown)
        return next(after, None) or next(before, None)
