"""A container that writes as fast as it can, while its log is in view."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.field import Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.keys import REST_S, answers_ms
from tests.bench.tool import Tool
from tests.support.terminal import Terminal

DELIVERED = "flood: lines the engine delivers to a bare reader"
DRAWN = "flood: lines that pass on the screen"
SHARE = "flood: drawn of what the bare reader gets"
KEY = "flood: key to paint meanwhile"
SHARE = "flood: drawn of what the bare reader gets"

NAME = "a-flood"
"""Sorted before all others, so that it is the one that is selected."""
LINE = " GET /cart/items?page=7 200 12 ms user=4711\n"
NUMBER = re.compile(rb"(1\d{9}) GET")
WARM_S, WATCHED_S = 2.5, 5.0
BACKSPACE = "\x7f"
LISTS = 48
"""The columns from the left that show lists and no log."""


def measure(tool: Tool, field: Field) -> Samples:
    """Read its log without doing anything with it; then let the tool show it."""
    field.holds(20)
    with writing(field):
        delivered = bare_rate(field.host)
    with writing(field), tool.open(field.host) as terminal:
        see_log(terminal, tool)
        drawn = drawn_rate(terminal)
        keys = key_times_ms(terminal) if tool.is_ours else []
    return {DELIVERED: [delivered], DRAWN: [drawn], SHARE: [100 * drawn / delivered], KEY: keys}


@contextmanager
def writing(field: Field) -> Iterator[None]:
    """Let a container write numbered lines."""
    container = field.engine.run(NAME, ["seq", "-s", LINE, "1000000000", "1999999999"])
    try:
        yield
    finally:
        container.remove(force=True)


def bare_rate(host: str) -> float:
    """Lines a second that come out of the engine's socket."""
    query = "follow=1&stdout=1&stderr=1&timestamps=1&tail=1000"
    request = f"GET /containers/{NAME}/logs?{query} HTTP/1.1\r\nHost: bench\r\n\r\n"
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(host.removeprefix("unix://"))
        line.sendall(request.encode())
        read_until(line, time.perf_counter() + WARM_S)
        first_s, first = read_until(line, time.perf_counter())
        last_s, last = read_until(line, time.perf_counter() + WATCHED_S)
        return (last - first) / (last_s - first_s)


def read_until(line: socket.socket, end_s: float) -> tuple[float, int]:
    """Read on until some time has come; returns when that was, and the number then reached."""
    while True:
        data = line.recv(262_144)
        if time.perf_counter() >= end_s and (numbers := NUMBER.findall(data)):
            return time.perf_counter(), int(numbers[-1])


def see_log(terminal: Terminal, tool: Tool) -> None:
    """Have the log on the screen."""
    terminal.wait_for_bytes(NAME.encode(), timeout_s=20)
    if tool.log_keys:
        terminal.wait_for_quiet(timeout_s=2)
        terminal.send(tool.log_keys)
    terminal.wait_for_bytes(b" GET /cart", timeout_s=20)


def drawn_rate(terminal: Terminal) -> float:
    """Lines a second by which the newest one on the screen moves on."""
    time.sleep(WARM_S + WATCHED_S)
    end_s = terminal.painted[-1].at_s
    first_s, first = newest(terminal, end_s - WATCHED_S)
    last_s, last = newest(terminal, end_s)
    return (last - first) / (last_s - first_s) if last_s > first_s else 0.0


def newest(terminal: Terminal, until_s: float) -> tuple[float, int]:
    """The last piece of output, up to a moment, that shows a line: its time, and the number."""
    for piece in reversed(terminal.painted):
        if piece.at_s <= until_s and (numbers := NUMBER.findall(piece.data)):
            return piece.at_s, max(map(int, numbers))
    raise AssertionError("no line was painted")


def key_times_ms(terminal: Terminal) -> list[float]:
    """How long each letter of a filter took to appear, left of the log that rushes by."""
    pressed_s = [terminal.send("/")]
    for key in ("a", "-", BACKSPACE, BACKSPACE) * 15:
        time.sleep(REST_S)
        pressed_s.append(terminal.send(key))
    time.sleep(REST_S)
    return answers_ms(terminal, pressed_s, columns=LISTS)[1:]


SCENARIO = Scenario(
    name="flood",
    title="A container writes as fast as it can, and its log is in view.",
    figures=(
        Figure(name=DELIVERED, unit="lines/s"),
        Figure(name=DRAWN, unit="lines/s"),
        Figure(name=SHARE, unit="%", bar=95, at_least=True),
        Figure(name=KEY, unit="ms", samples=KEY),
        Figure(name=f"{KEY}, p95", unit="ms", bar=30, collapse=p95, samples=KEY),
    ),
    measure=measure,
    rounds=3,
    peer_rounds=1,
)
