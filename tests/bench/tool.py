"""The programs that are compared."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from tests.bench.priority import go_first
from tests.support.terminal import Terminal

COLUMNS, ROWS = 160, 50
BIN = Path(sys.executable).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """A program that shows containers."""

    name: str
    """What the table calls it."""
    command: tuple[str, ...]
    """How it is started."""
    log_keys: str = ""
    """What to press to see the log of the first container; empty if it is in view anyway."""

    @property
    def is_ours(self) -> bool:
        """Is it the one that must reach the bars?"""
        return self.name == "dockertui"

    def open(self, host: str, env: Mapping[str, str] | None = None) -> Terminal:
        """Start it in a terminal, for the engine at a URL."""
        variables = {"DOCKER_HOST": host, **(env or {})}
        terminal = Terminal(self.command, columns=COLUMNS, rows=ROWS, env=variables)
        go_first(terminal.pid)
        return terminal


OURS = Tool(name="dockertui", command=(str(BIN / "dockertui"),))
WHALETOP = Tool(name="whaletop", command=(str(BIN / "whaletop"),), log_keys="l")


def installed() -> list[Tool]:
    """Ours, and the peers that this machine has."""
    return [each for each in (OURS, WHALETOP) if which(each.command[0])]


def parse(text: str) -> Tool:
    """Read `NAME=COMMAND` from the command line."""
    name, _, command = text.partition("=")
    return Tool(name=name, command=tuple(shlex.split(command)))
