"""What a container uses: the engine's counters at one moment, and what follows from two of them.

Source: the Docker CLI, `cli/command/container/stats_helpers.go`, so that our figures are those of
`docker stats`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter

_NS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The counters of a container, as `GET /containers/{id}/stats` gives them.

    Whatever the engine does not say is `None`, never 0.
    """

    container_id: str
    """Whose."""
    read_ns: int
    """When, in nanoseconds since the epoch, on the engine's clock."""
    cpu_ns: int | None = None
    """Processor time that it has used."""
    system_ns: int | None = None
    """Processor time that the whole machine has had, all cores together; not on Windows."""
    cores: int = 0
    """How many cores are online; 0 if it is not said."""
    periods: int | None = None
    """Periods in which a CPU limit was watched; 0 without a limit."""
    throttled_periods: int | None = None
    """Those in which it was held back."""
    memory_bytes: int | None = None
    """Memory without the page cache, as the CLI counts it."""
    memory_limit_bytes: int | None = None
    """What it may take; the machine's memory where it has no limit."""
    received_bytes: int | None = None
    """What came in over all its interfaces; `None` without a network of its own."""
    sent_bytes: int | None = None
    """What went out."""
    read_bytes: int | None = None
    """What it read from block devices."""
    written_bytes: int | None = None
    """What it wrote to them."""
    processes: int | None = None
    """How many processes and threads it has."""


class Metric(StrEnum):
    """What is measured; each is a field of `Usage`."""

    CPU = "cpu_percent"
    MEMORY = "memory_bytes"
    RECEIVED = "received_per_s"
    SENT = "sent_per_s"
    READ = "read_per_s"
    WRITTEN = "written_per_s"
    PROCESSES = "processes"
    THROTTLED = "throttled_percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What something uses now. `None` stands for what is not known, such as a first rate."""

    at_ns: int
    """When it was read, in nanoseconds since the epoch, on the engine's clock."""
    cpu_percent: float | None = None
    """Percent of one core: four busy cores are 400."""
    memory_bytes: float | None = None
    """Memory without the page cache."""
    memory_limit_bytes: float | None = None
    """What it may take; the machine's memory where it has no limit."""
    received_per_s: float | None = None
    """Bytes that come in over the network in a second."""
    sent_per_s: float | None = None
    """Bytes that go out."""
    read_per_s: float | None = None
    """Bytes read from block devices in a second."""
    written_per_s: float | None = None
    """Bytes written to them."""
    processes: float | None = None
    """How many processes and threads there are."""
    throttled_percent: float | None = None
    """In which part of its time it was held back by its CPU limit, from 0 to 100."""

    @property
    def memory_percent(self) -> float | None:
        """Memory in percent of what it may take; `None` where either is unknown."""
        if self.memory_bytes is None or not self.memory_limit_bytes:
            return None
        return 100 * self.memory_bytes / self.memory_limit_bytes

    def value(self, metric: Metric) -> float | None:
        """One of the figures."""
        found: float | None = getattr(self, metric)
        return found


def usage_of(now: Reading, before: Reading | None = None) -> Usage:
    """What a container uses.

    Args:
        now: Its counters.
        before: The same, some time ago. A counter that has gone backwards begins anew: no rate.

    >>> one = Reading(container_id="a", read_ns=0, cpu_ns=100, system_ns=1_000, cores=4)
    >>> two = Reading(container_id="a", read_ns=10**9, cpu_ns=200, system_ns=1_800, cores=4)
    >>> usage_of(two, one).cpu_percent
    50.0
    """
    if before is None or before.read_ns >= now.read_ns or _has_begun_anew(now, before):
        before = None
    return Usage(
        at_ns=now.read_ns,
        cpu_percent=_cpu_percent(now, before),
        memory_bytes=now.memory_bytes,
        memory_limit_bytes=now.memory_limit_bytes or None,
        received_per_s=_rate(now, before, "received_bytes"),
        sent_per_s=_rate(now, before, "sent_bytes"),
        read_per_s=_rate(now, before, "read_bytes"),
        written_per_s=_rate(now, before, "written_bytes"),
        processes=now.processes,
        throttled_percent=_throttled_percent(now, before),
    )


_SUMMED = tuple(
    it.name
    for it in fields(Usage)
    if it.name not in {"at_ns", "memory_limit_bytes", "throttled_percent"}
)
_summed = attrgetter(*_SUMMED)


def total_of(usages: list[Usage], at_ns: int) -> Usage:
    """What several use together; what none of them knows is not known.

    Args:
        usages: Theirs.
        at_ns: The moment that it is true of.
    """
    columns = zip(*map(_summed, usages), strict=True)
    sums = [
        sum(known) if (known := [it for it in each if it is not None]) else None for each in columns
    ]
    # Of nobody there are no columns, and nothing is known.
    return Usage(at_ns=at_ns, **dict(zip(_SUMMED, sums, strict=False)))


def _has_begun_anew(now: Reading, before: Reading) -> bool:
    return now.cpu_ns is not None and before.cpu_ns is not None and now.cpu_ns < before.cpu_ns


def _cpu_percent(now: Reading, before: Reading | None) -> float | None:
    if before is None or (used := _since(now.cpu_ns, before.cpu_ns)) is None:
        return None
    had = _since(now.system_ns, before.system_ns)
    if had and now.cores:
        return used / had * now.cores * 100
    return used / (now.read_ns - before.read_ns) * 100


def _rate(now: Reading, before: Reading | None, counter: str) -> float | None:
    if before is None:
        return None
    passed = _since(getattr(now, counter), getattr(before, counter))
    return None if passed is None else passed * _NS / (now.read_ns - before.read_ns)


def _throttled_percent(now: Reading, before: Reading | None) -> float | None:
    if before is None or (periods := _since(now.periods, before.periods)) is None:
        return None
    held_back = _since(now.throttled_periods, before.throttled_periods)
    if held_back is None:
        return None
    return 100 * held_back / periods if periods else 0.0


def _since(now: int | None, before: int | None) -> int | None:
    """How much a counter has grown; `None` if it is not known, or has begun anew."""
    if now is None or before is None or now < before:
        return None
    return now - before
