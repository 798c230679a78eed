"""What can happen to a container, and what follows from it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from dockertui.sim.answers import Refusal
from dockertui.sim.clock import SECOND
from dockertui.sim.health import Health, Prober
from dockertui.sim.process import Process, Program, process_of, refuse_without_program, script_of
from dockertui.sim.shell.session import Session
from dockertui.sim.signals import signal_number
from dockertui.sim.timers import Steps, Timers

if TYPE_CHECKING:
    from dockertui.sim.container import Container

_DEFAULT_GRACE_S = 10.0
_SHORTEST_WAIT_S = 0.1
_LONGEST_WAIT_S = 60.0
_LONG_ENOUGH_S = 10.0
"""After a life of this length a restart waits no longer than the first time."""

_LEAVING_S = 0.05
"""How long one with `AutoRemove` can still be looked at when its process has ended."""


class Life:
    """Moves a container from state to state, and tells everyone of each step."""

    def __init__(self, container: Container) -> None:
        """Stand by for what happens to `container`."""
        self._container = container
        self._process: Process | None = None
        self.timers = Timers(container.world)
        self._steps = Steps()
        self._ended_by_hand = False
        self.exits = 0
        """How often its process has ended since the world began."""
        self._is_removed = False
        self._wait_s = _SHORTEST_WAIT_S

    def resume(self) -> None:
        """Let go on by itself what was set up as already running."""
        container = self._container
        if container.state == "running":
            self._run()
        elif container.state == "restarting":
            self._wait_s = min(_LONGEST_WAIT_S, _SHORTEST_WAIT_S * 2**container.restart_count)
            waited_s = (container.world.clock.time_ns() - container.finished_ns) / SECOND
            self.timers.later(max(0.0, self._wait_s - waited_s), self._start_again)

    def start(self) -> None:
        """Start it, or refuse."""
        container = self._container
        if container.state == "paused":
            raise Refusal(409, "cannot start a paused container, try unpause instead")
        refuse_without_program(container)
        self._ended_by_hand = False
        container.restart_count = 0
        self.timers.call_off()
        self._begin()

    @property
    def session(self) -> Session | None:
        """Who can be typed to; `None` if it takes no input."""
        return self._process.session if isinstance(self._process, Program) else None

    def receive(self, number: int) -> None:
        """Let its process have a signal."""
        if self._process is not None and self._container.state != "paused":
            self._process.signal(number)

    async def stop(self, grace_s: float | None) -> None:
        """Ask its process to end, and kill it if it has not after a while.

        Args:
            grace_s: how long to wait; `None` is the container's own choice, below 0 is for ever.
        """
        container = self._container
        self._ended_by_hand = True
        if container.state == "restarting":
            self.timers.call_off()
            self._settle("exited")
            container.emit("stop")
            return
        if grace_s is None:
            grace_s = float(container.config.get("StopTimeout") or _DEFAULT_GRACE_S)
        number = signal_number(container.config.get("StopSignal") or "SIGTERM")
        container.emit("kill", signal=str(number))
        self.receive(number)
        patience_s = grace_s if grace_s >= 0 else None
        if not await self._steps.until(lambda: not container.is_up, patience_s):
            container.emit("kill", signal="9")
            self.end(128 + signal.SIGKILL)
        container.emit("stop")

    async def restart(self, grace_s: float | None) -> None:
        """Stop it if it runs, and start it."""
        if self._container.is_up or self._container.state == "restarting":
            await self.stop(grace_s)
        self.start()
        self._container.emit("restart")

    def kill(self, number: int) -> None:
        """Send it a signal."""
        container = self._container
        if not container.is_up:
            raise Refusal(409, f"Container {container.id} is not running")
        self._ended_by_hand = True
        container.emit("kill", signal=str(number))
        if number == signal.SIGKILL:
            self.end(128 + signal.SIGKILL)
        else:
            self.receive(number)

    def pause(self) -> None:
        """Freeze its processes."""
        container = self._container
        if container.state == "paused":
            raise Refusal(409, f"Container {container.id} is already paused")
        if container.state != "running":
            raise Refusal(409, f"Container {container.id} is not running")
        container.state = "paused"
        container.froze()
        container.emit("pause")

    def unpause(self) -> None:
        """Let its processes go on."""
        container = self._container
        if container.state != "paused":
            raise Refusal(500, f"Container {container.id} is not paused")
        container.state = "running"
        container.thawed()
        container.emit("unpause")

    def end(self, exit_code: int, *, oom: bool = False) -> None:
        """Its process has ended."""
        container = self._container
        if not container.is_up:
            return
        if oom:
            container.emit("oom")
        if container.has_log:
            container.log.end()
        self.forget()
        self.exits += 1
        container.exit_code, container.oom_killed, container.pid = exit_code, oom, 0
        container.finished_ns = container.world.clock.time_ns()
        again = not self._ended_by_hand and _policy_says_again(container)
        self._settle("restarting" if again else "exited")
        container.emit("die", exitCode=str(exit_code))
        container.world.unplug(container)
        if again:
            self.timers.later(self._next_wait_s(), self._start_again)
        elif container.host_config.get("AutoRemove"):
            self.timers.later(_LEAVING_S, partial(container.world.remove_container, container))

    async def begun(self, exits: int) -> None:
        """Wait until it runs, or has ended more often than it had."""
        await self._steps.until(lambda: self._container.is_up or self.exits > exits)

    async def ended(self, condition: str = "not-running", exits: int | None = None) -> int:
        """Wait until its process has ended; the exit code.

        Args:
            condition: `not-running`, `next-exit` or `removed`.
            exits: after how many exits one is the next; `None` is as many as there were.
        """
        before = self.exits if exits is None else exits
        conditions: dict[str, Callable[[], bool]] = {
            "next-exit": lambda: self.exits > before,
            "removed": lambda: self._is_removed,
        }
        await self._steps.until(
            conditions.get(condition, lambda: self.exits > before or not self._container.is_up)
        )
        return self._container.exit_code

    def vanish(self) -> None:
        """Its container is no longer there."""
        self.forget()
        self._is_removed = True
        self._steps.step()

    def forget(self) -> None:
        """Nothing happens any more: the container or the world is gone."""
        self.timers.call_off()
        if self._process is not None:
            self._process.finish()

    def _begin(self) -> None:
        container = self._container
        world = container.world
        world.plug_in(container)
        container.pid = world.next_pid()
        container.exit_code, container.error, container.oom_killed = 0, "", False
        container.started_ns = world.clock.time_ns()
        container.paused_ns = container.frozen_ns = 0
        container.health = Health() if container.health else None
        if container.has_log:
            container.log.begin(script_of(container))
        self._settle("running")
        container.emit("start")
        self._run()

    def _run(self) -> None:
        self._process = process_of(self._container)
        self._process.begin()
        Prober(self._container).begin()

    def _next_wait_s(self) -> float:
        """Wait twice as long each time, unless it has lived for a while."""
        container = self._container
        lived_s = (container.finished_ns - container.started_ns) / SECOND
        longer_s = min(_LONGEST_WAIT_S, self._wait_s * 2)
        self._wait_s = _SHORTEST_WAIT_S if lived_s > _LONG_ENOUGH_S else longer_s
        return self._wait_s

    def _start_again(self) -> None:
        self._container.restart_count += 1
        self._begin()

    def _settle(self, state: str) -> None:
        self._container.state = state
        self._container.changed()
        self._steps.step()


def _policy_says_again(container: Container) -> bool:
    policy = container.host_config.get("RestartPolicy") or {}
    most = policy.get("MaximumRetryCount") or 0
    match policy.get("Name"):
        case "always" | "unless-stopped":
            return True
        case "on-failure":
            return container.exit_code != 0 and (not most or container.restart_count < most)
    return False
