"""What a simulated container does, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

Line = tuple[int, int, str]
"""When (ns since 1970), on which stream, and what is written."""

Script = Callable[[Random, int], Iterator[Line]]
"""Makes what a container writes from some moment (ns since 1970) on, without end or until it is
silent. The same seed writes the same."""

Probe = Callable[[int], tuple[int, str]]
"""Makes the exit code and output of the n-th health probe."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much a container uses."""

    cpu_percent: float = 0.4
    """Of one core, in the middle."""
    memory_bytes: int = 24 << 20
    """In the middle."""
    leaks: bool = False
    """Does its memory grow towards its limit until it dies?"""
    received_per_s: int = 900
    """Bytes from the network."""
    sent_per_s: int = 2200
    """Bytes to the network."""
    read_per_s: int = 0
    """Bytes from disks."""
    written_per_s: int = 1400
    """Bytes to disks."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Everything that a container does without being told to."""

    script: Script | None = None
    """What it writes; `None` writes nothing."""
    history_s: float = 1500.0
    """How much of its log is kept from before anybody first reads it."""
    lives_s: float | None = None
    """How long it runs before it ends by itself; `None` is for ever."""
    exit_code: int = 0
    """With what it ends by itself."""
    dies_of_memory: bool = False
    """Is its own end the kernel's doing?"""
    stops_in_s: float | None = 0.15
    """How long it takes to end after SIGTERM; `None` ignores it."""
    stop_code: int = 0
    """With what it ends after SIGTERM."""
    probe: Probe | None = None
    """What its health probes find; `None` finds it well."""
    processes: tuple[str, ...] = ()
    """The command lines of its processes besides the first."""
    load: Load = field(default_factory=Load)
    """How much it uses."""
    changes: tuple[tuple[str, int], ...] = ()
    """Paths that differ from its image: 0 changed, 1 added, 2 removed."""
    flood_per_s: int = 0
    """Lines written each second by one that writes as fast as it can."""


QUIET = Behaviour()
