"""Figures of a simulated engine's containers, as a sampler would bring them."""

from __future__ import annotations

from dockertui.model import Container
from dockertui.model.usage import Reading
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
    member.measured.add_up(known, age_s=10)
