"""A container that is run from the form and typed to at once, in the person's own terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import docker
import pytest

from tests.pty.conftest import OpenApp
from tests.pty.seat import ENTER, ESCAPE, press
from tests.support.real_engine import RealEngine
from tests.support.terminal import Picture, Terminal

pytestmark = pytest.mark.engine

DETACH = "\x10\x11"
"""ctrl-p ctrl-q."""


@pytest.fixture
def engine(real_engine: RealEngine) -> Iterator[RealEngine]:
    """An engine from which what a test ran goes with it."""
    yield real_engine
    for name in ("typed-to", "pasted"):
        with suppress(docker.errors.NotFound):
            real_engine.client.containers.get(name).remove(force=True)


def is_app(picture: Picture) -> bool:
    """Is all of it back?"""
    return " dockertui " in picture.lines[0] and picture.lines[-1].rstrip().endswith("q quit")


def open_form(open_app: OpenApp, engine: RealEngine) -> Terminal:
    terminal = open_app(host=engine.base_url, columns=120, rows=40)
    terminal.wait_for("busybox:1")
    terminal.send("2")
    terminal.wait_for("r run")
    terminal.send("r")
    terminal.wait_for("Run busybox:1")
    return terminal


def paste(terminal: Terminal, text: str) -> None:
    """Paste as a terminal does: with line ends, and so that no key is pressed."""
    terminal.send(f"\x1b[200~{text}\x1b[201~")


def test_what_is_interactive_is_typed_to_at_once_and_the_app_comes_back(
    open_app: OpenApp, engine: RealEngine
) -> None:
    terminal = open_form(open_app, engine)
    paste(terminal, "docker run -it --rm \\\n --network none --name typed-to busybox:1 sh")
    terminal.wait_for("docker run -it --rm --name typed-to --network none busybox:1 sh")
    press(terminal, ENTER)
    terminal.wait_for("/ # ")
    assert not is_app(terminal.look())
    terminal.send("echo $((40 + 2)) typed; stty size\r")
    terminal.wait_for("42 typed")
    terminal.wait_for("40 120")
    terminal.send("exit 3\r")
    terminal.wait_for(is_app)
    terminal.wait_for("typed-to ended with exit code 3.")
    terminal.send("q")
    assert terminal.wait_ended() == 0
    terminal.assert_usable()


def test_one_can_leave_it_and_it_goes_on(open_app: OpenApp, engine: RealEngine) -> None:
    terminal = open_form(open_app, engine)
    paste(terminal, "docker run -it --network none --name typed-to busybox:1 sh")
    terminal.wait_for("docker run -it --name typed-to")
    press(terminal, ENTER)
    terminal.wait_for("/ # ")
    terminal.send(DETACH)
    terminal.wait_for(is_app)
    terminal.wait_for("typed-to goes on.")
    assert engine.client.containers.get("typed-to").status == "running"
    terminal.send("d")
    terminal.wait_for("Remove typed-to?")
    press(terminal, ESCAPE)
    terminal.send("q")
    assert terminal.wait_ended() == 0


def test_what_cannot_start_leaves_the_terminal_as_it_was(
    open_app: OpenApp, engine: RealEngine
) -> None:
    terminal = open_form(open_app, engine)
    paste(terminal, "docker run -it --network none --name pasted busybox:1 nowhere")
    terminal.wait_for("busybox:1 nowhere")
    press(terminal, ENTER)
    terminal.wait_for("pasted was created, but could not start.")
    press(terminal, ESCAPE)
    terminal.wait_for("Remove pasted?")
    terminal.send("y")
    terminal.wait_for("pasted removed.")
    terminal.send("q")
    assert terminal.wait_ended() == 0
    terminal.assert_usable()
