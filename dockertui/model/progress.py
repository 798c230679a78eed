"""What is said of work that lasts, one word at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What a part of the work is at."""

    WAITING = "waiting"
    MOVING = "moving"
    """Its bytes come or go."""
    MOVED = "moved"
    """All of its bytes have come."""
    UNPACKING = "unpacking"
    DONE = "done"
    KEPT = "kept"
    """It was there already; nothing had to be done."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One word on work that lasts: what a part of it is at, or a line of its output."""

    part: str = ""
    """The part, by a short name: a layer's ID; empty for the whole."""
    status: str = ""
    """What it is at, in the words of whoever works."""
    phase: Phase = Phase.MOVING
    """What that means."""
    done: int = 0
    """How many of its bytes are through this phase."""
    total: int = 0
    """How many there are; 0 if that is not known."""
    line: str = ""
    """A line of output instead, its colours left in; hostile until it is drawn as a log is."""
    step: int = 0
    """The step that is begun, from 1; 0 when this is about no step."""
    steps: int = 0
    """How many steps there are; 0 if that is not known."""
    is_about: bool = False
    """Is `total` only about right?"""


@dataclass(frozen=True, slots=True)
class Result(Progress):
    """The last word: what came of it."""

    image_id: str = ""
    """The image that there is now, by its ID or a reference; empty for none."""
    size_bytes: int = 0
    """How large what came of it is; 0 if that is not said."""
