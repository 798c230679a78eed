"""Events for speed, listing for truth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from dockertui.engine import Engine, EngineError, EngineUnavailable, TimedOut
from dockertui.model import Container, DockerObject, Event
from dockertui.store import Store
from dockertui.sync.backoff import waits
from dockertui.sync.link import Link, Phase
from dockertui.sync.long_list import take_up
from dockertui.sync.stale import Stale

_LISTED_ONE_BY_ONE = {Container}
"""Kinds of which the engine lists single objects when asked by ID."""

_NEW_TRIP = 0.3
"""What part the last sign of life has in how long one takes lately."""
_AFTERTHOUGHTS_S = 0.25, 1.5
"""An engine tells of an event before its own lists do: of a death some 50 ms, more when busy."""


class Watcher:
    """Keeps a store equal to an engine, through losses of the connection.

    An event never edits the store. It says only *that* an object changed, so the watcher lists
    that object again; whatever the event said, the list is right, if perhaps a little late, so it
    is asked for again a moment later. The first event of a burst is followed up at once, the rest
    of it together.

    Every `reconcile_s` seconds everything is listed, because an engine drops events for a slow
    reader, and forgets those from before its own restart.
    """

    def __init__(
        self,
        engine: Engine,
        store: Store,
        kinds: Iterable[type[DockerObject]],
        *,
        reconcile_s: float = 30.0,
        heartbeat_s: float = 1.0,
        settle_s: float = 0.03,
    ) -> None:
        """Describe what to watch; `run` watches it.

        Args:
            engine: Where the truth is.
            store: Where to keep a copy.
            kinds: The kinds of object to keep.
            reconcile_s: Seconds between full listings.
            heartbeat_s: Seconds between signs of life; a silent engine is lost after this and
                the ping's own time-out together.
            settle_s: Seconds between two listings in a burst of events.
        """
        self.link = Link()
        self.round_trip_s = 0.0
        """How long a sign of life takes, lately."""
        self._engine = engine
        self._store = store
        self._kinds: dict[str, type[Any]] = {kind.kind: kind for kind in kinds}
        self._reconcile_s = reconcile_s
        self._heartbeat_s = heartbeat_s
        self._settle_s = settle_s
        self._stale = Stale()
        self._retry = asyncio.Event()
        self._doubt = asyncio.Event()
        self._listeners: list[Callable[[Link], None]] = []
        self._event_listeners: list[Callable[[Event], None]] = []
        self._last_event_ns: int | None = None
        self._last_events: list[Event] = []

    def on_link(self, listener: Callable[[Link], None]) -> Callable[[], None]:
        """Call `listener` when the connection comes or goes, until the returned function."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def on_event(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` with each event, once, as it happens, until the returned function."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    def mark_stale(self, kind: type[DockerObject], *ids: str) -> None:
        """Ask for objects to be listed again at once; all of a kind if none is named."""
        self._stale.mark(kind, ids)

    def retry_now(self) -> None:
        """Try to reach a lost engine without waiting any longer; list all of one that answers."""
        self._retry.set()
        self._mark_everything()

    async def run(self) -> None:
        """Watch until cancelled."""
        pauses = waits()
        while True:
            try:
                info = await self._engine.connect()
                pauses = waits()
                self._set(replace(self.link, info=info, problem=None, retry_at=0.0))
                # In a task of its own: on Python 3.11.2 a task whose group failed is left with a
                # cancellation that would end the next time-out it waits for.
                await asyncio.create_task(self._watch())
            except* EngineUnavailable as lost:
                await self._wait_for_retry(lost, next(pauses))

    async def _watch(self) -> None:
        self._stale = Stale()
        self._doubt.clear()
        self._mark_everything()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow_events())
            tasks.create_task(self._listen_for_heartbeats())
            tasks.create_task(self._reconcile())
            tasks.create_task(self._list_stale())

    async def _wait_for_retry(
        self, lost: ExceptionGroup[EngineUnavailable], pause_s: float
    ) -> None:
        problem = next(it for it in _leaves(lost)).problem
        loop = asyncio.get_running_loop()
        true_at = self.link.true_at or loop.time()
        self._set(
            replace(
                self.link,
                phase=Phase.LOST,
                problem=problem,
                true_at=true_at,
                retry_at=loop.time() + pause_s,
            )
        )
        self._retry.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(pause_s):
                await self._retry.wait()
        self._set(replace(self.link, retry_at=0.0))

    async def _follow_events(self) -> None:
        while True:
            async for event in self._engine.events(since_ns=self._last_event_ns):
                self._tell(event)
                self._heed(event)
            # A stream that ends may be an engine that ends: look before anything is believed.
            await self._engine.ping()
            self._mark_everything()
            await asyncio.sleep(self._settle_s)

    def _tell(self, event: Event) -> None:
        """Let the listeners know, unless it is one that the engine has sent again."""
        if event.time_ns != self._last_event_ns:
            self._last_event_ns = event.time_ns
            self._last_events.clear()
        elif event in self._last_events:
            return
        self._last_events.append(event)
        for listener in tuple(self._event_listeners):
            listener(event)

    def _heed(self, event: Event) -> None:
        if kind := self._kinds.get(event.kind):
            self._list_soon(kind, (event.actor_id,) if kind in _LISTED_ONE_BY_ONE else ())
        elif event.kind == "network" and (id_ := event.attributes.get("container")):
            self._list_soon(Container, (id_,))

    def _list_soon(self, kind: type[Any], ids: tuple[str, ...]) -> None:
        """List what an event is about now, and again when the engine has surely caught up."""
        self._stale.mark(kind, ids)
        loop = asyncio.get_running_loop()
        for after_s in _AFTERTHOUGHTS_S:
            loop.call_later(after_s, self._stale.mark, kind, ids)

    async def _listen_for_heartbeats(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            asked_at = loop.time()
            await self._engine.ping()
            self.link = replace(self.link, true_at=loop.time())
            took_s = loop.time() - asked_at
            self.round_trip_s += (took_s - self.round_trip_s) * _NEW_TRIP
            with suppress(TimeoutError):
                async with asyncio.timeout(self._heartbeat_s):
                    await self._doubt.wait()
            self._doubt.clear()

    async def _reconcile(self) -> None:
        while True:
            await asyncio.sleep(self._reconcile_s)
            self._mark_everything()

    async def _list_stale(self) -> None:
        while True:
            for kind, ids in await self._stale.take():
                try:
                    listed = await self._engine.list(kind, ids)
                except EngineUnavailable:
                    raise
                except TimedOut:
                    self._stale.mark(kind, ids)
                    self._doubt.set()
                except EngineError:
                    # It answers, but not to this; the next reconciliation asks again.
                    continue
                else:
                    if ids:
                        self._store.update(kind, listed, asked=ids)
                    else:
                        await take_up(self._store, kind, listed)
            if not self.link.is_up:
                self._set(replace(self.link, phase=Phase.UP, problem=None))
            await asyncio.sleep(self._settle_s)

    def _mark_everything(self) -> None:
        for kind in self._kinds.values():
            self._stale.mark(kind)

    def _set(self, link: Link) -> None:
        changed, self.link = link != self.link, link
        if changed:
            for listener in tuple(self._listeners):
                listener(link)


def _leaves(group: ExceptionGroup[EngineUnavailable]) -> Iterable[EngineUnavailable]:
    for each in group.exceptions:
        if isinstance(each, ExceptionGroup):
            yield from _leaves(each)
        else:
            yield each
