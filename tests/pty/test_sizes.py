"""Every size, no colour, and a plain locale."""

from __future__ import annotations

import itertools

import pytest

from tests.pty.conftest import OpenApp, Simulate
from tests.pty.escapes import colours
from tests.pty.seat import DOWN, ENTER, ESCAPE, READY, press
from tests.support.terminal import Picture, Terminal

SIZES = ((160, 50), (120, 35), (80, 24), (60, 15))
TOO_SMALL = ((40, 10), (59, 24), (80, 14))


def is_whole(picture: Picture) -> bool:
    """Do the frames of the panes close at the edges, the keys stand last, and nothing beyond?"""
    lines = picture.lines
    top, bottom = lines[1], lines[-2]
    return (
        " dockertui " in lines[0]
        and (top[0], top[-1]) == ("╭", "╮")
        and (bottom[0], bottom[-1]) == ("╰", "╯")
        and lines[-1].rstrip().endswith("q quit")
        and all(line[-1] in "│╮╯" for line in lines[1:-1])
    )


def act(terminal: Terminal) -> None:
    """List, select, filter, read, ask and decline: the little that must work at any size."""
    press(terminal, "1", "/")
    terminal.wait_for("words, !not")
    terminal.send("shop-db" + ENTER)
    terminal.wait_for("/shop-db")
    terminal.wait_for("shop-db-1")
    terminal.wait_for(lambda picture: "shop-web-1" not in picture.text)
    terminal.send("d")
    terminal.wait_for("Remove shop-db-1?")
    terminal.wait_for("esc Keep")
    press(terminal, ESCAPE)
    terminal.wait_for(lambda picture: "Remove shop-db-1?" not in picture.text)
    terminal.send("l")
    terminal.wait_for(READY)
    press(terminal, ESCAPE, ESCAPE)
    terminal.wait_for(lambda picture: "/shop-db" not in picture.text)


@pytest.mark.parametrize("size", SIZES)
def test_the_main_things_work_at_every_size(
    open_app: OpenApp, simulate: Simulate, size: tuple[int, int]
) -> None:
    terminal = open_app(host=simulate("demo").base_url, columns=size[0], rows=size[1])
    terminal.wait_for("ci-runner")
    terminal.wait_for(is_whole)
    act(terminal)
    terminal.wait_for(is_whole)
    press(terminal, "z", DOWN, "z")
    terminal.wait_for(is_whole)


def test_it_fits_itself_to_every_size_while_it_runs(open_app: OpenApp, simulate: Simulate) -> None:
    terminal = open_app(host=simulate("demo").base_url)
    terminal.wait_for(READY)
    press(terminal, DOWN, DOWN, DOWN)
    for size in (size for pair in itertools.permutations(SIZES, 2) for size in pair):
        terminal.resize(*size)
        terminal.wait_for(is_whole)
        terminal.wait_for("registry")
    terminal.send("d")
    terminal.wait_for("Remove registry?")
    for size in SIZES:
        terminal.resize(*size)
        terminal.wait_for("Remove registry?")
        terminal.wait_for("esc Keep")


def test_what_is_too_small_is_said_and_passes(open_app: OpenApp, simulate: Simulate) -> None:
    terminal = open_app(host=simulate("demo").base_url, columns=40, rows=10)
    terminal.wait_for("dockertui needs a terminal of 60x15")
    terminal.wait_for(lambda picture: "╭" not in picture.text)
    for size in TOO_SMALL:
        terminal.resize(80, 24)
        terminal.wait_for(is_whole)
        terminal.resize(*size)
        terminal.wait_for("dockertui needs a terminal of 60x15")
        terminal.wait_for(lambda picture: "╭" not in picture.text)
    terminal.send("q")
    assert terminal.wait_ended() == 0


def test_without_colour_not_one_is_asked_for_and_state_is_told_all_the_same(
    open_app: OpenApp, simulate: Simulate
) -> None:
    terminal = open_app(host=simulate("demo").base_url, env={"NO_COLOR": "1"})
    terminal.wait_for(READY)
    shown = terminal.look()
    for mark in ("● ci-runner", "◐ mailpit", "◌ new-landing", "✖ import-2024", "○ nightly-backup"):
        assert mark in shown
    press(terminal, DOWN, "]", "]", ENTER, ESCAPE, "?", ESCAPE, ":", ESCAPE, "d", ESCAPE, "T")
    press(terminal, " ", "2", "3", "4", "z", ESCAPE, "/", "web", ENTER)
    assert colours(terminal.raw) == set()
    assert b"\x1b[7" in terminal.raw or b";7" in terminal.raw, "the selected row does not stand out"


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", ""])
def test_it_works_in_any_locale(open_app: OpenApp, simulate: Simulate, locale: str) -> None:
    terminal = open_app(
        host=simulate("demo").base_url, env={"LANG": locale, "LC_ALL": locale}, columns=80, rows=24
    )
    terminal.wait_for("ci-runner")
    press(terminal, DOWN, "]")
    terminal.wait_for("old-queue")
    terminal.send("q")
    assert terminal.wait_ended() == 0
    terminal.assert_usable()
