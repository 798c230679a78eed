"""The line that somebody is at in a log, and what is selected from there."""

from __future__ import annotations

from dataclasses import dataclass

from dockertui.widgets.log_pages import Place
from dockertui.widgets.log_reader import LogReader


@dataclass(frozen=True, slots=True)
class Selection:
    """Whole lines, or some cells of one row."""

    anchor: int
    """The place of the line where it began."""
    head: int
    """The place of the line to which it goes."""
    row: Place | None = None
    """The row in which some cells are selected; `None` when whole lines are."""
    cells: range = range(0)
    """Which of its cells."""

    @property
    def lines(self) -> range:
        """The places of its lines."""
        return range(min(self.anchor, self.head), max(self.anchor, self.head) + 1)


class LogCursor:
    """The line that one is at. While a log is followed there is none."""

    def __init__(self, reader: LogReader) -> None:
        """Begin without a line.

        Args:
            reader: The window that the line is in.
        """
        self.reader = reader
        self.line: int | None = None
        """The place of the line that one is at."""
        self.selection: Selection | None = None
        """What is selected."""
        self.covered = 0
        """How many rows at the bottom of the window something covers."""
        self._is_selecting = False

    @property
    def view(self) -> tuple[object, ...]:
        """Equal to what it was before if it looks the same."""
        return (self.line, self.selection)

    @property
    def row(self) -> int:
        """The row of the window that it is in; while a log is followed, that of the last line."""
        line = self.line
        row = None if line is None else self.reader.row_of(line)
        return max(0, len(self.reader.rows()) - 1) if row is None else row

    @property
    def is_selecting(self) -> bool:
        """Does the selection go wherever the cursor goes?"""
        return self._is_selecting

    def step(self, by: int) -> bool:
        """Go a line up or down: row by row through one that is taller than the window.

        Returns:
            Whether there was anywhere to go.
        """
        reader = self.reader
        if reader.following or self.line is None:
            return by < 0 and self.stand()
        self.keep_within()
        line = self.line
        cut = reader.is_cut_above(line) if by < 0 else reader.is_cut_below(line, self.covered)
        if cut:
            reader.scroll(by)
            return True
        if line + by < reader.lines.first:
            return False
        if line + by >= reader.lines.total:
            if not self._is_selecting:
                reader.follow()
                self.line = None
            return True
        self.go_to(line + by)
        return True

    def stand(self) -> bool:
        """Stand still at the last line in the window; says whether there is one."""
        self.reader.stand_still()
        rows = self.reader.rows()
        self.line = rows[-1][0] if rows else None
        if self.line is None:
            self.reader.follow()
        return self.line is not None

    def go_to(self, line: int) -> None:
        """Go to a line, and show it if it is not to be seen."""
        self.reader.reveal(line, self.covered)
        self.line = line
        self._take_along()

    def keep_within(self) -> None:
        """Stay in the window, which has moved."""
        reader = self.reader
        rows = reader.rows()
        if reader.following or not rows:
            self.line = None
            return
        first, last = rows[0][0], rows[-1][0]
        self.line = last if self.line is None else min(max(self.line, first), last)
        self._take_along()

    def begin_selection(self) -> None:
        """Select lines from here to wherever one goes."""
        if self.line is None:
            self.stand()
        if self.line is not None:
            self._is_selecting = True
            self.selection = Selection(self.line, self.line)

    def select(self, selection: Selection) -> None:
        """Select what the mouse was drawn over; the cursor stays where that ends."""
        self._is_selecting = False
        self.reader.stand_still()
        self.line, self.selection = selection.head, selection

    def drop_selection(self) -> bool:
        """Select nothing; says whether anything was selected."""
        had = self.selection is not None
        self._is_selecting, self.selection = False, None
        return had

    def _take_along(self) -> None:
        if self._is_selecting and self.selection is not None and self.line is not None:
            self.selection = Selection(self.selection.anchor, self.line)
