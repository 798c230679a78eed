"""The engine dies, stays silent, was never there; and comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.pty.conftest import OpenApp
from tests.pty.seat import press
from tests.support.real_engine import RealEngine
from tests.support.terminal import Picture, Terminal

pytestmark = pytest.mark.engine

TICKING = ["sh", "-c", "n=0; while :; do echo tick $n; n=$((n+1)); sleep 0.2; done"]
SILENCE_S = 3.0
"""After how long a silent engine must look lost."""


def is_lost(picture: Picture) -> bool:
    return " lost " in picture.lines[0] and "ago:" in picture.lines[0]


def is_up(picture: Picture) -> bool:
    return "● default" in picture.lines[0]


@pytest.fixture
def watched(open_app: OpenApp, mortal_engine: RealEngine) -> Iterator[Terminal]:
    """The program, looking at a container that writes a line five times a second."""
    mortal_engine.run("ticker", TICKING, restart_policy={"Name": "always"})
    terminal = open_app(host=mortal_engine.base_url)
    terminal.wait_for("following")
    terminal.wait_for("tick ")
    yield terminal
    mortal_engine.clear()


@contextmanager
def frozen(engine: RealEngine) -> Iterator[None]:
    engine.freeze()
    try:
        yield
    finally:
        engine.thaw()


def last_tick(terminal: Terminal) -> int:
    """The number of the last line in the log."""
    lines = [it for it in terminal.look().lines if " tick " in it]
    return int(lines[-1].split(" tick ")[1].split()[0])


def test_the_app_follows_an_engine_that_is_killed_and_comes_back(
    watched: Terminal, mortal_engine: RealEngine
) -> None:
    gone = mortal_engine.run("goes-meanwhile")
    watched.wait_for("goes-meanwhile")
    killed_s = time.perf_counter()
    mortal_engine.kill()
    assert watched.wait_for(is_lost, 3.0) - killed_s < 1.0
    assert "ticker" in watched.look()
    assert "tick " in watched.look()
    watched.send("s")
    watched.wait_for("does not answer. Nothing was done.")
    mortal_engine.start()
    watched.wait_for(is_up, 15.0)
    gone.remove(force=True)
    watched.wait_for(lambda picture: "goes-meanwhile" not in picture.text)
    mortal_engine.run("came-after")
    watched.wait_for("came-after")
    before = last_tick(watched)
    watched.wait_for(lambda _: last_tick(watched) > before + 3)
    watched.wait_for("following")


def test_a_silent_engine_looks_lost_within_three_seconds_and_comes_back(
    watched: Terminal, mortal_engine: RealEngine
) -> None:
    with frozen(mortal_engine):
        frozen_s = time.perf_counter()
        lost_s = watched.wait_for(is_lost, 10.0) - frozen_s
        assert lost_s < SILENCE_S
        press(watched, "j", "]", "[")
        assert "ticker" in watched.look()
    before = last_tick(watched)
    watched.wait_for(is_up, 10.0)
    watched.wait_for(lambda _: last_tick(watched) > before + 3)


def test_no_engine_at_the_start_is_explained_and_found_when_it_comes(
    open_app: OpenApp, mortal_engine: RealEngine
) -> None:
    mortal_engine.run("was-there-all-along")
    mortal_engine.kill()
    terminal = open_app(host=mortal_engine.base_url, columns=80, rows=24)
    for words in (
        *("No engine answers. connection refused", mortal_engine.base_url),
        *("sudo systemctl start docker", "The address comes from DOCKER_HOST.", "Trying again"),
    ):
        terminal.wait_for(words)
    press(terminal, "s", "d", "j", "\r", "2", "/", "x", "?", "\x1b")
    starting = threading.Thread(target=mortal_engine.start)
    starting.start()
    try:
        terminal.wait_for("was-there-all-along", 20.0)
        terminal.wait_for(lambda picture: "No engine answers" not in picture.text)
        terminal.wait_for("d remove")
        terminal.send("d")
        terminal.wait_for("Remove was-there-all-along?")
    finally:
        starting.join()
        mortal_engine.clear()


def test_the_demo_engine_is_one_key_away_from_no_engine(open_app: OpenApp) -> None:
    terminal = open_app(host="unix:///nowhere/docker.sock")
    terminal.wait_for("There is no socket at unix:///nowhere/docker.sock.")
    terminal.send("D")
    terminal.wait_for("shop-web-1")
    terminal.wait_for("following")
    assert "No engine answers" not in terminal.text()
    press(terminal, "q")
    assert terminal.wait_ended() == 0
    terminal.assert_usable()


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (160, 50)])
def test_no_engine_is_explained_at_every_size(open_app: OpenApp, size: tuple[int, int]) -> None:
    terminal = open_app(host="tcp://127.0.0.1:1", columns=size[0], rows=size[1])
    for words in ("No engine answers.", "refused", "tcp://127.0.0.1:1", "ctrl+r", "demo engine"):
        terminal.wait_for(words)
