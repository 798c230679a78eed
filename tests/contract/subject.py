"""An engine under test, simulated or real, and what the tests do behind its back."""

from __future__ import annotations

import asyncio
import shlex
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from dockertui.engine import EngineError
from dockertui.engine.address import resolve
from dockertui.engine.client import Client
from dockertui.engine.docker_engine import DockerEngine
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.support.real_engine import IMAGE, RealEngine

JSON = Any
"""What the SDK takes and returns."""
STDOUT, STDERR = 1, 2


class Writer(Protocol):
    """Lets the main process of a container write something."""

    async def __call__(self, container_id: str, text: str, stream: int) -> None:
        """Write it, now."""
        ...


class Subject:
    """An engine under test."""

    def __init__(self, base_url: str, write: Writer, *, is_real: bool) -> None:
        self.base_url = base_url
        self.is_real = is_real
        self._address = resolve(base_url, {}, Path("/nowhere"))
        self.engine = self.another_engine()
        # docker-py's own would leave the sockets of failed connections open.
        self.api = Client(self._address, api_version="1.41", read_only=False)
        self._write = write
        self._made: list[str] = []

    def another_engine(self, *, read_only: bool = False) -> DockerEngine:
        """One more of ours at the same address."""
        return DockerEngine(self._address, read_only=read_only)

    async def make(
        self, command: str = "sleep 1000000", *, start: bool = True, **config: JSON
    ) -> str:
        """Create a container, and start it; its ID is returned."""
        host = config.pop("host", {})
        host.setdefault("network_mode", "none")
        config.setdefault("stop_signal", "SIGKILL")
        name = config.pop("name", f"t-{uuid4().hex[:8]}")
        made = await asyncio.to_thread(
            self.api.create_container,
            IMAGE,
            shlex.split(command),
            name=name,
            host_config=self.api.create_host_config(**host),
            **config,
        )
        self._made.append(made["Id"])
        if start:
            await asyncio.to_thread(self.api.start, made["Id"])
        return str(made["Id"])

    async def write(self, container_id: str, text: str, stream: int = STDOUT) -> None:
        """Let the main process of a container write something."""
        await self._write(container_id, text, stream)

    async def clear_away(self) -> None:
        """Remove what was made, and let go of the engine."""
        for container_id in self._made:
            with suppress(EngineError):
                await asyncio.to_thread(self.api.remove_container, container_id, force=True, v=True)
        await self.engine.close()
        self.api.close()


@asynccontextmanager
async def simulated() -> AsyncIterator[Subject]:
    """A simulated engine with one image, for one test."""
    async with SimulatedEngine(scenario.bare()) as server, simulated_by(server) as subject:
        yield subject


@asynccontextmanager
async def simulated_by(server: SimulatedEngine) -> AsyncIterator[Subject]:
    """The engine that a server simulates."""

    async def write(container_id: str, text: str, stream: int) -> None:
        container = server.world.containers.find(container_id)
        *lines, rest = text.split("\n")
        for line in lines:
            container.log.write(line + ("\r\n" if container.has_tty else "\n"), stream)
        assert not rest

    subject = Subject(server.base_url, write, is_real=False)
    try:
        yield subject
    finally:
        await subject.clear_away()


@asynccontextmanager
async def real(engine: RealEngine) -> AsyncIterator[Subject]:
    """A real engine, which other tests use, too."""

    def write_there(container_id: str, text: str, stream: int) -> None:
        script = f"printf %s {shlex.quote(text)} >/proc/1/fd/{stream}"
        made = subject.api.exec_create(container_id, ["sh", "-c", script])
        assert subject.api.exec_start(made["Id"]) == b""
        # The engine takes it from a pipe, and into its log in its own time.
        last = text.rstrip("\n").rpartition("\n")[2].encode()
        end_s = time.monotonic() + 10
        while last not in subject.api.logs(container_id, tail=1) and time.monotonic() < end_s:
            time.sleep(0.005)

    async def write(container_id: str, text: str, stream: int) -> None:
        await asyncio.to_thread(write_there, container_id, text, stream)

    subject = Subject(engine.base_url, write, is_real=True)
    try:
        yield subject
    finally:
        await subject.clear_away()
