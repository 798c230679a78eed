"""A span of time on a row of cells."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.widgets.chart_span import RANGES, Span, clock, span_of, span_text, ticks

END_S = 1_795_442_852
"""2026-11-23 14:07:32 UTC."""
ROOMS = st.integers(1, 300)


@pytest.fixture(params=["UTC", "Asia/Kathmandu", "America/St_Johns"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the person is: also where clocks differ by parts of an hour."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@given(st.sampled_from(list(RANGES.values())), ROOMS, st.floats(0, 4e9))
def test_bars_fill_the_room_up_to_the_moment(range_s: int, room: int, end_s: float) -> None:
    span = span_of(range_s, end_s, room)
    assert span.width <= room
    assert span.start_s % span.step_s == 0
    assert span.moment_of(span.bars - 1) <= end_s < span.end_s
    if room >= 30:
        assert span.width > room * 0.7
        assert span.bars * span.step_s >= range_s * 0.9


def test_a_bar_stands_for_the_same_time_a_second_later() -> None:
    before, after = (span_of(900, END_S + it, 93) for it in (0, 1))
    assert (before.start_s - after.start_s) % before.step_s == 0


@given(st.integers(0, 199))
def test_a_cell_a_bar_and_a_moment_name_each_other(cell: int) -> None:
    span = Span(START := END_S // 60 * 60, 60, 50, 4)
    bar = span.bar_at(cell)
    assert span.bar_of(span.moment_of(bar)) == bar
    assert span.bar_at(span.middle_of(bar)) == bar
    assert span.bar_of(START - 1) == -1


@pytest.mark.usefixtures("zone")
@given(st.sampled_from(list(RANGES.values())), st.integers(20, 250))
def test_times_under_a_span_are_round_and_apart(range_s: int, room: int) -> None:
    span = span_of(range_s, END_S, room)
    found = list(ticks(span))
    gaps = [after - cell for (cell, _), (after, _) in pairwise(found)]
    assert all(gap > len(found[0][1]) for gap in gaps)
    assert not gaps or max(gaps) - min(gaps) <= span.cells
    assert all(0 <= cell < span.width for cell, _ in found)
    if range_s > 3600:
        assert all(text[-1] in "05" for _, text in found)


@pytest.mark.usefixtures("zone")
def test_there_are_times_in_every_range() -> None:
    assert all(list(ticks(span_of(it, END_S, 60))) for it in RANGES.values())


def test_a_span_of_two_days_names_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert span_text(Span(END_S - 900, 9, 100, 1)) == "13:52:32 to 14:07:32"
    assert span_text(Span(END_S - 86_400, 864, 100, 1)) == "Sun 14:07 to 14:07"
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("moment_s", [1e18, -1e18, 4e11])
def test_a_moment_that_no_calendar_has_is_a_dash(moment_s: float) -> None:
    assert clock(moment_s) == "–"
    assert span_text(Span(int(moment_s), 1, 60, 1)) == "– to –"
    assert next(text for _, text in ticks(Span(int(moment_s), 1, 60, 1))) == "–"
