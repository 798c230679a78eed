"""A reader of a log keeps his place, whatever the log does."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dockertui.store.log_store import LogStore
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_pages import Place, bottom, moved
from dockertui.widgets.log_reader import LogReader
from dockertui.widgets.log_stamps import Stamps

LAYOUT = LogLayout(20, stamps=Stamps.OFF)
WRAPPED = replace(LAYOUT, wrap=True)


class Heights:
    """Lines of which only the heights of their pieces are known."""

    def __init__(self, heights: list[list[int]], first: int = 0) -> None:
        self.heights = heights
        self.first = first
        self.total = len(heights)

    def pieces(self, line: int) -> int:
        return len(self.heights[line])

    def height(self, line: int, piece: int) -> int:
        return self.heights[line][piece]

    def places(self) -> list[Place]:
        return [
            Place(line, piece, row)
            for line in range(self.first, self.total)
            for piece, height in enumerate(self.heights[line])
            for row in range(height)
        ]


@pytest.mark.parametrize("seed", range(10))
def test_moving_by_rows_is_moving_in_the_list_of_all_rows(seed: int) -> None:
    chance = random.Random(seed)
    rows = Heights(
        [[chance.randrange(1, 5) for _ in range(chance.choice((1, 1, 3)))] for _ in range(30)],
        first=chance.randrange(5),
    )
    places = [*rows.places(), Place(rows.total)]
    for _ in range(200):
        start, by = chance.randrange(len(places)), chance.randrange(-40, 40)
        end = min(max(0, start + by), len(places) - 1)
        assert moved(rows, places[start], by) == places[end]


def test_the_bottom_of_a_short_log_is_its_top() -> None:
    assert bottom(Heights([[1], [2]]), 10) == Place(0)
    assert bottom(Heights([]), 10) == Place(0)
    assert bottom(Heights([[1], [5]]), 4) == Place(1, 0, 1)


def reader(
    count: int, layout: LogLayout = LAYOUT, *, height: int = 5, width: int = 10
) -> LogReader:
    store = LogStore(limit_bytes=200_000, hot_bytes=1 << 20)
    reading = LogReader(store, layout)
    reading.height = height
    write(reading, count, width)
    return reading


def _store(reading: LogReader) -> LogStore:
    assert isinstance(reading.lines, LogStore)
    return reading.lines


def write(reading: LogReader, count: int, width: int = 10) -> None:
    total = reading.lines.total
    for number in range(total, total + count):
        _store(reading).append(f"12026-11-23T12:03:11Z {number:<{width}}.\n".encode())
    reading.grew()


def shown(reading: LogReader) -> list[str]:
    return [strip.text.strip(" .") for _, strip in reading.rows()]


def test_it_follows_until_it_is_moved_up() -> None:
    reading = reader(20)
    assert shown(reading)[-1] == "19"
    write(reading, 1)
    assert shown(reading)[-1] == "20"
    reading.move(-1)
    write(reading, 1)
    assert shown(reading)[-1] == "19"
    assert reading.new_lines == 1


@pytest.mark.parametrize("layout", [LAYOUT, WRAPPED])
def test_up_and_down_again_is_where_one_was(layout: LogLayout) -> None:
    reading = reader(50, layout, width=45)
    reading.go_to(35)
    before = shown(reading)
    for step in (1, 3, 7, 30):
        reading.move(-step)
        assert shown(reading) != before
        reading.move(step)
        assert shown(reading) == before


def test_a_line_asked_for_is_at_the_top_or_on_the_last_page() -> None:
    reading = reader(50)
    for line, top in ((0, "0"), (30, "30"), (44, "44"), (48, "45"), (99, "45"), (-3, "0")):
        reading.go_to(line)
        assert shown(reading)[0] == top


def test_the_thumb_goes_from_the_top_to_the_bottom() -> None:
    reading = reader(100)
    assert reading.thumb() == range(4, 5)
    reading.go_to(0)
    assert reading.thumb() == range(1)
    starts = []
    for line in range(0, 100, 5):
        reading.go_to(line)
        starts.append(reading.thumb().start)
    assert starts == sorted(starts)


def test_a_log_that_fits_has_no_thumb() -> None:
    assert reader(5).thumb() == range(0)


@pytest.mark.parametrize("row", range(5))
def test_dragging_puts_the_thumb_under_the_pointer(row: int) -> None:
    reading = reader(1_000)
    reading.drag(row)
    assert row in reading.thumb()


def test_a_taller_window_shows_more_lines_above_the_end() -> None:
    reading = reader(50)
    reading.move(-1)
    reading.height = 20
    assert shown(reading) == [str(number) for number in range(30, 50)]


def test_unfolding_long_lines_leaves_no_empty_rows_below_the_last() -> None:
    reading = reader(50, WRAPPED, width=80)
    reading.move(-2)
    reading.layout = LAYOUT
    assert len(shown(reading)) == 5


def test_unfolding_a_line_shows_it_from_its_start() -> None:
    reading = reader(50, WRAPPED, width=80)
    reading.go_to(20)
    reading.move(2)
    assert "20" not in shown(reading)
    reading.layout = LAYOUT
    assert shown(reading)[0].startswith("20")


def test_lines_read_are_kept_while_the_store_drops_them_and_gone_afterwards() -> None:
    reading = reader(100)
    reading.go_to(50)
    assert shown(reading)[0] == "50"
    write(reading, 10_000)
    assert reading.lines.first > 50
    assert shown(reading) == [str(number) for number in range(50, 55)]
    reading.move(0)
    assert shown(reading)[0] == str(reading.lines.first)


def test_a_line_dropped_before_it_was_seen_is_not_waited_for() -> None:
    reading = reader(100)
    reading.go_to(50)
    write(reading, 10_000)
    assert shown(reading)[0] == str(reading.lines.first)


def test_sideways_ends_with_the_longest_line_in_sight() -> None:
    reading = reader(10, width=100)
    reading.shift_to(1_000)
    assert reading.layout.left == 101 - reading.layout.text_cells
    reading.shift_to(-5)
    assert reading.layout.left == 0


def test_a_wrapped_log_does_not_go_sideways() -> None:
    reading = reader(10, WRAPPED, width=100)
    reading.shift_to(8)
    assert reading.layout.left == 0


@pytest.mark.parametrize("seed", range(5))
def test_whatever_one_does_the_window_shows_consecutive_lines(seed: int) -> None:
    chance = random.Random(seed)
    reading = reader(30)
    for _ in range(300):
        match chance.randrange(7):
            case 0:
                write(reading, chance.randrange(1, 400), chance.choice((10, 60)))
            case 1:
                reading.go_to(chance.randrange(reading.lines.total + 10))
            case 2:
                reading.follow()
            case 3:
                reading.layout = replace(
                    reading.layout, wrap=chance.random() < 0.5, width=chance.randrange(15, 60)
                )
            case 4:
                reading.height = chance.randrange(1, 30)
            case _:
                reading.move(chance.randrange(-40, 40))
        numbers = list(dict.fromkeys(line for line, _ in reading.rows()))
        assert numbers
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert reading.is_full or not reading.following
        if reading.following:
            assert numbers[-1] == reading.lines.total - 1
