"""What can happen to a container, and what follows from it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from dockertui.sim.answers import Refusal
from dockertui.sim.clock import SECOND
from dockertui.sim.health import Health, Prober
from dockertui.sim.process import Process, Service, script_of

if TYPE_CHECKING:
    from dockertui.sim.container import Container

_DEFAULT_GRACE_S = 10.0
_SHORTEST_WAIT_S = 0.1
_LONGEST_WAIT_S = 60.0


class Life:
    """Moves a container from state to state, and tells everyone of each step."""

    def __init__(self, container: Container) -> None:
        """Stand by for what happens to `container`."""
        self._container = container
        self._process: Process | None = None
        self._timers: set[asyncio.TimerHandle | None] = set()
        self._ended: set[asyncio.Event] = set()
        self._ended_by_hand = False
        self._wait_s = _SHORTEST_WAIT_S

    def resume(self) -> None:
        """Let go on by itself what was set up as already running."""
        container = self._container
        if container.state == "running":
            self._run()
        elif container.state == "restarting":
            self.later(self._wait_s, self._start_again)

    def begin_log(self) -> None:
        """Connect the log to the process, now that somebody wants to read it."""
        container = self._container
        if container.state in {"running", "paused", "exited"} and container.started_ns:
            container.log.begin(script_of(container))
        if not container.is_up:
            container.log.end()

    def start(self) -> None:
        """Start it, or refuse."""
        container = self._container
        if container.state == "paused":
            raise Refusal(409, "cannot start a paused container, try unpause instead")
        self._ended_by_hand = False
        container.restart_count = 0
        self._clear_timers()
        self._begin()

    async def stop(self, grace_s: float | None) -> None:
        """Ask its process to end, and kill it if it has not after a while.

        Args:
            grace_s: how long to wait; `None` is the container's own choice, less than 0 is for ever.
        """
        container = self._container
        self._ended_by_hand = True
        if container.state == "restarting":
            self._clear_timers()
            self._settle("exited")
            container.emit("stop")
            return
        if grace_s is None:
            grace_s = float(container.config.get("StopTimeout") or _DEFAULT_GRACE_S)
        number = signal_number(container.config.get("StopSignal") or "SIGTERM")
        container.emit("kill", signal=str(number))
        self._deliver(number)
        if not await self._ends_within(grace_s if grace_s >= 0 else None):
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
            self._deliver(number)

    def pause(self) -> None:
        """Freeze its processes."""
        container = self._container
        if container.state == "paused":
            raise Refusal(409, f"Container {container.id} is already paused")
        if container.state != "running":
            raise Refusal(409, f"Container {container.id} is not running")
        container.state = "paused"
        container.changed()
        container.emit("pause")

    def unpause(self) -> None:
        """Let its processes go on."""
        container = self._container
        if container.state != "paused":
            raise Refusal(500, f"Container {container.id} is not paused")
        container.state = "running"
        container.changed()
        container.emit("unpause")

    def end(self, exit_code: int, *, oom: bool = False) -> None:
        """Its process has ended."""
        container = self._container
        if not container.is_up:
            return
        lived_s = (container.world.clock.time_ns() - container.started_ns) / SECOND
        if oom:
            container.emit("oom")
        if container.has_log:
            container.log.end()
        if self._process is not None:
            self._process.finish()
        self._clear_timers()
        container.exit_code, container.oom_killed, container.pid = exit_code, oom, 0
        container.finished_ns = container.world.clock.time_ns()
        again = self._will_start_again(exit_code)
        self._settle("restarting" if again else "exited")
        container.emit("die", exitCode=str(exit_code))
        container.world.unplug(container)
        if again:
            self._wait_s = (
                _SHORTEST_WAIT_S if lived_s > 10 else min(_LONGEST_WAIT_S, self._wait_s * 2)
            )
            self.later(self._wait_s, self._start_again)
        elif container.host_config.get("AutoRemove"):
            container.world.remove_container(container, volumes=True)

    async def ended(self) -> int:
        """Wait until its process has ended; the exit code."""
        await self._ends_within(None)
        return self._container.exit_code

    def later(self, delay_s: float, callback: Callable[[], None]) -> None:
        """Do something after a while, unless it has ended by then."""

        def fire() -> None:
            self._timers.discard(timer)
            callback()

        timer = self._container.world.later(delay_s, fire)
        if timer is not None:
            self._timers.add(timer)

    def forget(self) -> None:
        """Nothing happens any more: the container or the world is gone."""
        self._clear_timers()
        if self._process is not None:
            self._process.finish()

    def _begin(self) -> None:
        container = self._container
        world = container.world
        world.plug_in(container)
        container.state, container.pid = "running", world.next_pid()
        container.exit_code, container.error, container.oom_killed = 0, "", False
        container.started_ns = world.clock.time_ns()
        container.health = Health() if container.health else None
        if container.has_log:
            container.log.begin(script_of(container))
        container.changed()
        container.emit("start")
        self._run()

    def _run(self) -> None:
        self._process = Service(self._container)
        self._process.begin()
        Prober(self._container).begin()

    def _deliver(self, number: int) -> None:
        frozen = self._container.state == "paused"
        if self._process is not None and not frozen:
            self._process.signal(number)

    def _will_start_again(self, exit_code: int) -> bool:
        policy = self._container.host_config.get("RestartPolicy") or {}
        match policy.get("Name"):
            case _ if self._ended_by_hand:
                return False
            case "always" | "unless-stopped":
                return True
            case "on-failure":
                most = policy.get("MaximumRetryCount") or 0
                return exit_code != 0 and (not most or self._container.restart_count < most)
        return False

    def _start_again(self) -> None:
        self._container.restart_count += 1
        self._begin()

    def _settle(self, state: str) -> None:
        self._container.state = state
        self._container.changed()
        for waiting in self._ended:
            waiting.set()

    async def _ends_within(self, seconds: float | None) -> bool:
        if not self._container.is_up:
            return True
        ended = asyncio.Event()
        self._ended.add(ended)
        try:
            async with asyncio.timeout(seconds):
                await ended.wait()
        except TimeoutError:
            return False
        finally:
            self._ended.discard(ended)
        return True

    def _clear_timers(self) -> None:
        for timer in self._timers:
            if timer is not None:
                timer.cancel()
        self._timers.clear()


def signal_number(name: str) -> int:
    """Read a signal's name or number, or refuse as the engine does."""
    if name.isdigit():
        number = int(name)
        if not 0 < number < 65:
            raise LookupError(f"The linux daemon does not support signal {number}")
        return number
    try:
        return int(signal.Signals[f"SIG{name.upper().removeprefix('SIG')}"])
    except KeyError:
        raise Refusal(400, f"Invalid signal: {name}") from None
