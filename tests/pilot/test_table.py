"""A table keeps still under a reader's eyes, and goes where keys and the mouse send it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from textual import events

from tests.support.table_screen import (
    HEIGHT,
    PAGE,
    WIDTH,
    Row,
    TablePane,
    TableScreen,
    ago,
    named,
    numbered,
    opened_table,
)


@pytest.fixture
async def screen() -> AsyncIterator[TableScreen]:
    """A table of 100 rows, ten of them in view."""
    async with opened_table(numbered(100, 200)) as screen:
        yield screen


@pytest.mark.parametrize(
    ("keys", "selected", "first"),
    [
        ("down", 101, 100),
        ("j j j k", 102, 100),
        ("up", 100, 100),
        ("pagedown", 110, 110),
        ("pagedown pagedown pageup", 110, 110),
        ("j j ctrl+d", 107, 105),
        ("ctrl+d ctrl+d ctrl+u", 105, 105),
        ("end", 199, 190),
        ("G", 199, 190),
        ("G up", 198, 190),
        ("G home", 100, 100),
        ("G k g", 100, 100),
        ("G pagedown", 199, 190),
        ("j pageup", 100, 100),
    ],
)
async def test_keys_move_the_selection(
    screen: TableScreen, keys: str, selected: int, first: int
) -> None:
    await screen.press(*keys.split())
    assert screen.selected == f"row-{selected}"
    assert screen.names() == named(first, first + PAGE)
    assert screen.app.told[-1:] in ([f"selected {selected}"], [])


async def test_scrolling_line_by_line_keeps_the_selected_row_in_view(screen: TableScreen) -> None:
    await screen.press(*["down"] * 12)
    assert (screen.selected, screen.cursor, screen.names()[0]) == ("row-112", 9, "row-103")
    await screen.press(*["up"] * 10)
    assert (screen.selected, screen.cursor, screen.names()[0]) == ("row-102", 0, "row-102")


async def test_the_selected_row_keeps_its_line_when_rows_come_and_go_above_it(
    screen: TableScreen,
) -> None:
    await screen.press("pagedown", "down", "down")
    assert (screen.selected, screen.cursor) == ("row-112", 2)
    screen.table.apply(numbered(80, 100), (), ())
    assert (screen.selected, screen.cursor) == ("row-112", 2)
    screen.table.apply((), (), range(85, 105))
    assert (screen.selected, screen.cursor) == ("row-112", 2)
    assert screen.app.told[-1] == "selected 112"
    assert screen.names() == named(110, 120)


async def test_a_refresh_never_moves_the_selection(screen: TableScreen) -> None:
    await screen.press("pagedown", "down")
    before = screen.lines()
    screen.show(numbered(100, 200))
    assert screen.lines() == before
    screen.show([replace(it, load=1.0) for it in numbered(90, 300)])
    assert (screen.selected, screen.cursor) == ("row-111", 1)


async def test_the_next_row_is_selected_on_the_same_line_when_the_selected_one_goes(
    screen: TableScreen,
) -> None:
    await screen.press("pagedown", "down")
    screen.table.apply((), (), (111,))
    await screen.pilot.pause()
    assert (screen.selected, screen.cursor) == ("row-112", 1)
    assert screen.app.told[-1] == "selected 112"


async def test_who_made_the_last_row_go_sees_the_one_before(screen: TableScreen) -> None:
    await screen.press("end")
    screen.table.apply((), (), (199, 198))
    assert (screen.selected, screen.cursor) == ("row-197", 9)


async def test_an_empty_table_says_so_and_tells_that_nothing_is_selected(
    screen: TableScreen,
) -> None:
    screen.show(())
    await screen.until(lambda: screen.app.told[-1:] == ["none"])
    assert "Nothing." in "\n".join(screen.lines())
    screen.table.empty_text = "No [bold]rows[/] yet. " * 4
    await screen.pilot.pause()
    text = " ".join(it.strip() for it in screen.lines()[1:] if it.strip())
    assert text == ("No [bold]rows[/] yet. " * 4).strip()
    await screen.press("down", "space", "enter", "asterisk", "I", "greater_than_sign")


async def test_nothing_is_drawn_when_nothing_changed(screen: TableScreen) -> None:
    assert await screen.drawn_by(lambda: screen.show(numbered(100, 200))) == set()
    assert await screen.drawn_by(lambda: screen.table.apply((), numbered(150, 151), ())) == set()
    assert await screen.drawn_by(screen.table.settle) == set()
    assert await screen.drawn_by(lambda: screen.table.select(100)) == set()


async def test_nothing_is_painted_for_a_change_that_no_column_shows(screen: TableScreen) -> None:
    noted = [replace(it, note="new") for it in numbered(100, 200)]
    await screen.drawn_by(lambda: screen.table.apply((), noted))
    assert screen.painted == 0
    await screen.drawn_by(screen.table.action_down)
    assert screen.painted == 2


async def test_only_lines_that_changed_are_drawn(screen: TableScreen) -> None:
    table = screen.table
    assert await screen.drawn_by(table.action_down) == {1, 2}
    assert await screen.drawn_by(table.action_mark) == {2, 3}
    changed = [Row(104, "row-104", 9.0), Row(107, "row-107", 9.0)]
    assert await screen.drawn_by(lambda: table.apply((), changed, ())) == {5, 8}
    assert await screen.drawn_by(lambda: table.apply((), (), (108,))) == {9, 10}
    assert await screen.drawn_by(lambda: table.apply((), (), (190,))) == set()


async def test_a_row_that_changes_stays_in_place_until_the_reader_rests(
    screen: TableScreen,
) -> None:
    screen.table.sort_by(1)
    await screen.press("down", "down")
    screen.table.apply((), [Row(104, "row-104", 0.5)], ())
    assert screen.names()[:5] == named(100, 105)
    await screen.until(lambda: screen.names()[4] != "row-104")
    # It went to the top, and the page scrolled so that the selected row stayed on its line.
    assert (screen.selected, screen.cursor) == ("row-102", 2)
    assert screen.names()[:5] == ["row-100", "row-101", "row-102", "row-103", "row-105"]
    await screen.press("home")
    assert screen.names()[:2] == ["row-104", "row-100"]


async def test_who_asks_need_not_wait_for_the_order(screen: TableScreen) -> None:
    screen.table.sort_by(1)
    await screen.press("down")
    screen.table.apply((), [Row(100, "row-100", 500.0)], ())
    screen.table.settle()
    assert screen.names()[:2] == ["row-101", "row-102"]
    assert screen.selected == "row-101"


async def test_keys_choose_the_column_to_sort_by_and_the_direction(screen: TableScreen) -> None:
    async def after(key: str) -> tuple[str, str]:
        await screen.press(key)
        await screen.press("home")
        heading = screen.lines()[0]
        arrow = next((it for it in "▲▼" if it in heading), "")
        column = heading[: heading.index(arrow)].split()[-1] if arrow else ""
        return column + arrow, screen.names()[0]

    assert await after("greater_than_sign") == ("Name▲", "row-100")
    assert await after("I") == ("Name▼", "row-199")
    assert await after("greater_than_sign") == ("Load▼", "row-199")
    assert await after("I") == ("Load▲", "row-100")
    assert await after("less_than_sign") == ("Name▲", "row-100")
    assert await after("less_than_sign") == ("", "row-100")
    assert await after("less_than_sign") == ("Up▲", "row-100")


async def test_a_sort_leaves_the_selected_row_on_its_line(screen: TableScreen) -> None:
    screen.table.select(140)
    line = screen.cursor
    await screen.press("greater_than_sign", "I")
    assert (screen.selected, screen.cursor) == ("row-140", line)


async def test_headings_sort_when_clicked_and_invert_when_clicked_again(
    screen: TableScreen,
) -> None:
    at = screen.lines()[0].index("Load")
    for expected in ("Load▼", "Load▲", "Load▼"):
        await screen.pilot.click(screen.table, offset=(at, 0))
        assert expected in screen.lines()[0]
    assert screen.selected == "row-100"


async def test_space_marks_and_goes_on(screen: TableScreen) -> None:
    await screen.press("space", "space", "down", "space")
    assert [it.key for it in screen.table.marked] == [100, 101, 103]
    assert [it[0] for it in screen.lines()[1:6]] == ["┃", "┃", " ", "┃", " "]
    await screen.press("up", "space")
    assert [it.key for it in screen.table.marked] == [100, 101]
    assert screen.app.told[-2:] == ["selected 104", "2 marked"]
    assert screen.table.clear_marks()
    assert not screen.table.clear_marks()


async def test_a_range_is_marked_from_the_last_mark_to_here(screen: TableScreen) -> None:
    await screen.press("space", "down", "down", "ctrl+@")
    assert [it.key for it in screen.table.marked] == [100, 101, 102, 103]


async def test_an_asterisk_marks_everything_and_nothing(screen: TableScreen) -> None:
    await screen.press("asterisk")
    assert len(screen.table.marked) == 100
    await screen.press("asterisk")
    assert screen.table.marked == ()


async def test_a_filter_hides_rows_and_keeps_marks(screen: TableScreen) -> None:
    await screen.press("space", "space")
    screen.table.filter = lambda it: it.key % 2 == 1
    assert (screen.table.shown_count, screen.table.total_count) == (50, 100)
    assert screen.names()[:3] == ["row-101", "row-103", "row-105"]
    assert (screen.selected, [it.key for it in screen.table.marked]) == ("row-103", [101])
    screen.table.apply([Row(300, "row-300"), Row(301, "row-301")])
    assert (screen.table.shown_count, screen.table.total_count) == (51, 102)
    screen.table.filter = None
    assert (screen.selected, [it.key for it in screen.table.marked]) == ("row-103", [100, 101])


async def test_the_app_is_told_also_of_what_the_pane_around_the_table_does(
    screen: TableScreen,
) -> None:
    def act() -> None:
        screen.table.filter = lambda it: it.key > 150

    screen.app.query_one(TablePane).post_message(TablePane.Told(act))
    await screen.until(lambda: screen.app.told == ["selected 151"])


async def test_enter_and_two_clicks_open_a_row(screen: TableScreen) -> None:
    await screen.press("down", "enter")
    assert screen.app.told[-1] == "opened 101"
    await screen.pilot.click(screen.table, offset=(3, 4))
    assert screen.selected == "row-103"
    assert screen.app.told[-1] == "selected 103"
    await screen.pilot.click(screen.table, offset=(3, 4), times=2)
    assert screen.app.told[-1] == "opened 103"


async def test_the_wheel_scrolls_and_takes_the_selection_along_only_at_the_edge(
    screen: TableScreen,
) -> None:
    await screen.press(*["down"] * 4)
    await wheel(screen, events.MouseScrollDown, 1)
    assert (screen.names()[0], screen.selected) == ("row-103", "row-104")
    await wheel(screen, events.MouseScrollDown, 1)
    assert (screen.names()[0], screen.selected) == ("row-106", "row-106")
    await wheel(screen, events.MouseScrollUp, 5)
    assert (screen.names()[0], screen.selected) == ("row-100", "row-106")


async def wheel(screen: TableScreen, kind: type[events.MouseEvent], times: int) -> None:
    for _ in range(times):
        screen.table.post_message(kind(screen.table, 1, 1, 0, 1, 0, False, False, False))
    await screen.pilot.pause()


async def test_the_scroll_bar_can_be_dragged(screen: TableScreen) -> None:
    def thumb() -> list[int]:
        return [y for y, line in enumerate(screen.lines()) if line.endswith("▐")]

    assert thumb() == [1]
    await screen.pilot.mouse_down(screen.table, offset=(WIDTH - 1, 5))
    await screen.pilot.hover(screen.table, offset=(WIDTH - 1, HEIGHT - 1))
    await screen.pilot.mouse_up(screen.table, offset=(WIDTH - 1, HEIGHT - 1))
    assert (thumb(), screen.names()[-1]) == ([HEIGHT - 1], "row-199")
    await screen.pilot.hover(screen.table, offset=(3, 3))
    assert thumb() == [HEIGHT - 1]


async def test_there_is_no_scroll_bar_while_everything_fits() -> None:
    async with opened_table(numbered(1, 11)) as screen:
        assert "▐" not in "".join(screen.lines())
        screen.table.apply(numbered(11, 12))
        assert "▐" in "".join(screen.lines())


async def test_a_text_that_counts_is_drawn_again_when_it_changes_and_only_its_line() -> None:
    rows = [Row(1, "young", None, ago(3)), Row(2, "old", None, ago(100_000)), Row(3, "ageless")]
    async with opened_table(rows) as screen:
        seen = screen.lines()[1].split()[-1]
        screen.table.drawn.clear()
        await screen.until(lambda: screen.lines()[1].split()[-1] != seen)
        assert set(screen.table.drawn) == {1}


async def test_nothing_ticks_while_no_text_in_view_changes_or_nobody_sees_it() -> None:
    rows = [Row(1, "young", None, ago(3)), *numbered(10, 40)]
    async with opened_table(rows) as screen:
        table = screen.table
        assert table.ticks
        table.display = False
        await screen.until(lambda: not table.ticks)
        table.apply((), [Row(1, "young", None, ago(5))])
        assert not table.ticks
        table.display = True
        await screen.until(lambda: table.ticks)
        screen.app.app_suspend_signal.publish(screen.app)
        assert not table.ticks
        screen.app.app_resume_signal.publish(screen.app)
        assert table.ticks
        table.action_last()
        await screen.until(lambda: not table.ticks)


async def test_columns_grow_for_a_text_and_shrink_only_when_the_pane_changes(
    screen: TableScreen,
) -> None:
    def name_width() -> int:
        return len(screen.names()[0])

    screen.table.apply((), [Row(100, "n" * 99), Row(101, "row-101", 1.0)])
    wide = name_width()
    screen.table.apply((), [Row(101, "row-101", 1e12)])
    assert "1000000000000.0" in screen.lines()[2]
    assert name_width() == wide - 9
    screen.table.apply((), [Row(101, "row-101", 1.0)])
    assert name_width() == wide - 9
    await screen.pilot.resize_terminal(WIDTH + 1, HEIGHT)
    await screen.until(lambda: name_width() == wide + 1)


async def test_a_narrow_pane_drops_whole_columns_and_cuts_names(screen: TableScreen) -> None:
    await screen.pilot.resize_terminal(16, 6)
    screen.table.apply((), [Row(100, "a-very-long-name-100")])
    await screen.until(lambda: screen.lines()[0].split() == ["Name", "Load"])
    assert screen.names()[0] == "a-v…100"
    await screen.pilot.resize_terminal(11, 6)
    await screen.until(lambda: screen.lines()[0].split() == ["Name"])
    assert screen.names()[0] == "a-ve…-100"


async def test_the_selected_row_stays_in_view_when_the_pane_shrinks(screen: TableScreen) -> None:
    await screen.press(*["down"] * 9)
    await screen.pilot.resize_terminal(WIDTH, 5)
    await screen.until(lambda: len(screen.names()) == 4)
    assert (screen.selected, screen.cursor) == ("row-109", 3)


async def test_ten_thousand_rows_leave_the_event_loop_its_turns() -> None:
    async with opened_table() as screen:
        screen.show(reversed(numbered(0, 10_000)))
        assert 0 < screen.table.total_count < 1_000
        screen.table.apply((), [Row(7, "changed")], (8,))
        await screen.until(lambda: screen.table.total_count == 9_999)
        assert screen.names()[6:9] == ["row-6", "changed", "row-9"]
        assert (screen.selected, screen.cursor) == ("row-0", 0)
        await screen.until(lambda: screen.app.told == ["selected 0"])


async def test_whoever_moves_while_rows_still_come_is_not_thrown_back() -> None:
    async with opened_table() as screen:
        screen.show(reversed(numbered(0, 3_000)))
        screen.table.action_down()
        chosen = screen.selected
        await screen.until(lambda: screen.table.total_count == 3_000)
        assert screen.selected == chosen != "row-0"


async def test_text_from_an_engine_is_never_markup() -> None:
    async with opened_table([Row(1, "[red]x[/][@click=app.bell]y")]) as screen:
        assert "[red]x[/][@click=app.bell]y" in screen.lines()[1]
