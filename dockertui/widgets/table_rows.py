"""The part of a table that its owner speaks to: rows in, selection and marks out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from time import monotonic
from typing import Any, TypeAlias, TypeVar

from textual.content import Content

from dockertui.resources.resource import Column
from dockertui.widgets import table_messages
from dockertui.widgets.table_model import TableModel
from dockertui.widgets.table_painter import Sorting
from dockertui.widgets.table_view import TableView
from dockertui.widgets.tick import Rest

T = TypeVar("T")

_AT_ONCE = 250
"""Rows that are taken in before the event loop gets its turn: 3 to 5 ms of work."""
_GLIMPSE_S = 0.1
"""How often the rows that are in are drawn while more are coming."""


class TableRows(TableView[T]):
    """A table whose rows come and go while the selected one keeps its line on the screen."""

    Selected: TypeAlias = table_messages.Selected
    Opened: TypeAlias = table_messages.Opened
    MarksChanged: TypeAlias = table_messages.MarksChanged
    Counted: TypeAlias = table_messages.Counted

    def __init__(
        self,
        columns: Sequence[Column[T]],
        *,
        key: Callable[[T], Hashable],
        sort: Callable[[T], Any],
        empty: str | Content = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Begin empty.

        Args:
            columns: The columns from left to right.
            key: The identity of a row.
            sort: The value to sort by before a person has chosen a column.
            empty: What to say while no row is shown.
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(columns, TableModel(key, sort), id=id, classes=classes)
        self.empty_text = empty
        self._filter: Callable[[T], bool] | None = None
        self._told_selected: Hashable = None
        self._told_marks: frozenset[Hashable] = frozenset()
        self._told_counts = 0, 0
        self._rest = Rest(self.settle)
        self._coming: dict[Hashable, T] = {}
        self._unmeasured: list[T] = []
        self._work: asyncio.Handle | None = None
        self._is_filling = False
        self._moved_s = float("-inf")

    @property
    def selected(self) -> T | None:
        """The selected row; `None` only while no row is shown."""
        return None if self.model.selected is None else self.model.selected.row

    @property
    def marked(self) -> tuple[T, ...]:
        """The marked rows that are shown, in their order."""
        return self.model.marked()

    @property
    def shown_count(self) -> int:
        """How many rows pass the filter."""
        return len(self.model.shown)

    @property
    def total_count(self) -> int:
        """How many rows there are, shown or not."""
        return self.model.total

    @property
    def filter(self) -> Callable[[T], bool] | None:
        """Which rows to show; `None` shows all. Setting it asks again about every row."""
        return self._filter

    @filter.setter
    def filter(self, condition: Callable[[T], bool] | None) -> None:
        self._filter = condition
        with self._held():
            self.model.keep_if(condition)

    def set_rows(self, rows: Mapping[Any, T], *, anew: bool = False) -> None:
        """Show these rows, by their keys, and no others.

        Args:
            rows: The rows.
            anew: Forget how wide the columns had to be for others, as when one comes back.
        """
        self._coming.clear()
        known = self.model.rows()
        removed = [key for key in known if key not in rows]
        self.apply([row for key, row in rows.items() if known.get(key) != row], (), removed)
        if anew:
            self.lay_out()

    def apply(
        self, added: Iterable[T], changed: Iterable[T] = (), removed: Iterable[Any] = ()
    ) -> None:
        """Show what has changed; of many rows the last are taken in some milliseconds later.

        Args:
            added: New rows.
            changed: Rows with keys that are known. They stay in place for now.
            removed: Keys of rows that are gone.
        """
        gone = tuple(removed)
        for key in gone:
            self._coming.pop(key, None)
        self._is_filling = self._is_filling or not self.model.total
        self._coming.update((self.model.key(row), row) for row in (*added, *changed))
        self._take_in(gone)

    def select(self, key: Hashable) -> bool:
        """Select the row with a key and show it; `False` if it is not among the rows shown."""
        found = self.model.select(key)
        if found:
            self.touch()
            self.moved()
        return found

    def clear_marks(self) -> bool:
        """Take all marks away; says whether there were any."""
        had_marks = bool(self.model.marks)
        self.model.clear_marks()
        self.moved()
        return had_marks

    def sort_by(self, column: int | None, *, descending: bool = False) -> None:
        """Sort by the column of a number; `None` is the usual order."""
        self.sorting = Sorting(column, descending)
        value = None if column is None else self.columns[column].value
        with self._held():
            self.model.sort_by(value, descending=descending)
        self.redraw_heading()

    def settle(self) -> None:
        """Let the rows that changed go where they belong by now."""
        self._rest.stop()
        with self._held():
            self.model.settle()

    def lay_out(self) -> None:
        """Lay the columns out for the width there is, from what all texts need now."""
        super().lay_out()
        self._unmeasured = list(self.model.rows().values())
        self._take_in()

    def touch(self) -> None:
        """Somebody is reading from line to line: leave everything where it stands for now."""
        self._rest.touch()
        self._is_filling = False

    def moved(self) -> None:
        """Show the selected row, wherever it is, and what is marked."""
        self._moved_s = monotonic()
        self.keep_selected_in_view()
        self.redraw()
        self._tell()

    def on_unmount(self) -> None:
        """Leave no timer and no work behind."""
        self._rest.stop()
        if self._work is not None:
            self._work.cancel()

    def _take_in(self, gone: Iterable[Hashable] = ()) -> None:
        """Do a piece of the work there is, and the rest when the event loop comes round."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        rows = [self._coming.pop(key) for key in list(islice(self._coming, _AT_ONCE))]
        if rows or gone:
            with self._held():
                # In this order a container made anew, under its old name, inherits the selection.
                self.model.put(rows)
                self.model.remove(gone)
        else:
            rows, self._unmeasured = self._unmeasured[:_AT_ONCE], self._unmeasured[_AT_ONCE:]
        self.measure(rows)
        if (self._coming or self._unmeasured) and self.is_running:
            self._work = asyncio.get_running_loop().call_soon(self._take_in)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep the selected row on its line of the screen while rows come, go and move."""
        line = self.model.position - self._top
        yield
        if self._is_filling:
            self.model.select_at(0)
            self._is_filling = bool(self._coming)
        self.scroll_to_row(self.model.position - line)
        if not self._coming or monotonic() > self._moved_s + _GLIMPSE_S:
            self.moved()
        if not self.model.is_settled and self.is_running:
            self._rest.want()

    def _tell(self) -> None:
        selected, marks = self.model.selected, self.model.marks
        key = None if selected is None else selected.key
        if key != self._told_selected and not self._is_filling:
            self._told_selected = key
            self.post_message(self.Selected(self, self.selected))
        if marks != self._told_marks:
            self._told_marks = marks
            self.post_message(self.MarksChanged(self))
        if (counts := (self.shown_count, self.total_count)) != self._told_counts:
            self._told_counts = counts
            self.post_message(self.Counted(self))
