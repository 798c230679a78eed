"""What the parts of a log's page share: the lines, what is read of them, and the work on that."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from dockertui.store.log_reading import LogReading
from dockertui.store.log_store import LogStore
from dockertui.widgets.followed_log import Feed
from dockertui.widgets.log_chips import Chip, LogChips
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_position import position
from dockertui.widgets.log_prompt import Asking, LogPrompt
from dockertui.widgets.log_view import LogView
from dockertui.widgets.row_messages import PositionChanged

_SLICE_S = 0.003
"""How long it looks through lines at a time. Between two slices keys are answered and drawn."""
_FIRST_SLICE_S = 0.003
"""The same right after a key, when there is more to do in one go."""
_GAP_S = 0.001
_SAID_S = 4.0
_TOLD_S = 0.1
"""How often the progress of a search is told."""


class Spot(NamedTuple):
    """Where one reads: what stays where it is while all around it changes."""

    number: int
    """The number of the line; that of the next one to come while the log is followed."""
    row: int
    """The row of the window that it is in."""


class LogDesk(Vertical):
    """A log view with what belongs to it, and the work that is done a slice at a time."""

    DEFAULT_CSS = """
    LogDesk { layers: base above; height: 1fr; }
    """

    def __init__(self) -> None:
        """Read nothing yet."""
        super().__init__()
        self.view = LogView()
        self.reading = LogReading(LogStore())
        self.chips = LogChips()
        self.feed: Feed | None = None
        self._prompt: LogPrompt | None = None
        self._next_slice: Timer | None = None
        self._word = ""
        self._word_ends: Timer | None = None
        self._worked_at = 0.0
        self._settling: tuple[Spot, object] | None = None

    def compose(self) -> ComposeResult:
        """Chips, and the lines; the prompt comes when it is first wanted."""
        yield self.chips
        yield self.view

    @property
    def words(self) -> list[str]:
        """What to say of the log, the most important first."""
        said = [self._word] if self._word else []
        where = position(self.view.reader, self.view.cursor, self.left_words)
        status = self.feed.status if self.feed is not None else ""
        return [it for it in (*said, status, where) if it]

    @property
    def left_words(self) -> str:
        """How much is left of the lines, in place of their count; empty when all are."""
        return ""

    @property
    def chips_now(self) -> list[Chip]:
        """What is to be read above the lines."""
        return []

    @property
    def layout_now(self) -> LogLayout:
        """How the lines are set."""
        return self.view.reader.layout

    @property
    def spot(self) -> Spot:
        """Where one reads."""
        cursor, lines = self.view.cursor, self.view.reader.lines
        if cursor.line is None or not lines.first <= cursor.line < lines.total:
            return Spot(self.reading.store.total, cursor.row)
        return Spot(lines.number(cursor.line), cursor.row)

    @property
    def has_work(self) -> bool:
        """Must lines be looked through as they come?"""
        return self.reading.lines is not self.reading.store or self.reading.search is not None

    def begin(self, feed: Feed) -> None:
        """Read another log, and forget all about the one before."""
        if self._prompt is not None:
            self._prompt.dismiss()
        self._word, self._settling = "", None
        self.feed = feed
        self.reading = LogReading(feed.store, feed.sources)

    def say(self, words: str) -> None:
        """Say something in the foot, for a while."""
        if self._word_ends is not None:
            self._word_ends.stop()
        self._word = words
        self._word_ends = self.set_timer(_SAID_S, self.unsay)
        self.tell()

    def unsay(self) -> None:
        """No longer say it."""
        self._word, self._word_ends = "", None
        self.tell()

    def tell(self) -> None:
        """Have the foot written anew."""
        self.post_message(PositionChanged(self.view))

    async def ask(self, asking: Asking, text: str = "") -> None:
        """Open the prompt."""
        if self._prompt is None:
            self._prompt = LogPrompt(self.prompt_closed)
            await self.mount(self._prompt)
        self.view.cursor.covered = 1
        self._prompt.ask(asking, text, self.screen)

    def go_to_number(self, number: int) -> None:
        """Go to the line with a number, or the next one that is left, with lines around it.

        Args:
            number: The store's.
        """
        lines, cursor, reader = self.view.reader.lines, self.view.cursor, self.view.reader
        if not len(lines):
            return
        place = max(lines.first, min(lines.place(number), lines.total - 1))
        if reader.row_of(place) is None:
            reader.show_at(place, reader.height // 3)
        cursor.go_to(place)
        self.view.after_move()

    def change(self, how: Callable[[int], None]) -> None:
        """Change what is left of the lines; the line that one reads stays where it is.

        Args:
            how: Makes the change; is given the number of the line to stay at.
        """
        spot, head = self.spot, self.head_rows
        how(spot.number)
        self.reading.advance(_FIRST_SLICE_S)
        self.explain()
        self.chips.show(self.chips_now)
        spot = Spot(spot.number, max(0, spot.row + head - self.head_rows))
        self.view.turn_to(self.reading.lines, *spot)
        self._settling = spot, self._stands_at
        self.work_soon()
        self.tell()

    def rearrange(self, how: Callable[[], None]) -> None:
        """Change what stands above the lines; they stay where they are on the screen."""
        spot, head = self.spot, self.head_rows
        how()
        if not self.view.reader.following and head != self.head_rows:
            self.view.keep_at(spot.number, max(0, spot.row + head - self.head_rows))

    @property
    def head_rows(self) -> int:
        """How many rows stand above the lines."""
        return int(self.chips.display)

    def explain(self) -> None:
        """Say why there is nothing to read."""
        if self.feed is not None:
            self.view.explain(self.feed.explanation)

    def work_soon(self) -> None:
        """Look through lines, as long as there are any that nobody has looked at."""
        if self._next_slice is None and self.is_attached:
            self._next_slice = self.set_timer(_GAP_S, self.work)

    def work(self) -> None:
        """Look through some lines now."""
        if self._next_slice is not None:
            self._next_slice.stop()
            self._next_slice = None
        was_scanning = self.reading.is_scanning
        goes_on = self.advance(_SLICE_S)
        if not goes_on or self.view.is_due:
            self._settle(goes_on)
            self.view.grew()
        self.look()
        if was_scanning and (not goes_on or monotonic() - self._worked_at > _TOLD_S):
            self._worked_at = monotonic()
            self.worked()
        if goes_on:
            self.work_soon()

    def advance(self, budget_s: float) -> bool:
        """Look through some lines; returns whether there are more."""
        return self.reading.advance(budget_s)

    def look(self) -> None:
        """Look at what was found, after each slice."""

    def worked(self) -> None:
        """Say what was found, now and then and at the end."""
        self.explain()
        self.tell()

    def _settle(self, goes_on: bool) -> None:
        """Keep the line where it was while others are found around it, unless one has moved on."""
        if self._settling is None:
            return
        spot, left_at = self._settling
        if self.view.reader.following or self._stands_at != left_at:
            self._settling = None
            return
        self.view.keep_at(*spot)
        self._settling = (spot, self._stands_at) if goes_on else None

    @property
    def _stands_at(self) -> object:
        """What changes when one moves."""
        return self.view.reader.top, self.view.cursor.view

    def prompt_closed(self, back: bool) -> None:
        """Have the last row again, and the keys if they did not go elsewhere."""
        self.view.cursor.covered = 0
        if back:
            self.screen.set_focus(self.view, scroll_visible=False)
