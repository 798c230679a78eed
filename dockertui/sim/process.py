"""What runs inside a container."""

from __future__ import annotations

import asyncio
import posixpath
import signal
from collections.abc import Iterator
from itertools import dropwhile
from random import Random
from typing import TYPE_CHECKING, Protocol

from dockertui.sim.answers import Refusal
from dockertui.sim.behaviour import QUIET, Line
from dockertui.sim.clock import SECOND
from dockertui.sim.shell.commands import COMMANDS
from dockertui.sim.shell.launch import Launch
from dockertui.sim.shell.session import SHELLS, Session

if TYPE_CHECKING:
    from dockertui.sim.container import Container
    from dockertui.sim.image import Image

_GREETING_NS = 2 * SECOND
_NOT_FOUND = 127
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
            left_s = max(0.0, behaviour.lives_s - age_s)
            self._container.life.timers.later(left_s, self._end_by_itself)

    def signal(self, number: int) -> None:
        """Begin to end, if that is what it was told and does."""
        stops_in_s = self._container.behaviour.stops_in_s
        if number in ENDING and stops_in_s is not None:
            life, code = self._container.life, self._container.behaviour.stop_code
            life.timers.later(stops_in_s, lambda: life.end(code))

    def finish(self) -> None:
        """Leave nothing behind: it has ended."""

    def _end_by_itself(self) -> None:
        behaviour = self._container.behaviour
        self._container.life.end(behaviour.exit_code, oom=behaviour.dies_of_memory)


class Program:
    """A process that the built-in shell knows how to run."""

    def __init__(self, container: Container) -> None:
        """Get ready to run in `container`."""
        self._container = container
        self._task: asyncio.Task[None] | None = None
        reads = bool(container.config.get("OpenStdin"))
        launch = Launch(container.command, has_terminal=container.has_tty, reads=reads)
        self.session = Session(container, launch, container.written)

    def begin(self) -> None:
        """Run."""
        self._task = self._container.world.spawn(self._run())

    def signal(self, number: int) -> None:
        """Take a signal; it is ignored without a trap, as for any first process."""
        self.session.deliver(number)

    def finish(self) -> None:
        """Leave nothing behind: it has ended."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        self._container.life.end(await self.session.run())


def process_of(container: Container) -> Process:
    """Choose what runs in a container: what its behaviour says, or its command itself."""
    if container.behaviour is QUIET and missing(container, container.command[0]) is None:
        image = container.world.images.get(container.image_id)
        if image is None or can_run(image, container.command[0]):
            return Program(container)
    return Service(container)


def missing(container: Container, program: str) -> str | None:
    """Say in the runtime's words why a program cannot be run; `None` if it can."""
    image = container.world.images.get(container.image_id)
    own = container.command[0] if container.behaviour is not QUIET else ""
    if image is None or program == own or can_run(image, program) or program in image.programs:
        return None
    if program.startswith("/"):
        return f'exec: "{program}": stat {program}: no such file or directory: unknown'
    return f'exec: "{program}": executable file not found in $PATH: unknown'


def refuse_without_program(container: Container) -> None:
    """Refuse to start what has no program to run, and let it remember why."""
    reason = missing(container, container.command[0])
    if reason is not None:
        container.exit_code = _NOT_FOUND
        container.error = (
            "failed to create shim task: OCI runtime create failed: runc create failed: "
            f"unable to start container process: {reason}"
        )
        raise Refusal(400, container.error)


def can_run(image: Image, program: str) -> bool:
    """Does the built-in shell stand in for a program of an image?"""
    name = posixpath.basename(program)
    if name in SHELLS:
        return name in image.shells
    return bool(image.shells) and name in COMMANDS


def script_of(container: Container) -> Iterator[Line] | None:
    """What the container's behaviour will write, from its start or from as far back as is kept."""
    behaviour = container.behaviour
    if behaviour.script is None:
        return None
    world = container.world
    seen_ns = world.clock.time_ns() if container.is_up else container.finished_ns
    kept_ns = seen_ns - round(behaviour.history_s * SECOND)
    seed = f"{world.seed}/{container.name}/{container.restart_count}"
    if container.started_ns >= kept_ns:
        return behaviour.script(Random(seed), container.started_ns)
    # What it said when it started is no longer kept.
    lines = behaviour.script(Random(seed), kept_ns)
    return dropwhile(lambda line: line[0] < kept_ns + _GREETING_NS, lines)
