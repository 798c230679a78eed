"""Figures of a simulated engine's containers, as a sampler would bring them."""

from __future__ import annotations

import json

from dockertui.engine.payload.usage import parse_reading
from dockertui.model import Container
from dockertui.model.usage import Reading
from dockertui.sim.statistics import sample
from dockertui.sim.world import World
from dockertui.sync import Member

SECOND = 1_000_000_000


def measure(member: Member, world: World) -> None:
    """Let everything that runs be measured now, with what it is made to use."""
    now_ns = world.clock.time_ns()
    running = [it for it in world.containers if it.is_up]
    for before in (True, False):
        member.measured.take(
            Reading(
                container_id=it.id,
                read_ns=now_ns - SECOND * before,
                cpu_ns=0 if before else round(it.behaviour.load.cpu_percent / 100 * SECOND),
                memory_bytes=it.behaviour.load.memory_bytes,
                memory_limit_bytes=it.host_config.get("Memory") or world.host.memory_bytes,
                processes=1 + len(it.behaviour.processes),
            )
            for it in running
        )
    known = member.store.snapshot(Container).values()
    list(member.measured.add_up(known, age_s=10))


def measure_minutes(member: Member, world: World, seconds: int = 180) -> None:
    """Let everything that runs have been measured each second for a while."""
    now_ns = world.clock.time_ns()
    running = [it for it in world.containers if it.is_up]
    known = member.store.snapshot(Container).values()
    for ago_s in range(seconds, -1, -1):
        at_ns = now_ns - ago_s * SECOND
        read = (
            parse_reading(it.id, json.dumps(sample(it, at_ns)).encode())
            for it in running
            if it.started_ns < at_ns
        )
        member.measured.take(it for it in read if it is not None)
        list(member.measured.add_up(known, age_s=10))
