"""What containers use and which processes they have."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from dockertui.sim.answers import Answer, Refusal, Stream, dumps, ok
from dockertui.sim.clock import SECOND
from dockertui.sim.container import Container
from dockertui.sim.routing import Call, route
from dockertui.sim.statistics import sample

_TITLES = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"]
_AUX_TITLES = [
    *("USER", "PID", "%CPU", "%MEM", "VSZ", "RSS"),
    *("TTY", "STAT", "START", "TIME", "COMMAND"),
]


_ONE_SHOT_SINCE = (1, 41)


@route("GET", "/containers/{id}/stats")
async def stats(call: Call) -> Answer:
    """Read what a container uses: once, or each second."""
    container = call.world.container(call.path["id"])
    streams = call.flag("stream", default=True)
    is_one_shot = call.flag("one-shot") and call.version >= _ONE_SHOT_SINCE
    if streams and is_one_shot:
        raise Refusal(400, "cannot have stream=true and one-shot=true")
    if streams:
        return Stream(_each_second(container), "application/json")
    clock, collector = call.world.clock, call.world.collector
    if not container.is_up:
        return ok(sample(container, clock.time_ns()))
    if is_one_shot:
        if not call.world.host.reads_at_once:
            await collector.turn()
        return ok(sample(container, clock.time_ns()))
    await collector.turn()
    before_ns = clock.time_ns()
    if clock.is_frozen:
        return ok(sample(container, before_ns, before_ns - SECOND))
    await collector.turn()
    return ok(sample(container, clock.time_ns(), before_ns))


@route("GET", "/containers/{id}/top")
def top(call: Call) -> Answer:
    """List a container's processes."""
    container = call.world.container(call.path["id"])
    if not container.is_up:
        raise Refusal(409, f"Container {container.id} is not running")
    is_aux = "aux" in call.query.get("ps_args", "")
    rows = [
        _aux_row(container, index, line) if is_aux else _row(container, index, line)
        for index, line in enumerate(_lines(container))
    ]
    container.emit("top")
    return ok({"Processes": rows, "Titles": _AUX_TITLES if is_aux else _TITLES})


async def _each_second(container: Container) -> AsyncIterator[bytes]:
    """Read it at each tick until it is removed; one that does not run has nothing to tell."""
    clock, collector = container.world.clock, container.world.collector
    gone = asyncio.ensure_future(container.life.ended("removed"))
    before_ns = 0
    try:
        while True:
            turn = asyncio.ensure_future(collector.turn())
            await asyncio.wait({gone, turn}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                turn.cancel()
                return
            # Where time stands still it passes for the counters alone.
            now_ns = before_ns + SECOND if clock.is_frozen and before_ns else clock.time_ns()
            yield dumps(sample(container, now_ns, before_ns)) + b"\n"
            before_ns = now_ns
    finally:
        gone.cancel()


def _lines(container: Container) -> list[str]:
    running = container.world.executions.values()
    executed = [it.command for it in running if it.container is container and it.running]
    commands = [list(container.command), *executed]
    return [*(" ".join(it) for it in commands[:1]), *container.behaviour.processes] + [
        " ".join(it) for it in commands[1:]
    ]


def _row(container: Container, index: int, line: str) -> list[str]:
    pid, parent = _numbers(container, index)
    user = str(container.config.get("User") or "root")
    terminal = "pts/0" if container.has_tty else "?"
    return [user, pid, parent, "0", _began(container), terminal, "00:00:00", line]


def _aux_row(container: Container, index: int, line: str) -> list[str]:
    pid, _ = _numbers(container, index)
    user = str(container.config.get("User") or "root")
    load = container.behaviour.load
    share = 1 + len(container.behaviour.processes)
    processor = f"{load.cpu_percent / share:.1f}"
    kib = load.memory_bytes // 1024 // share
    memory = f"{100 * kib * 1024 / container.world.host.memory_bytes:.1f}"
    began = _began(container)
    return [user, pid, processor, memory, str(kib * 3), str(kib), "?", "Ss", began, "0:00", line]


def _numbers(container: Container, index: int) -> tuple[str, str]:
    parent = container.pid if index else container.pid - 21
    return str(container.pid + index * 3), str(parent)


def _began(container: Container) -> str:
    return time.strftime("%H:%M", time.gmtime(container.started_ns // SECOND))
