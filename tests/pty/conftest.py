"""The whole program, in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Protocol

import pytest

from dockertui.sim.background import BackgroundEngine
from tests.pty.seat import crash_reports
from tests.support.terminal import Terminal


class OpenApp(Protocol):
    """Starts dockertui; it is ended with the test at the latest."""

    def __call__(
        self,
        *options: str,
        host: str | None = None,
        columns: int = 160,
        rows: int = 50,
        env: Mapping[str, str] | None = None,
    ) -> Terminal:
        """Start it.

        Args:
            options: What follows the program's name on the command line.
            host: The engine's URL, given as DOCKER_HOST.
            columns: The terminal's width.
            rows: Its height.
            env: More variables.
        """


@pytest.fixture
def open_app() -> Iterator[OpenApp]:
    """Opens the program as a person would, by its command."""
    with ExitStack() as open_terminals:

        def open_one(
            *options: str,
            host: str | None = None,
            columns: int = 160,
            rows: int = 50,
            env: Mapping[str, str] | None = None,
        ) -> Terminal:
            command = [sys.executable, "-m", "dockertui", *options]
            variables = {**({"DOCKER_HOST": host} if host else {}), **(env or {})}
            terminal = Terminal(command, columns=columns, rows=rows, env=variables)
            open_terminals.callback(close, terminal)
            return terminal

        yield open_one


def close(terminal: Terminal) -> None:
    """End a program; what it says of a crash is shown with the test that failed by it."""
    for report in crash_reports(terminal):
        sys.stdout.write(report.read_text("utf-8"))
    terminal.close()


class Simulate(Protocol):
    """Serves a scenario; it ends with the test at the latest."""

    def __call__(self, scenario: str) -> BackgroundEngine:
        """Start it, in a process of its own."""


@pytest.fixture
def simulate() -> Iterator[Simulate]:
    """Starts simulated engines."""
    with ExitStack() as running:
        yield lambda scenario: running.enter_context(BackgroundEngine(scenario))
