"""A log to read: it follows, or stands still while one reads.

It scrolls by itself. As a scrolling container it would need a size, and a size that grows means a
layout of the whole screen for every line.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from textwrap import wrap
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from dockertui.store.log_lines import Lines
from dockertui.text import clean
from dockertui.widgets.log_cursor import LogCursor
from dockertui.widgets.log_looks import looks_of
from dockertui.widgets.log_mouse import LogMouse
from dockertui.widgets.log_overlay import Overlay, covered, overlays
from dockertui.widgets.log_position import position
from dockertui.widgets.log_reader import LogReader

FRAME_S = 0.08
"""The least time between two pictures of a log that grows. The first line never waits."""

_FLOOD_FRAME_S = 0.25
_FLOOD_PAGES = 10
"""Nobody can read what goes by at more pages than this in one picture; then fewer will do, and
the processor is left to who reads the log."""
_FRAME_SHARE = 0.2
_LEAST_CELLS = 4
_CSS = """
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


class LogView(LogMouse):
    """The lines of a log, as many as fit."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log-view--stamp",
        "log-view--stderr",
        "log-view--more",
        "log-view--thumb",
        "log-view--explanation",
    }
    DEFAULT_CSS = _CSS

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
        self.auto_links = False
        self._bookmarks: Collection[int] = ()
        self._explanation = ""
        self._looks_are_old = True
        self._thumb = range(0)
        self._strips: list[Strip] | None = None
        self._set_for = Size()
        self._drawn: tuple[object, ...] = ()
        self._overlays: list[Overlay] = []
        self._drawn_revision = -1
        self._grew_at = 0.0
        self._cost_s = 0.0
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

    @property
    def stale(self) -> bool:
        """Are these lines what was, rather than what is?"""
        return self.has_class("-stale")

    @stale.setter
    def stale(self, stale: bool) -> None:
        self.set_class(stale, "-stale")

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
        self.after_move()

    def mark(self, bookmarks: Collection[int]) -> None:
        """Mark the lines that have a bookmark, by their numbers."""
        self._bookmarks = bookmarks
        self._lay_over()

    def open(self) -> None:
        """Ask for the whole record of the line that one is at."""
        self.post_message(self.Opened())

    def grew(self) -> None:
        """Say that there are more lines; drawn at once, unless something just was."""
        is_drawn = self._drawn_revision == self.reader.lines.revision
        if is_drawn or self._next_frame is not None or not self.is_attached:
            return
        wait_s = self._grew_at + max(self._frame_s, self._cost_s / _FRAME_SHARE) - monotonic()
        if wait_s <= 0:
            self._grow()
        else:
            self._next_frame = self.set_timer(wait_s, self._grow)

    def explain(self, sentence: str) -> None:
        """Say why there is nothing to read; it stands there as long as there are no lines."""
        if sentence != self._explanation:
            self._explanation = sentence
            if not len(self.reader.lines):
                self._draw()

    def after_move(self) -> None:
        """Draw what the reader shows now, if that is something else than before."""
        self.reader.rows()
        if self.reader.view != self._drawn:
            self._draw()
        else:
            self._lay_over()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some rows, all set for the size and theme of now."""
        if self._strips is None or self._looks_are_old or self._set_for != self.size:
            start_s = monotonic()
            self._strips = self._set_rows()
            self._cost_s = monotonic() - start_s
        self._overlays = self._find_overlays()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row, what lies over it, and its part of the scroll bar."""
        strips, layout = self._strips or [], self.reader.layout
        strip = strips[y] if y < len(strips) else Strip.blank(layout.width, layout.looks.text)
        if y < len(self._overlays) and y < len(strips):
            strip = covered(strip, self._overlays[y], layout)
        if y in self._thumb:
            thumb = Segment(layout.marks.thumb, layout.looks.thumb)
            return Strip([*strip.crop(0, layout.width - 1), thumb], layout.width)
        return strip

    def notify_style_update(self) -> None:
        """Take up the colours of another theme."""
        super().notify_style_update()
        self._looks_are_old = True

    def _begin(self) -> None:
        """Draw; the first lines that come now must not wait."""
        if self._next_frame is not None:
            self._next_frame.stop()
            self._next_frame = None
        self._grew_at = 0.0
        self._draw()

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
        self._tell()

    def _draw(self) -> None:
        self._drawn_revision = self.reader.lines.revision
        self._drawn = self.reader.view
        self._strips = None
        self.refresh()
        self._tell()

    def _lay_over(self) -> None:
        """Draw the rows over which something else lies now; the lines are where they were."""
        before, self._overlays = self._overlays, self._find_overlays()
        if len(before) != len(self._overlays):
            self._draw()
            return
        width = self.size.width
        both = zip(before, self._overlays, strict=True)
        if changed := [Region(0, y, width, 1) for y, (old, new) in enumerate(both) if old != new]:
            self.refresh(*changed)
            self._tell()

    def _find_overlays(self) -> list[Overlay]:
        return overlays(self.cursor, self._bookmarks, focused=self.has_focus)

    def _tell(self) -> None:
        lines = self.reader.lines
        self.post_message(
            self.StateChanged(
                self, self.reader.following, self.reader.new_lines, len(lines), lines.dropped
            )
        )

    def _set_rows(self) -> list[Strip]:
        reader, size = self.reader, self.size
        reader.height = size.height
        width = max(_LEAST_CELLS, size.width)
        if self._looks_are_old or reader.layout.width != width:
            looks = looks_of(self, stale=self.stale)
            reader.layout = replace(reader.layout, width=width, looks=looks)
        self._looks_are_old, self._set_for = False, size
        rows = reader.rows()
        self._thumb = reader.thumb()
        self._drawn = reader.view
        return [row for _, row in rows] if len(reader.lines) else self._explained(width)

    def _explained(self, width: int) -> list[Strip]:
        style = self.get_component_rich_style("log-view--explanation")
        rows = wrap(clean(self._explanation), max(1, width - 2))
        return [Strip([Segment(f" {row}", style)]).adjust_cell_length(width, style) for row in rows]
