"""Whether an engine answers, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from dockertui.engine import Problem
from dockertui.model import EngineInfo


class Phase(Enum):
    """Where the connection to an engine is in its life."""

    CONNECTING = auto()
    """Nobody has answered yet, and nothing has gone wrong yet."""
    UP = auto()
    """What the store says is true."""
    LOST = auto()
    """Nobody answers; what the store says was true once."""


@dataclass(frozen=True, slots=True)
class Link:
    """How things stand between us and an engine."""

    phase: Phase = Phase.CONNECTING
    """Does it answer?"""
    info: EngineInfo | None = None
    """Who answered last; `None` if nobody ever did."""
    problem: Problem | None = None
    """Why nobody answers, when it is lost."""
    true_at: float = 0.0
    """When the store was last known to be true, in seconds of the loop's clock."""
    retry_at: float = 0.0
    """When we try again, in seconds of the loop's clock; 0 while we are trying."""

    @property
    def is_up(self) -> bool:
        """Does the engine answer?"""
        return self.phase is Phase.UP

    @property
    def never_answered(self) -> bool:
        """Has nobody ever answered at the address?"""
        return self.info is None
