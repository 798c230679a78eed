"""What happened lately, and who is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dockertui.sim.answers import JSON, dumps
from dockertui.sim.clock import SECOND, Clock

Filters = Mapping[str, Sequence[str]]

REMEMBERED = 256
"""How many events the engine can replay."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    type: str
    """What it happened to: `container`, `image`, `volume` or `network`."""
    action: str
    """What happened, e.g. `die` or `health_status: healthy`."""
    actor: str
    """The ID (of a volume: the name) of what it happened to."""
    attributes: Mapping[str, str]
    """Its labels, name and whatever else belongs to the action."""
    time_ns: int
    """When."""

    def line(self) -> bytes:
        """Write it as the engine sends it."""
        body: JSON = {}
        if self.type in {"container", "image"}:
            body = {"status": self.action, "id": self.actor}
        if self.type == "container":
            body["from"] = self.attributes.get("image", "")
        body |= {
            "Type": self.type,
            "Action": self.action,
            "Actor": {"ID": self.actor, "Attributes": dict(sorted(self.attributes.items()))},
            "scope": "local",
            "time": self.time_ns // SECOND,
            "timeNano": self.time_ns,
        }
        return dumps(body) + b"\n"

    def passes(self, filters: Filters) -> bool:
        """Was this asked for?"""
        return all(self._passes_one(key, values) for key, values in filters.items() if values)

    def _passes_one(self, key: str, values: Sequence[str]) -> bool:
        name = self.attributes.get("name", "")
        image = name if self.type == "image" else self.attributes.get("image", "")
        told = {
            "type": {self.type},
            "event": {self.action, self.action.partition(":")[0]},
            "scope": {"local"},
            "image": {self.actor, image, image.partition(":")[0]},
        }
        if key in told:
            return not told[key].isdisjoint(values)
        if key == "label":
            return all(_has_label(self.attributes, value) for value in values)
        # What is left is `container`, `volume` or `network`, by name or the beginning of an ID.
        return self.type == key and any(
            value == name or self.actor.startswith(value) for value in values
        )


class EventRing:
    """The last events, and the connections that follow them."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing to tell."""
        self._clock = clock
        self._past: deque[Event] = deque(maxlen=REMEMBERED)
        self._listeners: set[asyncio.Queue[Event]] = set()
        self._last_ns = 0

    @property
    def listening(self) -> int:
        """How many connections follow."""
        return len(self._listeners)

    @property
    def past(self) -> tuple[Event, ...]:
        """What is remembered, oldest first."""
        return tuple(self._past)

    def emit(self, kind: str, action: str, actor: str, attributes: Mapping[str, str]) -> None:
        """Let everyone who listens know; no two events share a time."""
        self._last_ns = max(self._clock.time_ns(), self._last_ns + 1)
        event = Event(kind, action, actor, attributes, self._last_ns)
        self._past.append(event)
        for listener in self._listeners:
            listener.put_nowait(event)

    def recall(self, events: Iterable[Event]) -> None:
        """Remember what happened before the world began."""
        self._past.extend(sorted(events, key=lambda it: it.time_ns))

    def forget(self) -> None:
        """Remember nothing."""
        self._past.clear()

    async def follow(self, since_ns: int, until_ns: int, filters: Filters) -> AsyncIterator[bytes]:
        """Replay from `since_ns`, then tell what happens, until `until_ns`; 0 is no bound."""
        listener: asyncio.Queue[Event] = asyncio.Queue()
        for event in self._past if since_ns or until_ns else ():
            if event.time_ns >= since_ns and (not until_ns or event.time_ns <= until_ns):
                listener.put_nowait(event)
        self._listeners.add(listener)
        try:
            while (event_or_end := await self._next(listener, until_ns)) is not None:
                if event_or_end.passes(filters):
                    yield event_or_end.line()
        finally:
            self._listeners.discard(listener)

    async def _next(self, listener: asyncio.Queue[Event], until_ns: int) -> Event | None:
        if not until_ns or not listener.empty():
            return await listener.get()
        try:
            async with asyncio.timeout((until_ns - self._clock.time_ns()) / SECOND):
                return await listener.get()
        except TimeoutError:
            return None


def _has_label(labels: Mapping[str, str], wanted: str) -> bool:
    key, equals, value = wanted.partition("=")
    return key in labels and (not equals or labels[key] == value)
