"""Somebody searches a log."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.log_page_screen import PageScreen, opened_page
from tests.support.log_screen import numbered


@pytest.fixture
async def screen() -> AsyncIterator[PageScreen]:
    async with opened_page() as screen:
        yield screen


async def search(screen: PageScreen, text: str) -> None:
    """Search, and wait until all has been looked through."""
    await screen.press("slash", *text, "enter")
    await screen.until(lambda: screen.page.reading.search and screen.page.reading.search.complete)


async def test_hits_in_sight_are_marked_while_one_types_and_nothing_moves(
    screen: PageScreen,
) -> None:
    screen.count(0, 100)
    await screen.press("slash", *"line 9")
    await screen.see("11 hits")
    assert screen.texts() == numbered(88, 100)
    assert screen.view.reader.following
    pattern = screen.view.reader.layout.pattern
    assert pattern is not None
    assert pattern.text == "line 9"


async def test_the_prompt_takes_the_last_row_and_moves_nothing(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.see("line 99")
    before = screen.screen_text().splitlines()[:11]
    await screen.press("slash")
    await screen.see("words to find")
    assert screen.screen_text().splitlines()[:11] == before
    assert "words to find" in screen.screen_text().splitlines()[11]


async def test_without_a_hit_in_sight_the_view_goes_to_the_nearest(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("slash", *"line 50")
    await screen.is_at("line 50")
    assert 0 < screen.texts().index("line 50") < 11
    await screen.press("enter")
    await screen.says("/line 50 1 of 1")


async def test_escape_goes_back_to_where_one_was(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("pageup", "pageup", "up")
    before, here = screen.texts(), screen.here
    await screen.press("slash", *"line 9")
    await screen.press("backspace", "5")
    await screen.until(lambda: screen.texts() != before)
    await screen.press("escape")
    await screen.shows(before)
    assert screen.here == here
    assert screen.page.reading.search is None


async def test_escape_follows_again_if_one_did(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("slash", *"line 11")
    await screen.is_at("line 11")
    await screen.press("escape")
    await screen.shows(numbered(88, 100))
    assert screen.view.reader.following


async def test_n_goes_on_and_begins_again_with_a_word(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("g")
    await search(screen, "5")
    await screen.is_at("line 5")
    for wanted in ("line 15", "line 25", "line 5"):
        await screen.press("n")
        await screen.is_at(wanted)
    await screen.says("from the top again")
    await screen.says("/5 1 of 3")
    await screen.press("N")
    await screen.is_at("line 25")
    await screen.says("from the end again")


async def test_a_hit_reached_is_not_under_the_prompt(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("g")
    await screen.see("line 11")
    await screen.press("slash", *"line 11")
    await screen.is_at("line 11")
    assert screen.row_of("line 11 ") < 11


async def test_a_bad_expression_is_told_at_once_and_does_no_harm(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("slash", "ctrl+r", *"9$")
    await screen.see("regex")
    await screen.see("3 hits")
    await screen.press("(")
    await screen.see("(")
    said = screen.screen_text().splitlines()[11]
    assert "hits" not in said
    assert screen.page.reading.search is not None
    assert screen.page.reading.search.pattern.text == "9$"
    await screen.press("enter")
    assert screen.app.focused is not screen.view
    await screen.press("backspace", "enter")
    await screen.until(lambda: screen.app.focused is screen.view)


async def test_what_was_searched_before_comes_back_with_up(screen: PageScreen) -> None:
    screen.count(0, 30)
    await search(screen, "15")
    await search(screen, "25")
    await screen.press("slash", "up", "up", "enter")
    await screen.until(lambda: screen.page.reading.search is not None)
    await screen.says("/15")
    await screen.press("slash", *"new", "up", "down", "enter")
    await screen.says("/new: nothing found")


async def test_a_search_that_finds_nothing_says_so(screen: PageScreen) -> None:
    screen.count(0, 30)
    await search(screen, "nowhere")
    await screen.says("/nowhere: nothing found")
    await screen.press("n")
    assert screen.texts() == numbered(18, 30)


async def test_n_without_a_search_says_what_to_press(screen: PageScreen) -> None:
    screen.count(0, 3)
    await screen.press("n")
    await screen.says("/ searches")


async def test_lines_to_come_are_searched_too(screen: PageScreen) -> None:
    screen.count(0, 3)
    await search(screen, "line")
    await screen.says("/line 3 hits")
    screen.count(3, 5)
    await screen.says("/line 5 hits")


async def test_escape_ends_the_search_then_goes_back(screen: PageScreen) -> None:
    screen.count(0, 3)
    await search(screen, "line")
    await screen.press("escape")
    assert screen.page.reading.search is None
    assert screen.app.times_back == 0
    await screen.press("escape")
    assert screen.app.times_back == 1


async def test_a_click_into_the_log_keeps_what_is_searched(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("slash", *"9")
    await screen.pilot.click(type(screen.view), offset=(3, 3))
    await screen.until(lambda: not screen.page.query("LogPrompt").first().display)
    assert screen.page.reading.search is not None
    assert screen.view.cursor.covered == 0


async def test_a_hit_beyond_the_edge_is_brought_into_sight(screen: PageScreen) -> None:
    screen.write("near", "x" * 80 + " far away " + "y" * 80, "near again")
    await search(screen, "far")
    await screen.press("N")
    await screen.see("far away")
    await search(screen, "near")
    await screen.press("n")
    await screen.see("near again")
    assert screen.view.reader.layout.left == 0


async def test_another_log_ends_what_is_typed_and_searched(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("slash", *"9")
    await screen.see("3 hits")
    screen.opened("other")
    screen.count(0, 3)
    await screen.shows(numbered(0, 3))
    assert screen.page.reading.search is None
    await screen.until(lambda: screen.app.focused is screen.view)
    assert screen.foot == "following ─ 3 lines"


async def test_while_one_follows_n_goes_to_what_is_in_sight(screen: PageScreen) -> None:
    screen.count(0, 100)
    await search(screen, "5")
    assert screen.view.reader.following
    await screen.press("n")
    await screen.is_at("line 95")
    assert screen.texts() == numbered(88, 100)
