"""What something used over time: by the second for a quarter of an hour, by the minute for a day.

Bounded, whatever comes: some 33 KB for the first, and 2.3 KB more for each hour of the second.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from math import isnan, nan
from typing import NamedTuple

from dockertui.model.usage import Metric, Usage

_NS = 1_000_000_000
METRICS = tuple(Metric)
_WIDTH = len(METRICS)
_NOTHING = array("f", [nan] * _WIDTH)
FINE_S, FINE_STEPS = 1, 900
COARSE_S, COARSE_STEPS = 60, 1440


class Part(NamedTuple):
    """What was measured in a part of the time."""

    mean: float
    """On average."""
    peak: float
    """At most."""


class _Steps:
    """The means of all metrics for each of the last steps; `nan` where nothing was measured.

    One row of figures for each step, all in one array: an array for each figure made 34 things for
    the collector to look at, of every container; a collection of 7,000 took 43 ms instead of 4.
    """

    __slots__ = ("_counts", "_end", "_means", "_most", "_peaks", "step_s")

    def __init__(self, step_s: int, most: int, *, peaks: bool) -> None:
        self.step_s = step_s
        self._most = most
        self._end = 0
        """The number of the step after the last, counted from the epoch."""
        self._counts = array("H")
        self._means = array("f")
        self._peaks = array("f") if peaks else self._means

    @property
    def start(self) -> int:
        """The number of the first step that is held."""
        return self._end - len(self._counts)

    @property
    def end(self) -> int:
        """The number of the step after the last."""
        return self._end

    def add(self, at_s: float, values: Sequence[float]) -> None:
        """Take values into account; those of a time that is over for long are lost."""
        step = int(at_s // self.step_s)
        if not self._end or step - self._end > self._most:
            self._begin_at(step)
        while self._end <= step:
            self._append()
        place = step - self.start
        if place < 0:
            return
        self._counts[place] = count = min(self._counts[place] + 1, 0xFFFF)
        means, peaks = self._means, self._peaks
        for at, value in enumerate(values, place * _WIDTH):
            if isnan(value):
                continue
            before = means[at]
            means[at] = value if isnan(before) else before + (value - before) / count
            if peaks is not means and not value <= peaks[at]:
                peaks[at] = value

    def part(self, metric: int, start: int, end: int) -> Part | None:
        """What was measured from one step to before another; `None` when nothing was."""
        first, last = max(0, start - self.start), max(0, end - self.start)
        column = slice(first * _WIDTH + metric, last * _WIDTH, _WIDTH)
        means = [it for it in self._means[column] if not isnan(it)]
        if not means:
            return None
        peaks = [it for it in self._peaks[column] if not isnan(it)]
        return Part(sum(means) / len(means), max(peaks))

    def _rows(self) -> Iterator[array[float]]:
        yield self._means
        if self._peaks is not self._means:
            yield self._peaks

    def _begin_at(self, step: int) -> None:
        self._end = step
        del self._counts[:]
        for rows in self._rows():
            del rows[:]

    def _append(self) -> None:
        self._end += 1
        surplus = self._most // 8
        if len(self._counts) >= self._most + surplus:
            # Many at once, for each time all that is held moves up.
            del self._counts[:surplus]
            for rows in self._rows():
                del rows[: surplus * _WIDTH]
        self._counts.append(0)
        for rows in self._rows():
            rows.extend(_NOTHING)


class History:
    """What one container, project or engine used.

    Its clock is the engine's: the time stamps of what is added.
    """

    __slots__ = ("_coarse", "_fine", "last")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.last: Usage | None = None
        """What was added last."""
        self._fine = _Steps(FINE_S, FINE_STEPS, peaks=False)
        self._coarse = _Steps(COARSE_S, COARSE_STEPS, peaks=True)

    def add(self, usage: Usage) -> None:
        """Add what was measured; in the order of time, as far as it matters."""
        if self.last is None or usage.at_ns >= self.last.at_ns:
            self.last = usage
        values = [nan if (it := usage.value(metric)) is None else it for metric in METRICS]
        at_s = usage.at_ns / _NS
        self._fine.add(at_s, values)
        self._coarse.add(at_s, values)

    @property
    def start_s(self) -> float | None:
        """The time of the first thing that is held, in seconds since the epoch."""
        if self.last is None:
            return None
        fine, coarse = self._fine, self._coarse
        return float(min(fine.start * fine.step_s, coarse.start * coarse.step_s))

    def parts(self, metric: Metric, start_s: float, end_s: float, count: int) -> list[Part | None]:
        """What was measured in each of so many equal parts of a span of time.

        Args:
            metric: Of what.
            start_s: When the first part begins, in seconds since the epoch.
            end_s: When the last one ends.
            count: How many parts.

        Returns:
            For each part, `None` where nothing was measured in it. By the second where it is
            held so, else by the minute; a part shorter than such a step has what was measured in
            the step.
        """
        column, length_s = METRICS.index(metric), (end_s - start_s) / count
        fine_from_s = float("-inf") if self._fine_has_all else self._fine.start * FINE_S
        found = []
        for place in range(count):
            first_s = start_s + place * length_s
            steps = self._fine if first_s >= fine_from_s else self._coarse
            first = int(first_s / steps.step_s)
            after = int((first_s + length_s) / steps.step_s)
            found.append(steps.part(column, first, max(first + 1, after)))
        return found

    def lately(self, metric: Metric, span_s: float) -> float | None:
        """The mean over the last seconds up to what was added last; `None` if nothing is known."""
        if self.last is None:
            return None
        end_s = self.last.at_ns // _NS + FINE_S
        (part,) = self.parts(metric, end_s - span_s, end_s, 1)
        return None if part is None else part.mean

    def recorded(self) -> Iterator[tuple[float, int, Sequence[float | None]]]:
        """All there is, the oldest first, for who saves it.

        Yields:
            When a step begins, in seconds since the epoch; how many seconds it takes; the mean of
            each of `METRICS` in it.
        """
        fine, coarse = self._fine, self._coarse
        # By the minute up to a whole minute from which on all seconds are held.
        border = 0 if self._fine_has_all else -(-fine.start * fine.step_s // coarse.step_s)
        for steps, start, end in (
            (coarse, coarse.start, min(coarse.end, border)),
            (fine, max(fine.start, border * coarse.step_s // fine.step_s), fine.end),
        ):
            for step in range(start, end):
                found = [steps.part(it, step, step + 1) for it in range(len(METRICS))]
                if any(found):
                    means = [None if it is None else it.mean for it in found]
                    yield float(step * steps.step_s), steps.step_s, means

    @property
    def _fine_has_all(self) -> bool:
        fine, coarse = self._fine, self._coarse
        return (coarse.start + 1) * coarse.step_s > fine.start * fine.step_s
