"""What it costs to have it open all day."""

from __future__ import annotations

import time

from tests.bench.field import FIRST, Field
from tests.bench.figure import Figure, Samples, Scenario
from tests.bench.process import cpu_s, family, pss_mib
from tests.bench.tool import Tool

CPU = "own CPU, 100 containers, nothing happens"
MEMORY = "memory (PSS), 100 containers"
SETTLED_S = 4.0
WATCHED_S = 16.0
"""Long enough that one tick of the kernel's clock is less than a tenth of a percent."""


def measure(tool: Tool, field: Field) -> Samples:
    """Leave it alone, and read what the kernel counted."""
    field.holds(100)
    with tool.open(field.host, {"DOCKERTUI_STATS": "off"}) as terminal:
        terminal.wait_for_bytes(FIRST.encode(), timeout_s=20)
        time.sleep(SETTLED_S)
        pids = family(terminal.pid)
        started_s, before_s = time.perf_counter(), cpu_s(pids)
        time.sleep(WATCHED_S)
        used_s, passed_s = cpu_s(pids) - before_s, time.perf_counter() - started_s
        return {CPU: [100 * used_s / passed_s], MEMORY: [pss_mib(family(terminal.pid))]}


SCENARIO = Scenario(
    name="idle",
    title="Nothing is done, with 100 running containers.",
    figures=(
        Figure(name=CPU, unit="%", bar=1, of_peer=1),
        Figure(name=MEMORY, unit="MiB", bar=60, of_peer=1.2),
    ),
    measure=measure,
    rounds=1,
)
