"""Health checks: what they find, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dockertui.sim.answers import JSON
from dockertui.sim.clock import SECOND, timestamp
from dockertui.sim.shell.launch import Launch
from dockertui.sim.shell.session import Session

if TYPE_CHECKING:
    from dockertui.sim.container import Container

_KEPT = 5
_DEFAULT_INTERVAL_S = 30.0
_TAKES_NS = 61_000_000
_SHELL = ["/bin/sh", "-c"]


@dataclass(slots=True)
class Health:
    """What the health probes found."""

    status: str = "starting"
    """`starting`, `healthy` or `unhealthy`."""
    failing_streak: int = 0
    """How many probes have failed in a row."""
    probes: int = 0
    """How many there were."""
    log: list[JSON] = field(default_factory=list)
    """The last five, in the engine's JSON."""


class Prober:
    """Probes one container as often as its health check says."""

    def __init__(self, container: Container) -> None:
        """Get ready to probe `container`."""
        self._container = container
        check = container.config.get("Healthcheck") or {}
        self._test: list[str] = check.get("Test") or []
        self.interval_s: float = (check.get("Interval") or 0) / SECOND or _DEFAULT_INTERVAL_S
        self._retries = check.get("Retries") or 3

    @property
    def has_check(self) -> bool:
        """Is there anything to probe?"""
        return bool(self._test) and self._test[0] != "NONE"

    def begin(self) -> None:
        """Probe until the container ends."""
        if self.has_check:
            self._container.life.timers.later(self.interval_s, self._again)

    def _again(self) -> None:
        container = self._container
        if container.state != "running" or container.health is None:
            self.begin()
        elif container.life.session is not None:
            container.world.spawn(self._run())
        else:
            self.find(*self._imagine(container.health))
            self.begin()

    async def _run(self) -> None:
        """Probe one that runs a program of its own by running the test beside it."""
        written: list[str] = []
        is_script = self._test[0] == "CMD-SHELL"
        launch = Launch([*_SHELL, *self._test[1:]] if is_script else self._test[1:])
        session = Session(self._container, launch, lambda _stream, text: written.append(text))
        code = await session.run()
        if self._container.state == "running":
            self.find(code, "".join(written))
            self.begin()

    def recall(self, at_ns: int) -> None:
        """Have probed once, at some time before anyone could listen."""
        if self._container.health is not None:
            self._record(*self._imagine(self._container.health), at_ns)

    def find(self, code: int, output: str) -> None:
        """Take what a probe found, and tell of it."""
        container = self._container
        health = container.health
        if health is None:
            return
        before = health.status
        self._record(code, output, container.world.clock.time_ns())
        self._tell_of_exec(code)
        if health.status != before:
            container.changed()
            container.emit(f"health_status: {health.status}")

    def _imagine(self, health: Health) -> tuple[int, str]:
        probe = self._container.behaviour.probe
        return probe(health.probes) if probe else (0, "")

    def _record(self, code: int, output: str, start_ns: int) -> None:
        health = self._container.health
        if health is None:
            return
        health.probes += 1
        health.log.append(
            {
                "Start": timestamp(start_ns),
                "End": timestamp(start_ns + _TAKES_NS),
                "ExitCode": code,
                "Output": output,
            }
        )
        del health.log[:-_KEPT]
        health.failing_streak = health.failing_streak + 1 if code else 0
        if not code:
            health.status = "healthy"
        elif health.failing_streak >= self._retries:
            health.status = "unhealthy"

    def _tell_of_exec(self, code: int) -> None:
        container = self._container
        exec_id = container.world.new_id()
        shell = _SHELL if self._test[0] == "CMD-SHELL" else []
        command = " ".join([*shell, *self._test[1:]])
        container.emit(f"exec_create: {command}", execID=exec_id)
        container.emit(f"exec_start: {command}", execID=exec_id)
        container.emit("exec_die", execID=exec_id, exitCode=str(code))
