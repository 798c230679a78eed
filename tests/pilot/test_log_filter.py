"""Somebody filters a log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import Any

import pytest

from dockertui.store import log_scan
from dockertui.widgets import log_desk
from dockertui.widgets.log_chips import LogChips
from tests.support.log_page_screen import PageScreen, opened_page
from tests.support.log_screen import numbered


class Counted:
    """Something that is called, and how often it was."""

    def __init__(self, called: Callable[..., Any]) -> None:
        self.count = 0
        self._called = called

    def __call__(self, *arguments: Any) -> Any:
        self.count += 1
        return self._called(*arguments)


@pytest.fixture
async def screen() -> AsyncIterator[PageScreen]:
    async with opened_page() as screen:
        yield screen


async def test_a_filter_leaves_what_matches_now_and_later(screen: PageScreen) -> None:
    screen.count(0, 100)
    await screen.press("ampersand", *"9", "enter")
    await screen.says("1 filter: 19 of 100 lines")
    screen.count(100, 110)
    await screen.says("1 filter: 20 of 110 lines")
    await screen.until(lambda: screen.texts()[-1] == "line 109")
    await screen.see("● 9")


async def test_several_filters_hold_together_and_x_switches_them(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"2", "enter", "ampersand", *"!5", "enter")
    await screen.shows(["line 2", "line 12", *numbered(20, 25), *numbered(26, 30)])
    await screen.press("x")
    await screen.see("○ 2")
    await screen.says("following ─ 30 lines")
    await screen.press("x")
    await screen.says("2 filters: 11 of 30 lines")


async def test_the_line_that_one_reads_stays_in_its_row(screen: PageScreen) -> None:
    screen.count(0, 2_000)
    await screen.press("g", *["pagedown"] * 30, *["down"] * 5)
    while not screen.here.endswith("5"):
        await screen.press("down")
    line, row = screen.here, screen.row_of(screen.here)
    await screen.press("ampersand", *"5", "enter")
    await screen.says("1 filter")
    await screen.until(lambda: not screen.page.reading.is_scanning)
    await screen.see(line)
    assert screen.here == line
    assert screen.row_of(line) == row
    await screen.press("escape")
    await screen.says("of 2,000")
    await screen.see(line)
    assert screen.here == line
    assert screen.row_of(line) == row


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at few lines at a time."""
    monkeypatch.setattr(log_desk, "_FIRST_SLICE_S", 0)
    monkeypatch.setattr(log_desk, "_SLICE_S", 0)
    monkeypatch.setattr(log_scan, "_FIRST_LINES", 16)
    monkeypatch.setattr(log_scan, "_MOST_LINES", 16)


@pytest.mark.usefixtures("small_slices")
async def test_who_moves_on_while_lines_are_found_is_left_alone(
    screen: PageScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.count(0, 2_000)
    await screen.press("g")
    screen.page.go_to_number(400)
    page, waits = screen.page, True
    advance = page.advance
    monkeypatch.setattr(page, "advance", lambda budget_s: waits or advance(budget_s))
    await screen.press("ampersand", *"1", "enter")
    line = screen.here
    await screen.press("down")
    moved = screen.here
    assert moved != line
    waits = False
    await screen.until(lambda: not page.reading.is_scanning)
    await screen.says("1 filter")
    assert screen.here == moved


@pytest.mark.usefixtures("small_slices")
async def test_a_picture_is_drawn_of_many_slices(
    screen: PageScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.count(0, 2_000)
    await screen.press("g")
    screen.page.go_to_number(900)
    slices, pictures = Counted(screen.page.advance), Counted(screen.view._draw)  # noqa: SLF001
    monkeypatch.setattr(screen.page, "advance", slices)
    monkeypatch.setattr(screen.view, "_draw", pictures)
    began_s = monotonic()
    await screen.press("ampersand", *"99", "enter")
    await screen.says("1 filter: 38 of 2,000 lines")
    assert slices.count > 100
    # As it begins, as a page is full, and at the end; else not more often than one can see.
    assert pictures.count <= 4 + (monotonic() - began_s) / 0.08


async def test_what_a_filter_finds_below_is_not_called_new(screen: PageScreen) -> None:
    screen.count(0, 2_000)
    await screen.press("g", "down", "ampersand", *"9", "enter")
    await screen.says("1 filter: 542 of 2,000 lines")
    assert "new" not in screen.foot
    screen.count(2_000, 2_010)
    await screen.says("1 new line")


async def test_when_no_line_matches_the_pane_says_what_to_do(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"nowhere", "enter")
    await screen.see("No line matches nowhere: 30 lines hidden.")
    await screen.press("x")
    await screen.see("line 29")


async def test_a_bad_filter_is_told_and_stays_to_be_mended(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"level>=loud", "enter")
    assert screen.app.focused is not screen.view
    assert not screen.page.filters
    await screen.press("escape")
    await screen.until(lambda: screen.app.focused is screen.view)


async def test_a_chip_can_be_clicked(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"9", "enter")
    await screen.see("● 9")
    await screen.pilot.click(LogChips, offset=(2, 0))
    await screen.see("○ 9")
    await screen.pilot.click(LogChips, offset=(2, 0))
    await screen.see("● 9")


async def test_e_goes_through_warnings_and_errors(screen: PageScreen) -> None:
    screen.write("INFO fine", "WARN odd", "ERROR broken", "INFO fine again")
    await screen.press("e")
    await screen.shows(["WARN odd", "ERROR broken"])
    await screen.press("e")
    await screen.shows(["ERROR broken"])
    await screen.press("e")
    await screen.until(lambda: len(screen.texts()) == 4)


async def test_the_view_is_cleared_and_shown_again(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("c")
    await screen.see("Cleared: 30 lines hidden.")
    screen.count(30, 32)
    await screen.shows(numbered(30, 32))
    await screen.press("c")
    await screen.until(lambda: screen.texts()[-1] == "line 31" and len(screen.texts()) == 12)


async def test_escape_ends_filters_and_x_takes_them_back(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"9", "enter")
    await screen.says("1 filter")
    await screen.press("escape")
    await screen.says("following ─ 30 lines")
    assert screen.app.times_back == 0
    await screen.press("x")
    await screen.says("1 filter: 3 of 30 lines")


async def test_sources_are_switched_off(screen: PageScreen) -> None:
    screen.know("web", "db")
    screen.write("from web", tag="A")
    screen.write("from db", tag="B")
    await screen.until(lambda: len(screen.texts()) == 2)
    screen.page.set_hidden({b"B"})
    await screen.see("● without db")
    await screen.until(lambda: len(screen.texts()) == 1)
    assert "from web" in screen.texts()[0]


async def test_another_log_has_no_filters(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"9", "enter")
    await screen.see("● 9")
    screen.opened("other")
    screen.count(0, 3)
    await screen.shows(numbered(0, 3))
    assert not screen.page.chips.display


async def test_at_rest_nothing_is_looked_through_any_more(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"9", "enter", "slash", *"29", "enter")
    await screen.says("/29")
    await screen.until(lambda: not screen.page.reading.is_scanning)
    looked: list[float] = []
    advance = screen.page.advance

    def counted(budget_s: float) -> bool:
        looked.append(budget_s)
        return advance(budget_s)

    screen.page.advance = counted  # type: ignore[method-assign] # watched, not changed
    screen.feed.say("")
    await screen.until(lambda: looked)
    seen = len(looked)
    for _ in range(20):
        await screen.pilot.pause(0.01)
    assert len(looked) == seen
