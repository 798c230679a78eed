"""Time in a log: going to a moment, choosing a span of it, older lines, earlier lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from dockertui.store.log_rate import LogRate
from dockertui.store.log_record import split_record, time_of
from dockertui.sync.log_span import LogSpan
from dockertui.widgets.command import bindings, command
from dockertui.widgets.followed_log import Feed
from dockertui.widgets.log_chips import Chip, LogChips
from dockertui.widgets.log_desk import LogDesk
from dockertui.widgets.log_keys import OlderWanted
from dockertui.widgets.log_moment import NoMomentError, moment_of, stamp_of
from dockertui.widgets.log_prompt import Asking
from dockertui.widgets.log_stamps import Stamps
from dockertui.widgets.rate_strip import RateStrip, TimeWanted

_SPAN, _LIFE = "span", "life"


class TimeKeys(LogDesk):
    """What of a log's time its page shows."""

    def __init__(self) -> None:
        """Show the last lines."""
        super().__init__()
        self._lives_back = 0
        self._rate: LogRate | None = None
        self._strip: RateStrip | None = None
        self._timing = Asking(
            mark="@",
            hint="14:05, 14:05:30, -15m, 2026-11-23 14:05",
            typed=lambda _: "",
            kept=self._time_kept,
            left=lambda: None,
        )

    @command("at", "Go to time")
    async def action_time(self) -> None:
        """Go to the first line at or after a time, such as 14:05, -15m or 2026-11-23 14:05."""
        await self.ask(self._timing)

    @command("s", "Since")
    def action_since(self) -> None:
        """Show the log of the last 1m, 5m, 15m, 1h or 6h, or from its beginning."""
        self._choose(lambda it: it.next_since())

    @command("u", "Until")
    def action_until(self) -> None:
        """Show the log up to 1m, 5m, 15m, 1h or 6h ago, or up to now."""
        self._choose(lambda it: it.next_until())

    @command("a", "Amount")
    def action_amount(self) -> None:
        """Begin with the last 200, 2,000 or 20,000 lines, or with all."""
        self._choose(lambda it: it.next_tail())

    @command("p", "Previous life")
    def action_previous_life(self) -> None:
        """Read the last lines of the container that stood in this place before."""
        if self.feed is None or not self.feed.previous_life():
            self.say("no earlier life is known")
        else:
            self._lives_back += 1
            self._life_changed()

    @command("P", "Next life")
    def action_next_life(self) -> None:
        """Go back to the container that came after."""
        if self.feed is None or not self.feed.next_life():
            self.say("this is the latest life")
        else:
            self._lives_back = max(0, self._lives_back - 1)
            self._life_changed()

    @command("r", "Rate")
    async def action_rate(self) -> None:
        """Show above the lines how many there are over time, and how many errors; or hide it."""
        if self._strip is None:
            strip = self._strip = RateStrip()
            strip.display = False
            await self.mount(strip, before=self.view)
        strip = self._strip
        self._rate = None if strip.display else LogRate(self.reading.store)
        self.rearrange(lambda: setattr(strip, "display", not strip.display))
        self.work_soon()

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    @property
    def has_work(self) -> bool:
        """Must lines be looked through as they come?"""
        return super().has_work or self._rate is not None

    @property
    def head_rows(self) -> int:
        """How many rows stand above the lines, those of the rate among them."""
        rows, strip, size = super().head_rows, self._strip, self.size
        if strip is not None and strip.display:
            rows += strip.get_content_height(size, self.app.size, size.width)
        return rows

    @property
    def words(self) -> list[str]:
        """What to say of the log; at its beginning, whether there is more."""
        words, reader = super().words, self.view.reader
        line, first = self.view.cursor.line, reader.lines.first
        if line == first and reader.is_at_start and self.feed is not None:
            if self.feed.has_older:
                words.append("up: older lines")
            elif not reader.lines.dropped:
                span = self.feed.span
                whole = "the log" if span.since_s is None else span.words
                words.append(f"beginning of {whole}")
        return words

    @property
    def chips_now(self) -> list[Chip]:
        """What to read above the lines; first of which life and span they are."""
        chips = super().chips_now
        if self.feed is None:
            return chips
        if self.feed.span != LogSpan():
            chips.insert(0, Chip(self.feed.span.words, _SPAN))
        if self._lives_back:
            chips.insert(0, Chip(self.feed.title, _LIFE))
        return chips

    def begin(self, feed: Feed) -> None:
        """Read another log, in its latest life."""
        super().begin(feed)
        self._lives_back = 0

    def advance(self, budget_s: float) -> bool:
        """Look through some lines, and count some."""
        if self._rate is None:
            return super().advance(budget_s)
        if self._rate.store is not self.reading.store:
            self._rate = LogRate(self.reading.store)
        counts_on = self._rate.advance(budget_s / 2)
        self._show_rate()
        return super().advance(budget_s / 2) or counts_on

    @on(OlderWanted)
    def _older_wanted(self, event: OlderWanted) -> None:
        event.stop()
        if self.feed is None or self.reading.is_scanning:
            return
        if self.feed.has_older:
            self.feed.load_older()
            self.tell()
        elif self.view.reader.lines.dropped:
            self.say("older lines were dropped to stay within memory")

    @on(TimeWanted)
    def _time_wanted(self, event: TimeWanted) -> None:
        event.stop()
        self.go_to_number(self.reading.store.at_time(event.stamp))

    @on(LogChips.Clicked)
    def _span_clicked(self, event: LogChips.Clicked) -> None:
        if event.name == _SPAN:
            self._choose(lambda _: LogSpan())
        elif event.name == _LIFE:
            self.action_next_life()

    def _choose(self, how: Callable[[LogSpan], LogSpan]) -> None:
        if self.feed is None:
            return
        span = how(self.feed.span)
        self._lives_back = 0
        self.feed.set_span(span)
        self.rearrange(lambda: self.chips.show(self.chips_now))
        self.say(f"showing {span.words}")

    def _life_changed(self) -> None:
        self.rearrange(lambda: self.chips.show(self.chips_now))
        self.tell()

    def _show_rate(self) -> None:
        if self._strip is None or self._rate is None:
            return
        when = None
        if self.view.cursor.line is not None:
            when = self._moment(self.spot.number)
        utc = self.view.reader.layout.stamps is Stamps.UTC
        self._strip.show(self._rate, when.timestamp() if when else None, utc=utc)

    def _moment(self, number: int) -> datetime | None:
        found = self.reading.store.lines(number, number + 1)
        return time_of(split_record(found[0]).stamp) if found else None

    def _time_kept(self, text: str) -> str:
        if not text.strip():
            return ""
        store, now = self.reading.store, datetime.now(UTC)
        last = self._moment(store.total - 1)
        here = self._moment(self.spot.number) or last or now
        try:
            moment = moment_of(text, now=now, near=here)
        except NoMomentError as fault:
            return str(fault)
        number = store.at_time(stamp_of(moment))
        if number >= store.total:
            return f"It ends before that, at {_clock(last, moment)}." if last else "It is empty."
        first = self._moment(store.first)
        if number == store.first and first is not None and moment < first:
            more = ""
            if self.feed is not None and self.feed.has_older:
                more = "; up loads older lines"
            elif self.feed is not None and self.feed.span.since_s is not None:
                more = "; s goes further back"
            self.say(f"it begins at {_clock(first, moment)}{more}")
        self.go_to_number(number)
        return ""


def _clock(moment: datetime, other: datetime) -> str:
    """A moment in the local time, with its day if that of another is not the same."""
    here, there = moment.astimezone(), other.astimezone()
    return f"{here:%H:%M:%S}" if here.date() == there.date() else f"{here:%Y-%m-%d %H:%M:%S}"
