"""How a log's lines over time are set on cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from dockertui.store.log_rate import LogRate

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class RateBars:
    """Bars that fill a row of cells; where there are fewer, each takes several cells."""

    start_s: float
    """When the first begins, in seconds since 1970."""
    width_s: float
    """The time of one bar."""
    bars: tuple[tuple[int, int], ...]
    """For each its lines, and the errors among them."""
    cells: int
    """How many cells there are."""

    @property
    def end_s(self) -> float:
        """When the last ends."""
        return self.start_s + self.width_s * len(self.bars)

    @property
    def most(self) -> int:
        """The most lines in one bar."""
        return max((lines for lines, _ in self.bars), default=0)

    @property
    def most_errors(self) -> int:
        """The most errors in one bar."""
        return max((errors for _, errors in self.bars), default=0)

    @property
    def in_cells(self) -> list[tuple[int, int]]:
        """For each cell the lines and the errors of its bar."""
        return [self.bars[self.bar_at(cell)] for cell in range(self.cells)]

    def cell_of(self, bar: int) -> int:
        """The first cell of a bar."""
        return -(-bar * self.cells // len(self.bars))

    def bar_at(self, cell: int) -> int:
        """The number of the bar at a cell; of the nearest one beyond the ends."""
        return max(0, min(cell, self.cells - 1)) * len(self.bars) // self.cells

    def moment_of(self, bar: int) -> float:
        """When a bar begins."""
        return self.start_s + bar * self.width_s

    def bar_of(self, moment_s: float) -> int:
        """The number of the bar of a moment; of the nearest one beyond the ends."""
        return max(0, min(int((moment_s - self.start_s) / self.width_s), len(self.bars) - 1))


def bars_of(rate: LogRate, cells: int) -> RateBars | None:
    """Set a log on a row of cells; `None` when there are no lines that have a time.

    Each bar takes as many whole steps of the rate as the others, so that a steady log is flat.
    """
    start_s, end_s = rate.span()
    if end_s <= start_s or cells < 1:
        return None
    steps = round((end_s - start_s) / rate.step_s)
    steps_a_bar = ceil(steps / cells)
    width_s, count = float(steps_a_bar * rate.step_s), ceil(steps / steps_a_bar)
    bars = rate.bars(start_s, start_s + count * width_s, count)
    return RateBars(start_s, width_s, tuple(bars), cells)


def clock(moment_s: float, *, span_s: float, utc: bool = False) -> str:
    """A moment as briefly as tells it within a span.

    >>> clock(1795435391.0, span_s=60, utc=True), clock(1795435391.0, span_s=3e5, utc=True)
    ('12:03:11', '11-23 12:03')
    """
    moment = datetime.fromtimestamp(moment_s, UTC)
    return f"{moment if utc else moment.astimezone():{'%m-%d %H:%M' if span_s > _DAY_S else '%X'}}"
