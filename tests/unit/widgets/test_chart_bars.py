"""Bars as characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.widgets.chart_bars import (
    BAR,
    BLANK,
    DOWN,
    DOWN_END,
    EIGHTHS,
    LIMIT,
    PEAK,
    RULE,
    Height,
    Row,
    hanging,
    limited,
    rising,
    ruled,
    widened,
)

FILLED = " ▁▂▃▄▅▆▇█"
BARS = st.lists(
    st.none()
    | st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda it: Height(min(it), max(it))),
    max_size=30,
)


def test_a_bar_stands_on_its_line() -> None:
    rows = rising([Height(3, 3), Height(8, 8), Height(11, 11), None], 2)
    assert [it.text for it in rows] == ["  ▃ ", "▃██ "]
    assert rows[1].looks == BAR * 3 + BLANK


def test_a_bar_hangs_from_its_line_with_its_end_turned_round() -> None:
    rows = hanging([Height(3, 3), Height(8, 8), Height(11, 11), None], 2)
    assert [it.text for it in rows] == ["▅██ ", "  ▅ "]
    assert [it.looks for it in rows] == [f"{DOWN_END}{DOWN}{DOWN} ", f"  {DOWN_END} "]


def test_above_a_bar_one_sees_what_was_reached_for_a_while() -> None:
    rows = rising([Height(4, 13)], 2)
    assert [it.text for it in rows] == ["▅", "▄"]
    assert rows[0].looks == PEAK
    assert rows[1].looks != BAR


def test_without_colours_that_is_a_pattern() -> None:
    rows = rising([Height(4, 13), Height(4, 11)], 2, shade=True)
    assert [it.text for it in rows] == ["░ ", "▄▄"]


@given(BARS, st.integers(1, 5))
def test_the_cells_of_a_bar_add_up_to_its_height(bars: list[Height | None], rows: int) -> None:
    drawn = rising(bars, rows)
    assert {len(it.text) for it in drawn} <= {len(bars)}
    for place, bar in enumerate(bars):
        column = [(it.text[place], it.looks[place]) for it in drawn]
        mean = sum(FILLED.index(glyph) for glyph, look in column if look not in {PEAK, BLANK})
        assert mean == (min(bar.mean, rows * EIGHTHS) if bar else 0)


@given(BARS, st.integers(1, 5))
def test_what_hangs_is_what_stands_turned_round(bars: list[Height | None], rows: int) -> None:
    up, down = rising(bars, rows), hanging(bars, rows)[::-1]
    for one, other in zip(up, down, strict=True):
        for mine, its in zip(one.text, other.text, strict=True):
            if mine in " █":
                assert its == mine
            else:
                assert FILLED.index(its) == EIGHTHS - FILLED.index(mine)


def test_a_bar_may_take_several_cells() -> None:
    assert widened(Row("▃ ", "b "), 3) == Row("▃▃▃   ", "bbb   ")


@pytest.mark.parametrize(("at_bottom", "line"), [(False, "▔"), (True, "▁")])
def test_the_lines_of_a_scale_are_where_no_bars_are(at_bottom: bool, line: str) -> None:
    assert ruled(Row("█ ▃", "b b"), at_bottom=at_bottom) == Row(f"█{line}▃", f"b{RULE}b")


def test_a_limit_is_where_no_bars_are() -> None:
    assert limited(Row("█ ", "b "), is_top=False) == Row("█━", f"b{LIMIT}")
    assert limited(Row("██", "bb"), is_top=True) == Row("██", "bb")
