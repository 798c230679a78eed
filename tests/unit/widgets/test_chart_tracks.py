"""What has been read of a history is not read again, and the same comes of it."""

from __future__ import annotations

from random import Random

import pytest

from dockertui.model.usage import Metric, Usage
from dockertui.store.history import METRICS, History, Part
from dockertui.widgets.chart_span import span_of
from dockertui.widgets.chart_tracks import TrackReader

START_S = 1_795_442_400


def add(history: History, at_s: float, cpu: float) -> None:
    history.add(Usage(at_ns=round(at_s * 10**9), cpu_percent=cpu, processes=cpu / 2))


@pytest.mark.parametrize("range_s", [60, 300, 900])
def test_reading_on_comes_to_the_same_as_reading_anew(range_s: int) -> None:
    random, history, reader = Random(3), History(), TrackReader()
    at_s = float(START_S)
    for _ in range(400):
        at_s += random.choice([0.2, 1.0, 1.0, 1.0, 7.0, 40.0])
        add(history, at_s, random.uniform(0, 100))
        span = span_of(range_s, at_s + random.choice([0, 0, 3]), 70)
        read = reader.read(history, span)
        # What is not held by the second any more was read while it was.
        first = max(0, span.bar_of(at_s - 900) + 1)
        for metric in METRICS:
            anew = history.parts(metric, span.start_s, span.end_s, span.bars)
            assert read[metric][first:] == anew[first:]


def test_only_the_end_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    history, reader = History(), TrackReader()
    for second in range(900):
        add(history, START_S + second, 5.0)
    reader.read(history, span_of(900, START_S + 899, 100))
    counts: list[int] = []

    class Spy(History):
        __slots__ = ()

        def parts(
            self, metric: Metric, start_s: float, end_s: float, count: int
        ) -> list[Part | None]:
            counts.append(count)
            return [None] * count

    monkeypatch.setattr(reader, "_history", spy := Spy())
    spy.last = history.last
    reader.read(spy, span_of(900, START_S + 900, 100))
    assert set(counts) <= {1, 2}


def test_another_history_or_range_is_read_from_its_beginning() -> None:
    one, other, reader = History(), History(), TrackReader()
    for second in range(900):
        add(one, START_S + second, 5.0)
        add(other, START_S + second, 7.0)
    span = span_of(900, START_S + 899, 100)
    reader.read(one, span)
    assert {it and it.mean for it in reader.read(other, span)[Metric.CPU]} == {7.0}
    closer = span_of(60, START_S + 899, 100)
    assert len(reader.read(other, closer)[Metric.CPU]) == closer.bars
    back = span_of(900, START_S + 500, 100)
    expected = other.parts(Metric.CPU, back.start_s, back.end_s, back.bars)
    assert reader.read(other, back)[Metric.CPU] == expected
