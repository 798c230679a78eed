"""How many lines a log had over its time: where it was busy, and where it failed."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dockertui.store.log_rate import LogRate, stamp_of
from dockertui.text import counted
from dockertui.widgets.looks import Looks
from dockertui.widgets.rate_bars import RateBars, bars_of, clock
from dockertui.widgets.tick import Tick

_HEIGHTS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = 8
_ERROR, _HERE = "!", "▼"
_LEAST_BARS = 16
_TALL_ROWS = 30
_CSS = """
RateStrip {
    height: auto;
    & > .rate-strip--bar { color: $accent; }
    & > .rate-strip--error { color: $danger; text-style: bold; }
    & > .rate-strip--here { color: $foreground; text-style: bold; }
    & > .rate-strip--time { color: $text-muted; }
}
"""


class TimeWanted(Message):
    """A person wants to read a log at another time."""

    def __init__(self, stamp: bytes) -> None:
        """Say when.

        Args:
            stamp: In RFC 3339.
        """
        super().__init__()
        self.stamp = stamp


class RateStrip(Widget):
    """A bar for each part of a log's time; a click goes there.

    On a screen with room it is two rows high, the upper one for errors. Otherwise marks stand in
    the place of the bars with the most errors.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rate-strip--bar",
        "rate-strip--error",
        "rate-strip--here",
        "rate-strip--time",
    }
    DEFAULT_CSS = _CSS

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Show nothing yet.

        Args:
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self._looks = Looks(self)
        self._rate: LogRate | None = None
        self._here_s: float | None = None
        self._utc = False
        self._drawn: tuple[object, ...] = ()
        self._bars: RateBars | None = None
        self._labels = ("", "")
        self._tick = Tick(self._redraw)

    def show(self, rate: LogRate, here_s: float | None = None, *, utc: bool = False) -> None:
        """Show how a log's lines are spread; redrawn at most once a second, if it changed.

        Args:
            rate: What was counted.
            here_s: The time at which one reads, in seconds since 1970.
            utc: Write the times at the ends in UTC?
        """
        self._rate, self._here_s, self._utc = rate, here_s, utc
        if self.is_attached and self._state() != self._drawn:
            self._tick.within(0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Two rows where that leaves enough for the log."""
        return 2 if viewport.height >= _TALL_ROWS else 1

    def on_unmount(self) -> None:
        """Redraw no more."""
        self._tick.stop()

    def notify_style_update(self) -> None:
        """Take up the colours of another theme."""
        super().notify_style_update()
        self._looks.forget()

    def render_line(self, y: int) -> Strip:
        """Draw a row."""
        if self._state() != self._drawn:
            self._set()
        bars, width, looks = self._bars, self.size.width, self._looks
        if bars is None:
            return Strip.blank(width, looks.text)
        before, after = self._labels
        if y < self.size.height - 1:
            before, after, row = (
                self._words(len(before)),
                self._scale(len(after)),
                self._errors(bars),
            )
        else:
            row = (self._lines if y else self._lines_and_errors)(bars)
        if y == 0:
            self._mark_here(bars, row)
        muted = looks.part("rate-strip--time")
        strip = Strip([Segment(before, muted), *row, Segment(after, muted)])
        return strip.adjust_cell_length(width, looks.text)

    def on_click(self, event: events.Click) -> None:
        """Go to the time that was clicked."""
        if (bar := self._bar_at(event.x)) is not None and self._bars is not None:
            event.stop()
            self.post_message(TimeWanted(stamp_of(self._bars.moment_of(bar))))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what the bar under the mouse stands for."""
        bar, bars = self._bar_at(event.x), self._bars
        if bar is None or bars is None:
            self.tooltip = None
            return
        lines, errors = bars.bars[bar]
        moment = clock(bars.moment_of(bar), span_s=bars.end_s - bars.start_s, utc=self._utc)
        self.tooltip = f"{moment}: {counted(lines, 'line')}, {counted(errors, 'error')}"

    def _state(self) -> tuple[object, ...]:
        """All that what is drawn depends on; the place where one reads, by its bar."""
        here = self._bars.bar_of(self._here_s) if self._bars and self._here_s is not None else None
        return self._rate, self._rate.revision if self._rate else 0, here, self._utc, self.size

    def _redraw(self) -> None:
        self.refresh()

    def _set(self) -> None:
        """Work out the bars, and what stands at their ends if there is room."""
        rate, width = self._rate, self.size.width
        self._bars, self._labels = None, ("", "")
        if rate is not None:
            start_s, end_s = rate.span()
            first, last = (
                clock(it, span_s=end_s - start_s, utc=self._utc) for it in (start_s, end_s)
            )
            room = width - len(first) - len(last) - 2
            if room >= _LEAST_BARS:
                self._labels = f"{first} ", f" {last}"
            self._bars = bars_of(rate, room if room >= _LEAST_BARS else width)
        self._drawn = self._state()

    def _words(self, room: int) -> str:
        """What the upper row stands for."""
        has_errors = self._bars is not None and self._bars.most_errors
        return ("errors" if has_errors else "no errors")[:room].ljust(room)

    def _scale(self, room: int) -> str:
        """How many lines in a second the highest bar stands for."""
        if self._bars is None or not room:
            return ""
        a_second = self._bars.most / self._bars.width_s
        return f" ≤{a_second:,.{0 if a_second >= 1 else 2}f}/s"[:room].ljust(room)

    def _errors(self, bars: RateBars) -> list[Segment]:
        """How many errors there were; as few as eight make a bar as high as can be."""
        style, most = self._looks.part("rate-strip--error"), max(bars.most_errors, _EIGHTHS)
        return [Segment(_block(errors, most), style) for _, errors in bars.in_cells]

    def _lines(self, bars: RateBars) -> list[Segment]:
        """How many lines there were."""
        style = self._looks.part("rate-strip--bar")
        return [Segment(_block(lines, bars.most), style) for lines, _ in bars.in_cells]

    def _lines_and_errors(self, bars: RateBars) -> list[Segment]:
        """The same, with marks in the place of those bars that have the most errors."""
        mark = Segment(_ERROR, self._looks.part("rate-strip--error"))
        many = max(1, bars.most_errors / 2)
        return [
            mark if errors >= many else line
            for line, (_, errors) in zip(self._lines(bars), bars.in_cells, strict=True)
        ]

    def _mark_here(self, bars: RateBars, row: list[Segment]) -> None:
        """Put a mark where one reads."""
        if self._here_s is not None:
            style = self._looks.part("rate-strip--here")
            row[bars.cell_of(bars.bar_of(self._here_s))] = Segment(_HERE, style)

    def _bar_at(self, x: int) -> int | None:
        """The number of the bar at a cell of the widget, or of the nearest one."""
        return self._bars.bar_at(x - len(self._labels[0])) if self._bars else None


def _block(count: int, most: int) -> str:
    """The glyph for so much of the most there is; something is never nothing."""
    return _HEIGHTS[-(-count * _EIGHTHS // max(1, most))]
