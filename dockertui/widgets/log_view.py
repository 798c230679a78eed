"""A log to read: it follows, or stands still while one reads.

It scrolls by itself. As a scrolling container it would need a size, and a size that grows means a
layout of the whole screen for every line.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from time import monotonic

from textual.geometry import Region
from textual.message import Message
from textual.timer import Timer

from dockertui.store.log_lines import Lines
from dockertui.widgets.log_canvas import LogCanvas
from dockertui.widgets.log_cursor import LogCursor
from dockertui.widgets.log_position import position
from dockertui.widgets.log_reader import LogReader

FRAME_S = 0.08
"""The least time between two pictures of a log that grows. The first line never waits."""

_FLOOD_FRAME_S = 0.25
_FLOOD_PAGES = 10
"""Nobody can read what goes by at more pages than this in one picture; then fewer will do, and
the processor is left to who reads the log."""
_FRAME_SHARE = 0.2


class LogView(LogCanvas):
    """The lines of a log, as many as fit."""

    DEFAULT_CSS = """
    LogView {
        height: 1fr;
        & > .log-view--stamp { color: $text-muted; }
        & > .log-view--stderr { color: $text-warning; text-style: bold; }
        & > .log-view--more { color: $text-muted; }
        & > .log-view--thumb { color: $scrollbar; }
        & > .log-view--explanation { color: $text-muted; }
        &.-stale { color: $text-muted; }
    }
    """

    @dataclass
    class StateChanged(Message):
        """What one sees of the log has changed."""

        view: LogView
        """Which log view."""
        following: bool
        """Does it show lines as they come?"""
        new_lines: int
        """How many came since it stopped following."""
        total: int
        """How many lines there are."""
        dropped: int
        """How many older ones the store had to let go."""

        @property
        def control(self) -> LogView:
            """The log view, for `@on`."""
            return self.view

    class Opened(Message):
        """A person wants to see the whole record of the line that one is at."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Show nothing yet.

        Args:
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self._grew_at = 0.0
        self._next_frame: Timer | None = None
        self._frame_s = FRAME_S
        self._taken_up = 0

    @property
    def position_text(self) -> str:
        """Where one is, for the border; empty when there are no lines."""
        return position(self.reader, self.cursor)

    @property
    def visible_text(self) -> str:
        """The lines in the window, whole, as plain text."""
        return self.reader.text()

    def on_mount(self) -> None:
        """Say what is shown from the start."""
        self._begin()

    def show(self, lines: Lines, *, follow: bool = True) -> None:
        """Turn to another log, at once and keeping nothing of the one before."""
        height, covered = self.reader.height, self.cursor.covered
        self.reader = LogReader(lines, replace(self.reader.layout, left=0), follow=follow)
        self.reader.height = height
        self.cursor = LogCursor(self.reader)
        self.cursor.covered = covered
        self._explanation, self._bookmarks = "", ()
        self._begin()

    def turn_to(self, lines: Lines, number: int, row: int) -> None:
        """Read other lines of the same log: those that a filter leaves, or all again.

        Args:
            lines: The lines.
            number: The number of the line to stay at, unless one follows.
            row: The row of the window to keep it in.
        """
        self.cursor.drop_selection()
        place = lines.place(number)
        self.reader.turn_to(lines, place, row)
        if not self.reader.following:
            self.cursor.line = place
        self.cursor.keep_within()
        self._begin()

    def keep_at(self, number: int, row: int) -> None:
        """Have the line with a number in a row of the window, unless one follows."""
        if not self.reader.following:
            place = self.reader.lines.place(number)
            self.reader.show_at(place, row)
            self.cursor.line = place
            self.cursor.keep_within()
        self._grew_at = monotonic()
        self.after_move()

    def mark(self, bookmarks: Collection[int]) -> None:
        """Mark the lines that have a bookmark, by their numbers."""
        self._bookmarks = bookmarks
        self._lay_over()

    def open(self) -> None:
        """Ask for the whole record of the line that one is at."""
        self.post_message(self.Opened())

    def grew(self) -> None:
        """Say that there are more lines; drawn at once, unless something just was.

        What makes a whole page of less is never waited for, either.
        """
        is_drawn = self._drawn_revision == self.reader.lines.revision
        if is_drawn or not self.is_attached:
            return
        if self.is_due:
            self._stop_waiting()
            self._grow()
        elif self._next_frame is None:
            self._next_frame = self.set_timer(self._wait_s, self._grow)

    @property
    def is_due(self) -> bool:
        """Would more lines be drawn at once?"""
        return self._wait_s <= 0 or self._fills_up

    @property
    def _wait_s(self) -> float:
        frame_s = max(self._frame_s, self._cost_s / _FRAME_SHARE)
        return self._grew_at + frame_s - monotonic()

    @property
    def _fills_up(self) -> bool:
        """Can a whole page be shown now, for the first time?"""
        has_room = self._is_on_screen and self._drawn_rows < self.reader.height
        return has_room and self.reader.height <= len(self.reader.lines)

    def explain(self, sentence: str) -> None:
        """Say why there is nothing to read; it stands there as long as there are no lines."""
        if sentence != self._explanation:
            self._explanation = sentence
            if not len(self.reader.lines):
                self._draw()

    def _begin(self) -> None:
        """Draw; the first lines that come now must not wait."""
        self._stop_waiting()
        self._grew_at = 0.0
        self._draw()

    def _stop_waiting(self) -> None:
        if self._next_frame is not None:
            self._next_frame.stop()
            self._next_frame = None

    def _grow(self) -> None:
        """Take up what has come since the last picture."""
        self._next_frame = None
        if self._drawn_revision == self.reader.lines.revision:
            return
        self._grew_at = monotonic()
        total = self.reader.lines.total
        came, self._taken_up = total - self._taken_up, total
        self._frame_s = _FLOOD_FRAME_S if came > _FLOOD_PAGES * self.size.height else FRAME_S
        if self.reader.following or not self.reader.is_full:
            self.reader.grew()
            self._draw()
            return
        self._drawn_revision = self.reader.lines.revision
        if self._thumb != (thumb := self.reader.thumb()):
            self._thumb = thumb
            self.refresh(Region(self.size.width - 1, 0, 1, self.size.height))
        self.tell()

    def tell(self) -> None:
        """Say what one sees of the log now."""
        lines = self.reader.lines
        self.post_message(
            self.StateChanged(
                self, self.reader.following, self.reader.new_lines, len(lines), lines.dropped
            )
        )
