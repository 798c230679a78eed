"""What is measured, and what it must be."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.field import Field
    from tests.bench.tool import Tool

Samples = Mapping[str, Sequence[float]]
"""What was measured, by the name of the figure."""


def median(samples: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(samples)


def p95(samples: Sequence[float]) -> float:
    """What 19 of 20 do not exceed."""
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * 0.95))]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One row of the table."""

    name: str
    """What it tells, unique among all figures."""
    unit: str
    """What it is counted in."""
    bar: float | None = None
    """What our figure may be at most; `None` if it is only shown."""
    at_least: bool = False
    """Is the bar a lower one?"""
    of_peer: float | None = None
    """How large a part of the peer's figure ours may be at most; `None` if it is not compared."""
    collapse: Callable[[Sequence[float]], float] = median
    """How all samples become one number."""
    samples: str = ""
    """The name of the samples, if it is not the figure's own."""

    def value(self, samples: Samples) -> float | None:
        """The number to show; `None` if nothing was measured."""
        measured = samples.get(self.samples or self.name)
        return self.collapse(measured) if measured else None

    def misses(self, ours: float | None, peer: float | None) -> str:
        """What is wrong with our figure; empty if nothing is."""
        if self.bar is None and self.of_peer is None:
            return ""
        if ours is None:
            return "not measured"
        if self.bar is not None and (ours < self.bar if self.at_least else ours > self.bar):
            return f"the bar is {self.bar:g} {self.unit}"
        if self.of_peer is not None and peer is not None and ours > self.of_peer * peer:
            return f"more than {self.of_peer:g} of the peer's"
        return ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A situation in which some figures are taken."""

    name: str
    """What `--only` calls it."""
    title: str
    """What happens in it."""
    figures: tuple[Figure, ...]
    """The rows that it fills."""
    measure: Callable[[Tool, Field], Samples]
    """Takes one round of samples of one tool."""
    rounds: int = 1
    """How often each tool is measured, in turn with the others."""
    peer_rounds: int | None = None
    """In how many of the rounds other tools take part; `None` for all of them."""
    on_request: bool = False
    """Does it take so long that it is left out unless it is asked for?"""

    def includes_peers(self, number: int) -> bool:
        """Do other tools take part in a round, counted from 0?"""
        return self.peer_rounds is None or number < self.peer_rounds
