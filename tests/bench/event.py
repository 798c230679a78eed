"""From an engine's event to the screen."""

from __future__ import annotations

import random
import time

from tests.bench.field import FIRST, Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.tool import Tool

APPEARS = "a container made elsewhere appears"
TIMES = 10
LIMIT_S = 5.0
"""What does not appear within it counts as so late."""


def measure(tool: Tool, field: Field) -> Samples:
    """Make containers behind its back, at no regular times."""
    field.holds(10)
    appears = []
    with tool.open(field.host) as terminal:
        terminal.wait_for_bytes(FIRST.encode(), timeout_s=20)
        terminal.wait_for_quiet(1, timeout_s=2)
        for number in range(TIMES):
            time.sleep(random.uniform(0.4, 0.9))
            name = f"bench-new-{number:02d}"
            seen = len(terminal.painted)
            made = field.create(name)
            try:
                painted_s = terminal.wait_for_bytes(name.encode(), timeout_s=LIMIT_S, since=seen)
                appears.append((painted_s - field.created_s(made)) * 1000)
            except TimeoutError:
                appears.append(LIMIT_S * 1000)
            field.remove(made)
    return {APPEARS: appears}


SCENARIO = Scenario(
    name="event",
    title="A container is made by somebody else, with 10 running ones in view.",
    figures=(
        Figure(name=APPEARS, unit="ms", bar=40, of_peer=1),
        Figure(name=f"{APPEARS}, p95", unit="ms", bar=100, collapse=p95, samples=APPEARS),
    ),
    measure=measure,
    rounds=2,
)
