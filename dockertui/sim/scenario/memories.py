"""What an engine remembers of the hour before a world begins."""

from __future__ import annotations

from collections.abc import Iterator

from dockertui.sim.clock import SECOND
from dockertui.sim.container import Container
from dockertui.sim.events import Event
from dockertui.sim.world import World

_HOUR_NS = 3600 * SECOND
_A_MOMENT_NS = SECOND // 4
_WAIT_NS = 60 * SECOND
"""How long the engine waits before it starts again what ends at once, after some attempts."""


def recall(world: World) -> None:
    """Let a world's engine remember what its containers lived through lately."""
    told = [it for each in world.containers for it in _life(each)]
    world.events.recall(it for it in told if it.time_ns >= world.born_ns - _HOUR_NS)


def _life(container: Container) -> Iterator[Event]:
    yield _event(container, "create", container.created_ns)
    if container.is_up:
        yield _event(container, "start", container.started_ns)
    for ended_ns in _ends(container):
        lived_ns = round((container.behaviour.lives_s or 1) * SECOND)
        began_ns = max(container.created_ns + _A_MOMENT_NS, ended_ns - lived_ns)
        yield _event(container, "start", began_ns)
        if container.behaviour.dies_of_memory:
            yield _event(container, "oom", ended_ns)
        code = container.exit_code or container.behaviour.exit_code
        yield _event(container, "die", ended_ns, exitCode=str(code))


def _ends(container: Container) -> Iterator[int]:
    """When its lives ended, the last one first."""
    at_ns = container.finished_ns
    lived_ns = round((container.behaviour.lives_s or 1) * SECOND)
    waited_ns = _WAIT_NS if container.state == "restarting" else SECOND
    for _ in range(max(1, container.restart_count)):
        if at_ns > container.created_ns:
            yield at_ns
        at_ns -= lived_ns + waited_ns


def _event(container: Container, action: str, at_ns: int, **more: str) -> Event:
    attributes = {**container.labels, "image": container.image, "name": container.name, **more}
    return Event("container", action, container.id, attributes, at_ns)
