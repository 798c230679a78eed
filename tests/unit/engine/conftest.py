"""Simulated engines of either kind, for the meter."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dockertui.engine.metering import pulse, schedule
from dockertui.sim import collector, scenario
from dockertui.sim.server import SimulatedEngine
from tests.unit.engine.metered import KINDS


@pytest.fixture(params=KINDS)
async def engine(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[SimulatedEngine]:
    """An engine with many containers, that answers at once or at its tick, which is quick here."""
    monkeypatch.setattr(collector, "TICK_S", 0.4)
    async with SimulatedEngine(scenario.many(120)) as one:
        one.world.host.reads_at_once = request.param == "at once"
        yield one


@pytest.fixture
async def quick() -> AsyncIterator[SimulatedEngine]:
    """An engine that answers at once."""
    async with SimulatedEngine(scenario.many(80)) as one:
        yield one


@pytest.fixture
async def slow(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SimulatedEngine]:
    """An engine that answers at its tick."""
    monkeypatch.setattr(collector, "TICK_S", 0.4)
    async with SimulatedEngine(scenario.many(80)) as one:
        one.world.host.reads_at_once = False
        yield one


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for a silent engine, or for one that does not run."""
    monkeypatch.setattr(pulse, "_QUIET_S", 0.4)
    monkeypatch.setattr(pulse, "_PATIENCE_S", 0.3)
    monkeypatch.setattr(schedule, "REST_S", 0.3)
