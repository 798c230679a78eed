"""The last lines of containers that were removed while the program ran."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from dockertui.engine import Engine, EngineError, LogRequest
from dockertui.model import Container, Event
from dockertui.store.log_record import RULE
from dockertui.sync.log_history import fetch
from dockertui.sync.log_rules import Coroner, Death, same_place
from dockertui.sync.log_times import SECOND_NS, clock_words

TAIL = 200
"""How many lines are asked for when a container ends."""
_MOST_LIVES = 64
_MOST_BYTES = 16 << 20
_AT_ONCE = 4
_PAUSE_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What is left of a container."""

    container: Container
    """Who it was; its name and labels at least."""
    records: bytes = b""
    """Its last lines, without tags."""
    death: Death | None = None
    """How it ended; `None` if nobody saw it."""
    is_over: bool = False
    """Has it been removed? Otherwise its log can still be read from the engine."""

    @property
    def name(self) -> str:
        """What it was called."""
        return self.container.name

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, in UTC."""
        if self.death is None:
            return None
        return datetime.fromtimestamp(self.death.time_ns / SECOND_NS, UTC)

    @property
    def exit_code(self) -> int | None:
        """How it ended; `None` if nobody knows."""
        return self.death.exit_code if self.death else None

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return self.records.count(b"\n")

    @property
    def title(self) -> str:
        """What is said above its lines."""
        words = f"{self.name}, previous life"
        if self.death is not None:
            words += f", ended {clock_words(self.death.time_ns)}"
            words += f" ({self.death.outcome})" if self.death.outcome else ""
        return words


class LastWords:
    """Keeps the last lines of an engine's containers that end, until it is full.

    A container that removes itself (`--rm`) is gone 50 ms after its end, and its log with it, so
    the lines are asked for at once. Those of a container that is not removed are let go when it
    starts again.
    """

    def __init__(self, engine: Engine) -> None:
        """Keep nothing yet.

        Args:
            engine: Whose containers.
        """
        self._engine = engine
        self._lives: dict[str, Life] = {}
        self._coroners: dict[str, Coroner] = {}
        self._asked_at: dict[str, float] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._later: dict[str, asyncio.TimerHandle] = {}

    def lives(self) -> Sequence[Life]:
        """The containers that are gone and have left lines, the latest end first."""
        over = [it for it in self._lives.values() if it.is_over and it.records]
        return sorted(over, key=lambda it: it.death.time_ns if it.death else 0, reverse=True)

    def lives_of(self, container: Container) -> Sequence[Life]:
        """Those that stood where a container stands, the latest end first."""
        return [
            it
            for it in self.lives()
            if it.container.id != container.id and same_place(it.container, container)
        ]

    def heed(self, event: Event) -> None:
        """Take an event of the engine's."""
        if event.kind != "container":
            return
        coroner = self._coroners.setdefault(event.actor_id, Coroner())
        if death := coroner.heed(event):
            self._note(container_in(event), death=death)
            self._ask_soon(container_in(event))
        elif event.action == "start":
            self._lives.pop(event.actor_id, None)
        elif event.action == "destroy":
            self._coroners.pop(event.actor_id, None)
            self._asked_at.pop(event.actor_id, None)
            if life := self._lives.get(event.actor_id):
                self._note(life.container, is_over=True)

    def hand_over(self, container: Container, records: bytes, *, is_over: bool = False) -> None:
        """Take the last lines of a container from who has followed its log, or asked for it.

        Args:
            container: Whose.
            records: The lines.
            is_over: Has it been removed?
        """
        life = self._lives.get(container.id)
        if records and (life is None or len(life.records) < len(records)):
            self._note(container, records=_without_rules(records), is_over=is_over)
        elif is_over and life is not None:
            self._note(container, is_over=True)

    async def keep(self, container: Container) -> None:
        """Ask for the last lines of a container that is about to be removed.

        Never raises: what cannot be had is not kept.
        """
        self._note(container)
        await self._ask(container)

    def close(self) -> None:
        """Ask for nothing more."""
        for task in self._tasks:
            task.cancel()
        for timer in self._later.values():
            timer.cancel()

    def _ask_soon(self, container: Container) -> None:
        """Ask now, or when the last time is long enough ago: some crash again and again."""
        loop = asyncio.get_running_loop()
        wait_s = self._asked_at.get(container.id, -_PAUSE_S) + _PAUSE_S - loop.time()
        if wait_s <= 0:
            self._asked_at[container.id] = loop.time()
            task = asyncio.create_task(self._ask(container))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif container.id not in self._later:
            self._later[container.id] = loop.call_later(wait_s, self._ask_late, container)

    def _ask_late(self, container: Container) -> None:
        del self._later[container.id]
        life = self._lives.get(container.id)
        if life is not None and not life.is_over:
            self._ask_soon(container)

    async def _ask(self, container: Container) -> None:
        request = LogRequest(container_id=container.id, tail=TAIL, follow=False)
        try:
            async with self._turns:
                records = await fetch(self._engine, request, keep=TAIL)
        except EngineError:
            return
        if container.id in self._lives:
            self.hand_over(container, records)

    def _note(
        self,
        container: Container,
        *,
        death: Death | None = None,
        records: bytes = b"",
        is_over: bool = False,
    ) -> None:
        before = self._lives.pop(container.id, None) or Life(container=container)
        self._lives[container.id] = replace(
            before,
            death=death or before.death,
            records=records or before.records,
            is_over=is_over or before.is_over,
        )
        self._make_room()

    def _make_room(self) -> None:
        held = sum(len(it.records) for it in self._lives.values())
        while len(self._lives) > _MOST_LIVES or held > _MOST_BYTES:
            oldest = next(iter(self._lives))
            held -= len(self._lives.pop(oldest).records)


def container_in(event: Event) -> Container:
    """What an event says of the container it happened to: its name, image and labels."""
    labels = event.attributes
    return Container(
        id=event.actor_id,
        name=labels.get("name", ""),
        image=labels.get("image", ""),
        labels=labels,
    )


def _without_rules(records: bytes) -> bytes:
    if b"\n" + RULE not in records and not records.startswith(RULE):
        return records
    return b"".join(line + b"\n" for line in records.split(b"\n")[:-1] if not line.startswith(RULE))
