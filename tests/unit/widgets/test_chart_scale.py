"""Scales end at a round number, and hold still."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.store.history import Part
from dockertui.widgets.chart_bars import EIGHTHS, Height
from dockertui.widgets.chart_scale import Need, Scale, held_top, round_up, scale_for

VALUES = st.floats(1e-3, 1e15)


@given(VALUES, st.booleans())
def test_a_round_number_is_the_next_one(value: float, binary: bool) -> None:
    top = round_up(value, binary=binary)
    assert value <= top * (1 + 1e-8)
    assert top <= value * (2.0001 if not binary else 2.001)
    assert round_up(top, binary=binary) == pytest.approx(top)


@given(st.lists(st.floats(9.5, 10.5), min_size=2, max_size=40))
def test_a_peak_that_trembles_does_not_shake_the_scale(peaks: list[float]) -> None:
    top, tops = 0.0, []
    for peak in peaks:
        top = held_top(top, peak)
        tops.append(top)
    assert sum(one != other for one, other in pairwise(tops)) <= 1


def test_a_scale_shrinks_when_a_peak_is_over() -> None:
    assert held_top(200, 11) == 12


def test_next_to_nothing_does_not_look_like_much() -> None:
    assert scale_for(None, Need([0.2], least=10), 4) == Scale(10, 4)


@pytest.mark.parametrize(
    ("most", "drawn"), [(100, True), (256, True), (60, False), (300, True), (0, False)]
)
def test_a_limit_is_in_sight_when_it_is_near(most: float, drawn: bool) -> None:
    scale = scale_for(None, Need([most], limit=200), 4)
    assert (scale.limit == 200) is drawn
    assert scale.top >= (200 if drawn else most)


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.integers(1, 40))
def test_two_figures_share_a_scale_and_both_fit(up: float, down: float, rows: int) -> None:
    scale = scale_for(None, Need([up, down], least=1024, binary=True), rows)
    assert scale.up + scale.down == rows
    assert scale.up >= 1
    assert up <= scale.top * (1 + 1e-8)
    if rows > 1:
        assert scale.down >= 1
        assert down <= scale.bottom * (1 + 1e-8)


def test_what_is_twice_as_much_has_twice_the_rows_and_keeps_them_for_a_while() -> None:
    scale = scale_for(None, Need([10.0, 2.0]), 9)
    assert (scale.up, scale.down) == (6, 3)
    assert scale_for(scale, Need([10.0, 6.0]), 9).down == 3
    assert scale_for(scale, Need([10.0, 9.0]), 9).down == 4
    assert scale_for(None, Need([2.0, 10.0]), 9).up == 3


def test_something_is_never_nothing_and_nothing_never_more_than_all() -> None:
    scale = Scale(100, 4, 2)
    assert [scale.height(it) for it in (0, 1e-9, 50, 100, 1e9)] == [0, 1, 16, 32, 32]
    assert scale.heights([None, Part(0, 100)]) == [None, Height(0, 4 * EIGHTHS)]
    assert scale.depths([Part(50, 1e9)]) == [Height(16, 2 * EIGHTHS)]
    assert scale.bottom == 50
