"""Names, labels, variables and log lines that want to be more than text."""

from __future__ import annotations

import docker
import pytest

from tests.pty.conftest import OpenApp, Simulate
from tests.pty.escapes import foreign
from tests.pty.seat import DOWN, ENTER, ESCAPE, click, find, press
from tests.support.real_engine import RealEngine
from tests.support.terminal import Terminal

MARKUP = "[@click=app.quit]x[/] [/] [bold red]$"
ESCAPES = "\x1b]52;c;cm0=\x07\x1b]0;owned\x07\x9b31m\x9d0;x\x9c\x1bc\x1bPq\x1b\\\u202e\u2066\u200f"
WRITES = r"""
printf '%s\n' "$0"
printf '\033]52;c;cm0=\007clip \033]0;owned\007title \033c \033[2J\033[?1049l\033Pq#1\033\\ dcs\n'
printf '\2332J raw C1, \23552;c;cm0=\234 \302\2332J C1, \377\376 broken, \342\200\256turned\n'
printf 'bell \007 back \010 shift \016 delete \177 return\rhere\n'
printf 'last line\n'
sleep 1000000
"""
"""What a container writes; `$0` is what its command line says."""
TABS = 5

Known = dict[str, tuple[str, str]]


def known_to(base_url: str) -> Known:
    """Every container that an engine has, with its state, and every image."""
    client = docker.APIClient(base_url, version="1.41", timeout=10)
    try:
        containers = {it["Id"]: (it["State"], it["Image"]) for it in client.containers(all=True)}
        return containers | {it["Id"]: ("image", "") for it in client.images()}
    finally:
        client.close()


def see_everything(terminal: Terminal, rows: int) -> None:
    """Walk through rows, with another tab open at each, and through all tabs of the last."""
    for _ in range(rows):
        press(terminal, DOWN, "]")
    press(terminal, *"]" * TABS)


def open_everything(terminal: Terminal) -> None:
    """Open every dialog on the selected object, and say no to each."""
    for opening in (ENTER, "d", ":", "?", "R", "S", "K", "Y", "a"):
        press(terminal, opening, ESCAPE)
    press(terminal, "z", "4", "v", "w", "t", ESCAPE, "z")


def assert_harmless(terminal: Terminal) -> None:
    """Check that it still runs, with nothing but text and escapes of its own on the wire."""
    terminal.wait_for("quit")
    assert foreign(terminal.raw) == []


@pytest.mark.parametrize(("columns", "rows"), [(160, 50), (80, 24)])
def test_no_oddity_of_a_simulated_engine_reaches_the_terminal_or_starts_anything(
    open_app: OpenApp, simulate: Simulate, columns: int, rows: int
) -> None:
    engine = simulate("odd")
    before = known_to(engine.base_url)
    terminal = open_app(host=engine.base_url, columns=columns, rows=rows)
    terminal.wait_for("hostile-tty")
    see_everything(terminal, sum(state != "image" for state, _ in before.values()))
    press(terminal, "/", "click", ENTER)
    terminal.wait_for("[@click")
    press(terminal, *"]" * TABS)
    open_everything(terminal)
    press(terminal, ESCAPE, "2")
    see_everything(terminal, sum(state == "image" for state, _ in before.values()))
    press(terminal, "/", "click", ENTER, ENTER, ESCAPE, "d", ESCAPE, ESCAPE)
    assert_harmless(terminal)
    assert known_to(engine.base_url) == before


def test_a_click_on_hostile_text_does_nothing_but_select(
    open_app: OpenApp, simulate: Simulate
) -> None:
    engine = simulate("odd")
    before = known_to(engine.base_url)
    terminal = open_app(host=engine.base_url)
    terminal.wait_for("[@click")
    column, row = find(terminal, "[@click")
    for offset in range(0, 24, 4):
        click(terminal, column + offset, row)
    terminal.wait_for(lambda picture: "─ [@click" in picture.lines[1])
    for _ in range(TABS):
        for number, line in enumerate(terminal.look().lines):
            if number > 1 and (at := line.find("[@click", 80)) > 0:
                click(terminal, at + len("[@click=app.quit]"), number)
        press(terminal, "]")
    assert_harmless(terminal)
    assert known_to(engine.base_url) == before


@pytest.mark.engine
@pytest.mark.parametrize("tty", [False, True])
def test_what_a_real_container_writes_and_carries_stays_text(
    open_app: OpenApp, real_engine: RealEngine, *, tty: bool
) -> None:
    hostile = f"{MARKUP}{ESCAPES}"
    container = real_engine.run(
        f"hostile-{'tty' if tty else 'pipe'}",
        ["sh", "-c", WRITES, hostile],
        tty=tty,
        labels={hostile: hostile, "com.docker.compose.project": hostile, "[/]": "[/]"},
        environment={"HOSTILE": hostile, MARKUP: "[/]"},
    )
    try:
        terminal = open_app(host=real_engine.base_url)
        terminal.wait_for("last line")
        press(terminal, *"]" * TABS)
        open_everything(terminal)
        column, row = find(terminal, "hostile-")
        click(terminal, column, row)
        assert_harmless(terminal)
        container.reload()
        assert container.status == "running"
    finally:
        container.remove(force=True)
