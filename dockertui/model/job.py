"""Jobs: work that lasts and goes on while the person does something else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dockertui.model.progress import Phase


class JobState(StrEnum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Will nothing more come of it, unless it is tried again?"""
        return self in {self.DONE, self.FAILED, self.CANCELLED}


@dataclass(frozen=True, slots=True)
class Bar:
    """How far a part of a job is: a layer, a file."""

    name: str
    """What it is called, in a few letters."""
    status: str
    """What it is at, in the words of whoever works."""
    phase: Phase
    """What that means."""
    done_bytes: int = 0
    """How many bytes are through this phase."""
    total_bytes: int = 0
    """How many there are; 0 if that is not known."""

    @property
    def share(self) -> float | None:
        """How much of its phase is done, from 0 to 1; `None` if that is not known."""
        if self.phase in {Phase.DONE, Phase.KEPT, Phase.MOVED}:
            return 1.0
        return min(1.0, self.done_bytes / self.total_bytes) if self.total_bytes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as it is at one moment."""

    id: int
    """Its number, the first being 1; it keeps it when it is tried again."""
    kind: str
    """What is done, in one word: `pull`."""
    title: str
    """What is done, to what: `pull nginx:1.27`."""
    engine: str = ""
    """The name of the engine that it is done on."""
    state: JobState = JobState.QUEUED
    """Where it is in its life."""
    attempt: int = 1
    """How many times it was begun, this time included."""
    bars: tuple[Bar, ...] = ()
    """How far each of its parts is."""
    done_bytes: int = 0
    """How many bytes have come, or gone."""
    total_bytes: int = 0
    """How many there are, as far as is known."""
    is_total_sure: bool = True
    """Is that all? Not while some parts have yet to say how large they are."""
    share: float | None = None
    """How much of the work is done, from 0 to 1; `None` if nobody can tell. It never falls."""
    step: int = 0
    """The step that it is at, from 1; 0 if it has none."""
    steps: int = 0
    """How many steps there are; 0 if that is not known."""
    bytes_per_s: float = 0.0
    """How fast bytes have come or gone in the last seconds."""
    left_s: float | None = None
    """How long it will last still, going on as it does; `None` if nobody can tell."""
    said: str = ""
    """What was said of it last, in one clean line."""
    created: datetime
    """When it was asked for."""
    started: datetime | None = None
    """When it was begun; `None` while it is queued."""
    ended: datetime | None = None
    """When it was over; `None` before."""
    outcome: str = ""
    """What came of it, in words that follow its title; empty unless it is done."""
    error: str = ""
    """Why it failed, in the engine's own words; empty unless it did."""
    hint: str = ""
    """What to do about that, in a sentence; empty if there is nothing to say."""
    result: str = ""
    """The image that came of it, by its ID or a reference; empty for none."""

    @property
    def took_s(self) -> float | None:
        """How long it took; `None` unless it was begun and is over."""
        if self.started is None or self.ended is None:
            return None
        return max(0.0, (self.ended - self.started).total_seconds())
