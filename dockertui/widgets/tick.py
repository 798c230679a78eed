"""Clocks that run only when somebody would notice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

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


class Rest:
    """Calls a function, when that is wanted, once nobody has touched anything for a while."""

    def __init__(self, call: Callable[[], None], *, after_s: float = 1.0) -> None:
        """Begin at rest.

        Args:
            call: What to call.
            after_s: How long it takes until who touches nothing is at rest; also the time from
                one call to the next, at least.
        """
        self._call = call
        self._after_s = after_s
        self._touched_s = float("-inf")
        self._tick = Tick(self._call_if_resting, least_s=after_s)

    def touch(self) -> None:
        """Somebody is busy: let nothing happen for now."""
        self._touched_s = monotonic()

    def want(self) -> None:
        """Call when somebody rests, at once if so."""
        self._tick.within(max(0.0, self._touched_s + self._after_s - monotonic()))

    def stop(self) -> None:
        """Call no more, unless it is wanted again."""
        self._tick.stop()

    def _call_if_resting(self) -> None:
        if monotonic() < self._touched_s + self._after_s:
            self.want()
        else:
            self._call()
