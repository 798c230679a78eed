"""What was measured, bar by bar; what has not changed is not looked up again."""

from __future__ import annotations

from collections.abc import Mapping

from dockertui.model.usage import Metric
from dockertui.store.history import METRICS, History, Part
from dockertui.widgets.chart_span import Span, seconds_of


class TrackReader:
    """Reads a history from where it read on last, as long as bars stand for the same time."""

    def __init__(self) -> None:
        """Begin without a history."""
        self._history: History | None = None
        self._span = Span(0, 0, 0, 0)
        self._until_s = 0.0
        self._tracks: Mapping[Metric, list[Part | None]] = {}

    def read(self, history: History, span: Span) -> Mapping[Metric, list[Part | None]]:
        """What was measured in each bar, for all that is measured.

        Args:
            history: Where it is kept; it is added to in the order of time.
            span: The bars.
        """
        known, gone = 0, 0
        if history is self._history and span.step_s == self._span.step_s:
            gone = self._span.bar_of(span.start_s)
            known = max(0, min(span.bar_of(self._until_s), self._span.bars - gone))
        if not 0 <= gone < self._span.bars:
            known = 0
        known = min(known, span.bars - 1)
        start_s, bars = span.moment_of(known), span.bars - known
        self._tracks = {
            it: [
                *(self._tracks[it][gone : gone + known] if known else ()),
                *history.parts(it, start_s, span.end_s, bars),
            ]
            for it in METRICS
        }
        self._history, self._span = history, span
        self._until_s = seconds_of(history.last.at_ns) if history.last else 0.0
        return self._tracks
