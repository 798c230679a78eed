"""Readings on their way to the event loop, several at a time."""

from __future__ import annotations

from dockertui.engine.streams import Handover
from dockertui.model.usage import Reading

GATHER_S = 0.1
"""How long readings are gathered, so that the loop is woken ten times a second at most."""


class Post:
    """Gathers readings and hands them over."""

    def __init__(self, handover: Handover[list[Reading]]) -> None:
        """Begin with none.

        Args:
            handover: Where the event loop fetches them.
        """
        self._handover = handover
        self._gathered: list[Reading] = []
        self._since_s = 0.0

    @property
    def is_unread(self) -> bool:
        """Has nobody fetched any for long, as when a shell has the screen?"""
        return self._handover.is_full

    @property
    def due_s(self) -> float | None:
        """When those that are gathered are to be handed over."""
        return self._since_s + GATHER_S if self._gathered else None

    def add(self, reading: Reading, now_s: float) -> None:
        """Take one."""
        if not self._gathered:
            self._since_s = now_s
        self._gathered.append(reading)

    def send(self, now_s: float) -> None:
        """Hand them over, if it is time; without waiting for anybody."""
        if self._gathered and now_s >= self._since_s + GATHER_S and not self.is_unread:
            gathered, self._gathered = self._gathered, []
            self._handover.put(gathered)
