"""Scales that end at a round number, and hold still."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dockertui.store.history import Part
from dockertui.widgets.chart_bars import EIGHTHS, Height

_DECIMAL = (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10)
"""Their halves are round, too."""
_BINARY = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024)
_CLOSE = 1.2
"""A scale shrinks only if what it shows would fit with so much to spare."""
_NEAR = 2.5
"""A limit is drawn if it is at most so many times what it limits."""
_MORE, _STILL_MORE = 2.0, 1.5


def round_up(value: float, *, binary: bool = False) -> float:
    """The next round number.

    Args:
        value: A number above 0.
        binary: In powers of 1024, as for bytes?

    >>> round_up(38), round_up(0.3), round_up(100), round_up(210)
    (40.0, 0.3, 100.0, 300.0)
    >>> round_up(200 * 1024**2, binary=True) / 1024**2
    256.0
    """
    base, steps = (1024.0, _BINARY) if binary else (10.0, _DECIMAL)
    unit = 1.0
    while value > unit * base:
        unit *= base
    while value <= unit:
        unit /= base
    return steps[bisect_left(steps, round(value / unit, 9))] * unit


def held_top(before: float, most: float, *, binary: bool = False) -> float:
    """Where a scale ends now: it grows at once, and shrinks only when that will last.

    Args:
        before: Where it ended; 0 if it did not.
        most: The highest value that it shows, above 0.
        binary: In powers of 1024, as for bytes?

    >>> held_top(0, 9.9), held_top(12, 9.9), held_top(12, 7.9), held_top(10, 10.1)
    (10.0, 12, 8.0, 12.0)
    """
    needed = round_up(most, binary=binary)
    if needed < before and round_up(most * _CLOSE, binary=binary) >= before:
        return before
    return needed


class Scale(NamedTuple):
    """From 0 to a round number, upwards and perhaps downwards."""

    top: float
    """The number."""
    up: int
    """How many rows it takes to there."""
    down: int = 0
    """How many rows there are below 0; a row stands for as much as above."""
    limit: float | None = None
    """The limit, if it is in sight."""

    @property
    def bottom(self) -> float:
        """The number at the lower end."""
        return self.top * self.down / self.up

    def height(self, value: float) -> int:
        """How high a value stands above 0, in eighths of a row; something is never nothing."""
        return self._eighths(value, self.up)

    def heights(self, parts: Iterable[Part | None]) -> list[Height | None]:
        """How high the bars of some parts of the time stand."""
        return [it and Height(self.height(it.mean), self.height(it.peak)) for it in parts]

    def depths(self, parts: Iterable[Part | None]) -> list[Height | None]:
        """How far the bars of some parts of the time hang below 0."""
        reach, rows = self._eighths, self.down
        return [it and Height(reach(it.mean, rows), reach(it.peak, rows)) for it in parts]

    def _eighths(self, value: float, rows: int) -> int:
        if value <= 0:
            return 0
        return max(1, min(round(value / self.top * self.up * EIGHTHS), rows * EIGHTHS))


class Need(NamedTuple):
    """What a scale has to show."""

    peaks: Sequence[float]
    """The highest value above 0, and that below 0 if anything grows downwards."""
    limit: float | None = None
    """How much there may be, if that is limited."""
    least: float = 1.0
    """Where it ends at least."""
    binary: bool = False
    """Does it count in powers of 1024?"""


def scale_for(before: Scale | None, need: Need, rows: int) -> Scale:
    """The scale for what is shown.

    Args:
        before: The scale until now.
        need: What it has to show.
        rows: How many rows there are for bars.
    """
    highest, *below = need.peaks
    limit = need.limit if need.limit is None or need.limit <= _NEAR * highest else None
    reach = max(highest, need.least, limit or 0.0)
    up, down = rows, 0
    if below and rows > 1:
        up, down = _shared(before, highest, below[0], rows)
        reach = max(reach, below[0] * up / down)
    top = held_top(before.top if before else 0.0, reach, binary=need.binary)
    return Scale(top, up, down, limit)


def _shared(before: Scale | None, up: float, down: float, rows: int) -> tuple[int, int]:
    """Rows for what grows upwards and downwards: twice as many for what is twice as much."""
    if up >= down * _leaning(before, up=True):
        fewer = max(1, rows // 3)
        return rows - fewer, fewer
    if down >= up * _leaning(before, up=False):
        fewer = max(1, rows // 3)
        return fewer, rows - fewer
    return rows - rows // 2, rows // 2


def _leaning(before: Scale | None, *, up: bool) -> float:
    """From how much more on one side gets more rows; one that has them keeps them for longer."""
    if before is None or not before.down:
        return _MORE
    has_more = before.up > before.down + 1 if up else before.down > before.up + 1
    return _STILL_MORE if has_more else _MORE
