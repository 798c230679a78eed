"""What happens in a container's life, as the charts and the overview show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What has happened."""

    CREATED = "created"
    STARTED = "started"
    """Its main process began, for the first time or again."""
    ENDED = "ended"
    """Its main process ended by itself without an error, or as it was asked to."""
    FAILED = "failed"
    """Its main process ended with an error."""
    OUT_OF_MEMORY = "out of memory"
    """The kernel killed a process of it because it took more memory than it may."""
    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"
    PAUSED = "paused"
    RESUMED = "resumed"
    REMOVED = "removed"

    @property
    def is_bad(self) -> bool:
        """Does it ask for somebody's attention?"""
        return self in {What.FAILED, What.OUT_OF_MEMORY, What.UNHEALTHY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to a container."""

    what: What
    """What."""
    at_ns: int
    """When, in nanoseconds since the epoch, on the engine's clock."""
    container_id: str
    """To whom."""
    name: str
    """What it was called then."""
    project: str = ""
    """The Compose project it belongs to; empty for one run by hand."""
    exit_code: int | None = None
    """How its main process ended; `None` if it is not said, or has not."""
    asked: bool = False
    """Did it end because somebody had sent it a signal?"""
    out_of_memory: bool = False
    """Did it end just after the kernel had killed a process of it, for want of memory?"""
