"""From the start of the process to the first container."""

from __future__ import annotations

from tests.bench.field import FIRST, Field
from tests.bench.figure import Figure, Samples, Scenario
from tests.bench.tool import COLUMNS, ROWS, Tool
from tests.support.terminal import Picture, Terminal

SKELETON = "start to a skeleton"
CONTAINER = "start to the first of 20 containers"
SKELETON_LINES = 3
"""How many lines must have something on them."""


def measure(tool: Tool, field: Field) -> Samples:
    """Start it, wait for a name, and look afterwards when the first lines were there."""
    field.holds(20)
    with tool.open(field.host) as terminal:
        painted_s = terminal.wait_for_bytes(FIRST.encode(), timeout_s=20)
        return {
            SKELETON: [(skeleton_s(terminal) - terminal.started_s) * 1000],
            CONTAINER: [(painted_s - terminal.started_s) * 1000],
        }


def skeleton_s(terminal: Terminal) -> float:
    """The time of the piece of output with which the screen was no longer empty."""
    picture = Picture(COLUMNS, ROWS)
    for piece in terminal.painted:
        picture.feed(piece.data)
        if sum(bool(line.strip()) for line in picture.lines) >= SKELETON_LINES:
            return piece.at_s
    raise AssertionError("a name was painted on an empty screen")


SCENARIO = Scenario(
    name="startup",
    title="The program is started, with 20 running containers.",
    figures=(
        Figure(name=SKELETON, unit="ms", bar=60),
        Figure(name=CONTAINER, unit="ms", bar=330, of_peer=0.8),
    ),
    measure=measure,
    rounds=7,
)
