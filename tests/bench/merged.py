"""Many containers that write all the time, read as one log."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from tests.bench.field import Field
from tests.bench.figure import Figure, Samples, Scenario
from tests.bench.process import exact_cpu_s
from tests.bench.tool import Tool
from tests.support.terminal import Terminal

CPU = "merged, 50 containers of 200 lines a second each: own CPU"
LINES = "merged: lines a second that are read"
WRONG = "merged: lines out of order, lost or doubled on 10 pages"

COUNT = 50
COMMAND = "ping -i 0.0048 127.0.0.1"
"""A line each time, from one process that starts no others."""
SETTLED_S, WATCHED_S = 3.0, 8.0
MARK_ALL, TOGETHER, ENTER, FULL_STAMPS, PAGE_UP = "*", "L", "\r", "t", "b"
PAGES = 10
ROW = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) (\S+) .*seq=(\d+) ")
COUNTED = re.compile(r"([\d,]+) lines")

Row = tuple[str, str, int]
"""When a line was written, by whom, and the how manieth of theirs it is."""


def measure(tool: Tool, field: Field) -> Samples:
    """Read them all together, and look whether they are in order."""
    field.holds(0)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: field.engine.run(f"p{number:02d}", COMMAND), range(COUNT)))
    try:
        with tool.open(field.host) as terminal:
            open_room(terminal)
            return {**following(terminal), WRONG: [wrong(pages(terminal))]}
    finally:
        field.holds(0)


def open_room(terminal: Terminal) -> None:
    """Mark all containers, and read their logs together, each line with its full time."""
    terminal.wait_for_bytes(b"p00", timeout_s=20)
    for keys in (MARK_ALL, TOGETHER, ENTER, FULL_STAMPS):
        time.sleep(1)
        terminal.send(keys)
    terminal.wait_for(lambda picture: any(map(ROW.search, picture.lines)), timeout_s=20)


def following(terminal: Terminal) -> dict[str, list[float]]:
    """What it costs while the lines go by."""
    time.sleep(SETTLED_S)
    started_s, before_s, before = time.perf_counter(), exact_cpu_s(terminal.pid), count(terminal)
    time.sleep(WATCHED_S)
    used_s, passed_s = exact_cpu_s(terminal.pid) - before_s, time.perf_counter() - started_s
    return {CPU: [100 * used_s / passed_s], LINES: [(count(terminal) - before) / passed_s]}


def count(terminal: Terminal) -> int:
    """How many lines the log says that it holds."""
    told = COUNTED.search(terminal.text())
    return int(told[1].replace(",", "")) if told else 0


def pages(terminal: Terminal) -> list[list[Row]]:
    """Some pages, one above the other."""
    read = []
    for _ in range(PAGES):
        terminal.send(PAGE_UP)
        terminal.wait_for_quiet(0.4, timeout_s=1)
        rows = [found.groups() for found in map(ROW.search, terminal.look().lines) if found]
        read.append([(stamp, name, int(number)) for stamp, name, number in rows])
    return read


def wrong(read: list[list[Row]]) -> int:
    """How many lines are not where they belong."""
    mistakes = 0
    for page in read:
        mistakes += sum(later[0] < earlier[0] for earlier, later in pairwise(page))
        numbers: dict[str, int] = {}
        for _, name, number in page:
            mistakes += numbers.get(name, number - 1) != number - 1
            numbers[name] = number
    return mistakes


SCENARIO = Scenario(
    name="merged",
    title="The logs of 50 containers that write 200 lines a second each are read as one.",
    figures=(
        Figure(name=LINES, unit="lines/s"),
        Figure(name=CPU, unit="%", bar=25),
        Figure(name=WRONG, unit="lines", bar=0),
    ),
    measure=measure,
    peer_rounds=0,
)
