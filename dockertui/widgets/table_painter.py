"""From a row to a line of the screen."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from dockertui.widgets.column_layout import ColumnLayout, Slot, cells_of, fit
from dockertui.widgets.row_order import Entry

_REMEMBERED = 1024
"""Lines that are kept drawn: some screens full."""
_PROSE_INDENT = 2


class Look(Enum):
    """What a line is, as far as its looks go."""

    HEADING = "heading"
    ROW = "row"
    CURSOR = "cursor"
    """The selected row of the table that has the focus."""
    RESTING_CURSOR = "resting-cursor"
    """The selected row of a table that has not."""


class Line(NamedTuple):
    """All that a drawn line of rows depends on: equal lines look the same."""

    version: int
    """The row, in the state that is drawn."""
    look: Look
    """How it is drawn."""
    marked: bool
    """Is it marked?"""
    counting: tuple[str, ...]
    """What its columns say that change by themselves."""


class Sorting(NamedTuple):
    """What a table is sorted by."""

    column: int | None = None
    """The number of the column; `None` is the usual order."""
    descending: bool = False
    """Does the largest come first?"""


class TablePainter:
    """Draws rows in the columns of a layout; a line that looks the same is drawn once."""

    MARK = "┃"
    ASCENDING = "▲"
    DESCENDING = "▼"

    def __init__(self, layout: ColumnLayout, style: Callable[[Look, str], Style]) -> None:
        """Begin with nothing drawn.

        Args:
            layout: Where the columns are.
            style: The style of a line's text, given a theme variable or nothing.
        """
        self._layout = layout
        self._style = style
        self._drawn: dict[Line, Strip] = {}

    def forget(self) -> None:
        """Draw everything anew: the columns, their widths or the styles are others."""
        self._drawn.clear()

    def heading(self, sorting: Sorting) -> Strip:
        """Draw the headings; the one sorted by has an arrow, in the blank behind it at worst."""
        text = " "
        for slot in self._layout.slots:
            title = slot.column.title
            if slot.number == sorting.column:
                title += self.DESCENDING if sorting.descending else self.ASCENDING
            room = slot.width + (cells_of(title) > slot.width)
            text += fit(title, room, right=slot.column.right)
            text += " " * (slot.left + slot.width + 2 - len(text))
        width = self._layout.room + 2
        return Strip([Segment(fit(text, width), self._style(Look.HEADING, ""))], width)

    def row(self, entry: Entry[Any], line: Line) -> Strip:
        """Draw a row: a cell for its mark, then the columns with a blank between."""
        if (strip := self._drawn.get(line)) is None:
            if len(self._drawn) >= _REMEMBERED:
                self._drawn.clear()
            strip = self._drawn[line] = self._draw(entry, line)
        return strip

    def prose(self, widget: Widget, text: Content) -> list[Strip]:
        """Draw what is said in place of rows, wrapped and indented."""
        width, plain = widget.size.width, self._style(Look.ROW, "")
        style = widget.get_visual_style("table--empty")
        strips = Visual.to_strips(widget, text, max(1, width - 2 * _PROSE_INDENT), None, style)
        indent = Segment(" " * _PROSE_INDENT, plain)
        return [Strip([indent, *it]).adjust_cell_length(width, plain) for it in strips]

    def _draw(self, entry: Entry[Any], line: Line) -> Strip:
        plain = self._style(line.look, "")
        text, style = (self.MARK if line.marked else " "), plain
        counting = iter(line.counting)
        segments, used = [], 1
        for slot in self._layout.slots:
            cell_style = self._style(line.look, slot.column.style(entry.row))
            if cell_style is not style:
                segments.append(Segment(text, style))
                text, style = "", cell_style
            cell = next(counting) if slot.column.live else slot.column.written(entry.row)
            text += self._fitted(cell, slot)
            text += " "
            used += slot.width + 1
        segments.append(Segment(text, style))
        return Strip(segments, used).adjust_cell_length(self._layout.room + 1, plain)

    @staticmethod
    def _fitted(cell: str, slot: Slot) -> str:
        column = slot.column
        return fit(cell, slot.width, right=column.right, cut_middle=column.cut_middle)
