"""What it costs to see what every container uses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from dockertui.engine.address import resolve
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model import Container
from dockertui.store.measured import Measured
from dockertui.sync import Fleet
from dockertui.sync.attention import Attention
from tests.bench.field import FIRST, Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.keys import DOWN, REST_S, STEPS, UP, answers_ms
from tests.bench.process import cpu_s, family, pss_mib
from tests.bench.tool import Tool
from tests.support.terminal import Terminal

COST = "100 containers measured, the list in view: own CPU + the engine's extra"
OWN = "100 containers measured: own CPU"
TAB = "the same with the Stats tab open"
ORDER = "300 containers in the order of their CPU: own CPU + the engine's extra"
AGE = "300 containers in the order of their CPU: the oldest figure"
KEY = "key to paint while 100 containers are measured"
THREADS = "threads with 100 containers more than with 20"
MEMORY = "memory (PSS), 100 containers measured"
HOUR = "memory (PSS) after an hour with 100 containers measured"
GROWTH = "memory (PSS) after an hour, more than after a quarter of one"

SETTLED_S = 12.0
"""Until who looks at containers has found out how to."""
WATCHED_S = 20.0
QUARTER_S, HOUR_S = 900.0, 3600.0
ORDER_BY_CPU, STATS_TAB = "oc", "l]]"
"""The keys of ours; the others have their figures in view anyway."""


def measure_100(tool: Tool, field: Field) -> Samples:
    """Leave 100 containers in view; open the tab of one; move the cursor."""
    field.holds(20)
    few = threads(tool, field)
    field.holds(100)
    idle = idle_engine(field)
    with watched(tool, field) as terminal:
        own, engine = shares(terminal, field)
        figures = {COST: [own + engine - idle], OWN: [own]}
        figures[MEMORY] = [pss_mib(family(terminal.pid))]
        figures[THREADS] = [count_threads(terminal) - few]
        if tool.is_ours:
            figures[KEY] = key_times_ms(terminal)
            terminal.send(STATS_TAB)
            time.sleep(SETTLED_S / 2)
            own, engine = shares(terminal, field)
            figures[TAB] = [own + engine - idle]
        return figures


def measure_300(tool: Tool, field: Field) -> Samples:
    """Have 300 containers in the order of what they use."""
    field.holds(300)
    idle = idle_engine(field)
    with watched(tool, field) as terminal:
        if tool.is_ours:
            terminal.send(ORDER_BY_CPU)
            time.sleep(SETTLED_S / 2)
        own, engine = shares(terminal, field)
    oldest = asyncio.run(oldest_s(field.host)) if tool.is_ours else []
    return {ORDER: [own + engine - idle], AGE: oldest}


def measure_hour(tool: Tool, field: Field) -> Samples:
    """Leave it open for an hour."""
    field.holds(100)
    with watched(tool, field) as terminal:
        time.sleep(QUARTER_S)
        quarter = pss_mib(family(terminal.pid))
        time.sleep(HOUR_S - QUARTER_S)
        hour = pss_mib(family(terminal.pid))
    return {HOUR: [hour], GROWTH: [hour - quarter]}


def watched(tool: Tool, field: Field) -> Terminal:
    """Start a tool, and wait until it has settled."""
    terminal = tool.open(field.host)
    terminal.wait_for_bytes(FIRST.encode(), timeout_s=30)
    time.sleep(SETTLED_S)
    return terminal


def shares(terminal: Terminal, field: Field) -> tuple[float, float]:
    """How busy a tool and the engine keep a processor, in percent."""
    pids = family(terminal.pid)
    return percent(lambda: cpu_s(pids), lambda: cpu_s(engine_pids(field)))


def idle_engine(field: Field) -> float:
    """How busy the engine is when nobody asks it anything, in percent."""
    time.sleep(2.0)
    (alone, _) = percent(lambda: cpu_s(engine_pids(field)), lambda: 0.0)
    return alone


def percent(*clocks: Callable[[], float]) -> tuple[float, float]:
    """How much of a processor two clocks count, in percent."""
    began_s, before = time.perf_counter(), [it() for it in clocks]
    time.sleep(WATCHED_S)
    passed_s = time.perf_counter() - began_s
    first, second = (100 * (it() - was) / passed_s for it, was in zip(clocks, before, strict=True))
    return first, second


def engine_pids(field: Field) -> list[int]:
    """Dockerd and its containerd, without the shims: what peers' figures count."""
    return [
        pid
        for pid in family(field.engine.pid)
        if (Path("/proc") / str(pid) / "comm").read_text().strip() in {"dockerd", "containerd"}
    ]


def threads(tool: Tool, field: Field) -> int:
    """How many threads a tool has with what the field holds now."""
    with watched(tool, field) as terminal:
        return count_threads(terminal)


def count_threads(terminal: Terminal) -> int:
    """How many threads there are in all processes of a tool, several looks at it; the most."""
    most = 0
    for _ in range(20):
        pids = family(terminal.pid)
        most = max(most, sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in pids))
        time.sleep(0.1)
    return most


def key_times_ms(terminal: Terminal) -> list[float]:
    """How long each of many cursor keys took to change the screen."""
    pressed_s = []
    for key in ([DOWN] * STEPS + [UP] * STEPS) * 2:
        pressed_s.append(terminal.send(key))
        time.sleep(REST_S)
    return answers_ms(terminal, pressed_s)


async def oldest_s(host: str) -> list[float]:
    """How old the oldest figure is, at many moments, when the order of rows depends on all."""
    engine = DockerEngine(resolve(host, {}, Path("/nowhere")))
    fleet = Fleet([engine], [Container], measures=True)
    (member,) = fleet
    member.sampler.attention = lambda: Attention(all_count=True)
    running = asyncio.create_task(fleet.run())
    try:
        await asyncio.sleep(SETTLED_S)
        ages = list[float]()
        for _ in range(60):
            await asyncio.sleep(0.25)
            ages.append(age_s(member.measured, member.store.snapshot(Container)))
        return ages
    finally:
        running.cancel()
        await fleet.close()


def age_s(measured: Measured, ids: Iterable[str]) -> float:
    """The age of the oldest figure there is; endless if one is missing."""
    usages = [measured.now(it) for it in ids]
    if not all(usages):
        return float("inf")
    return (time.time_ns() - min(it.at_ns for it in usages if it)) / 1e9


NUMBERS_100 = Scenario(
    name="numbers",
    title="100 running containers are measured while the list is in view.",
    figures=(
        Figure(name=COST, unit="%", bar=12, of_peer=1),
        Figure(name=OWN, unit="%", of_peer=1),
        Figure(name=TAB, unit="%", bar=15),
        Figure(name=KEY, unit="ms", samples=KEY),
        Figure(name=f"{KEY}, p95", unit="ms", bar=10, collapse=p95, samples=KEY),
        Figure(name=THREADS, unit="", bar=0),
        Figure(name=MEMORY, unit="MiB", bar=75),
    ),
    measure=measure_100,
)
NUMBERS_300 = Scenario(
    name="numbers-300",
    title="300 running containers are in the order of what they use.",
    figures=(
        Figure(name=ORDER, unit="%", bar=25),
        Figure(name=AGE, unit="s", bar=3, collapse=max),
    ),
    measure=measure_300,
    peer_rounds=1,
)
AN_HOUR = Scenario(
    name="hour",
    title="100 running containers are measured for an hour.",
    figures=(
        Figure(name=HOUR, unit="MiB", bar=75),
        Figure(name=GROWTH, unit="MiB", bar=6),
    ),
    measure=measure_hour,
    peer_rounds=0,
    on_request=True,
)
