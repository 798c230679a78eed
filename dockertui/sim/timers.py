"""What shall happen to a container later, and who waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dockertui.sim.world import World


class Timers:
    """What shall happen after a while, unless it is called off."""

    def __init__(self, world: World) -> None:
        """Begin with nothing to come."""
        self._world = world
        self._pending: set[asyncio.TimerHandle | None] = set()

    def later(self, delay_s: float, callback: Callable[[], None]) -> None:
        """Do something after a while."""

        def fire() -> None:
            self._pending.discard(timer)
            callback()

        timer = self._world.later(delay_s, fire)
        if timer is not None:
            self._pending.add(timer)

    def call_off(self) -> None:
        """Let nothing of it happen."""
        for timer in self._pending:
            if timer is not None:
                timer.cancel()
        self._pending.clear()


class Steps:
    """Lets others wait until something becomes true, looking after each step."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._waiting: set[asyncio.Event] = set()

    def step(self) -> None:
        """Something has changed: look again."""
        for waiting in self._waiting:
            waiting.set()

    async def until(self, condition: Callable[[], bool], seconds: float | None = None) -> bool:
        """Wait until something is so, but no longer than `seconds`; is it so?"""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._next()
        except TimeoutError:
            return False
        return True

    async def _next(self) -> None:
        step = asyncio.Event()
        self._waiting.add(step)
        try:
            await step.wait()
        finally:
            self._waiting.discard(step)
