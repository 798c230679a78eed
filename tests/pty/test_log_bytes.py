"""What a log view writes to a terminal, byte by byte."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from dockertui.store.log_store import LogStore
from tests.support.log_screen import LogApp

class Hostile(LogApp):
    def on_ready(self):
        store = LogStore()
        for line in {lines!r}:
            store.append(b"12026-11-23T12:03:11Z " + line + b"\\n")
        self.query_one("LogView").show(store)

Hostile().run()
"""
HOSTILE = (
    b"\x1b]0;owned\x07title",
    b"\x1b]52;c;b3duZWQ=\x1b\\\\clipboard",
    "\x9d52;c;b3duZWQ=\x9cclipboard".encode(),
    b"\x1bP$qowned\x1b\\\\question",
    b"\x1b[6n\x1b[c\x1b[21tquestions",
    b"\x1b[?1049lleave\x1b[?1003h\x1bc\x1b[3J",
    "\x9b2J\u202eturned\u2066".encode(),
    b"\x00\x07\x08\x0b\x0e\x7fcontrols",
    b"[@click=app.quit]markup[/] [/red]",
    b"\x1b[31mlast line",
)
# What Textual itself has to say: places, colours, modes and the shape of the pointer.
OWN = re.compile(rb"\x1b\[(?:[0-9;]*[Hm]|\?[0-9;]+(?:[hl]|\$p)|>[0-9]+u)|\x1b\]22;default\x07|\r\n")


@pytest.fixture
def program() -> list[str]:
    return [sys.executable, "-c", PROGRAM.format(lines=HOSTILE)]


def test_nothing_but_colour_passes_from_a_log_to_the_terminal(program: list[str]) -> None:
    with Terminal(program, columns=80, rows=20, env={"PYTHONPATH": str(ROOT)}) as terminal:
        terminal.wait_for("last line")
        painted = terminal.raw
        for word in ("title", "clipboard", "questions", "leave", "turned", "controls", "markup"):
            assert word in terminal.look()
        text = OWN.sub(b"", painted).decode()
    assert "owned" not in text
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
