"""Telling listeners that something has changed, at once but not too often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress


class News:
    """Tells its listeners on the running loop; whatever happens in between is told at once."""

    def __init__(self, least_s: float) -> None:
        """Have no listeners yet.

        Args:
            least_s: The least time between two times that they are told.
        """
        self._least_s = least_s
        self._listeners: list[Callable[[], None]] = []
        self._told_s = float("-inf")
        self._due: asyncio.TimerHandle | None = None

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` with every piece of news.

        Returns:
            What ends that.
        """
        self._listeners.append(listener)

        def leave() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return leave

    def tell_soon(self) -> None:
        """Tell that something has changed, as soon as may be."""
        if self._due is None:
            loop = asyncio.get_running_loop()
            wait_s = max(0.0, self._told_s + self._least_s - loop.time())
            self._due = loop.call_later(wait_s, self._tell)

    def _tell(self) -> None:
        self._due = None
        self._told_s = asyncio.get_running_loop().time()
        for listener in tuple(self._listeners):
            listener()
