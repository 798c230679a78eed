"""Many containers, of a simulated engine that runs in a process of its own."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from pathlib import Path

from docker import APIClient

from dockertui.sim.background import BackgroundEngine
from tests.bench.field import Field, told_s
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.keys import key_times_ms
from tests.bench.priority import go_first
from tests.bench.tool import Tool
from tests.support.terminal import Terminal

NAMED = "crowd-"
"""How the names of the simulated crowd begin."""

KEY = "key to paint, 1,000 containers"
IMAGE_KEY = "key to paint, 1,000 images"
EVENT = "event to screen, 10,000 containers"
BLOCK = "longest block of the event loop, 10,000 containers"
EVENTS = 15
SILENT_S = 4.0
"""How long the engine is silent, until it counts as lost and everything is listed again."""


def measure_keys(tool: Tool, _: Field) -> Samples:
    """Move the cursor in a long list."""
    with BackgroundEngine("many:1000") as engine:
        go_first(engine.pid)
        return {KEY: key_times_ms(tool, engine.base_url, NAMED)}


def measure_image_keys(tool: Tool, _: Field) -> Samples:
    """Move the cursor in a long list of images."""
    if not tool.is_ours:
        return {}
    with BackgroundEngine("images:1000") as engine:
        go_first(engine.pid)
        return {IMAGE_KEY: key_times_ms(tool, engine.base_url, NAMED, before="2")}


def measure_events(tool: Tool, _: Field) -> Samples:
    """Rename containers that are in view, lose the engine, and find it again."""
    with BackgroundEngine("many:10000") as engine, tempfile.TemporaryDirectory() as folder:
        go_first(engine.pid)
        report = Path(folder) / "blocks"
        api = APIClient(engine.base_url, version="1.41")
        with tool.open(engine.base_url, {"DOCKERTUI_LOOP_WATCH": str(report)}) as terminal:
            terminal.wait_for_bytes(NAMED.encode(), timeout_s=30)
            terminal.wait_for_quiet(1, timeout_s=5)
            events = event_times_ms(terminal, api)
            os.kill(engine.pid, signal.SIGSTOP)
            time.sleep(SILENT_S)
            os.kill(engine.pid, signal.SIGCONT)
            events += event_times_ms(terminal, api)
        api.close()
        return {EVENT: events, BLOCK: [max(map(float, report.read_text().split()))]}


def event_times_ms(terminal: Terminal, api: APIClient) -> list[float]:
    """How long each of some new names took to be seen."""
    names = [each["Names"][0][1:] for each in api.containers(all=True)]
    picture = terminal.look()
    in_view = [name for name in names if name in picture]
    times = []
    for name in random.sample(in_view, min(EVENTS, len(in_view))):
        time.sleep(random.uniform(0.2, 0.4))
        new, seen = f"{name}x", len(terminal.painted)
        api.rename(name, new)
        painted_s = terminal.wait_for_bytes(new.encode(), timeout_s=15, since=seen)
        times.append((painted_s - told_s(api, new, "rename")) * 1000)
    return times


KEYS = Scenario(
    name="keys-1000",
    title="The cursor is moved, with 1,000 simulated containers.",
    figures=(
        Figure(name=KEY, unit="ms", bar=4, of_peer=1),
        Figure(name=f"{KEY}, p95", unit="ms", bar=10, of_peer=1, collapse=p95, samples=KEY),
    ),
    measure=measure_keys,
    rounds=2,
)

IMAGE_KEYS = Scenario(
    name="images-1000",
    title="The cursor is moved, with 1,000 simulated images.",
    figures=(
        Figure(name=IMAGE_KEY, unit="ms", bar=4),
        Figure(name=f"{IMAGE_KEY}, p95", unit="ms", bar=10, collapse=p95, samples=IMAGE_KEY),
    ),
    measure=measure_image_keys,
    rounds=2,
    peer_rounds=0,
)

EVENTS_10000 = Scenario(
    name="many",
    title="Containers change and the engine is silent for a while, with 10,000 simulated ones.",
    figures=(
        Figure(name=EVENT, unit="ms", bar=100),
        Figure(name=f"{EVENT}, p95", unit="ms", collapse=p95, samples=EVENT),
        Figure(name=BLOCK, unit="ms", bar=30, collapse=max),
    ),
    measure=measure_events,
    peer_rounds=0,
)
