"""What a chart shows of what an object uses, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dockertui.model.usage import Metric, Usage


def _no_limit(_: Usage) -> float | None:
    return None


@dataclass(frozen=True, slots=True)
class Track:
    """One figure over time."""

    metric: Metric
    """Which."""
    label: str = ""
    """What tells it from the other one of its chart: a word; empty when it is alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One figure over time, or two that belong together: these share a scale."""

    title: str
    """What it is about: a word."""
    tracks: tuple[Track, ...]
    """What it draws: one figure, or two, of which the second grows downwards."""
    text: Callable[[float], str]
    """How a value reads."""
    least: float
    """The scale reaches so far at least, lest next to nothing look like much."""
    binary: bool = False
    """Is its scale divided by powers of two, as amounts of bytes are?"""
    limit: Callable[[Usage], float | None] = _no_limit
    """How much there may be, drawn as a line; `None` where there is no limit."""
    lacking: str
    """What to say when none of it was ever measured, in a sentence."""
