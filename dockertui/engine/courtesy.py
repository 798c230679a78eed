"""Streams that step back for a moment while a person types."""

from __future__ import annotations

import time
from collections.abc import Callable

_STEP_BACK_S = 0.03
"""As long as a key may take to be answered. Longer was no better, and what is written flat out
would fall behind while a key is held down."""


class Courtesy:
    """Says when whatever reads a flood should wait.

    A flood takes all of a small machine: the engine, the container and ourselves. What a key does
    would then be done between two shares of the processor that go to others. Nothing is lost by
    waiting: the engine keeps the lines.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        """Begin without anything to wait for.

        Args:
            now_s: The clock, in seconds.
        """
        self._now_s = now_s
        self._until_s = -_STEP_BACK_S

    @property
    def left_s(self) -> float:
        """For how long to step back from now on; 0 for not at all."""
        return max(0.0, self._until_s - self._now_s())

    def give_way(self) -> None:
        """Step back, unless that ended just now: half of the time at most, whatever is typed."""
        now_s = self._now_s()
        if now_s >= self._until_s + _STEP_BACK_S:
            self._until_s = now_s + _STEP_BACK_S


COURTESY = Courtesy()
"""There is one person, at one keyboard."""
