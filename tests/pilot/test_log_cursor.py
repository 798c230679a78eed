"""Somebody points at lines of a log, selects them and takes them along."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dockertui.widgets.log_messages import ProgramWanted, RecordWanted, SaveWanted, SourcesWanted
from dockertui.widgets.log_view import LogView
from dockertui.widgets.row_messages import CopyWanted
from tests.support.log_page_screen import PageScreen, opened_page
from tests.support.log_screen import numbered


@pytest.fixture
async def screen() -> AsyncIterator[PageScreen]:
    async with opened_page() as screen:
        yield screen


async def copied(screen: PageScreen) -> CopyWanted:
    """What came into the clipboard last."""
    await screen.until(lambda: screen.app.wanted)
    message = screen.app.wanted[-1]
    assert isinstance(message, CopyWanted)
    return message


async def test_up_stops_at_the_last_line_and_nothing_moves(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("up")
    await screen.is_at("line 99")
    assert screen.texts() == numbered(88, 100)
    assert not screen.view.reader.following


async def test_the_window_moves_only_at_its_edges(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press(*["up"] * 12)
    await screen.is_at("line 88")
    assert screen.texts() == numbered(88, 100)
    await screen.press("up")
    assert screen.texts() == numbered(87, 99)
    await screen.press(*["down"] * 12)
    await screen.is_at("line 99")
    await screen.press("down")
    assert screen.view.reader.following


async def test_the_cursor_stays_in_the_window_that_is_scrolled(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("up", "pageup")
    await screen.is_at("line 88")
    await screen.press("pageup")
    await screen.is_at("line 77")
    await screen.press("pagedown")
    await screen.is_at("line 77")


async def test_a_line_taller_than_the_window_is_gone_through_row_by_row(
    screen: PageScreen,
) -> None:
    screen.write("before", "".join(f"row{number:<55}" for number in range(30)), "after")
    await screen.press("w", "g")
    await screen.is_at("before")
    await screen.press("down")
    first = screen.texts()
    assert first[0] == "row0"
    for row in range(1, 19):
        await screen.press("down")
        assert screen.texts()[0] == f"row{row}"
    await screen.press("down")
    await screen.is_at("after")
    await screen.press("up", "up")
    assert screen.here.startswith("row0")
    assert screen.texts()[-1] == "row28"


async def test_a_click_points_at_a_line_once_the_log_has_the_focus(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.see("line 99")
    screen.app.set_focus(None)
    await screen.pilot.click(LogView, offset=(3, 5))
    await screen.until(lambda: screen.view.has_focus)
    assert screen.view.reader.following
    await screen.pilot.click(LogView, offset=(3, 5))
    await screen.is_at("line 93")


async def test_y_copies_the_line_without_its_escapes(screen: PageScreen) -> None:
    screen.write("one", "\x1b[31mtwo\x1b[0m\tand \x1b]0;title\x07more")
    await screen.press("y")
    assert (await copied(screen)).text == "two     and more"
    await screen.press("up", "up", "y")
    await screen.until(lambda: len(screen.app.wanted) == 2)
    assert (await copied(screen)).text == "one"


async def test_v_selects_lines_from_here_to_there(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("up", "up", "v", "up", "up")
    await screen.says("3 lines selected")
    await screen.press("y")
    assert (await copied(screen)).text == "line 96\nline 97\nline 98"
    await screen.press("escape")
    assert screen.view.cursor.selection is None
    assert screen.app.times_back == 0


async def test_shift_and_arrows_select_too(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("up", "shift+up", "shift+up", "y")
    assert (await copied(screen)).text == "line 97\nline 98\nline 99"


async def test_the_mouse_selects_cells_in_a_row_and_lines_across_rows(screen: PageScreen) -> None:
    screen.count(0, 12)
    await screen.see("line 11")
    await screen.pilot.mouse_down(LogView, offset=(6, 2))
    await screen.pilot.hover(LogView, offset=(3, 2))
    await screen.pilot.mouse_up(LogView, offset=(3, 2))
    await screen.press("y")
    assert (await copied(screen)).text == "ne 2"
    await screen.pilot.mouse_down(LogView, offset=(6, 2))
    await screen.pilot.hover(LogView, offset=(3, 4))
    await screen.pilot.mouse_up(LogView, offset=(3, 4))
    await screen.press("y")
    await screen.until(lambda: len(screen.app.wanted) == 2)
    assert (await copied(screen)).text == "line 2\nline 3\nline 4"


async def test_a_selection_with_the_mouse_stays_within_the_log(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("pageup", "pageup")
    await screen.pilot.mouse_down(LogView, offset=(6, 10))
    await screen.pilot.hover(LogView, offset=(6, 12))
    await screen.pilot.mouse_up(LogView, offset=(6, 12))
    top = screen.texts()[0]
    assert top != "line 66"
    await screen.press("y")
    text = (await copied(screen)).text
    assert text.splitlines()[0] == "line 76"
    assert set(text.splitlines()) <= set(numbered(0, 100))


async def test_the_page_and_all_hits_can_be_copied(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("Y")
    assert (await copied(screen)).text == "\n".join(numbered(88, 100))
    await screen.press("slash", *"7", "enter", "ctrl+y")
    await screen.until(lambda: len(screen.app.wanted) == 2)
    lines = (await copied(screen)).text.splitlines()
    assert lines == [it for it in numbered(0, 100) if "7" in it]
    await screen.press("escape", "ampersand", *"8", "enter")
    await screen.says("1 filter")
    await screen.press("ctrl+y")
    await screen.until(lambda: len(screen.app.wanted) == 3)
    lines = (await copied(screen)).text.splitlines()
    assert lines == [it for it in numbered(0, 100) if "8" in it]


async def test_more_lines_than_a_clipboard_is_for_are_not_copied(screen: PageScreen) -> None:
    screen.count(0, 20_001)
    await screen.press("ctrl+y")
    await screen.says("too many to copy; S saves them")


async def test_bookmarks_are_gone_through_and_stay_with_their_lines(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("up", "m", "pageup", "pageup", "m", "pageup", "m")
    places = list(screen.page.reading.bookmarks)
    assert len(places) == 3
    assert places[-1] == 99
    await screen.see("▸")
    await screen.press("apostrophe")
    await screen.is_at(f"line {places[1]}")
    await screen.press("quotation_mark", "quotation_mark")
    await screen.is_at("line 99")
    await screen.says("from the end again")
    await screen.press("m")
    assert list(screen.page.reading.bookmarks) == places[:2]


async def test_a_log_asks_those_around_it(screen: PageScreen) -> None:
    screen.count(0, 3)
    await screen.press("up", "up", "enter", "S", "o", "E", "X")
    await screen.until(lambda: len(screen.app.wanted) == 5)
    record, save, pager, editor, sources = screen.app.wanted
    assert isinstance(record, RecordWanted)
    assert record.raw.endswith(b"line 1")
    assert isinstance(save, SaveWanted)
    assert save.title == "web-1"
    assert isinstance(pager, ProgramWanted)
    assert (pager.program, pager.place) == ("PAGER", 1)
    assert isinstance(editor, ProgramWanted)
    assert editor.program == "EDITOR"
    assert isinstance(sources, SourcesWanted)
    assert sources.page is screen.page


async def test_a_line_clicked_twice_is_opened(screen: PageScreen) -> None:
    screen.count(0, 12)
    await screen.see("line 11")
    await screen.pilot.click(LogView, offset=(3, 5), times=2)
    await screen.until(lambda: screen.app.wanted)
    record = screen.app.wanted[0]
    assert isinstance(record, RecordWanted)
    assert record.raw.endswith(b"line 5")


async def test_keys_for_raw_lines_and_controls_say_what_they_do(screen: PageScreen) -> None:
    screen.write('{"level":"info","msg":"ready","port":80}', "a\x07b")
    await screen.until(lambda: screen.texts()[-1] == "ab")
    await screen.press("J")
    await screen.until(lambda: screen.texts()[0].startswith('{"level"'))
    await screen.says("lines as they came")
    await screen.press("C")
    await screen.until(lambda: screen.texts()[-1] == "a^Gb")
    await screen.says("control characters shown")
