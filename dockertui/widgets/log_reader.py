"""Where somebody reads in a log, and what of it that shows. It knows rows, but no screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.strip import Strip

from dockertui.store.log_lines import Lines
from dockertui.widgets.ansi import plain
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_pages import LogPages, Place, bottom, moved


class LogReader:
    """A window onto a log: it shows the last rows as they come, or stands still.

    Standing still it holds on to a line, not to a distance from the end: lines that come or go
    elsewhere do not move it, and lines that the store drops are shown until one goes on.
    """

    def __init__(self, lines: Lines, layout: LogLayout, *, follow: bool = True) -> None:
        """Open a log.

        Args:
            lines: Its lines.
            layout: How to set them.
            follow: Begin at the end and stay there? Otherwise begin at the oldest line.
        """
        self.lines = lines
        self.following = follow
        self._pages = LogPages(lines, layout)
        self._height = 0
        self._top = Place(lines.first)
        self._left_at = lines.total
        self._rows: list[tuple[int, Strip]] | None = None

    @property
    def layout(self) -> LogLayout:
        """How lines are set. Setting it keeps the line at the top."""
        return self._pages.layout

    @layout.setter
    def layout(self, layout: LogLayout) -> None:
        row = self._top.row * self.layout.text_cells // layout.text_cells
        self._top = self._top._replace(row=row if layout.wrap else 0)
        self._pages.layout = layout
        self._rows = None

    @property
    def height(self) -> int:
        """How many rows the window has."""
        return self._height

    @height.setter
    def height(self, height: int) -> None:
        if height != self._height:
            self._height = height
            self._rows = None

    @property
    def view(self) -> tuple[object, ...]:
        """Equal to what it was before if the window shows the same part in the same way."""
        return (self.lines, self.following, self._top, self.layout, self._height)

    @property
    def top(self) -> Place:
        """The row at the top of the window."""
        self.rows()
        return self._top

    @property
    def new_lines(self) -> int:
        """How many lines came since it stopped following."""
        return 0 if self.following else max(0, self.lines.total - self._left_at)

    @property
    def is_full(self) -> bool:
        """Is there no room left in the window?"""
        return len(self.rows()) == self._height

    @property
    def is_at_start(self) -> bool:
        """Is the first row of the oldest line in the window?"""
        return self.top <= Place(self.lines.first)

    def rows(self) -> list[tuple[int, Strip]]:
        """The rows in the window, each with the place of its line."""
        if self._rows is None:
            if self.following:
                self._top = bottom(self._pages, self._height)
            elif not self._pages.has(self._top.line):
                self._top = Place(self.lines.first)
            self._rows = self._pages.window(self._top, self._height)
            if len(self._rows) < self._height and not self.following:
                self._top = min(self._top, bottom(self._pages, self._height))
                self._rows = self._pages.window(self._top, self._height)
        return self._rows

    def row_of(self, line: int) -> int | None:
        """In which row of the window a line begins, or goes on; `None` when it is not in it."""
        return next((row for row, (it, _) in enumerate(self.rows()) if it == line), None)

    def place_at(self, row: int) -> Place:
        """Which row of the log is in a row of the window."""
        return moved(self._pages, self.top, row)

    def is_cut_above(self, line: int) -> bool:
        """Does a line in the window begin above it?"""
        return Place(line) < self.top

    def is_cut_below(self, line: int, covered: int = 0) -> bool:
        """Does a line in the window go on below it, or below what nothing covers of it?"""
        return self._ending_with(line, covered) > self.top

    def grew(self) -> None:
        """Look at the lines again."""
        self._rows = None

    def move(self, rows: int) -> None:
        """Go so many rows down, or up when negative; at the end it follows again."""
        self.rows()
        self._move_to(moved(self._pages, max(self._top, Place(self.lines.first)), rows), rows > 0)

    def scroll(self, rows: int) -> None:
        """Show what is so many rows further down, without following at the end."""
        self.stand_still()
        self._top, self._rows = moved(self._pages, self._top, rows), None

    def go_to(self, line: int) -> None:
        """Put a line at the top, as far as there are rows below it."""
        self._move_to(Place(line), down=True)

    def reveal(self, line: int, covered: int = 0) -> None:
        """Bring a line into the window, with as little movement as can be.

        Args:
            line: Its place. Of one that is taller than the window, the nearer end is shown.
            covered: So many rows at the bottom are covered by something.
        """
        self.stand_still()
        end = self._ending_with(line, covered)
        if Place(line) < self._top:
            self._top, self._rows = max(Place(line), end), None
        elif end > self._top:
            self._top, self._rows = min(Place(line), end), None

    def show_at(self, line: int, row: int) -> None:
        """Put a line into a row of the window, as far as there are rows above and below it."""
        self.stand_still()
        self._top, self._rows = moved(self._pages, Place(line), -row), None

    def turn_to(self, lines: Lines, line: int, row: int) -> None:
        """Read other lines; standing still, with one of them in the row where one was reading.

        Args:
            lines: The other lines.
            line: The place among them to stay at.
            row: The row of the window for it.
        """
        self.lines = lines
        self._pages = LogPages(lines, self.layout)
        self._rows, self._left_at = None, lines.total
        if not self.following:
            self._top = moved(self._pages, Place(max(lines.first, min(line, lines.total))), -row)

    def follow(self) -> None:
        """Go to the end and stay there."""
        self.following = True
        self._rows = None

    def stand_still(self) -> None:
        """Show what is shown now, whatever comes."""
        self.rows()
        if self.following:
            self.following = False
            self._left_at = self.lines.total

    def shift_to(self, cell: int) -> None:
        """Show long lines from a cell on, but not beyond the end of the longest in the window."""
        if self.layout.wrap:
            return
        self.rows()
        most = max(self.layout.left, self._widest() - self.layout.text_cells)
        left = max(0, min(cell, most))
        if left != self.layout.left:
            self.layout = replace(self.layout, left=left)

    def shift_to_end(self) -> None:
        """Show the end of the longest line in the window."""
        self.rows()
        self.shift_to(self._widest())

    def thumb(self) -> range:
        """The rows of the scroll bar's thumb; none while everything fits."""
        lines, height = len(self.lines), self._height
        if lines <= height or not height:
            return range(0)
        length = max(1, height * height // lines)
        room = height - length
        if self.following:
            return range(room, height)
        passed = max(0, self._top.line - self.lines.first)
        start = min(room, round(room * passed / (lines - height)))
        return range(start, start + length)

    def drag(self, row: int) -> None:
        """Go where the thumb would be with its middle at a row."""
        length = len(self.thumb())
        if room := self._height - length:
            part = min(1.0, max(0.0, (row - length // 2) / room))
            self.go_to(self.lines.first + round(part * max(0, len(self.lines) - self._height)))

    def text(self) -> str:
        """The lines in the window, whole, as plain text."""
        self.rows()
        return "\n".join(plain_text(it) for it in self._pages.lines())

    def _ending_with(self, line: int, covered: int = 0) -> Place:
        """The place at the top when the end of a line is at the bottom."""
        return moved(self._pages, Place(line + 1), -max(1, self._height - covered))

    def _move_to(self, place: Place, down: bool) -> None:
        self.rows()
        place = max(place, Place(self.lines.first))
        # Every line has a row at least: so far up, the end need not be looked for.
        if place.line >= self.lines.total - self._height:
            end = bottom(self._pages, self._height)
            if place >= end and (down or self.following):
                self.follow()
                return
            place = min(place, end)
        self.stand_still()
        self._top = place
        self._rows = None

    def _widest(self) -> int:
        return max(self._widths(), default=0)

    def _widths(self) -> Iterator[int]:
        for line in self._pages.lines():
            for piece in range(min(2, line.pieces)):
                yield self.layout.cells(line, piece)


def plain_text(line: LogLine) -> str:
    """A line as it is shown, without its looks."""
    return plain(line.text.decode("utf-8", "replace"))
