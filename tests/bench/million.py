"""A container that writes a million lines, and what one can then do with them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.bench.field import Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.finding import FIGURES, find
from tests.bench.keys import answers_ms
from tests.bench.process import cpu_s, exact_cpu_s, family, pss_mib
from tests.bench.tool import Tool
from tests.support.terminal import Picture, Terminal

if TYPE_CHECKING:
    from docker.models.containers import Container

KEPT = "lines kept of 1,000,000 written flat out"
COST = "following them: own CPU for 100,000 lines"
SDK_COST = "docker-py's own reader alone: CPU for 100,000 lines"
MEMORY = "memory (PSS) with 1,000,000 lines"
PAGE = "key to paint of a page of 1,000,000 lines"
IDLE = "own CPU, a log in view, nothing happens"

NAME = "a-million"
LINES = 1_000_000
FIRST = 1_000_000_000
TEXT = " GET /cart/items?page=7 200 12 ms user=4711\n"
SCRIPT = f"""
echo ready; while [ ! -e /go ]; do usleep 10000; done
seq -s '{TEXT}' {FIRST} {FIRST + LINES - 1}; echo over; sleep 1000000
"""
OWN_LINES = 2
"""Those that say `ready` and `over`."""
PAGES = 15
REST_S = 0.15
YOUNG_S = 65.0
"""How long the age of a container is told in seconds, so that something does happen."""
SETTLED_S, WATCHED_S = 3.0, 10.0
READ_LOG, TOP, END, PAGE_DOWN, PAGE_UP = "l", "g", "G", " ", "b"


def measure(tool: Tool, field: Field) -> Samples:
    """Let it write while its log is in view; read, search and filter that, and leave it alone."""
    field.holds(0)
    with writer(field) as container:
        born_s = time.monotonic()
        figures = {
            **followed(tool, field.host, container),
            SDK_COST: [sdk_ms(field.host)],
            **find(tool, field.host, LINES + OWN_LINES),
        }
        time.sleep(max(0.0, born_s + YOUNG_S - time.monotonic()))
        return {**figures, IDLE: [idle_percent(tool, field.host)]}


def followed(tool: Tool, host: str, container: Container) -> dict[str, list[float]]:
    """Have the log in view while the lines come, then turn its pages."""
    with tool.open(host) as terminal:
        terminal.wait_for_bytes(b"ready", timeout_s=20)
        terminal.wait_for_quiet(0.5, timeout_s=3)
        used_ms = follow_ms(terminal, container)
        return {
            KEPT: [100 * held(terminal) / (LINES + OWN_LINES)],
            COST: [used_ms / LINES * 100_000],
            MEMORY: [pss_mib(family(terminal.pid))],
            PAGE: pages_ms(terminal),
        }


@contextmanager
def writer(field: Field) -> Iterator[Container]:
    """Have a container that writes when it is told to."""
    container = field.engine.run(NAME, ["sh", "-c", SCRIPT])
    try:
        yield container
    finally:
        container.remove(force=True)


def follow_ms(terminal: Terminal, container: Container) -> float:
    """Let it write; returns the processor time that it took to follow it."""
    pids = family(terminal.pid)
    before_s = cpu_s(pids)
    container.exec_run(["touch", "/go"])
    terminal.wait_for(says_over, timeout_s=120)
    terminal.wait_for_quiet(0.5, timeout_s=5)
    return (cpu_s(pids) - before_s) * 1000


def says_over(picture: Picture) -> bool:
    """Is the last line on the screen?"""
    return any(re.search(r"\d\d over\s", line) for line in picture.lines)


def held(terminal: Terminal) -> int:
    """How many lines the log says that it holds."""
    told = re.search(r"([\d,]+) lines", terminal.text())
    return int(told[1].replace(",", "")) if told else 0


def pages_ms(terminal: Terminal) -> list[float]:
    """How long each page takes from the key: down from the top, up from the end."""
    terminal.send(READ_LOG)
    terminal.wait_for_quiet(0.3, timeout_s=3)
    times: list[float] = []
    for start, further in ((TOP, PAGE_DOWN), (END, PAGE_UP)):
        pressed_s = []
        for key in (start, *(further,) * PAGES):
            pressed_s.append(terminal.send(key))
            time.sleep(REST_S)
        times += answers_ms(terminal, pressed_s)
    return times


def sdk_ms(host: str) -> float:
    """The processor time that docker-py takes to read 100,000 of the lines."""
    command = [sys.executable, "-m", "tests.bench.sdk_reader", host, NAME]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(told[1]) * 1000 / int(told[0]) * 100_000


def idle_percent(tool: Tool, host: str) -> float:
    """How busy it keeps a processor while nothing happens to the log in view."""
    with tool.open(host, {"DOCKERTUI_STATS": "off"}) as terminal:
        terminal.wait_for(" over", timeout_s=20)
        time.sleep(SETTLED_S)
        started_s, before_s = time.perf_counter(), exact_cpu_s(terminal.pid)
        time.sleep(WATCHED_S)
        used_s = exact_cpu_s(terminal.pid) - before_s
        return 100 * used_s / (time.perf_counter() - started_s)


SCENARIO = Scenario(
    name="million",
    title="A container writes 1,000,000 lines, and its log is read.",
    figures=(
        Figure(name=KEPT, unit="%", bar=100, at_least=True),
        Figure(name=COST, unit="ms", bar=500),
        Figure(name=SDK_COST, unit="ms"),
        Figure(name=MEMORY, unit="MiB", bar=150),
        Figure(name=PAGE, unit="ms", bar=15),
        Figure(name=f"{PAGE}, p95", unit="ms", collapse=p95, samples=PAGE),
        *FIGURES,
        Figure(name=IDLE, unit="%", bar=0.3),
    ),
    measure=measure,
    peer_rounds=0,
)
