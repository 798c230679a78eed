"""A log view follows, stands still, and goes where keys and the mouse send it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual import events

from dockertui.store.log_store import LogStore
from dockertui.widgets.log_view import LogView
from tests.support.log_screen import WIDTH, LogScreen, numbered, opened_log


@pytest.fixture
async def screen() -> AsyncIterator[LogScreen]:
    async with opened_log() as screen:
        yield screen


async def test_the_first_lines_are_drawn_at_once(screen: LogScreen) -> None:
    screen.count(0, 3)
    await screen.shows(numbered(0, 3))


async def test_it_follows_what_comes(screen: LogScreen) -> None:
    screen.count(0, 100)
    await screen.shows(numbered(90, 100))
    screen.count(100, 125)
    await screen.shows(numbered(115, 125))
    assert screen.view.position_text == "following ─ 125 lines"


async def test_scrolling_up_stops_following_and_says_how_many_lines_came(screen: LogScreen) -> None:
    screen.count(0, 100)
    await screen.press("up", "k")
    await screen.shows(numbered(90, 100))
    assert screen.view.position_text == "line 99 of 100"
    screen.count(100, 224)
    await screen.until(lambda: screen.app.told[-1].new_lines == 124)
    await screen.shows(numbered(90, 100))
    assert screen.view.position_text == "line 99 of 224 ─ ↓ 124 new lines"
    assert not screen.app.told[-1].following


@pytest.mark.parametrize("key", ["end", "G", "f"])
async def test_a_key_resumes(screen: LogScreen, key: str) -> None:
    screen.count(0, 100)
    await screen.press("pageup")
    screen.count(100, 150)
    await screen.press(key)
    await screen.shows(numbered(140, 150))
    screen.count(150, 160)
    await screen.shows(numbered(150, 160))


async def test_scrolling_down_to_the_end_follows_again(screen: LogScreen) -> None:
    screen.count(0, 100)
    await screen.press("up", "up")
    assert not screen.view.reader.following
    await screen.press("down", "j")
    assert screen.view.reader.following


async def test_f_makes_a_log_stand_still(screen: LogScreen) -> None:
    screen.count(0, 100)
    await screen.press("f")
    screen.count(100, 110)
    await screen.until(lambda: screen.app.told[-1].new_lines == 10)
    await screen.shows(numbered(90, 100))


async def test_a_short_log_shows_what_comes_whatever_is_pressed(screen: LogScreen) -> None:
    screen.count(0, 3)
    await screen.press("up", "pageup", "g", "down", "ctrl+u")
    screen.count(3, 8)
    await screen.shows(numbered(0, 8))
    await screen.press("G")
    screen.count(3, 20)
    await screen.shows(numbered(10, 20))


async def test_keys_move_by_rows_and_pages(screen: LogScreen) -> None:
    screen.count(0, 100)
    for keys, top in (
        (["g"], 0),
        (["pagedown"], 9),
        (["space"], 18),
        (["pageup"], 9),
        (["ctrl+d"], 14),
        (["ctrl+u"], 9),
        (["b", "b", "b"], 0),
        (["up"], 0),
    ):
        await screen.press(*keys)
        assert screen.texts() == numbered(top, top + 10), keys


async def test_the_wheel_scrolls(screen: LogScreen) -> None:
    screen.count(0, 100)
    wheel = events.MouseScrollUp(screen.view, 1, 1, 0, -1, 0, False, False, False)
    screen.view.post_message(wheel)
    await screen.pilot.pause()
    await screen.shows(numbered(87, 97))


async def test_the_scroll_bar_can_be_dragged(screen: LogScreen) -> None:
    screen.count(0, 1_000)
    await screen.until(lambda: screen.rows()[-1].endswith("▐"))
    await screen.pilot.mouse_down(LogView, offset=(WIDTH - 1, 0))
    await screen.shows(numbered(0, 10))
    await screen.pilot.hover(LogView, offset=(WIDTH - 1, 4))
    assert screen.texts()[0] not in {"line 0", "line 990"}
    await screen.pilot.hover(LogView, offset=(WIDTH - 1, 9))
    await screen.pilot.mouse_up(LogView, offset=(WIDTH - 1, 9))
    await screen.shows(numbered(990, 1_000))
    assert screen.view.reader.following


async def test_the_scroll_bar_moves_while_one_reads(screen: LogScreen) -> None:
    screen.count(0, 20)
    await screen.press("up")
    before = [row[-1] for row in screen.rows()]
    assert before.count("▐") == 5
    screen.count(20, 100)
    await screen.until(lambda: [row[-1] for row in screen.rows()].count("▐") == 1)
    assert screen.texts() == numbered(10, 20)


async def test_another_store_is_shown_at_once_and_nothing_of_the_old_is_left(
    screen: LogScreen,
) -> None:
    screen.write("x" * 100)
    await screen.press("right", "up")
    other = LogStore()
    other.append(b"12026-11-23T12:03:11Z other\n")
    screen.view.show(other)
    await screen.shows(["other"])
    assert screen.view.reader.following


async def test_another_log_does_not_wait_for_the_frame_of_the_one_before(screen: LogScreen) -> None:
    for number in range(3):
        screen.count(number, number + 1)
    screen.store = LogStore()
    screen.view.show(screen.store)
    assert screen.texts() == []
    screen.count(7, 8)
    assert screen.texts() == ["line 7"]


async def test_lines_that_are_read_stay_when_the_store_drops_them(screen: LogScreen) -> None:
    screen.store = LogStore(limit_bytes=300_000, hot_bytes=300_000)
    screen.view.show(screen.store)
    screen.count(0, 1_000)
    await screen.press("g", "down")
    screen.count(1_000, 30_000)
    assert screen.store.first > 1_000
    await screen.until(lambda: screen.app.told[-1].dropped == screen.store.first)
    await screen.shows(numbered(0, 10))
    assert "older lines dropped" in screen.view.position_text
    await screen.press("pagedown")
    assert screen.texts()[0] == f"line {screen.store.first + 9}"


async def test_long_lines_are_cut_at_the_edge_with_a_mark(screen: LogScreen) -> None:
    screen.write("0123456789" * 10, "short")
    await screen.shows(["0123456789" * 3 + "0123456…", "short"])


async def test_sideways_one_sees_the_rest(screen: LogScreen) -> None:
    screen.write("0123456789" * 10)
    await screen.press("right")
    await screen.shows(["89" + "0123456789" * 3 + "01234…"])
    await screen.press("dollar_sign")
    await screen.shows(["23456789" + "0123456789" * 3])
    await screen.press("right")
    await screen.shows(["23456789" + "0123456789" * 3])
    await screen.press("left", "0")
    assert screen.texts()[0].startswith("0123")


async def test_sideways_goes_through_wide_characters_cell_by_cell(screen: LogScreen) -> None:
    screen.write("日本" * 30, "\x1b[31m" + "0123456789" * 9)
    await screen.press("right", "right")
    for row in screen.rows():
        assert len(row) + sum(row.count(each) for each in "日本") == WIDTH
    assert screen.texts()[1].startswith("6789")


async def test_wrapping_folds_long_lines_and_stays_at_the_end(screen: LogScreen) -> None:
    screen.count(0, 50)
    screen.write("0123456789" * 10)
    await screen.press("w")
    assert screen.texts()[-4:] == [
        "line 49",
        "0123456789" * 3 + "01234567",
        "89" + "0123456789" * 3 + "012345",
        "6789" + "0123456789" * 2,
    ]
    await screen.press("w")
    assert screen.texts()[-2:] == ["line 49", "0123456789" * 3 + "0123456…"]


async def test_in_a_wrapped_log_one_goes_row_by_row_through_a_line(screen: LogScreen) -> None:
    screen.write("".join(f"row{number:<35}" for number in range(100)))
    await screen.press("w")
    await screen.shows([f"row{number}" for number in range(90, 100)])
    await screen.press("up", "up")
    assert screen.texts()[0] == "row89"
    await screen.press("g", "pagedown", "down")
    assert screen.texts()[0] == "row10"


async def test_toggling_the_wrap_keeps_the_line_at_the_top(screen: LogScreen) -> None:
    screen.write(*(f"{number} " + "x" * 100 for number in range(50)))
    await screen.press("g", "pagedown", "pagedown")
    await screen.press("w")
    assert screen.texts()[0].startswith("18 x")
    await screen.press("w")
    assert screen.texts()[0].startswith("18 x")


async def test_resizing_keeps_the_line_at_the_top(screen: LogScreen) -> None:
    screen.count(0, 100)
    await screen.press("g", "pagedown", "pagedown")
    await screen.pilot.resize_terminal(60, 20)
    await screen.shows(numbered(18, 38))


async def test_a_log_that_does_not_grow_draws_nothing(screen: LogScreen) -> None:
    screen.count(0, 100)
    await screen.shows(numbered(90, 100))
    await screen.until(lambda: bool(screen.app.told))
    told = len(screen.app.told)
    screen.view.grew()
    await screen.pilot.pause()
    assert len(screen.app.told) == told


async def test_many_growths_in_a_frame_are_drawn_once(screen: LogScreen) -> None:
    screen.count(0, 1)
    await screen.shows(numbered(0, 1))
    told = len(screen.app.told)
    for number in range(1, 200):
        screen.count(number, number + 1)
    await screen.shows(numbered(190, 200))
    assert len(screen.app.told) - told <= 3


async def test_the_visible_page_can_be_had_as_text(screen: LogScreen) -> None:
    screen.count(0, 20)
    screen.write("\x1b[31m" + "x" * 100)
    assert screen.view.visible_text.split("\n") == [*numbered(11, 20), "x" * 100]
