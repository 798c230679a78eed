"""Where somebody reads in a log, and what of it that shows. It knows rows, but no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rich.cells import cell_len

from dockertui.store.log_lines import Lines
from dockertui.widgets.log_pages import LogPages, Place, bottom, moved
from dockertui.widgets.log_window import LogWindow


class LogReader(LogWindow):
    """A window onto a log: it shows the last rows as they come, or stands still.

    Standing still it holds on to a line, not to a distance from the end: lines that come or go
    elsewhere do not move it, and lines that the store drops are shown until one goes on.
    """

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
        self._rows = None
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
            self._left_at = self.lines.number(self.lines.total)

    def shift_to(self, cell: int) -> None:
        """Show long lines from a cell on, but not beyond the end of the longest in the window."""
        if self.layout.wrap:
            return
        self.rows()
        most = max(self.layout.left, self._widest() - self.layout.text_cells)
        left = max(0, min(cell, most))
        if left != self.layout.left:
            self.layout = replace(self.layout, left=left)

    def show_cells(self, line: int, spans: Callable[[str], list[tuple[int, int]]]) -> None:
        """Go sideways until one of some stretches of a line can be seen; not if one can be already.

        Args:
            line: Its place.
            spans: Finds them in its text.
        """
        if self.layout.wrap:
            return
        text = self._whole_text(line)
        found = [(cell_len(text[:start]), cell_len(text[:end])) for start, end in spans(text)]
        left, room = self.layout.left, self.layout.text_cells - 1
        if not found or any(left <= start and end <= left + room for start, end in found):
            return
        start, end = found[0]
        self.shift_to(0 if end <= room else max(0, start - room // 3))

    def shift_to_end(self) -> None:
        """Show the end of the longest line in the window."""
        self.rows()
        self.shift_to(self._widest())

    def drag(self, row: int) -> None:
        """Go where the thumb would be with its middle at a row."""
        length = len(self.thumb())
        if room := self._height - length:
            part = min(1.0, max(0.0, (row - length // 2) / room))
            self.go_to(self.lines.first + round(part * max(0, len(self.lines) - self._height)))

    def _whole_text(self, line: int) -> str:
        """A line as it is shown where there is room for all of it; of a long one, its beginning."""
        taken, layout = self._pages.line(line), self.layout
        width = layout.cells(taken, 0) + layout.stamp_cells + layout.source_cells + 2
        wide = replace(layout, wrap=False, left=0, width=width)
        row = wide.rows(taken, 0)[0]
        return row.text if taken.is_rule else row.crop(width - wide.text_cells - 1).text

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
