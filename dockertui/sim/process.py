"""What runs inside a container."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Protocol

from dockertui.sim.behaviour import Line
from dockertui.sim.clock import SECOND

if TYPE_CHECKING:
    from dockertui.sim.container import Container

ENDING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGQUIT})
"""What a service takes as the wish that it end."""


class Process(Protocol):
    """The first process of a container."""

    def begin(self) -> None:
        """Run."""
        ...

    def signal(self, number: int) -> None:
        """Take a signal other than SIGKILL."""
        ...

    def finish(self) -> None:
        """Leave nothing behind: it has ended."""
        ...


class Service:
    """A process that follows its container's behaviour."""

    def __init__(self, container: Container) -> None:
        """Get ready to run in `container`."""
        self._container = container

    def begin(self) -> None:
        """Run, and end by itself if that is its way."""
        behaviour = self._container.behaviour
        if behaviour.lives_s is not None:
            clock = self._container.world.clock
            age_s = (clock.time_ns() - self._container.started_ns) / SECOND
            self._container.life.later(max(0.0, behaviour.lives_s - age_s), self._end_by_itself)

    def signal(self, number: int) -> None:
        """Begin to end, if that is what it was told and does."""
        stops_in_s = self._container.behaviour.stops_in_s
        if number in ENDING and stops_in_s is not None:
            code = self._container.behaviour.stop_code
            self._container.life.later(stops_in_s, lambda: self._container.life.end(code))

    def finish(self) -> None:
        """Leave nothing behind: it has ended."""

    def _end_by_itself(self) -> None:
        behaviour = self._container.behaviour
        self._container.life.end(behaviour.exit_code, oom=behaviour.dies_of_memory)


def script_of(container: Container) -> Iterator[Line] | None:
    """What the container's behaviour will write, from its start or from as far back as is kept."""
    behaviour = container.behaviour
    if behaviour.script is None:
        return None
    world = container.world
    kept_ns = world.born_ns - round(behaviour.history_s * SECOND)
    seed = f"{world.seed}/{container.name}/{container.restart_count}"
    return behaviour.script(Random(seed), max(container.started_ns, kept_ns))
