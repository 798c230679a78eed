"""Somebody goes through the time of a log: to a moment, to older lines, to earlier lives."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator

import pytest

from dockertui.widgets.rate_strip import RateStrip
from tests.support.log_page_screen import PageScreen, opened_page
from tests.support.log_screen import numbered


@pytest.fixture(autouse=True)
def universal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be where local time is UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
async def screen() -> AsyncIterator[PageScreen]:
    async with opened_page() as screen:
        yield screen


def minutes(screen: PageScreen, *of: int) -> None:
    """Write ten lines in each of these minutes after twelve."""
    for minute in of:
        screen.write(*(f"minute {minute} line {at}" for at in range(10)), minute=minute)


async def test_one_goes_to_the_first_line_at_or_after_a_time(screen: PageScreen) -> None:
    minutes(screen, *range(30))
    await screen.press("at", *"12:07", "enter")
    await screen.is_at("minute 7 line 0")
    await screen.press("at", *"12:07:30", "enter")
    await screen.is_at("minute 8 line 0")


async def test_a_time_outside_is_told(screen: PageScreen) -> None:
    minutes(screen, 5, 6)
    await screen.press("at", *"12:30", "enter")
    await screen.see("It ends before that, at 12:06:11.")
    await screen.press("escape", "at", *"soon", "enter")
    await screen.see("Type a time, such as 14:05")
    await screen.press("escape", "at", *"11:00", "enter")
    await screen.is_at("minute 5 line 0")
    await screen.says("it begins at 12:05:11")


async def test_older_lines_come_above_and_the_text_read_stays(screen: PageScreen) -> None:
    screen.count(100, 200)
    screen.feed.older = "".join(
        f"12026-11-23T11:03:11Z line {number}\n" for number in range(100)
    ).encode()
    await screen.press("g")
    await screen.says("up: older lines")
    before = screen.texts()
    await screen.press("up")
    await screen.until(lambda: screen.feed.store.first == -100)
    assert screen.texts() == before == numbered(100, 112)
    await screen.press("up")
    assert screen.texts() == numbered(99, 111)
    await screen.press("g")
    await screen.says("beginning of the log")
    assert screen.texts() == numbered(0, 12)


@pytest.mark.parametrize(
    ("key", "words"),
    [("s", "showing last 1m"), ("u", "showing up to 1m ago"), ("a", "showing last 20,000 lines")],
)
async def test_a_key_chooses_a_span_and_what_is_read_stays_until_there_is_more(
    screen: PageScreen, key: str, words: str
) -> None:
    screen.count(0, 3)
    await screen.press(key)
    await screen.says(words)
    assert screen.texts() == numbered(0, 3)
    screen.count(10, 13)
    await screen.shows(numbered(10, 13))
    await screen.see(f"● {words.removeprefix('showing ')}")


async def test_in_another_span_one_reads_on_at_the_same_time(screen: PageScreen) -> None:
    minutes(screen, *range(10, 30))
    await screen.press("at", *"12:15", "enter", "a")
    assert screen.here == "minute 15 line 0"
    screen.feed.append(
        "".join(
            f"12026-11-23T12:{minute:02}:11.123456789Z minute {minute} line {line}\n"
            for minute in range(30)
            for line in range(10)
        )
    )
    await screen.until(lambda: screen.page.reading.store is screen.feed.store)
    await screen.is_at("minute 15 line 0")


async def test_a_filter_and_a_search_hold_for_another_span(screen: PageScreen) -> None:
    screen.count(0, 30)
    await screen.press("ampersand", *"9", "enter", "slash", *"29", "enter", "a")
    screen.count(0, 300)
    await screen.says("1 filter: 57 of 300 lines")
    await screen.says("/29")
    assert screen.view.reader.layout.pattern is not None


async def test_earlier_lives_are_read_and_one_comes_back(screen: PageScreen) -> None:
    screen.count(0, 3)
    screen.feed.lives = ["12026-11-23T11:03:11Z last words\n"]
    await screen.press("p")
    await screen.shows(["last words"])
    await screen.see("● web-1, previous life")
    await screen.press("p")
    await screen.says("no earlier life is known")
    await screen.press("P")
    await screen.shows(numbered(0, 3))
    assert not screen.page.chips.display
    await screen.press("P")
    await screen.says("this is the latest life")


async def test_what_keeps_a_log_from_being_up_to_date_is_said(screen: PageScreen) -> None:
    screen.count(0, 3)
    screen.feed.say("behind by 12 s")
    await screen.says("behind by 12 s")
    screen.feed.say("")
    await screen.until(lambda: screen.foot == "following ─ 3 lines")


async def test_the_rate_is_shown_and_a_click_goes_to_its_time(screen: PageScreen) -> None:
    minutes(screen, *range(30))
    await screen.press("pageup")
    line, row = screen.here, screen.row_of(screen.here)
    await screen.press("r")
    await screen.see("█")
    assert screen.row_of(line) == row
    await screen.pilot.click(RateStrip, offset=(9, 0))
    await screen.is_at("minute 0 line 0")
    await screen.press("r")
    await screen.until(lambda: "█" not in screen.screen_text())
