"""Where charts stand on a page: small ones side by side, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

AROUND = 2
"""Rows of a chart besides its bars: its title, and the line at 0."""
LEAST_WIDTH, LEAST_HEIGHT = 34, AROUND + 2
"""The smallest chart, with two rows of bars."""
MOST_COLUMNS = 3
BETWEEN = 2
"""Cells between two charts."""
_SHAPE = 12.0
"""How many times as wide as high a chart should be, in cells."""
_HEAD_FROM, _TIMES_FROM = 8, 5
"""From how many rows on there is a line above the charts, and one for the times under them."""
_TALL = 12
"""From how many rows of bars on a chart that is alone gives up some, for even steps."""


class Place(NamedTuple):
    """Where a chart stands."""

    chart: int
    """Its number."""
    x: int
    """Its first cell."""
    y: int
    """Its first row."""
    width: int
    """Its cells."""
    height: int
    """Its rows."""

    def holds(self, x: int, y: int) -> bool:
        """Is a cell of the page in it?"""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


class Grid(NamedTuple):
    """The charts that have a place on a page, and those that have none."""

    places: tuple[Place, ...]
    """Where they stand, row by row from the left."""
    left_out: tuple[int, ...]
    """The numbers of those for which there is no room."""
    columns: int
    """How many stand side by side."""

    def place_of(self, chart: int) -> Place | None:
        """Where a chart stands."""
        return next((it for it in self.places if it.chart == chart), None)

    def at(self, x: int, y: int) -> Place | None:
        """The chart at a cell of the page."""
        return next((it for it in self.places if it.holds(x, y)), None)


def grid_for(charts: Sequence[int], width: int, height: int) -> Grid:
    """Give charts their places: as many as have room, then each as close to a good shape as can be.

    Args:
        charts: Their numbers, the most important first.
        width: The cells there are.
        height: The rows there are.
    """
    options = [1, *(it for it in range(2, MOST_COLUMNS + 1) if _width(it, width) >= LEAST_WIDTH)]
    columns = min(options, key=lambda it: _badness(len(charts), it, width, height))
    rows = _rows(len(charts), columns, height)
    shown = charts[: rows * columns]
    places = []
    for at, chart in enumerate(shown):
        row, column = divmod(at, columns)
        top, bottom = height * row // rows, height * (row + 1) // rows
        x = column * (_width(columns, width) + BETWEEN)
        # All are of one width, so that a moment stands at the same cell of each.
        places.append(Place(chart, x, top, _width(columns, width), bottom - top))
    return Grid(tuple(places), tuple(charts[len(shown) :]), columns)


def _width(columns: int, width: int) -> int:
    return (width - BETWEEN * (columns - 1)) // columns


def _rows(count: int, columns: int, height: int) -> int:
    """How many rows of charts there are: no more than are needed, nor than there is room for."""
    return max(1, min(-(-count // columns), height // LEAST_HEIGHT))


def _badness(count: int, columns: int, width: int, height: int) -> tuple[int, float]:
    rows = _rows(count, columns, height)
    shape = _width(columns, width) / max(1, height / rows)
    return max(0, count - rows * columns), abs(log(shape / _SHAPE)) if shape > 0 else 0.0


class Layout(NamedTuple):
    """Where everything is on a page of charts."""

    grid: Grid
    """The charts."""
    has_head: bool
    """Is there a line above them?"""
    times_at: int | None
    """The row for the times under them, if there is one."""
    rest_at: int | None
    """The row for those that are left out, if there is one."""


def lay_out(charts: int, chosen: int, *, large: bool, width: int, height: int) -> Layout:
    """Lay a page out.

    Args:
        charts: How many charts there are.
        chosen: The number of the one that keys go to, which is always shown.
        large: Show it alone?
        width: The cells there are.
        height: The rows there are.
    """
    head, times = int(height >= _HEAD_FROM), int(height >= _TIMES_FROM)
    room = height - head - times
    numbers: Sequence[int] = [chosen] if large else range(charts)
    grid = grid_for(numbers, width, room)
    less = grid_for(numbers, width, room - 1)
    has_rest = bool(grid.left_out) and len(less.places) == len(grid.places)
    if has_rest:
        room, grid = room - 1, less
    if chosen in grid.left_out:
        shown = len(grid.places)
        first = -(-(chosen - shown + 1) // grid.columns) * grid.columns
        numbers = range(first, min(charts, first + shown))
        left_out = tuple(it for it in range(charts) if it not in numbers)
        grid = grid_for(numbers, width, room)._replace(left_out=left_out)
    if large:
        grid = grid._replace(places=(_divisible(grid.places[0]),))
    places = tuple(it._replace(y=it.y + head) for it in grid.places)
    end = max(it.y + it.height for it in places)
    return Layout(
        grid._replace(places=places),
        bool(head),
        end if times else None,
        end + times if has_rest else None,
    )


def _divisible(place: Place) -> Place:
    """As high that its scale can have numbers in equal steps."""
    bars = place.height - AROUND
    return place if bars < _TALL else place._replace(height=AROUND + bars - bars % 4)
