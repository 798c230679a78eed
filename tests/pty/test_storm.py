"""Keys and clicks faster than anybody can look, as from a cat on the keyboard."""

from __future__ import annotations

import random
import re
import signal

import pytest

from tests.pty.conftest import OpenApp, Simulate
from tests.pty.escapes import foreign
from tests.pty.seat import DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, UP, crash_reports

KEYS = (
    *"hjklgGftvVnN0$zsrpSKRdxI<>*![]123/:?+- bTD",
    *(ENTER, TAB, ESCAPE, UP, DOWN, PAGE_DOWN, "\x1b[Z", "\x1b[C", "\x1b[D", "\x12", "\x7f"),
)
"""All but what leaves the screen to a shell, and what ends it."""
COPIED = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")
"""How the menu and the palette hand a text to the clipboard; nothing in it is the engine's own."""
SIZES = ((160, 50), (120, 35), (80, 24), (60, 15), (40, 10))
STROKES, BURST = 320, 8


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_storm_of_keys_ends_it(open_app: OpenApp, simulate: Simulate, seed: int) -> None:
    chance = random.Random(seed)
    terminal = open_app(host=simulate(chance.choice(["odd", "demo"])).base_url)
    terminal.wait_for("q quit")
    for _ in range(STROKES // BURST):
        for _ in range(BURST):
            terminal.send(chance.choice(KEYS))
        click = chance.randrange(160), chance.randrange(50)
        terminal.send(f"\x1b[<0;{click[0] + 1};{click[1] + 1}M")
        terminal.send(f"\x1b[<0;{click[0] + 1};{click[1] + 1}m")
        if chance.random() < 0.2:
            terminal.resize(*chance.choice(SIZES))
        terminal.wait_for_quiet(0.02, 0.5)
        assert "\n".join(it.read_text() for it in crash_reports(terminal)) == ""
    terminal.resize(160, 50)
    terminal.wait_for("dockertui")
    terminal.signal(signal.SIGTERM)
    ended = terminal.wait_ended()
    assert "\n".join(it.read_text() for it in crash_reports(terminal)) == ""
    assert ended == 0
    terminal.assert_usable()
    assert [it for it in foreign(terminal.raw) if not COPIED.fullmatch(it)] == []
