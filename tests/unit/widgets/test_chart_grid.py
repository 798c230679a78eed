"""Where charts stand: as many as have room, and the chosen one always."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.widgets.chart_grid import BETWEEN, LEAST_HEIGHT, LEAST_WIDTH, grid_for, lay_out

CHARTS = 6
WIDTHS, HEIGHTS = st.integers(1, 220), st.integers(1, 70)


@given(WIDTHS, HEIGHTS, st.integers(0, CHARTS - 1), st.booleans())
def test_everything_has_its_place_within_the_page(
    width: int, height: int, chosen: int, large: bool
) -> None:
    layout = lay_out(CHARTS, chosen, large=large, width=width, height=height)
    places = layout.grid.places
    assert chosen in {it.chart for it in places}
    taken = set[tuple[int, int]]()
    for it in places:
        cells = {(x, y) for x in (it.x, it.x + it.width - 1) for y in range(it.y, it.y + it.height)}
        assert taken.isdisjoint(cells)
        taken |= cells
        assert it.x + it.width <= width
        assert it.y >= int(layout.has_head)
    below = max(it.y + it.height for it in places)
    for row in (layout.times_at, layout.rest_at):
        if row is not None:
            assert row == below
            below += 1
    assert below <= max(height, LEAST_HEIGHT)


@given(WIDTHS, HEIGHTS, st.integers(0, CHARTS - 1))
def test_no_chart_is_lost(width: int, height: int, chosen: int) -> None:
    grid = lay_out(CHARTS, chosen, large=False, width=width, height=height).grid
    shown = [it.chart for it in grid.places]
    assert sorted((*shown, *grid.left_out)) == list(range(CHARTS))
    assert shown == sorted(shown)


@given(WIDTHS, HEIGHTS)
def test_all_are_of_one_width_so_that_moments_stand_below_each_other(
    width: int, height: int
) -> None:
    grid = grid_for(range(CHARTS), width, height)
    assert len({it.width for it in grid.places}) == 1
    assert {it.x for it in grid.places} == {
        column * (grid.places[0].width + BETWEEN)
        for column in range(min(grid.columns, len(grid.places)))
    }
    if grid.columns > 1:
        assert grid.places[0].width >= LEAST_WIDTH


@pytest.mark.parametrize(
    ("size", "shown", "columns"),
    [
        ((58, 18), 4, 1),
        ((76, 9), 2, 2),
        ((76, 10), 4, 2),
        ((60, 44), 6, 1),
        ((98, 44), 6, 1),
        ((118, 20), 6, 2),
        ((198, 56), 6, 1),
        ((198, 18), 6, 3),
        ((198, 10), 6, 3),
        ((58, 7), 1, 1),
    ],
)
def test_what_one_expects_at_usual_sizes(size: tuple[int, int], shown: int, columns: int) -> None:
    grid = lay_out(CHARTS, 0, large=False, width=size[0], height=size[1]).grid
    assert (len(grid.places), grid.columns) == (shown, columns)


def test_a_chart_is_found_by_a_cell() -> None:
    grid = grid_for(range(CHARTS), 160, 24)
    for it in grid.places:
        assert grid.at(it.x + it.width - 1, it.y + it.height - 1) == it
    assert grid.at(grid.places[0].width, 0) is None
