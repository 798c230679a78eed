"""The command line: what it answers at once, and what it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from dockertui import __version__
from tests.pty.conftest import OpenApp, Simulate
from tests.pty.seat import ENTER, TAB, press
from tests.support.real_engine import RealEngine
from tests.support.terminal import Terminal

REFUSED = (
    *(("s", ""), ("r", ""), ("p", ""), ("e", ""), ("d", "Remove kept-below?", "y")),
    *(("R", "New name", "new", ENTER), ("K", "SIGUSR1", TAB, TAB, ENTER)),
)
"""What changes something: each key, the words of its question, and what answers that."""
BYPASS = """
from dockertui.screens.dispatcher import Dispatcher
from dockertui.cli import main

Dispatcher._refusal = lambda *_: ""
main(["--read-only", "--host", {host!r}])
"""
"""The program without the check that is made before anything is asked."""


def run(
    *options: str, program: tuple[str, ...] = (), **env: str
) -> subprocess.CompletedProcess[str]:
    """Run it where there is no terminal."""
    return subprocess.run(
        [sys.executable, *(program or ("-m", "dockertui")), *options],
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


@pytest.mark.parametrize(
    ("option", "answer"), [("--version", f"dockertui {__version__}\n"), ("--help", "usage: ")]
)
def test_a_question_is_answered_without_importing_anything_heavy(option: str, answer: str) -> None:
    answered = run(option, program=("-X", "importtime", "-m", "dockertui"))
    assert answered.returncode == 0
    assert answered.stdout.startswith(answer)
    imported = {line.rpartition("|")[2].strip() for line in answered.stderr.splitlines()}
    roots = {name.partition(".")[0] for name in imported}
    assert "dockertui" in roots
    assert not roots & {"textual", "rich", "docker", "requests", "urllib3", "asyncio"}


def test_the_help_names_every_option() -> None:
    answer = run("--help").stdout
    for option in ("--host URL", "--read-only", "--demo", "--version", "--help"):
        assert option in answer


WRONG: Mapping[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "an option that there is none of": (("--frobnicate",), {}),
    "a word too many": (("containers",), {}),
    "an option without its value": (("--host",), {}),
    "no scheme": (("--host", "/var/run/docker.sock"), {}),
    "a scheme that nobody speaks": (("--host", "ftp://example.org"), {}),
    "a port that is no number": (("--host", "tcp://example.org:http"), {}),
    "escapes": (("--host", "\x1b]0;owned\x07://\x9b2J"), {}),
    "a pace that is none": (("--check-updates", "often"), {}),
    "a pace too quick for registries": (("--check-updates", "1m"), {}),
    "a pace in a variable": ((), {"DOCKERTUI_CHECK_UPDATES": "\x1b[31m"}),
    "a variable": ((), {"DOCKER_HOST": "nonsense://"}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_on_the_command_line_gets_one_line(wrong: str) -> None:
    options, env = WRONG[wrong]
    with Terminal([sys.executable, "-m", "dockertui", *options], env=env) as terminal:
        assert terminal.wait_ended() == 2
        terminal.assert_usable()
        lines = [it for it in terminal.text().splitlines() if it and not it.startswith(" ")]
        assert lines[-1].startswith("dockertui: ")
        assert len([it for it in lines if not it.startswith("usage: ")]) == 1
        assert "Traceback" not in terminal.text()
        assert not {*terminal.raw} & {0x1B, 0x07, 0x9B}


def test_where_there_is_no_terminal_it_says_so() -> None:
    refused = run("--demo")
    assert refused.returncode == 2
    assert refused.stderr.startswith("dockertui: needs a terminal")
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""


def test_the_option_goes_before_the_variable(open_app: OpenApp, simulate: Simulate) -> None:
    host = simulate("bare").base_url
    terminal = open_app("--host", host, host="unix:///nowhere/d.sock")
    terminal.wait_for("No containers")


@pytest.mark.engine
@pytest.mark.parametrize("bypassed", [False, True])
def test_read_only_refuses_on_a_real_engine(
    open_app: OpenApp, real_engine: RealEngine, *, bypassed: bool
) -> None:
    name = f"kept-{'below' if bypassed else 'above'}"
    container = real_engine.run(name)
    container.reload()
    before = container.attrs["State"]["StartedAt"]
    try:
        if bypassed:
            program = BYPASS.format(host=real_engine.base_url)
            terminal = Terminal([sys.executable, "-c", program])
        else:
            terminal = open_app("--read-only", host=real_engine.base_url)
        with terminal:
            terminal.wait_for("READ ONLY")
            terminal.wait_for("s stop")
            for key, asks, *answers in REFUSED:
                terminal.send(key)
                if bypassed and asks:
                    terminal.wait_for(asks)
                    press(terminal, *answers)
                terminal.wait_for("read-only")
                press(terminal, "\x1b", "\x1b")
            press(terminal, "y")
            terminal.wait_for(f"Copied the name {name}.")
        container.reload()
        assert (container.name, container.status) == (name, "running")
        assert container.attrs["State"]["StartedAt"] == before
    finally:
        container.remove(force=True)
