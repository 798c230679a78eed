"""Health checks: what they find, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dockertui.sim.answers import JSON
from dockertui.sim.clock import SECOND, timestamp

if TYPE_CHECKING:
    from dockertui.sim.container import Container

_KEPT = 5
_DEFAULT_INTERVAL_S = 30.0
_TAKES_NS = 61_000_000


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
            self._container.life.later(self.interval_s, self._again)

    def _again(self) -> None:
        if self._container.state == "running":
            self.probe()
        self.begin()

    def probe(self, at_ns: int | None = None, *, quietly: bool = False) -> None:
        """Probe once.

        Args:
            at_ns: when, if not now.
            quietly: tell nobody, as for what happened before anyone could listen.
        """
        container = self._container
        health = container.health
        if health is None:
            return
        start_ns = container.world.clock.time_ns() if at_ns is None else at_ns
        probe = container.behaviour.probe
        code, output = probe(health.probes) if probe else (0, "")
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
        before = health.status
        if not code:
            health.status = "healthy"
        elif health.failing_streak >= self._retries:
            health.status = "unhealthy"
        if quietly:
            return
        self._tell_of_exec(code)
        if health.status != before:
            container.changed()
            container.emit(f"health_status: {health.status}")

    def _tell_of_exec(self, code: int) -> None:
        container = self._container
        exec_id = container.world.new_id()
        shell = ["/bin/sh", "-c"] if self._test[0] == "CMD-SHELL" else []
        command = " ".join([*shell, *self._test[1:]])
        container.emit(f"exec_create: {command}", execID=exec_id)
        container.emit(f"exec_start: {command}", execID=exec_id)
        container.emit("exec_die", execID=exec_id, exitCode=str(code))
