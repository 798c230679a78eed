"""How many lines a log had over its time, on one row: where it was busy, and where it failed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dockertui.store.log_rate import LogRate
from dockertui.widgets.looks import Looks
from dockertui.widgets.tick import Tick

_BARS = " ▁▂▃▄▅▆▇█"
_LEAST_BARS = 8


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
    """A bar for each part of a log's time, with what failed marked above; a click goes there."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rate-strip--bar",
        "rate-strip--error",
        "rate-strip--here",
        "rate-strip--time",
    }
    DEFAULT_CSS = """
    RateStrip {
        height: 1;
        & > .rate-strip--bar { color: $accent; }
        & > .rate-strip--error { color: $danger; text-style: reverse; }
        & > .rate-strip--here { text-style: reverse; }
        & > .rate-strip--time { color: $text-muted; }
    }
    """

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
        self._drawn: tuple[object, ...] = ()
        self._tick = Tick(self._redraw)

    def show(self, rate: LogRate, here_s: float | None = None) -> None:
        """Show how a log's lines are spread; redrawn at most once a second, if it changed.

        Args:
            rate: What was counted.
            here_s: The time at which one reads, in seconds since 1970.
        """
        self._rate, self._here_s = rate, here_s
        if self.is_attached and self._state() != self._drawn:
            self._tick.within(0)

    def _state(self) -> tuple[object, ...]:
        rate = self._rate
        return (rate, rate.revision if rate else 0, self._here_s and int(self._here_s), self.size)

    def _redraw(self) -> None:
        self.refresh()

    def on_unmount(self) -> None:
        """Redraw no more."""
        self._tick.stop()

    def notify_style_update(self) -> None:
        """Take up the colours of another theme."""
        super().notify_style_update()
        self._looks.forget()

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        self._drawn = self._state()
        width = self.size.width
        rate = self._rate
        if y or rate is None or not any(rate.span()):
            return Strip.blank(width, self._looks.text)
        start_s, end_s = rate.span()
        before, after = _clock(start_s) + " ", " " + _clock(end_s)
        cells = width - len(before) - len(after)
        if cells < _LEAST_BARS:
            before, after, cells = "", "", width
        time = self._looks.part("rate-strip--time")
        return Strip([Segment(before, time), *self._bars(rate, cells), Segment(after, time)], width)

    def _bars(self, rate: LogRate, cells: int) -> list[Segment]:
        start_s, end_s = rate.span()
        bars = rate.bars(start_s, end_s, cells)
        most = max(lines for lines, _ in bars) or 1
        here = self._cell(self._here_s, start_s, end_s, cells)
        return [
            Segment(_BARS[-(-lines * 8 // most)], self._style(at == here, errors))
            for at, (lines, errors) in enumerate(bars)
        ]

    def _style(self, is_here: bool, errors: int) -> Style:
        style = self._looks.part("rate-strip--error" if errors else "rate-strip--bar")
        return style + self._looks.alone("rate-strip--here") if is_here else style

    @staticmethod
    def _cell(moment_s: float | None, start_s: float, end_s: float, cells: int) -> int:
        if moment_s is None or end_s <= start_s:
            return -1
        return max(0, min(cells - 1, int((moment_s - start_s) / (end_s - start_s) * cells)))

    def on_click(self, event: events.Click) -> None:
        """Go to the time that was clicked."""
        rate = self._rate
        if rate is None or not any(rate.span()):
            return
        event.stop()
        start_s, end_s = rate.span()
        margin = len(_clock(start_s)) + 1
        cells = self.size.width - 2 * margin
        if cells < _LEAST_BARS:
            margin, cells = 0, self.size.width
        part = max(0.0, min(1.0, (event.x - margin) / max(1, cells)))
        moment = datetime.fromtimestamp(start_s + part * (end_s - start_s), UTC)
        self.post_message(TimeWanted(f"{moment:%Y-%m-%dT%H:%M:%S}Z".encode()))


def _clock(moment_s: float) -> str:
    return f"{datetime.fromtimestamp(moment_s, UTC).astimezone():%H:%M:%S}"
