"""A history keeps what was measured: by the second for a while, by the minute for a day."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import pytest

from dockertui.model.usage import Metric, Usage
from dockertui.store import history as history_module
from dockertui.store.history import History, Part

START = 1_700_000_040
"""A whole minute."""

MADE_IN = history_module.__file__


def used(at_s: float, cpu: float | None = 1.0, memory: float | None = None) -> Usage:
    return Usage(at_ns=round(at_s * 10**9), cpu_percent=cpu, memory_bytes=memory)


def filled(seconds: int, every: int = 1) -> History:
    history = History()
    for second in range(0, seconds, every):
        history.add(used(START + second, float(second)))
    return history


def test_an_empty_history_knows_nothing() -> None:
    history = History()
    assert history.last is None
    assert history.start_s is None
    assert history.parts(Metric.CPU, START, START + 10, 2) == [None, None]
    assert list(history.recorded()) == []


def test_each_part_has_its_mean_and_its_peak() -> None:
    history = filled(60)
    assert history.parts(Metric.CPU, START, START + 60, 3) == [
        Part(9.5, 19),
        Part(29.5, 39),
        Part(49.5, 59),
    ]


def test_nothing_was_measured_where_nothing_was_measured() -> None:
    history = History()
    for second in (0, 1, 8, 9):
        history.add(used(START + second, 5.0))
    parts = history.parts(Metric.CPU, START, START + 10, 5)
    assert [it and it.mean for it in parts] == [5, None, None, None, 5]
    assert history.parts(Metric.MEMORY, START, START + 10, 1) == [None]


def test_several_readings_in_a_second_are_one_mean() -> None:
    history = History()
    for cpu in (10.0, 20.0, 60.0):
        history.add(used(START + 0.3, cpu))
    assert history.parts(Metric.CPU, START, START + 1, 1) == [Part(30, 30)]


def test_parts_shorter_than_a_step_share_it() -> None:
    history = filled(2)
    parts = history.parts(Metric.CPU, START, START + 2, 4)
    assert [it and it.mean for it in parts] == [0, 0, 1, 1]


def test_a_quarter_of_an_hour_is_kept_by_the_second() -> None:
    history = filled(3 * 3600)
    end = START + 3 * 3600
    parts = history.parts(Metric.CPU, end - 900, end, 900)
    assert [it and it.mean for it in parts] == list(range(3 * 3600 - 900, 3 * 3600))


def test_a_day_is_kept_by_the_minute_with_its_peaks() -> None:
    history = filled(26 * 3600, every=10)
    end = START + 26 * 3600
    parts = history.parts(Metric.CPU, end - 24 * 3600, end, 24)
    assert all(parts)
    first = parts[0]
    assert first is not None
    assert first.peak == 3 * 3600 - 10
    assert first.mean == pytest.approx(2.5 * 3600 - 5, rel=1e-3)


def test_after_a_long_pause_it_begins_anew() -> None:
    history = filled(10)
    history.add(used(START + 10 * 86_400, 7.0))
    assert history.parts(Metric.CPU, START, START + 10, 1) == [None]
    assert history.last == used(START + 10 * 86_400, 7.0)
    assert len(list(history.recorded())) == 1


def test_what_comes_late_is_put_where_it_belongs_or_passed_over() -> None:
    history = filled(1000)
    history.add(used(START + 900, 0.0))
    history.add(used(START - 10**6, 1e9))
    (part,) = history.parts(Metric.CPU, START + 900, START + 901, 1)
    assert part == Part(450, 450)
    assert history.last == used(START + 999, 999.0)


@pytest.mark.parametrize("seconds", [1, 59, 60, 61, 899, 901, 1100, 5000])
def test_what_is_saved_goes_on_without_gaps_or_doubles(seconds: int) -> None:
    rows = list(filled(seconds).recorded())
    assert rows[0][0] <= START
    assert rows[-1][0] + rows[-1][1] == START + seconds
    for (start, length, _), (after, _, _) in pairwise(rows):
        assert start + length == after


def test_its_memory_is_bounded() -> None:
    # Only what the history took: other tests' threads may allocate meanwhile.
    tracemalloc.start()
    history = filled(26 * 3600, every=5)
    taken = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, MADE_IN)])
    tracemalloc.stop()
    assert history.last is not None
    assert 20_000 < sum(trace.size for trace in taken.traces) < 200_000


def test_seconds_are_read_by_the_second_also_beside_minutes() -> None:
    history = filled(3600)
    end = START + 3600
    parts = history.parts(Metric.CPU, end - 1200, end, 1200)
    assert [it and it.mean for it in parts[-900:]] == list(range(2700, 3600))
    assert parts[0] == parts[59]
    assert parts[0] is not None
    assert parts[0].mean == pytest.approx(2429.5)
