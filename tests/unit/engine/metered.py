"""Simulated engines to be metered, and meters for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from dockertui.engine.address import Address, resolve
from dockertui.engine.meter import EngineMeter
from dockertui.engine.metering.way import Way
from dockertui.model import EngineInfo
from dockertui.sim.container import Container
from dockertui.sim.server import SimulatedEngine

OFTEN, SELDOM = 0.4, 2.0
KINDS = {"at once": Way.SHOTS, "at its tick": Way.STREAMS}


def address_of(engine: SimulatedEngine) -> Address:
    """Where a simulated engine is."""
    return resolve(engine.base_url, {}, Path("/nowhere"))


def known(version: str = "1.41") -> Callable[[], Awaitable[EngineInfo]]:
    """What is known of an engine."""

    async def info() -> EngineInfo:
        return EngineInfo(version="x", api_version=version)

    return info


def meter_of(engine: SimulatedEngine, version: str = "1.41") -> EngineMeter:
    """A meter for a simulated engine."""
    return EngineMeter(address_of(engine), known(version))


def running(engine: SimulatedEngine, count: int = 3) -> list[Container]:
    """Some of its containers that run."""
    return [it for it in engine.world.containers if it.state == "running"][:count]
