"""What a log view shows of what a container wrote, and how it looks."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from dockertui.store.log_pattern import Pattern
from dockertui.store.log_source import LogSource
from dockertui.widgets.log_looks import ASCII_MARKS
from dockertui.widgets.log_stamps import Stamps
from tests.support.log_screen import HEIGHT, WIDTH, LogApp, LogScreen, opened_log


@pytest.fixture
async def screen() -> AsyncIterator[LogScreen]:
    async with opened_log() as screen:
        yield screen


async def test_stderr_is_told_apart_by_its_shape(screen: LogScreen) -> None:
    screen.write("out")
    screen.write("err", stream="2")
    screen.write("terminal", stream="0")
    assert [row[0] for row in screen.rows()[:3]] == [" ", "▌", " "]
    screen.view.set_layout(replace(screen.view.reader.layout, marks=ASCII_MARKS))
    assert [row[0] for row in screen.rows()[:3]] == [" ", "!", " "]


async def test_times_are_local_and_a_key_cycles_through_their_forms(
    screen: LogScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    await screen.pilot.resize_terminal(60, 10)
    screen.write("x", second=59)
    await screen.press("t")
    await screen.shows(["17:33:59 x"])
    await screen.press("t")
    await screen.shows(["2026-11-23 17:33:59.123 x"])
    await screen.press("t")
    await screen.shows(["2026-11-23 12:03:59.123Z x"])
    screen.write("y", second=58)
    await screen.press("t")
    await screen.shows(["x", "-1.000 y"])
    await screen.press("t")
    await screen.shows(["x", "y"])
    monkeypatch.undo()
    time.tzset()


async def test_only_what_a_terminal_would_show_of_a_progress_is_shown(
    screen: LogScreen,
) -> None:
    screen.write("10%\r50%\r100% done\r", "a\r\x1b[K", "Pulling\r\x1b[2K\x1b[32mPulled\x1b[0m\r")
    await screen.shows(["100% done", "a", "Pulled"])


HOSTILE = (
    b"a\x1b[2Jb\x1b]0;pwn\x07c",
    b"\x1b]52;c;aGk=\x1b\\d\xc2\x9b2Je",
    b"\x00\x00f\x08\x7fg",
    "\u202eh\u2066i\u200dj".encode(),
    b"k\xff\xfe\xc3l\xf0\x9f",
    b"[@click=app.bell]m[/] [/red]",
    b'{"msg":"\\u001b[2J\\u202e\\u0007","a\\u009b2J":"\\u0000"}',
    b'level=info msg="\x1b]0;pwn\x07" a\x9b=b',
    b"ERROR \x1b[1m[@click=app.bell]m[/] [/red]",
)
LOOKS: tuple[dict[str, Any], ...] = (
    {},
    {"wrap": True},
    {"raw": True},
    {"controls": True},
    {"pattern": Pattern("[^z]", regex=True)},
    {"stamps": Stamps.UTC, "sources": {b"": LogSource(name="web", short="web")}},
)


@pytest.mark.parametrize("look", LOOKS)
async def test_nothing_hostile_is_drawn_and_every_row_is_as_wide_as_the_view(
    screen: LogScreen, look: dict[str, Any]
) -> None:
    screen.view.set_layout(replace(screen.view.reader.layout, **look))
    screen.write(*HOSTILE)
    screen.write("restarted\x1b[2J: exited 1", stream="3")
    screen.write("end")
    await screen.until(lambda: screen.texts()[-1].endswith("end"))
    for strip in screen.strips():
        assert strip.cell_length == WIDTH
        assert all(each.control is None for each in strip)
        assert not any(ord(each) < 32 or 0x7F <= ord(each) < 0xA0 for each in strip.text)
        assert not set(strip.text) & set("\u202e\u2066\u200d")


@pytest.mark.parametrize("wrap", [False, True])
async def test_ten_megabytes_in_a_line_are_read_piecewise(screen: LogScreen, wrap: bool) -> None:
    screen.view.set_layout(replace(screen.view.reader.layout, wrap=wrap))
    screen.write("before", "é\x1b[1m日" * 1_500_000, "after")
    await screen.until(lambda: screen.texts()[-1:] == ["after"])
    await screen.press(*["pageup"] * 5)
    assert len(screen.texts()) == 10
    assert not set("".join(screen.texts())) - set("é日… ▐")
    await screen.press("g")
    assert screen.texts()[0] == "before"


async def test_fields_are_shown_readable_or_as_they_came(screen: LogScreen) -> None:
    written = '{"level":"warn","msg":"slow","ms":1812}'
    screen.write(written)
    await screen.shows(["WARN  slow ms=1812"])
    screen.view.set_layout(replace(screen.view.reader.layout, raw=True, left=2))
    await screen.until(lambda: screen.texts()[0].startswith(written[2:30]))


async def test_a_rule_says_what_happened_between_two_lives(screen: LogScreen) -> None:
    screen.write("last words")
    screen.write("restarted: exited 1, 12:03", stream="3")
    screen.write("first words")
    await screen.shows(["last words", "── restarted: exited 1, 12:03 ─────────", "first words"])


async def test_an_empty_log_says_why_until_lines_come(screen: LogScreen) -> None:
    screen.view.explain("This container's log driver, none, keeps nothing\x1b[2J to read.")
    assert " ".join(screen.texts()) == (
        "This container's log driver, none, keeps nothing�[2J to read."
    )
    assert screen.view.position_text == ""
    screen.count(0, 1)
    await screen.shows(["line 0"])


async def test_a_stale_log_has_no_colours_of_its_own(screen: LogScreen) -> None:
    screen.write("\x1b[31mred")
    fresh = {each.style.color for each in screen.strips()[0] if each.style}
    screen.view.stale = True
    await screen.pilot.pause()
    stale = {each.style.color for each in screen.strips()[0] if each.style}
    assert len(fresh) > len(stale) == 1


async def test_a_theme_changes_a_log_at_once(screen: LogScreen) -> None:
    screen.write("text")
    dark = screen.strips()[0]
    screen.app.theme = "textual-light"
    await screen.pilot.pause()
    assert screen.strips()[0].text == dark.text
    assert screen.strips()[0] != dark


async def test_without_colour_lines_keep_their_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = LogApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = LogScreen(app, pilot)
        screen.view.show(screen.store)
        screen.write("\x1b[1;31mboth\x1b[0m no")
        _, both, plain, *_ = screen.strips()[0]
        assert both.style
        assert plain.style
        assert both.style.bold
        assert both.style.color == plain.style.color
