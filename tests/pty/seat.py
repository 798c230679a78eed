"""A person in front of the whole program, who can only press keys and look."""

from __future__ import annotations

from pathlib import Path

from tests.support.terminal import Terminal

ESCAPE, ENTER, TAB = "\x1b", "\r", "\t"
UP, DOWN, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[6~"
READY = "following"
"""What is to be read once the containers and a log are there."""


def press(terminal: Terminal, *keys: str) -> None:
    """Press keys one by one, each when nothing is painted any more for the one before."""
    for key in keys:
        terminal.send(key)
        # A program waits a tenth of a second for what may follow the first byte of an arrow key.
        terminal.wait_for_quiet(0.16 if key == ESCAPE else 0.05, 2.0)


def go_to(terminal: Terminal, name: str) -> None:
    """Select the object with this name in the list that has the focus."""
    press(terminal, "/")
    terminal.wait_for("words, !not")
    press(terminal, name, ENTER)
    terminal.wait_for(lambda picture: f"─ {name} ─" in picture.text)
    press(terminal, ESCAPE)
    terminal.wait_for(lambda picture: f"/{name}" not in picture.text)


def click(terminal: Terminal, column: int, row: int) -> None:
    """Press and release the left button of the mouse, both places counted from 0."""
    for letter in "Mm":
        terminal.send(f"\x1b[<0;{column + 1};{row + 1}{letter}")
    terminal.wait_for_quiet(0.05, 2.0)


def find(terminal: Terminal, text: str) -> tuple[int, int]:
    """Where a text stands: its column and row, from 0."""
    for row, line in enumerate(terminal.look().lines):
        if text in line:
            return line.index(text), row
    raise AssertionError(f"{text!r} is not on the screen:\n{terminal.text()}")


def crash_reports(terminal: Terminal) -> list[Path]:
    """What the program wrote down of crashes of its own."""
    return sorted(Path(terminal.home, ".local/state/dockertui").glob("crash-*.txt"))
