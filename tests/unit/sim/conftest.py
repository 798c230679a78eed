"""A simulated engine for each test, and the SDK speaking to it from a thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

import pytest
from docker import APIClient

from dockertui.sim import scenario
from dockertui.sim.container import Container
from dockertui.sim.server import SimulatedEngine

PATIENCE_S = 10.0


class Run(Protocol):
    """Runs a shell script in a new container."""

    async def __call__(self, script: str, **more: Any) -> Container:
        """Create and start it."""
        ...


@pytest.fixture
async def engine() -> AsyncIterator[SimulatedEngine]:
    """An engine with one image, `busybox:1`."""
    async with SimulatedEngine(scenario.bare()) as one:
        yield one


@pytest.fixture
async def client(engine: SimulatedEngine) -> AsyncIterator[APIClient]:
    """The SDK, connected to the engine; to be called in a thread."""
    one = APIClient(engine.base_url, version="1.45", timeout=int(PATIENCE_S))
    yield one
    one.close()


@pytest.fixture
def run(engine: SimulatedEngine, client: APIClient) -> Run:
    """Runs a script in a new container of the engine."""

    async def run_script(script: str, **more: Any) -> Container:
        made = await asyncio.to_thread(
            client.create_container, "busybox:1", ["sh", "-c", script], **more
        )
        container = engine.world.container(made["Id"])
        await asyncio.to_thread(client.start, made["Id"])
        return container

    return run_script


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.005)
