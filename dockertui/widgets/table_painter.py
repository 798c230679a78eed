"""From a row to a line of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from dockertui.widgets.column_layout import ColumnLayout, cells_of, fit
from dockertui.widgets.row_order import Entry

_REMEMBERED = 1024
"""Lines that are kept drawn: some screens full."""
_PROSE_INDENT = 2


class Look(StrEnum):
    """What a line is, as far as its looks go."""

    HEADING = "heading"
    ROW = "row"
    CURSOR = "cursor"
    """The selected row of the table that has the focus."""
    RESTING_CURSOR = "resting-cursor"
    """The selected row of a table that has not."""
    THUMB = "thumb"
    """The moving part of the scroll bar."""


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
    has_thumb: bool
    """Does a piece of the scroll bar's thumb stand behind it?"""


class Sorting(NamedTuple):
    """What a table is sorted by."""

    column: int | None = None
    """The number of the column; `None` is the usual order."""
    descending: bool = False
    """Does the largest come first?"""


class TablePainter:
    """Draws rows in the columns of a layout; a line that looks the same is drawn once.

    The strip of such a line is the same object, in which Textual keeps what it makes of it.
    """

    MARK = "┃"
    ASCENDING = "▲"
    DESCENDING = "▼"
    THUMB = "▐"

    def __init__(self, layout: ColumnLayout, styles: Callable[[Look], Mapping[str, Style]]) -> None:
        """Begin with nothing drawn.

        Args:
            layout: Where the columns are.
            styles: For each look, the styles by theme variables; the plain one by "".
        """
        self._layout = layout
        self._styles = styles
        self._drawn: dict[Line, Strip] = {}
        self._explanation: Mapping[int, Strip] = {}

    def forget(self) -> None:
        """Draw everything anew: the columns, their widths, the styles or the text are others."""
        self._drawn.clear()
        self._explanation = {}

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
        return Strip([Segment(fit(text, width), self._styles(Look.HEADING)[""])], width)

    def row(self, entry: Entry[Any], line: Line) -> Strip:
        """Draw a row: its mark, the columns with a blank between, and the scroll bar."""
        if (strip := self._drawn.get(line)) is None:
            if len(self._drawn) >= _REMEMBERED:
                self._drawn.clear()
            strip = self._drawn[line] = self._draw(entry, line)
        return strip

    def explanation(self, widget: Widget, text: str | Content) -> Mapping[int, Strip]:
        """Draw what is said in place of rows: by line of the screen, in the middle of them."""
        if not self._explanation:
            width, plain = widget.size.width, self._styles(Look.ROW)[""]
            prose = Content(text) if isinstance(text, str) else text
            style = widget.get_visual_style("table--empty")
            room = max(1, width - 2 * _PROSE_INDENT)
            strips = Visual.to_strips(widget, prose, room, None, style)
            indent = Segment(" " * _PROSE_INDENT, plain)
            lines = [Strip([indent, *it]).adjust_cell_length(width, plain) for it in strips]
            top = max(1, (widget.size.height - len(lines)) // 2)
            self._explanation = dict(enumerate(lines, top))
        return self._explanation

    def _draw(self, entry: Entry[Any], line: Line) -> Strip:
        styles, row = self._styles(line.look), entry.row
        text, style = (self.MARK if line.marked else " "), styles[""]
        counting = iter(line.counting)
        segments: list[Segment] = []
        used = 0
        for _, column, left, width in self._layout.slots:
            cell_style = styles[column.style(row)]
            if cell_style is not style:
                segments.append(Segment(text, style))
                text, style = "", cell_style
            cell = next(counting) if column.live else column.written(row)
            text += " " * (left - used)
            text += fit(cell, width, right=column.right, cut_middle=column.cut_middle)
            used = left + width
        segments.append(Segment(text, style))
        if used < self._layout.room:
            segments.append(Segment(" " * (self._layout.room - used), styles[""]))
        segments.append(self._bar(line.has_thumb))
        return Strip(segments, self._layout.room + 2)

    def _bar(self, has_thumb: bool) -> Segment:
        look = Look.THUMB if has_thumb else Look.ROW
        return Segment(self.THUMB if has_thumb else " ", self._styles(look)[""])
