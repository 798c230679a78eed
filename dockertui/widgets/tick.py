"""A clock that ticks only when somebody would see a difference."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_JUST_AFTER_S = 0.01
"""So that what changes at a moment has changed."""


class Tick:
    """Calls a function when the first of several texts is to change, at most once a second."""

    def __init__(self, call: Callable[[], None], *, least_s: float = 1.0) -> None:
        """Begin without a tick to come.

        Args:
            call: What to call.
            least_s: The time from one tick to the next, at least.
        """
        self._call = call
        self._least_s = least_s
        self._ticked_s = 0.0
        self._coming: asyncio.TimerHandle | None = None

    @property
    def is_coming(self) -> bool:
        """Will it tick?"""
        return self._coming is not None

    def within(self, seconds: float) -> None:
        """Tick so soon, unless it will anyway; infinity asks for no tick."""
        if seconds == float("inf"):
            return
        loop = asyncio.get_running_loop()
        at_s = max(loop.time() + seconds + _JUST_AFTER_S, self._ticked_s + self._least_s)
        if self._coming is None or self._coming.when() > at_s:
            self.stop()
            self._coming = loop.call_at(at_s, self._tick)

    def stop(self) -> None:
        """Forget the tick that was to come."""
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _tick(self) -> None:
        self._coming, self._ticked_s = None, asyncio.get_running_loop().time()
        self._call()
