"""How many lines a log had over its time: where it was busy, and where it failed."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
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
    """A bar for each part of a log's time, a mark where it failed; a click goes there.

    On a screen with room it is two rows high, and the marks stand above the bars. Otherwise they
    stand in their place.
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
            before, after, cells = " " * len(before), self._scale(), self._marks(bars)
        else:
            cells = self._blocks(bars, marked=self.size.height == 1)
        muted = looks.part("rate-strip--time")
        row = [Segment(before, muted), *cells, Segment(after, muted)]
        return Strip(row).adjust_cell_length(width, looks.text)

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

    def _scale(self) -> str:
        """What the highest bar comes to in a second."""
        bars, room = self._bars, len(self._labels[1])
        if bars is None or not room:
            return ""
        a_second = bars.most / bars.width_s
        text = f"{a_second:,.0f}" if a_second >= 10 else f"{a_second:.2g}"  # noqa: PLR2004
        return f" ≤{text}/s".ljust(room)[:room]

    def _marks(self, bars: RateBars) -> list[Segment]:
        """Where it failed, and where one reads."""
        blank = Segment(" ", self._looks.text)
        return [self._mark(bars, cell) or blank for cell in range(bars.cells)]

    def _blocks(self, bars: RateBars, *, marked: bool) -> list[Segment]:
        """How many lines there were; on a low strip the marks stand in the place of bars."""
        return [
            (self._mark(bars, cell) if marked else None) or self._block(bars, bars.bar_at(cell))
            for cell in range(bars.cells)
        ]

    def _block(self, bars: RateBars, bar: int) -> Segment:
        lines, errors = bars.bars[bar]
        style = self._looks.part("rate-strip--error" if errors else "rate-strip--bar")
        return Segment(_HEIGHTS[-(-lines * 8 // max(1, bars.most))], style)

    def _mark(self, bars: RateBars, cell: int) -> Segment | None:
        """The mark at a cell, if it is the first of a bar that has one."""
        bar = bars.bar_at(cell)
        if cell and bars.bar_at(cell - 1) == bar:
            return None
        has_errors = bars.bars[bar][1] > 0
        style = self._looks.part("rate-strip--error")
        if self._here_s is not None and bars.bar_of(self._here_s) == bar:
            if not has_errors:
                style = self._looks.part("rate-strip--here")
            return Segment(_HERE, style + Style(reverse=has_errors))
        return Segment(_ERROR, style) if has_errors else None

    def _bar_at(self, x: int) -> int | None:
        """The number of the bar at a cell of the widget, or of the nearest one."""
        return self._bars.bar_at(x - len(self._labels[0])) if self._bars else None
