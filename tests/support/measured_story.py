"""What a container used for a day, and what happened to it: the same whenever it is told."""

from __future__ import annotations

from math import sin, tau
from random import Random

from dockertui.model import Event
from dockertui.model.usage import Reading
from dockertui.store.chronicle import Chronicle
from dockertui.store.measured import Measured

NS = 1_000_000_000
MIB = 1024**2
LIMIT = 256 * MIB
DAY_S, FINE_S, EVERY_S = 86_400, 1_000, 20
KILLED_S, BACK_S = 344, 332
"""How long ago it was killed for memory, and started again."""
ILL_S, WELL_S = 412, 290
"""How long ago it was unhealthy, and healthy again."""
DRAINED_S = 3 * 3600
"""How often it begins with little memory."""


class Story:
    """Counters that grow as those of a busy worker with a leak do."""

    def __init__(self, container_id: str, name: str, project: str, end_s: int, seed: int) -> None:
        self.id = container_id
        self.labels = {"name": name, "com.docker.compose.project": project}
        self.end_s = end_s
        self.random = Random(seed)
        self.counters = dict.fromkeys(
            ("cpu_ns", "received_bytes", "sent_bytes", "read_bytes", "written_bytes"), 0.0
        )
        self.periods = self.throttled = 0
        self.before_s = 0.0

    def tell(self, measured: Measured, chronicle: Chronicle) -> None:
        """Tell it up to its end."""
        for ago_s, action, detail, more in (
            (DAY_S // 3, "die", "", {"exitCode": "1"}),
            (DAY_S // 3 - 2, "start", "", {}),
            (ILL_S, "health_status", "unhealthy", {}),
            (KILLED_S, "oom", "", {}),
            (KILLED_S, "die", "", {"exitCode": "137"}),
            (BACK_S, "start", "", {}),
            (WELL_S, "health_status", "healthy", {}),
        ):
            at_ns = (self.end_s - ago_s) * NS
            chronicle.heed(Event("container", action, self.id, at_ns, self.labels | more, detail))
        coarse = range(self.end_s - DAY_S, self.end_s - FINE_S, EVERY_S)
        fine = range(self.end_s - FINE_S, self.end_s + 1)
        measured.take(self.read(it) for it in (*coarse, *fine) if not self.is_down(it))

    def is_down(self, at_s: int) -> bool:
        """Is it dead at a time?"""
        return BACK_S <= self.end_s - at_s < KILLED_S

    def read(self, at_s: int) -> Reading:
        """Its counters at a time."""
        passed_s = at_s - self.before_s if self.before_s else 1.0
        self.before_s = at_s
        ago_s, noise = self.end_s - at_s, self.random.random
        if ago_s == BACK_S - 1:
            self.counters = dict.fromkeys(self.counters, 0.0)
        load = 0.24 + 0.12 * sin(at_s / DAY_S * tau) + 0.07 * sin(at_s / 47) + 0.1 * noise()
        load += 0.5 * noise() if at_s % 97 < 9 else 0
        load += 0.4 if KILLED_S <= ago_s < ILL_S else 0
        rates = {
            "cpu_ns": load * NS,
            "received_bytes": (0.3 + load + 0.5 * noise()) * MIB,
            "sent_bytes": (0.1 + load * 0.4 + 0.2 * noise()) * MIB,
            "read_bytes": 6 * MIB if at_s % 211 < 13 else 0,
            "written_bytes": (load * 2 if at_s % 30 < 6 else 0.02) * MIB,
        }
        for name, rate in rates.items():
            self.counters[name] += rate * passed_s
        self.periods += int(10 * passed_s)
        self.throttled += int(10 * passed_s * max(0.0, load - 0.45))
        return Reading(
            container_id=self.id,
            read_ns=at_s * NS,
            memory_bytes=int(self._memory(at_s, ago_s)),
            memory_limit_bytes=LIMIT,
            processes=9 + at_s // 60 % 3 + (4 if KILLED_S <= ago_s < ILL_S else 0),
            periods=self.periods,
            throttled_periods=self.throttled,
            **{name: int(value) for name, value in self.counters.items()},
        )

    def _memory(self, at_s: int, ago_s: int) -> float:
        if ago_s < BACK_S:
            full = min(0.55, 0.22 + (BACK_S - ago_s) * 0.0009)
        elif ago_s < ILL_S:
            full = 0.62 + (ILL_S - ago_s) / (ILL_S - KILLED_S) * 0.37
        else:
            full = (
                0.3 + 0.32 * ((self.end_s - ILL_S - at_s) % DRAINED_S * -1 % DRAINED_S) / DRAINED_S
            )
        return LIMIT * (full + 0.012 * self.random.random())
