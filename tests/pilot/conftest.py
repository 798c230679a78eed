"""The whole app over a simulated engine, keys in and screen out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from dockertui.sync.sampler import Sampler
from tests.pilot.person import Person


@pytest.fixture
async def sim() -> AsyncIterator[SimulatedEngine]:
    """The demo's company, served on the test's own loop."""
    async with SimulatedEngine(scenario.demo()) as engine:
        yield engine


@pytest.fixture
async def person(sim: SimulatedEngine) -> AsyncIterator[Person]:
    """Somebody who sits in front of the app, which shows the company."""
    async with Person.at(sim) as person:
        yield person


@pytest.fixture
def told_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is measured but what the test tells."""

    async def run(_: Sampler) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(Sampler, "run", run)
