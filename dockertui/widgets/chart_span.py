"""How a span of time is set on a row of cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import ceil
from typing import NamedTuple

from dockertui.store.history import COARSE_S, COARSE_STEPS, FINE_S, FINE_STEPS

RANGES = {"1m": 60, "5m": 300, "15m": 900, "1h": 3600, "6h": 6 * 3600, "24h": 24 * 3600}
"""How long a span can be, by name, in seconds."""

_NS = 1_000_000_000
_DAY_S = 86_400
_TICKS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200)
_SECONDS_MATTER_S = 600
"""Up to so long a span, times are written with their seconds."""
_EXACT, _BRIEF = "%H:%M:%S", "%H:%M"
_GAP = 3
"""Cells between two times, at least."""


class Span(NamedTuple):
    """Bars of equal time, side by side; each takes one cell or more."""

    start_s: int
    """When the first begins, in seconds since the epoch: a multiple of the step."""
    step_s: int
    """The time of one bar."""
    bars: int
    """How many there are."""
    cells: int
    """How many cells each of them takes."""

    @property
    def width(self) -> int:
        """How many cells all take."""
        return self.bars * self.cells

    @property
    def end_s(self) -> int:
        """When the last one ends."""
        return self.start_s + self.bars * self.step_s

    @property
    def by_second(self) -> bool:
        """Are its bars about seconds rather than minutes?"""
        return self.step_s < COARSE_S

    def moment_of(self, bar: int) -> int:
        """When a bar begins."""
        return self.start_s + bar * self.step_s

    def bar_of(self, moment_s: float) -> int:
        """The number of the bar of a moment; below 0, or too high, if it is not in the span."""
        return int((moment_s - self.start_s) // self.step_s)

    def bar_at(self, cell: int) -> int:
        """The number of the bar at a cell; of the nearest one beyond the ends."""
        return max(0, min(cell // self.cells, self.bars - 1))

    def middle_of(self, bar: int) -> int:
        """The cell in the middle of a bar."""
        return bar * self.cells + self.cells // 2


def span_of(range_s: int, end_s: float, room: int) -> Span:
    """Set the time up to a moment on so many cells: as long a span as was asked for, or longer.

    Bars begin at multiples of their time. So each stands for the same time from one redraw to
    the next, and its height changes only while it is the last one.

    Args:
        range_s: How long it should be; it is longer if that fills the cells.
        end_s: The moment that the last bar is about, in seconds since the epoch.
        room: The cells there are.
    """
    unit, most_s = COARSE_S, COARSE_S * COARSE_STEPS
    if range_s <= FINE_S * FINE_STEPS:
        unit, most_s = FINE_S, 2 * range_s
    step_s = ceil(range_s / max(1, room) / unit) * unit
    cells = max(1, room // (range_s // step_s))
    bars = max(1, min(room // cells, most_s // step_s))
    after = (int(end_s // step_s) + 1) * step_s
    return Span(after - bars * step_s, step_s, bars, cells)


def ticks(span: Span) -> Iterator[tuple[int, str]]:
    """Times to write under a span: the cell in whose middle each stands, and how it reads."""
    length_s, first = span.end_s - span.start_s, _local(span.start_s)
    form = _EXACT if length_s <= _SECONDS_MATTER_S else _BRIEF
    apart = len(_written(first, form)) + _GAP
    every_s = next((it for it in _TICKS_S if it * span.width >= apart * length_s), _DAY_S)
    offset = first.utcoffset() if first else None
    shift_s = int(offset.total_seconds()) if offset else 0
    moment_s = -(-(span.start_s + shift_s) // every_s) * every_s - shift_s
    while moment_s < span.end_s:
        yield span.middle_of(span.bar_of(moment_s)), _written(_local(moment_s), form)
        moment_s += every_s


def clock(moment_s: float, *, seconds: bool = True) -> str:
    """A moment on the clock of who looks at it.

    Args:
        moment_s: In seconds since the epoch.
        seconds: Write the seconds?
    """
    return _written(_local(moment_s), _EXACT if seconds else _BRIEF)


def span_text(span: Span) -> str:
    """From when to when a span is; with the day, if it begins on another than it ends."""
    start, end = _local(span.start_s), _local(span.end_s)
    form = _EXACT if span.by_second else _BRIEF
    day = "%a " if start and end and start.date() != end.date() else ""
    return f"{_written(start, day + form)} to {_written(end, form)}"


def seconds_of(at_ns: int) -> float:
    """A moment in seconds, from nanoseconds since the epoch."""
    return at_ns / _NS


def _local(moment_s: float) -> datetime | None:
    """A moment in the time zone of who looks at it; `None` for one that no calendar has."""
    try:
        return datetime.fromtimestamp(moment_s).astimezone()
    except (OverflowError, ValueError, OSError):
        return None


def _written(moment: datetime | None, form: str) -> str:
    return "–" if moment is None else moment.strftime(form)
