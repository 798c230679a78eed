"""A log view in an app: what is on screen, and what moves it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from dockertui.store.log_store import LogStore
from dockertui.widgets.log_layout import ASCII_MARKS, Stamps
from dockertui.widgets.log_view import LogView

WIDTH, HEIGHT = 40, 10


class LogApp(App[None]):
    """Nothing but a log."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[LogView.StateChanged] = []

    def compose(self) -> ComposeResult:
        yield LogView()

    def on_log_view_state_changed(self, message: LogView.StateChanged) -> None:
        self.told.append(message)


class Screen:
    """What a test does with the app."""

    def __init__(self, app: LogApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.view = app.query_one(LogView)
        self.store = LogStore()

    def write(self, *texts: str | bytes, stream: str = "1") -> None:
        """Give the store lines, and say so."""
        for text in texts:
            raw = text if isinstance(text, bytes) else text.encode()
            self.store.append(f"{stream}2026-11-23T12:03:11.123456789Z ".encode() + raw + b"\n")
        self.view.grew()

    def count(self, start: int, end: int) -> None:
        """Write numbered lines."""
        self.write(*(f"line {number}" for number in range(start, end)))

    def rows(self) -> list[str]:
        """The text on screen, scroll bar included."""
        return [self.view.render_line(y).text for y in range(self.view.size.height)]

    def texts(self) -> list[str]:
        """The text on screen, without marks and blanks."""
        return [row[:-1].strip() for row in self.rows() if row[:-1].strip()]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        for _ in range(200):
            if is_so():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(self.rows())

    async def shows(self, texts: list[str]) -> None:
        """Wait for these rows, which must be all."""
        await self.until(lambda: self.texts() == texts)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)


@pytest.fixture
async def screen() -> AsyncIterator[Screen]:
    app = LogApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = Screen(app, pilot)
        screen.view.set_layout(replace(screen.view.reader.layout, stamps=Stamps.OFF))
        screen.view.show(screen.store)
        screen.view.focus()
        await pilot.pause()
        yield screen


def numbered(start: int, end: int) -> list[str]:
    return [f"line {number}" for number in range(start, end)]


async def test_the_first_lines_are_drawn_at_once(screen: Screen) -> None:
    screen.count(0, 3)
    await screen.shows(numbered(0, 3))


async def test_it_follows_what_comes(screen: Screen) -> None:
    screen.count(0, 100)
    await screen.shows(numbered(90, 100))
    screen.count(100, 125)
    await screen.shows(numbered(115, 125))
    assert screen.view.position_text == "following ─ 125 lines"


async def test_scrolling_up_stops_following_and_says_how_many_lines_came(screen: Screen) -> None:
    screen.count(0, 100)
    await screen.press("up", "k")
    await screen.shows(numbered(88, 98))
    assert screen.view.position_text == "lines 89 to 98 of 100"
    screen.count(100, 224)
    await screen.until(lambda: screen.app.told[-1].new_lines == 124)
    await screen.shows(numbered(88, 98))
    assert screen.view.position_text == "↓ 124 new lines"
    assert not screen.app.told[-1].following


@pytest.mark.parametrize("key", ["end", "G", "f"])
async def test_a_key_resumes(screen: Screen, key: str) -> None:
    screen.count(0, 100)
    await screen.press("pageup")
    screen.count(100, 150)
    await screen.press(key)
    await screen.shows(numbered(140, 150))
    screen.count(150, 160)
    await screen.shows(numbered(150, 160))


async def test_scrolling_down_to_the_end_follows_again(screen: Screen) -> None:
    screen.count(0, 100)
    await screen.press("up", "up")
    assert not screen.view.reader.following
    await screen.press("down", "j")
    assert screen.view.reader.following


async def test_f_makes_a_log_stand_still(screen: Screen) -> None:
    screen.count(0, 100)
    await screen.press("f")
    screen.count(100, 110)
    await screen.until(lambda: screen.app.told[-1].new_lines == 10)
    await screen.shows(numbered(90, 100))


async def test_a_short_log_follows_whatever_is_pressed(screen: Screen) -> None:
    screen.count(0, 3)
    await screen.press("up", "pageup", "g", "down", "ctrl+u")
    screen.count(3, 20)
    await screen.shows(numbered(10, 20))


async def test_keys_move_by_rows_and_pages(screen: Screen) -> None:
    screen.count(0, 100)
    for keys, top in (
        (["g"], 0),
        (["down", "j"], 2),
        (["pagedown"], 11),
        (["space"], 20),
        (["pageup"], 11),
        (["ctrl+d"], 16),
        (["ctrl+u"], 11),
        (["b", "b", "b"], 0),
        (["up"], 0),
    ):
        await screen.press(*keys)
        assert screen.texts() == numbered(top, top + 10), keys


async def test_the_wheel_scrolls(screen: Screen) -> None:
    screen.count(0, 100)
    wheel = events.MouseScrollUp(screen.view, 1, 1, 0, -1, 0, False, False, False)
    screen.view.post_message(wheel)
    await screen.pilot.pause()
    await screen.shows(numbered(87, 97))


async def test_the_scroll_bar_can_be_dragged(screen: Screen) -> None:
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


async def test_another_store_is_shown_at_once_and_nothing_of_the_old_is_left(
    screen: Screen,
) -> None:
    screen.write("x" * 100)
    await screen.press("right", "up")
    other = LogStore()
    other.append(b"12026-11-23T12:03:11Z other\n")
    screen.view.show(other)
    await screen.shows(["other"])
    assert screen.view.reader.following


async def test_lines_that_are_read_stay_when_the_store_drops_them(screen: Screen) -> None:
    screen.store = LogStore(limit_bytes=300_000, hot_bytes=300_000)
    screen.view.show(screen.store)
    screen.count(0, 1_000)
    await screen.press("g", "down")
    screen.count(1_000, 30_000)
    assert screen.store.first > 1_000
    await screen.until(lambda: screen.app.told[-1].dropped == screen.store.first)
    await screen.shows(numbered(1, 11))
    assert "older lines dropped" in screen.view.position_text
    await screen.press("down")
    assert screen.texts()[0] == f"line {screen.store.first + 1}"


async def test_long_lines_are_cut_at_the_edge_with_a_mark(screen: Screen) -> None:
    screen.write("0123456789" * 10, "short")
    await screen.shows(["0123456789" * 3 + "0123456…", "short"])


async def test_sideways_one_sees_the_rest(screen: Screen) -> None:
    screen.write("0123456789" * 10)
    await screen.press("right")
    await screen.shows(["89" + "0123456789" * 3 + "01234…"])
    await screen.press("dollar_sign")
    await screen.shows(["23456789" + "0123456789" * 3])
    await screen.press("right")
    await screen.shows(["23456789" + "0123456789" * 3])
    await screen.press("left", "0")
    assert screen.texts()[0].startswith("0123")


async def test_sideways_goes_through_wide_characters_cell_by_cell(screen: Screen) -> None:
    screen.write("日本" * 30, "\x1b[31m" + "0123456789" * 9)
    await screen.press("right", "right")
    for row in screen.rows():
        assert len(row) + sum(row.count(each) for each in "日本") == WIDTH
    assert screen.texts()[1].startswith("6789")


async def test_wrapping_folds_long_lines_and_stays_at_the_end(screen: Screen) -> None:
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


async def test_in_a_wrapped_log_one_goes_row_by_row_through_a_line(screen: Screen) -> None:
    screen.write("".join(f"row{number:<35}" for number in range(100)))
    await screen.press("w")
    await screen.shows([f"row{number}" for number in range(90, 100)])
    await screen.press("up")
    assert screen.texts()[0] == "row89"
    await screen.press("g", "pagedown", "down")
    assert screen.texts()[0] == "row10"


async def test_toggling_the_wrap_keeps_the_line_at_the_top(screen: Screen) -> None:
    screen.write(*(f"{number} " + "x" * 100 for number in range(50)))
    await screen.press("g", *["down"] * 20)
    await screen.press("w")
    assert screen.texts()[0].startswith("20 x")
    await screen.press("w")
    assert screen.texts()[0].startswith("20 x")


async def test_resizing_keeps_the_line_at_the_top(screen: Screen) -> None:
    screen.count(0, 100)
    await screen.press("g", *["down"] * 20)
    await screen.pilot.resize_terminal(60, 20)
    await screen.shows(numbered(20, 40))


async def test_stderr_is_told_apart_by_its_shape(screen: Screen) -> None:
    screen.write("out")
    screen.write("err", stream="2")
    screen.write("terminal", stream="0")
    assert [row[0] for row in screen.rows()[:3]] == [" ", "▌", " "]
    screen.view.set_layout(replace(screen.view.reader.layout, marks=ASCII_MARKS))
    assert [row[0] for row in screen.rows()[:3]] == [" ", "!", " "]


async def test_times_are_local_and_a_key_cycles_through_their_forms(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    await screen.pilot.resize_terminal(60, 10)
    screen.write("x")
    await screen.press("t")
    await screen.shows(["17:33:11 x"])
    await screen.press("t")
    await screen.shows(["2026-11-23 17:33:11.123 x"])
    await screen.press("t")
    await screen.shows(["x"])
    monkeypatch.undo()
    time.tzset()


async def test_only_what_a_terminal_would_show_of_a_progress_bar_is_shown(screen: Screen) -> None:
    screen.write("10%\r50%\r100% done\r", "a\r\x1b[K", "Pulling\r\x1b[2K\x1b[32mPulled\x1b[0m\r")
    await screen.shows(["100% done", "a", "Pulled"])


HOSTILE = (
    b"a\x1b[2Jb\x1b]0;pwn\x07c",
    b"\x1b]52;c;aGk=\x1b\\d\xc2\x9b2Je",
    b"\x00\x00f\x08\x7fg",
    "\u202eh\u2066i\u200dj".encode(),
    b"k\xff\xfe\xc3l\xf0\x9f",
    b"[@click=app.bell]m[/] [/red]",
)


@pytest.mark.parametrize("wrap", [False, True])
async def test_nothing_hostile_is_drawn_and_every_row_is_as_wide_as_the_view(
    screen: Screen, wrap: bool
) -> None:
    screen.view.set_layout(replace(screen.view.reader.layout, wrap=wrap))
    screen.write(*HOSTILE)
    await screen.until(lambda: screen.texts()[-1:] == ["[@click=app.bell]m[/] [/red]"])
    for y in range(HEIGHT):
        strip = screen.view.render_line(y)
        assert strip.cell_length == WIDTH
        assert all(each.control is None for each in strip)
        assert not any(ord(each) < 32 or 0x7F <= ord(each) < 0xA0 for each in strip.text)
        assert not set(strip.text) & set("\u202e\u2066\u200d")


@pytest.mark.parametrize("wrap", [False, True])
async def test_a_line_of_ten_megabytes_is_read_piece_by_piece(screen: Screen, wrap: bool) -> None:
    screen.view.set_layout(replace(screen.view.reader.layout, wrap=wrap))
    screen.write("before", "é\x1b[1m日" * 1_500_000, "after")
    await screen.until(lambda: screen.texts()[-1:] == ["after"])
    await screen.press(*["pageup"] * 5)
    assert len(screen.texts()) == 10
    assert not set("".join(screen.texts())) - set("é日… ▐")
    await screen.press("g")
    assert screen.texts()[0] == "before"


async def test_an_empty_log_says_why_until_lines_come(screen: Screen) -> None:
    screen.view.explain("This container's log driver, none, keeps nothing\x1b[2J to read.")
    assert " ".join(screen.texts()) == (
        "This container's log driver, none, keeps nothing�[2J to read."
    )
    assert screen.view.position_text == ""
    screen.count(0, 1)
    await screen.shows(["line 0"])


async def test_a_stale_log_has_no_colours_of_its_own(screen: Screen) -> None:
    screen.write("\x1b[31mred")
    fresh = {each.style.color for each in screen.view.render_line(0) if each.style}
    screen.view.stale = True
    await screen.pilot.pause()
    stale = {each.style.color for each in screen.view.render_line(0) if each.style}
    assert len(fresh) > len(stale) == 1


async def test_a_theme_changes_a_log_at_once(screen: Screen) -> None:
    screen.write("text")
    dark = screen.view.render_line(0)
    screen.app.theme = "textual-light"
    await screen.pilot.pause()
    assert screen.view.render_line(0).text == dark.text
    assert screen.view.render_line(0) != dark


async def test_without_colour_lines_keep_their_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = LogApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = Screen(app, pilot)
        screen.view.show(screen.store)
        screen.write("\x1b[1;31mboth\x1b[0m no")
        both, plain = screen.view.render_line(0)._segments[-4:-2]  # noqa: SLF001
        assert both.style
        assert plain.style
        assert both.style.bold
        assert both.style.color == plain.style.color


async def test_a_log_that_does_not_grow_draws_nothing(screen: Screen) -> None:
    screen.count(0, 100)
    await screen.shows(numbered(90, 100))
    told = len(screen.app.told)
    screen.view.grew()
    await screen.pilot.pause()
    assert len(screen.app.told) == told


async def test_many_growths_in_a_frame_are_drawn_once(screen: Screen) -> None:
    screen.count(0, 1)
    await screen.shows(numbered(0, 1))
    told = len(screen.app.told)
    for number in range(1, 200):
        screen.count(number, number + 1)
    await screen.shows(numbered(190, 200))
    assert len(screen.app.told) - told <= 3


async def test_the_visible_page_can_be_had_as_text(screen: Screen) -> None:
    screen.count(0, 20)
    screen.write("\x1b[31m" + "x" * 100)
    assert screen.view.visible_text.split("\n") == [*numbered(11, 20), "x" * 100]
