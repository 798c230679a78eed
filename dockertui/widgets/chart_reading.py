"""What one sees in charts: the figures of a span of time, and what happened in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dockertui.model import DockerObject
from dockertui.model.happening import What
from dockertui.model.usage import Metric, Usage
from dockertui.store.history import History, Part
from dockertui.widgets.chart_marks import Mark, in_bars, marks_of
from dockertui.widgets.chart_span import RANGES, Span, seconds_of, span_of
from dockertui.widgets.chart_tracks import TrackReader
from dockertui.widgets.measurements import Measurements

_HELD_S = 30
"""What is read less often than there are bars holds for so long before it was read, at most."""
_AFTERMATH_S = 60
"""What happens so soon after the last figures is still shown."""
_BREAKS = {What.STARTED, What.ENDED, What.FAILED, What.OUT_OF_MEMORY}

Parts = Sequence[Part | None]


class Sight(NamedTuple):
    """A span of time, and all that is known of it."""

    span: Span
    """The time."""
    tracks: Mapping[Metric, Parts]
    """What was measured, bar by bar."""
    peaks: Mapping[Metric, float]
    """The highest that each of it reached; nothing of what was not measured."""
    marks: Mapping[int, Sequence[Mark]]
    """What happened, by bar."""
    last: Usage
    """What was measured last."""
    is_live: bool
    """Does it still hold?"""
    is_past: bool = False
    """Is more known of the time after what one sees?"""
    cursor: int | None = None
    """The bar that one looks at; `None` when one looks at now."""

    def at(self, metric: Metric) -> Part | None:
        """A figure now, or in the bar that one looks at; `None` if it is not known."""
        if self.cursor is not None:
            return self.tracks[metric][self.cursor]
        if not self.is_live or (value := self.last.value(metric)) is None:
            return None
        return Part(value, value)


class ChartReading:
    """What is read about an object: how long a time, up to when, and which moment of it.

    All this stays when another object is read, so that one can compare.
    """

    def __init__(self) -> None:
        """Read about nothing yet."""
        self.range_name = "15m"
        self.cursor_s: float | None = None
        self.target: DockerObject | None = None
        self.idle = ""
        self._until_s: float | None = None
        """Up to when one sees; `None` for as long as anything is known."""
        self._measurements: Measurements | None = None
        self._tracks = TrackReader()
        self._marks: list[Mark] = []
        self._seen: tuple[object, Sight | None] = None, None

    def begin(self, target: DockerObject, measurements: Measurements, idle: str) -> None:
        """Read about an object.

        Args:
            target: The object.
            measurements: Where to find what was measured of it.
            idle: Why nothing is measured of it now, in a sentence; empty when it is.
        """
        self.target, self._measurements, self.idle = target, measurements, idle
        self.refresh()

    def refresh(self) -> None:
        """Take up what was measured meanwhile."""
        self._seen = None, None

    @property
    def hindrance(self) -> str:
        """What keeps it from being measured as it should be; empty at rest."""
        if self._measurements is None or self.target is None:
            return ""
        return self._measurements.hindrance(self.target)

    @property
    def history(self) -> History | None:
        """What was measured of it."""
        if self._measurements is None or self.target is None:
            return None
        return self._measurements.history(self.target)

    def sight(self, room: int) -> Sight | None:
        """What one sees on so many cells; `None` if nothing was ever measured."""
        state = self.range_name, self._until_s, room
        if self._seen[0] != state:
            self._seen = state, self._read(room)
        seen = self._seen[1]
        if seen is None or self.cursor_s is None:
            return seen
        span = seen.span
        return seen._replace(cursor=max(0, min(span.bar_of(self.cursor_s), span.bars - 1)))

    def see(self, range_name: str) -> None:
        """See another range: around the moment that one looks at, or up to now."""
        self.range_name = range_name
        self.refresh()
        if self.cursor_s is not None:
            self._until_s = self.cursor_s + RANGES[range_name] / 2

    def look_at(self, moment_s: float, sight: Sight) -> None:
        """Look at a moment; if one does not see it yet, bring it into sight.

        Args:
            moment_s: The moment, in seconds since the epoch.
            sight: What one sees.
        """
        history = self.history
        start_s = history.start_s if history is not None else None
        first_s = sight.span.start_s if start_s is None else min(start_s, sight.span.start_s)
        self.cursor_s = max(moment_s, first_s)
        if not 0 <= sight.span.bar_of(self.cursor_s) < sight.span.bars:
            self._until_s = self.cursor_s + RANGES[self.range_name] / 2

    def look_at_now(self) -> None:
        """Look at no moment but now."""
        self.cursor_s = self._until_s = None

    def next_event(self, after_s: float) -> float | None:
        """When the next thing happened from a moment on, or else the first of all."""
        moments = self._moments()
        return next((it for it in moments if it >= after_s), moments[0] if moments else None)

    def previous_event(self, before_s: float) -> float | None:
        """When the last thing happened before a moment, or else the last of all."""
        moments = self._moments()[::-1]
        return next((it for it in moments if it < before_s), moments[0] if moments else None)

    def _moments(self) -> list[float]:
        return sorted(seconds_of(it.happening.at_ns) for it in self._marks)

    def _read(self, room: int) -> Sight | None:
        if self._measurements is None or self.target is None or room < 1:
            return None
        if (history := self.history) is None or (last := history.last) is None:
            return None
        self._marks = marks_of(self._measurements.happenings(self.target))
        end_s = _end_s(seconds_of(last.at_ns), self._marks)
        until_s = end_s if self._until_s is None else min(self._until_s, end_s)
        span = span_of(RANGES[self.range_name], until_s, room)
        found = in_bars(self._marks, span)
        breaks = {bar for bar, its in found.items() if any(_breaks(it) for it in its)}
        found_parts = self._tracks.read(history, span)
        tracks = {metric: _held(parts, span, breaks) for metric, parts in found_parts.items()}
        peaks = {
            metric: max(it.peak for it in parts if it)
            for metric, parts in tracks.items()
            if any(parts)
        }
        is_past = span.end_s <= end_s
        return Sight(span, tracks, peaks, found, last, not self.idle, is_past)


def _end_s(measured_s: float, marks: Sequence[Mark]) -> float:
    """When the last thing was known."""
    soon = (seconds_of(it.happening.at_ns) for it in marks)
    return max([measured_s, *(it for it in soon if it <= measured_s + _AFTERMATH_S)])


def _breaks(mark: Mark) -> bool:
    return mark.happening.what in _BREAKS


def _held(read: Parts, span: Span, breaks: set[int]) -> Parts:
    """Let what is read now and then hold for the time since it was read before."""
    most, before = _HELD_S // span.step_s, None
    if not most or None not in read:
        return read
    parts = list(read)
    for bar, part in enumerate(parts):
        if part is None:
            continue
        if before is not None and 1 < bar - before <= most + 1:
            gap = range(before + 1, bar)
            if breaks.isdisjoint((*gap, bar)):
                parts[before + 1 : bar] = [part] * len(gap)
        before = bar
    return parts
