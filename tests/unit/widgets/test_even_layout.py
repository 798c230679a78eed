"""Rows that are one line high but for a few, placed without counting."""

from __future__ import annotations

import time
from array import array

from hypothesis import given
from hypothesis import strategies as st

from dockertui.widgets.even_layout import EvenLayout
from dockertui.widgets.row_layout import RowLayout


@given(st.integers(0, 40), st.dictionaries(st.integers(0, 39), st.integers(2, 6)), st.data())
def test_it_places_rows_as_counting_them_would(
    count: int, tall: dict[int, int], data: st.DataObject
) -> None:
    tall = {place: height for place, height in tall.items() if place < count}
    counted = RowLayout([tall.get(it, 1) for it in range(count)], range(count))
    even = EvenLayout(range(count), tall)
    assert (len(even), even.height) == (len(counted), counted.height)
    for place in range(count + 3):
        assert (even.start(place), even.end(place)) == (counted.start(place), counted.end(place))
    if count:
        line = data.draw(st.integers(-3, counted.height + 3))
        assert even.at(line) == counted.at(line)
    place = data.draw(st.integers(-2, count + 2))
    assert even.resting(place) == counted.resting(place)
    assert even.ordinal(place) == counted.ordinal(place)
    assert even.place_of(count // 2, -1) == counted.place_of(count // 2, -1)


def test_half_a_million_rows_are_placed_at_once() -> None:
    keys = array("I", range(500_000))
    began_s = time.perf_counter()
    for _ in range(100):
        layout = EvenLayout(keys, {250_000: 5})
        assert layout.at(400_000) == 399_996
    assert time.perf_counter() - began_s < 0.1
