"""The strip above a log shows when it was busy and when it failed, and goes where one clicks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Static

from dockertui.store.log_rate import LogRate
from dockertui.store.log_store import LogStore
from dockertui.themes import THEMES
from dockertui.widgets.rate_strip import RateStrip, TimeWanted

START_S = 1_795_435_391
"""2026-11-23T12:03:11Z."""


class StripApp(App[None]):
    """A strip above something."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[bytes] = []
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = "dark"

    def compose(self) -> ComposeResult:
        yield RateStrip()
        yield Static("the log")

    def on_time_wanted(self, message: TimeWanted) -> None:
        self.wanted.append(message.stamp)


class Stage:
    """What a test does with the strip."""

    def __init__(self, app: StripApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.strip = app.query_one(RateStrip)
        self.store = LogStore()
        self.rate = LogRate(self.store)
        self.painted = 0

    def write(self, seconds: dict[int, tuple[int, int]]) -> None:
        """Give the store lines.

        Args:
            seconds: For each second how many lines it has, and how many of them are errors.
        """
        for second, (lines, errors) in seconds.items():
            minute, rest = divmod(3 * 60 + 11 + second, 60)
            stamp = f"2026-11-23T{12 + minute // 60:02}:{minute % 60:02}:{rest:02}.000000000Z"
            for number in range(lines):
                word = "ERROR" if number < errors else "INFO"
                self.store.append(f"1{stamp} {word} x\n".encode())

    def show(self, here: int | None = None) -> None:
        while self.rate.advance(1):
            pass
        self.strip.show(self.rate, None if here is None else START_S + here, utc=True)

    def rows(self) -> list[str]:
        return [it.text for it in self.strip.render_lines(Region(0, 0, *self.strip.size))]

    async def until_it_shows(self, text: str) -> None:
        for _ in range(300):
            if any(text in row for row in self.rows()):
                return
            await self.pilot.pause(0.01)
        raise AssertionError(self.rows())


@asynccontextmanager
async def opened(width: int, height: int) -> AsyncIterator[Stage]:
    app = StripApp()
    async with app.run_test(size=(width, height)) as pilot:
        yield Stage(app, pilot)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with opened(40, 30) as stage:
        yield stage


async def test_bars_are_as_high_as_the_log_was_busy(stage: Stage) -> None:
    stage.write({0: (1, 0), 1: (2, 0), 2: (4, 0), 3: (8, 0), 5: (4, 0)})
    stage.show()
    await stage.until_it_shows("12:03:11 ")
    bars = stage.rows()[1].split(" ", 1)[1].rsplit(" ", 1)[0]
    assert stage.rows()[1].startswith("12:03:11 ▁▁▁▁")
    assert stage.rows()[1].endswith(" 12:03:17")
    assert [bars.count(it) for it in "▁▂▄█"] == [4, 4, 6, 4]
    assert "    ▄" in bars


async def test_errors_have_bars_of_their_own_above(stage: Stage) -> None:
    stage.write({second: (8, {10: 1, 11: 4, 12: 8}.get(second, 0)) for second in range(22)})
    stage.show()
    await stage.until_it_shows("12:03:33")
    assert stage.rows() == [
        "errors   " + " " * 10 + "▁▄█" + " " * 9 + " ≤8/s    ",
        "12:03:11 " + "█" * 22 + " 12:03:33",
    ]


async def test_it_says_that_there_are_no_errors(stage: Stage) -> None:
    stage.write({0: (1, 0), 60: (2, 0)})
    stage.show()
    await stage.until_it_shows("no errors")
    assert stage.rows()[0] == "no errors" + " " * 22 + " ≤0.67/s "


async def test_a_low_screen_has_one_row_with_marks_where_the_most_errors_are() -> None:
    async with opened(40, 12) as stage:
        stage.write({second: (8, {9: 1, 10: 8}.get(second, 0)) for second in range(22)})
        stage.show(here=20)
        await stage.until_it_shows("12:03:33")
        assert stage.rows() == ["12:03:11 " + "█" * 10 + "!" + "█" * 9 + "▼█ 12:03:33"]


async def test_a_mark_shows_where_one_reads_and_moves_with_one(stage: Stage) -> None:
    stage.write(dict.fromkeys(range(22), (3, 0)))
    stage.show(here=5)
    await stage.until_it_shows("▼")
    assert stage.rows()[0][14] == "▼"
    stage.show(here=6)
    await stage.until_it_shows("no errors" + " " * 6 + "▼")


async def test_a_click_asks_for_the_time_of_a_bar(stage: Stage) -> None:
    stage.write(dict.fromkeys(range(22), (3, 0)))
    stage.show()
    await stage.until_it_shows("█")
    await stage.pilot.click(RateStrip, offset=(19, 1))
    await stage.pilot.click(RateStrip, offset=(0, 0))
    await stage.pilot.click(RateStrip, offset=(39, 1))
    assert stage.app.wanted == [
        b"2026-11-23T12:03:21Z",
        b"2026-11-23T12:03:11Z",
        b"2026-11-23T12:03:32Z",
    ]


async def test_a_click_on_an_empty_strip_asks_for_nothing(stage: Stage) -> None:
    stage.show()
    await stage.pilot.click(RateStrip)
    assert stage.app.wanted == []
    assert stage.rows() == [" " * 40] * 2


async def test_the_mouse_is_told_how_much_a_bar_stands_for(stage: Stage) -> None:
    stage.write({second: (3, second == 10) for second in range(22)})
    stage.show()
    await stage.until_it_shows("█")
    await stage.pilot.hover(RateStrip, offset=(19, 1))
    assert stage.strip.tooltip == "12:03:21: 3 lines, 1 error"


async def test_it_is_drawn_again_at_most_once_a_second_and_only_when_it_changed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.write(dict.fromkeys(range(22), (3, 0)))
    stage.show()
    await stage.until_it_shows("█")
    drawn: list[int] = []
    monkeypatch.setattr(stage.strip, "refresh", lambda *_, **__: drawn.append(1))
    for _ in range(5):
        stage.show()
    assert not stage.strip._tick.is_coming  # noqa: SLF001
    for _ in range(5):
        stage.write({22: (1, 0)})
        stage.show()
    assert stage.strip._tick.is_coming  # noqa: SLF001
    assert drawn == []
    for _ in range(300):
        if drawn:
            break
        await stage.pilot.pause(0.01)
    assert drawn == [1]


@pytest.mark.parametrize("width", [1, 8, 15, 34, 35, 160])
async def test_it_fits_in_any_width(width: int) -> None:
    async with opened(width, 30) as stage:
        stage.write({second: (second % 7, second % 50 == 0) for second in range(300)})
        stage.show(here=299)
        for _ in range(300):
            if "".join(stage.rows()).strip():
                break
            await stage.pilot.pause(0.01)
        assert [len(row) for row in stage.rows()] == [width, width]


@pytest.mark.parametrize("theme", sorted(THEMES))
async def test_errors_have_the_colour_of_danger_in_each_theme(stage: Stage, theme: str) -> None:
    stage.app.theme = theme
    stage.write({second: (3, second == 10) for second in range(22)})
    stage.show()
    await stage.until_it_shows("█")
    (error,) = [it for it in stage.strip.render_line(0) if it.text == "▁"]
    assert error.style is not None
    assert error.style.color == stage.strip._looks.tint("$danger").color  # noqa: SLF001
