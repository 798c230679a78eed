"""However it ends, the terminal is as it was, and nobody waits for it."""

from __future__ import annotations

import os
import signal
import stat
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty.conftest import OpenApp, Simulate
from tests.pty.seat import READY, crash_reports, press
from tests.support.real_engine import RealEngine, process_state
from tests.support.terminal import Terminal

SECRET = "hunter2-of-the-test"
MISTAKES = {
    "a key": "DetailPane.action_next_tab = fail",
    "a frame": "KeyBar.show = lambda self, hints: setattr(self, 'render', fail) or self.refresh()",
    "a worker": "Dispatcher.run = fail_later",
    "a timer": "MainScreen._tick = fail",
    "the first screen": "MainScreen.compose = fail",
    "what follows the engine": "StatusBar.show = fail",
}
PROGRAM = """
from dockertui.screens.dispatcher import Dispatcher
from dockertui.screens.main import MainScreen
from dockertui.widgets.detail_pane import DetailPane
from dockertui.widgets.key_bar import KeyBar
from dockertui.widgets.status_bar import StatusBar
from dockertui.cli import main

def fail(*_, **__):
    password = {secret!r}
    raise RuntimeError("a mistake " + str(len(password)))

async def fail_later(*_, **__):
    fail()

{mistake}
main(["--host", {host!r}])
"""
PATIENCE_S = 1.5
"""How long an end may take here, where several tests share the processors."""


@pytest.mark.parametrize("where", MISTAKES)
def test_a_crash_ends_in_one_sentence_and_a_report_of_the_persons_own(
    simulate: Simulate, where: str
) -> None:
    mistake, host = MISTAKES[where], simulate("demo").base_url
    program = PROGRAM.format(secret=SECRET, mistake=mistake, host=host)
    with Terminal([sys.executable, "-c", program], columns=120, rows=35) as terminal:
        if where in {"a key", "a worker"}:
            terminal.wait_for(READY)
            terminal.send("]" if where == "a key" else "p")
        assert terminal.wait_ended() == 1
        terminal.assert_usable()
        said = " ".join(terminal.text().split())
        assert said.startswith("dockertui ended because of a mistake of its own.")
        assert "Traceback" not in said
        (report,) = crash_reports(terminal)
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert str(report) in said.replace(" ", "")
        text = report.read_text("utf-8")
        assert "RuntimeError: a mistake 19" in text
        assert SECRET not in text.replace("password =", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("dialog", ["", "d", ":"])
def test_a_signal_ends_it_and_leaves_the_terminal_usable(
    open_app: OpenApp, simulate: Simulate, number: signal.Signals, dialog: str
) -> None:
    terminal = open_app(host=simulate("demo").base_url)
    terminal.wait_for(READY)
    press(terminal, *dialog)
    terminal.signal(number)
    terminal.wait_ended(PATIENCE_S)
    terminal.assert_usable()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_while_a_shell_has_the_terminal(
    open_app: OpenApp, simulate: Simulate, number: signal.Signals
) -> None:
    terminal = open_app(host=simulate("demo").base_url)
    terminal.wait_for(READY)
    terminal.send("e")
    terminal.wait_for(lambda picture: "dockertui" not in picture)
    terminal.wait_for(lambda picture: picture.text.rstrip().endswith(("#", "$")))
    terminal.signal(number)
    assert terminal.wait_ended(PATIENCE_S) == 0
    terminal.assert_usable()


def test_a_signal_before_the_first_answer_leaves_the_terminal_usable(open_app: OpenApp) -> None:
    terminal = open_app(host="unix:///nowhere/d.sock")
    terminal.wait_for("No engine answers")
    terminal.signal(signal.SIGTERM)
    terminal.wait_ended(PATIENCE_S)
    terminal.assert_usable()


def test_ctrl_c_does_not_end_it_by_accident(open_app: OpenApp, simulate: Simulate) -> None:
    terminal = open_app(host=simulate("demo").base_url)
    terminal.wait_for(READY)
    press(terminal, "\x03", "q")
    assert terminal.wait_ended(PATIENCE_S) == 0
    terminal.assert_usable()


def test_a_terminal_that_goes_away_takes_it_along(open_app: OpenApp, simulate: Simulate) -> None:
    terminal = open_app(host=simulate("demo").base_url)
    terminal.wait_for(READY)
    terminal.hang_up()
    terminal.wait_ended(PATIENCE_S)


@pytest.mark.parametrize("number", [None, signal.SIGTERM, signal.SIGKILL])
def test_the_demo_engine_ends_with_it(open_app: OpenApp, number: signal.Signals | None) -> None:
    terminal = open_app("--demo")
    terminal.wait_for(READY)
    engines = children_of(terminal.pid)
    assert engines
    if number is None:
        terminal.send("q")
    else:
        terminal.signal(number)
    terminal.wait_ended(PATIENCE_S)
    end_s = time.perf_counter() + 5
    while any(process_state(pid) not in {"", "Z", "X"} for pid in engines):
        assert time.perf_counter() < end_s, "the demo engine is left behind"
        time.sleep(0.01)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(it) for it in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def quitting_times(open_terminal: Callable[[], Terminal], runs: int = 3) -> list[float]:
    """How long the last key takes to end it, in seconds, for several runs."""
    times = []
    for _ in range(runs):
        terminal = open_terminal()
        pressed_s = terminal.send("q")
        assert terminal.wait_ended() == 0
        times.append(time.perf_counter() - pressed_s)
        terminal.assert_usable()
    sys.stdout.write(f"quitting took {', '.join(f'{it * 1000:.0f}' for it in times)} ms\n")
    return times


def test_quitting_is_quick_with_streams_open(open_app: OpenApp, simulate: Simulate) -> None:
    host = simulate("flood").base_url

    def opened() -> Terminal:
        terminal = open_app(host=host)
        terminal.wait_for(READY)
        return terminal

    assert statistics.median(quitting_times(opened)) < PATIENCE_S


def test_quitting_is_quick_with_an_engine_that_has_fallen_silent(
    open_app: OpenApp, simulate: Simulate
) -> None:
    engine = simulate("demo")

    def opened() -> Terminal:
        terminal = open_app(host=engine.base_url)
        terminal.wait_for(READY)
        os.kill(engine.pid, signal.SIGSTOP)
        press(terminal, "]")
        return terminal

    def ended() -> Terminal:
        os.kill(engine.pid, signal.SIGCONT)
        return opened()

    try:
        assert statistics.median(quitting_times(ended)) < PATIENCE_S
    finally:
        os.kill(engine.pid, signal.SIGCONT)


@pytest.mark.engine
def test_quitting_is_quick_while_a_call_hangs(open_app: OpenApp, real_engine: RealEngine) -> None:
    stubborn = "trap '' TERM; while :; do sleep 1; done"
    container = real_engine.run("stubborn", ["sh", "-c", stubborn], stop_signal="SIGTERM")

    def opened() -> Terminal:
        terminal = open_app(host=real_engine.base_url)
        terminal.wait_for("stubborn")
        terminal.wait_for("s stop")
        terminal.send("s")
        terminal.wait_for("stopping")
        return terminal

    try:
        assert statistics.median(quitting_times(opened)) < PATIENCE_S
    finally:
        container.remove(force=True)
