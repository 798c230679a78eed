"""A small table whose last column can be read in full."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, ClassVar, NamedTuple

from rich.segment import Segment

from dockertui.resources.resource import Column
from dockertui.resources.tab import Sheet
from dockertui.widgets.column_layout import ColumnLayout, fit
from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_list import RowList
from dockertui.widgets.row_messages import CopyWanted
from dockertui.widgets.row_view import Line
from dockertui.widgets.wrapping import wrapped


class SheetRow(NamedTuple):
    """A row of a sheet as it is read."""

    key: Hashable
    """What identifies it."""
    cells: tuple[str, ...]
    """What each column says, shown or not."""
    styles: tuple[str, ...]
    """The theme variable of each cell."""


class DetailTable(RowList[SheetRow]):
    """Shows a sheet in its own order; a row opens to all that did not fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    header_height = 1

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._columns: tuple[Column[Any], ...] = ()
        self._grid = ColumnLayout(())
        self._open: set[Hashable] = set()
        self._owner: Hashable = None

    def show(self, sheet: Sheet, owner: Hashable) -> None:
        """Show rows.

        Args:
            sheet: The columns and rows.
            owner: Whose they are; for another, every row is closed again, and columns that
                had grown may shrink.
        """
        slots, anew = self._grid.slots, owner != self._owner
        rows = [_read(sheet, row, place) for place, row in enumerate(sheet.rows)]
        if anew or _titles(sheet.columns) != _titles(self._columns):
            self._owner, self._columns = owner, sheet.columns
            self._open.clear()
            self._grid = ColumnLayout(sheet.columns)
            self._grid.start_anew(self._room)
        self._grid.need((place, text) for row in rows for place, text in enumerate(row.cells))
        self.set_rows(rows, [it.key for it in rows], anew=anew or self._grid.slots != slots)

    def header_line(self, y: int, width: int) -> Line:
        """Draw the headings."""
        slots = self._grid.slots if y == 0 and width else ()
        cells = (fit(it.column.title, it.width, right=it.column.right) for it in slots)
        return [Segment(" ".join(cells), self.looks.part("row-view--quiet"))]

    def row_lines(self, row: SheetRow, width: int) -> list[Line]:
        """Draw a row; an open one with its last column whole, and the columns left out."""
        *slots, last = self._grid.slots
        line: Line = []
        for slot in slots:
            text = fit(row.cells[slot.number], slot.width, right=slot.column.right)
            line.append(Segment(f"{text} ", self.looks.tint(row.styles[slot.number])))
        text, style = row.cells[last.number], self.looks.tint(row.styles[last.number])
        if row.key not in self._open:
            return [[*line, Segment(fit(text, last.width), style)]]
        room, margin = width - last.left, Segment(" " * last.left, self.looks.text)
        first, *others = (Segment(it, style) for it in wrapped(text, room))
        quiet = self.looks.part("row-view--quiet")
        others += [Segment(it, quiet) for rest in self._left_out(row) for it in wrapped(rest, room)]
        return [[*line, first], *([margin, it] for it in others)]

    def fit(self) -> None:
        """Lay the columns out in the width there is."""
        if self._room != self._grid.room:
            self._grid.start_anew(self._room)
            rows = self.rows
            self._grid.need((at, text) for row in rows for at, text in enumerate(row.cells))
            self.redraw()
        super().fit()

    def open_selected(self) -> None:
        """Show the selected row in full, or in one line again."""
        self.action_open()

    @command("enter", "In full", show=True)
    def action_open(self) -> None:
        """Show the selected row in full, or in one line again."""
        if (row := self.selected) is not None:
            self._open ^= {row.key}
            self.redraw()
            self.move_to(self.cursor)

    @command("y", "Copy", show=True)
    def action_copy(self) -> None:
        """Copy the last column of the selected row, in full."""
        if (row := self.selected) is not None and row.cells:
            self.post_message(CopyWanted(row.cells[-1], self._columns[-1].title.lower()))

    @property
    def _room(self) -> int:
        return self.line_width

    def _left_out(self, row: SheetRow) -> Iterator[str]:
        shown = {it.number for it in self._grid.slots}
        for place, column in enumerate(self._columns):
            if place not in shown and row.cells[place]:
                yield f"{column.title} {row.cells[place]}"

    BINDINGS = bindings(locals())


def _titles(columns: tuple[Column[Any], ...]) -> list[str]:
    return [it.title for it in columns]


def _read(sheet: Sheet, row: object, place: int) -> SheetRow:
    values = [it.value(row) for it in sheet.columns]
    return SheetRow(
        sheet.key(row, place),
        tuple(
            "" if value is None else column.text(value)
            for column, value in zip(sheet.columns, values, strict=True)
        ),
        tuple(column.style(row) for column in sheet.columns),
    )
