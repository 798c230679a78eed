"""An engine that has logs, and breaks off whenever it likes."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncGenerator

from dockertui.engine import LogRequest, ObjectNotFound
from dockertui.model import Container, ContainerState, Event
from dockertui.store import Store
from dockertui.sync import Member, Watcher
from dockertui.sync.log_times import SECOND_NS, ns_of, stamp_in, stamp_of
from tests.unit.sync.fake_engine import FakeEngine

BEGIN_NS = 1_795_435_200 * SECOND_NS


class FakeLogs(FakeEngine):
    """Takes its tail of all lines and then leaves out those beyond the bounds, as engines do."""

    def __init__(self, chance: random.Random | None = None) -> None:
        super().__init__()
        self.logs_of: defaultdict[str, list[bytes]] = defaultdict(list)
        self.asked: list[LogRequest] = []
        self.open = 0
        self.most_open = 0
        self.held = asyncio.Event()
        self.held.set()
        self._chance = chance
        self._written = asyncio.Condition()

    async def write(self, container_id: str, *texts: str, step_ns: int = 1_000) -> None:
        """Let a container write lines."""
        log = self.logs_of[container_id]
        for text in texts:
            stamp = stamp_of(BEGIN_NS + len(log) * step_ns)
            log.append(f"1{stamp} {text}\n".encode())
        async with self._written:
            self._written.notify_all()

    async def logs(self, request: LogRequest) -> AsyncGenerator[bytes]:
        """Send a log, perhaps not to its end."""
        self.asked.append(request)
        if request.container_id not in self.containers:
            raise ObjectNotFound("No such container")
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            await self.held.wait()
            log = self.logs_of[request.container_id]
            at = max(0, len(log) - request.tail) if request.tail is not None else 0
            while True:
                while at < len(log):
                    size = self._chance.choice([1, 1, 7, 400]) if self._chance else 400
                    piece, at = log[at : at + size], min(len(log), at + size)
                    yield b"".join(it for it in piece if within(it, request))
                    if self._chance and self._chance.random() < 0.2:
                        return
                container = self.containers.get(request.container_id)
                if not request.follow or container is None or not container.state.is_live:
                    return
                async with self._written:
                    await self._written.wait()
        finally:
            self.open -= 1

    async def ends(self, container_id: str, time_ns: int, *, code: str = "0") -> Event:
        """Let a container end; the event of it."""
        async with self._written:
            self._written.notify_all()
        name = self.containers[container_id].name
        return Event("container", "die", container_id, time_ns, {"exitCode": code, "name": name})


def within(record: bytes, request: LogRequest) -> bool:
    """Is a record within the bounds asked for?"""
    time_ns = ns_of(stamp_in(record))
    return not (
        (request.since and time_ns < number(request.since))
        or (request.until and time_ns > number(request.until))
    )


def number(bound: str) -> int:
    """A bound in nanoseconds."""
    seconds, nanos = bound.split(".")
    return int(seconds) * SECOND_NS + int(nanos)


def member_of(engine: FakeLogs, *containers: Container) -> Member:
    """A member whose store knows some containers; nobody watches."""
    store = Store()
    engine.containers |= {it.id: it for it in containers}
    store.replace(Container, containers)
    return Member(engine, store, Watcher(engine, store, [Container]))  # type: ignore[arg-type]


def running(id_: str, name: str = "") -> Container:
    """A container that runs."""
    return Container(id=id_, name=name or id_, state=ContainerState.RUNNING)
