"""Events, as `GET /events` streams them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the engine's event stream."""

    kind: str
    """What it happened to: `container`, `image`, `volume`, `network`, …"""
    action: str
    """What happened: `start`, `die`, `destroy`, …, without the text behind a colon."""
    actor_id: str
    """The identity of the object it happened to."""
    time_ns: int
    """When, in nanoseconds since the epoch, on the engine's clock."""
    attributes: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """What the engine adds: `name`, `image`, `exitCode`, …, labels included."""
    detail: str = ""
    """The text behind a colon, such as the `healthy` of `health_status: healthy`."""
