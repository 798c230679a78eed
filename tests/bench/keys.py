"""From a key to the screen."""

from __future__ import annotations

import time
from collections import deque

from tests.bench.field import FIRST, Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.tool import COLUMNS, ROWS, Tool
from tests.support.terminal import Picture, Terminal

KEY = "key to paint, 20 containers"
DOWN, UP = "\x1b[B", "\x1b[A"
STEPS = 12
"""How far down and up again: fewer than there are rows in view."""
REST_S = 0.11
"""Between two keys, longer than any answer takes."""


def measure(tool: Tool, field: Field) -> Samples:
    """Move the cursor down and up again."""
    field.holds(20)
    return {KEY: key_times_ms(tool, field.host, FIRST)}


def key_times_ms(tool: Tool, host: str, first: str, before: str = "") -> list[float]:
    """How long each of many cursor keys took to change the screen.

    Args:
        tool: What is measured.
        host: The engine's URL.
        first: What is on the screen when the first list is.
        before: What to press first.
    """
    with tool.open(host) as terminal:
        terminal.wait_for_bytes(first.encode(), timeout_s=15)
        terminal.wait_for_quiet(1, timeout_s=2)
        if before:
            terminal.send(before)
            terminal.wait_for_quiet(1, timeout_s=3)
        pressed_s = []
        for key in ([DOWN] * STEPS + [UP] * STEPS) * 2:
            pressed_s.append(terminal.send(key))
            time.sleep(REST_S)
        return answers_ms(terminal, pressed_s)


def answers_ms(
    terminal: Terminal, pressed_s: list[float], columns: int | None = None
) -> list[float]:
    """The time from each key to the first piece of output that changed what is to be seen.

    A key that changed nothing counts as long as the pause that followed it.

    Args:
        terminal: What the tool painted.
        pressed_s: When the keys were sent.
        columns: Where the answer is to be looked for, from the left; `None` for everywhere.
    """
    picture = Picture(COLUMNS, ROWS)
    pieces = deque(terminal.painted)
    answers = []
    for at_s, until_s in zip(pressed_s, [*pressed_s[1:], pressed_s[-1] + REST_S], strict=True):
        while pieces and pieces[0].at_s < at_s:
            picture.feed(pieces.popleft().data)
        before, answer_s = picture.state(columns), until_s
        while pieces and pieces[0].at_s < until_s:
            piece = pieces.popleft()
            picture.feed(piece.data)
            if answer_s == until_s and picture.state(columns) != before:
                answer_s = piece.at_s
        answers.append((answer_s - at_s) * 1000)
    return answers


SCENARIO = Scenario(
    name="keys",
    title="The cursor is moved, with 20 running containers.",
    figures=(
        Figure(name=KEY, unit="ms", bar=4, of_peer=1),
        Figure(name=f"{KEY}, p95", unit="ms", bar=10, of_peer=1, collapse=p95, samples=KEY),
    ),
    measure=measure,
    rounds=2,
)
