"""Keys and clicks faster than anybody can look, as from a cat on the keyboard."""

from __future__ import annotations

import random
import re
import signal
from pathlib import Path

import pytest

from tests.pty.conftest import OpenApp, Simulate
from tests.pty.escapes import foreign
from tests.pty.seat import DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, UP, crash_reports
from tests.support.terminal import Terminal

KEYS = (
    *"hjklgGftvVnN0$zsrpSKRdxI<>*![]123/:?+- bTD&'\"@cmuyCJPXYLw|.",
    *(ENTER, TAB, ESCAPE, UP, DOWN, PAGE_DOWN, "\x1b[Z", "\x1b[C", "\x1b[D", "\x12", "\x7f"),
)
"""All but what leaves the screen to a shell, and what ends it; menus and clicks may do both."""
COPIED = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")
"""How the menu and the palette hand a text to the clipboard; nothing in it is the engine's own."""
SIZES = ((160, 50), (120, 35), (80, 24), (60, 15), (40, 10))
STROKES, BURST = 320, 8
ROOT = Path(__file__).parents[2]
LAST_SIZE = 150, 45
OTHER_SCREEN = 1049
"""The private mode that is on as long as the app, and no shell, has the terminal."""
LEFT = b"\x1b[?1049l"


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log may be saved, with whatever name is typed."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_storm_of_keys_ends_it(open_app: OpenApp, simulate: Simulate, seed: int) -> None:
    chance = random.Random(seed)
    host = simulate(chance.choice(["odd", "demo"])).base_url
    terminal = start(open_app, host)
    for _ in range(STROKES // BURST):
        if terminal.has_ended():
            check_end(terminal)
            terminal = start(open_app, host)
        burst(terminal, chance)
        assert told(terminal) == ""
    if not terminal.has_ended():
        if OTHER_SCREEN in terminal.private_modes_left():
            check_painted(terminal)
        terminal.signal(signal.SIGTERM)
    check_end(terminal)


def start(open_app: OpenApp, host: str) -> Terminal:
    """Open the program, and wait until it heeds keys."""
    terminal = open_app(host=host, env={"PYTHONPATH": str(ROOT)})
    terminal.wait_for("q quit")
    return terminal


def check_painted(terminal: Terminal) -> None:
    """It still paints, in a size that it never had."""
    before = len(terminal.painted)
    terminal.resize(*LAST_SIZE)
    terminal.wait_for(lambda it: len(terminal.painted) > before and bool(it.lines[0].strip()))


def burst(terminal: Terminal, chance: random.Random) -> None:
    """Press keys, click, and drag the window's corner now and then."""
    click = chance.randrange(160) + 1, chance.randrange(50) + 1
    strokes = [chance.choice(KEYS) for _ in range(BURST)]
    strokes += [f"\x1b[<0;{click[0]};{click[1]}{letter}" for letter in "Mm"]
    for each in strokes:
        terminal.send(each)
    if chance.random() < 0.2:
        terminal.resize(*chance.choice(SIZES))
    terminal.wait_for_quiet(0.02, 0.5)


def check_end(terminal: Terminal) -> None:
    """However it came to end: it was no crash, and all it wrote was its own."""
    ended = terminal.wait_ended()
    assert told(terminal) == ""
    assert ended == 0
    terminal.assert_usable()
    if terminal.raw.count(LEFT) == 1:  # No shell or pager had a say in between.
        assert [it for it in foreign(terminal.raw) if not COPIED.fullmatch(it)] == []


def told(terminal: Terminal) -> str:
    """What the program wrote down of mistakes of its own."""
    return "\n".join(it.read_text() for it in crash_reports(terminal))
