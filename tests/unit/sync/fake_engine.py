"""An engine in a dozen lines, for the watcher's own logic; contract tests use real ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection
from typing import Any

from dockertui.engine import EngineUnavailable, Problem, ProblemKind
from dockertui.model import Container, EngineInfo, Event
from dockertui.model.disk import DiskUsage
from dockertui.model.host import Host


class FakeEngine:
    """Holds containers; can go away and come back."""

    name = "fake"
    address = "unix:///nowhere"
    read_only = False

    def __init__(self) -> None:
        self.containers: dict[str, Container] = {}
        self.gone = False
        self.silent = False
        self.lists: list[tuple[str, frozenset[str]]] = []
        self.past: list[Event] = []
        self.happened: asyncio.Queue[Event | None] = asyncio.Queue()

    def lost(self) -> EngineUnavailable:
        return EngineUnavailable(Problem(ProblemKind.REFUSED, "Nobody is there."))

    def change(self, container: Container, action: str = "start") -> None:
        self.containers[container.id] = container
        self.happened.put_nowait(Event("container", action, container.id, 1))

    def go(self) -> None:
        self.gone = True
        self.happened.put_nowait(None)

    async def connect(self) -> EngineInfo:
        if self.gone:
            raise self.lost()
        return EngineInfo(version="1")

    async def ping(self, *, timeout_s: float = 1.8) -> None:
        if self.gone or self.silent:
            raise self.lost()

    async def list(self, kind: type[Any], ids: Collection[str] = ()) -> tuple[Any, ...]:
        if self.gone:
            raise self.lost()
        self.lists.append((kind.kind, frozenset(ids)))
        if kind is not Container:
            return ()
        return tuple(it for it in self.containers.values() if not ids or it.id in ids)

    async def events(self, *, since_ns: int | None = None) -> AsyncGenerator[Event]:
        while (event := await self.happened.get()) is not None:
            yield event

    async def past_events(
        self, since_ns: int, until_ns: int, container_id: str = ""
    ) -> tuple[Event, ...]:
        return tuple(self.past)

    async def host(self) -> Host:
        return Host(id=self.name, name=self.name)

    async def disk_usage(self) -> DiskUsage:
        return DiskUsage()

    async def close(self) -> None:
        pass
