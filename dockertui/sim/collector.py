"""When the engine reads what containers use."""

from __future__ import annotations

import asyncio

TICK_S = 1.0


class Collector:
    """Reads once a second, for all who wait for it; at once when nobody has waited for a while."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._next_s = 0.0

    async def turn(self) -> None:
        """Wait until it reads."""
        loop = asyncio.get_running_loop()
        if (now_s := loop.time()) > self._next_s:
            self._next_s = now_s + TICK_S
            return
        turn_s = self._next_s
        await asyncio.sleep(turn_s - now_s)
        if self._next_s == turn_s:  # The first of those who waited.
            self._next_s += TICK_S
