"""Where somebody reads in a log, and what of it that shows. It knows rows, but no screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.strip import Strip

from dockertui.store.log_store import LogStore
from dockertui.text import counted
from dockertui.widgets.ansi import plain
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_pages import LogPages, Place, bottom, moved


class LogReader:
    """A window onto a log: it shows the last rows as they come, or stands still.

    Standing still it holds on to a line, not to a distance from the end: lines that come or go
    elsewhere do not move it, and lines that the store drops are shown until one goes on.
    """

    def __init__(self, store: LogStore, layout: LogLayout, *, follow: bool = True) -> None:
        """Open a log.

        Args:
            store: Its lines.
            layout: How to set them.
            follow: Begin at the end and stay there? Otherwise begin at the oldest line.
        """
        self.store = store
        self.following = follow
        self._pages = LogPages(store, layout)
        self._height = 0
        self._top = Place(store.first)
        self._left_at = store.total
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
        return (self.store, self.following, self._top, self.layout, self._height)

    @property
    def new_lines(self) -> int:
        """How many lines came since it stopped following."""
        return 0 if self.following else self.store.total - self._left_at

    @property
    def is_full(self) -> bool:
        """Is there no room left in the window?"""
        return len(self.rows()) == self._height

    @property
    def position_text(self) -> str:
        """Where one is, in words; empty when there are no lines."""
        store, marks = self.store, self.layout.marks
        if not store.total:
            return ""
        if self.following:
            text = f"following {marks.rule} {counted(len(store), 'line')}"
        elif self.new_lines:
            text = f"{marks.below} {counted(self.new_lines, 'new line')}"
        else:
            rows = self.rows()
            first, last = (rows[0][0], rows[-1][0]) if rows else (self._top.line, self._top.line)
            text = f"lines {first + 1:,} to {last + 1:,} of {store.total:,}"
        if store.first:
            text += f" {marks.rule} {counted(store.first, 'older line')} dropped"
        return text

    def rows(self) -> list[tuple[int, Strip]]:
        """The rows in the window, each with the number of its line."""
        if self._rows is None:
            if self.following:
                self._top = bottom(self._pages, self._height)
            elif not self._pages.has(self._top.line):
                self._top = Place(self.store.first)
            self._rows = self._pages.window(self._top, self._height)
            if len(self._rows) < self._height and not self.following:
                self._top = min(self._top, bottom(self._pages, self._height))
                self._rows = self._pages.window(self._top, self._height)
        return self._rows

    def grew(self) -> None:
        """Look at the store again."""
        self._rows = None

    def move(self, rows: int) -> None:
        """Go so many rows down, or up when negative; at the end it follows again."""
        self.rows()
        self._move_to(moved(self._pages, max(self._top, Place(self.store.first)), rows), rows > 0)

    def go_to(self, line: int) -> None:
        """Put a line at the top, as far as there are rows below it."""
        self._move_to(Place(line), down=True)

    def follow(self) -> None:
        """Go to the end and stay there."""
        self.following = True
        self._rows = None

    def stand_still(self) -> None:
        """Show what is shown now, whatever comes."""
        self.rows()
        if self.following:
            self.following = False
            self._left_at = self.store.total

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
        lines, height = len(self.store), self._height
        if lines <= height or not height:
            return range(0)
        length = max(1, height * height // lines)
        room = height - length
        if self.following:
            return range(room, height)
        passed = max(0, self._top.line - self.store.first)
        start = min(room, round(room * passed / (lines - height)))
        return range(start, start + length)

    def drag(self, row: int) -> None:
        """Go where the thumb would be with its middle at a row."""
        length = len(self.thumb())
        if room := self._height - length:
            part = min(1.0, max(0.0, (row - length // 2) / room))
            self.go_to(self.store.first + round(part * max(0, len(self.store) - self._height)))

    def text(self) -> str:
        """The lines in the window, whole, as plain text."""
        self.rows()
        return "\n".join(plain(it.text.decode("utf-8", "replace")) for it in self._pages.lines())

    def _move_to(self, place: Place, down: bool) -> None:
        self.rows()
        place = max(place, Place(self.store.first))
        # Every line has a row at least: so far up, the end need not be looked for.
        if place.line >= self.store.total - self._height:
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
