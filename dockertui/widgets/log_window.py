"""The rows of a log that are in sight. It knows rows, but no screen."""

from __future__ import annotations

from textual.strip import Strip

from dockertui.store.log_lines import Lines
from dockertui.widgets.ansi import plain
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_pages import LogPages, Place, bottom, moved


class LogWindow:
    """As many rows of a log as fit: the last ones as they come, or those below a certain one.

    Lines that the store drops are shown until one goes on.
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
        self._left_at = lines.number(lines.total)
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
        return 0 if self.following else self.lines.total - self.lines.place(self._left_at)

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

    def text(self) -> str:
        """The lines in the window, whole, as plain text."""
        self.rows()
        return "\n".join(plain_text(it) for it in self._pages.lines())

    def _ending_with(self, line: int, covered: int = 0) -> Place:
        """The place at the top when the end of a line is at the bottom."""
        return moved(self._pages, Place(line + 1), -max(1, self._height - covered))


def plain_text(line: LogLine) -> str:
    """A line as it is shown, without its looks."""
    return plain(line.text.decode("utf-8", "replace"))
