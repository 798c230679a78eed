"""The story that runs through the company's logs.

Every quarter of an hour the database has a slow minute: first its own warning, then the API's, then
an error with a stack trace while the web servers answer 502, then the recovery. Each log tells its
part of it at the right moment, because all of them ask the same `Story`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dockertui.sim.behaviour import Line
from dockertui.sim.clock import SECOND

_PERIOD_S = 900
_LAST_BEFORE_S = 540
_BREAKS_AFTER_S = 8
_WORKS_AFTER_S = 34

Beat = tuple[float, int, str]
"""How many seconds into the slow minute, on which stream, and what is written."""


@dataclass(frozen=True, slots=True)
class Story:
    """When the database has its slow minutes."""

    born_ns: int
    """When the world began; the last slow minute was nine minutes before."""

    def phase_s(self, time_ns: int) -> float:
        """Seconds since the last slow minute began."""
        return ((time_ns - self.born_ns) / SECOND + _LAST_BEFORE_S) % _PERIOD_S

    def is_broken(self, time_ns: int) -> bool:
        """Do requests fail just now?"""
        return _BREAKS_AFTER_S <= self.phase_s(time_ns) < _WORKS_AFTER_S

    def tell(self, start_ns: int, beats: tuple[Beat, ...]) -> Iterator[Line]:
        """Yield the lines that belong to each slow minute from some moment on."""
        minute_ns = start_ns - round(self.phase_s(start_ns) * SECOND)
        while True:
            for after_s, stream, text in beats:
                at_ns = minute_ns + round(after_s * SECOND)
                if at_ns >= start_ns:
                    yield at_ns, stream, text
            minute_ns += _PERIOD_S * SECOND
