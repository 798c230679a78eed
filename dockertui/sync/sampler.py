"""Keeps what the containers of an engine use up to date: more often where somebody looks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

from dockertui.engine import EngineError
from dockertui.model import Container, ContainerState
from dockertui.store import Diff
from dockertui.sync.attention import NOBODY, Attention, periods_s
from dockertui.sync.link import Link

if TYPE_CHECKING:
    from dockertui.engine import Meter
    from dockertui.sync.fleet import Member

_TICK_S = 1.0
_LATE_S = 2.0
"""From how late on it is said that figures come late."""
_OLD = 2.5
"""Figures older than so many of their periods do not count for a total."""
_MEASURED = {ContainerState.RUNNING, ContainerState.PAUSED}


class Sampler:
    """Reads the containers of a member, while its engine answers."""

    def __init__(self, member: Member) -> None:
        """Describe the work; `run` does it.

        Args:
            member: Whose containers.
        """
        self.attention: Callable[[], Attention] = lambda: NOBODY
        """Says what somebody looks at; asked once a second."""
        self.behind_s = 0.0
        """How late figures come; 0 while they come in time."""
        self._member = member
        self._up = asyncio.Event()
        self._wanted: dict[str, float] = {}

    @property
    def way(self) -> str:
        """How the engine is read, in words; empty before it is."""
        return self._way

    _way = ""

    async def run(self) -> None:
        """Read until cancelled; while the engine is lost, wait."""
        member = self._member
        let_go = (
            member.watcher.on_link(self._link_changed),
            member.store.subscribe(Container, self._listed),
        )
        self._link_changed(member.watcher.link)
        try:
            while True:
                await self._up.wait()
                # In a task of its own, as the watcher has it and for its reason.
                await asyncio.create_task(self._read_while_it_answers())
                self._up.clear()
                self._link_changed(member.watcher.link)
                await asyncio.sleep(_TICK_S)
        finally:
            for each in let_go:
                each()

    async def _read_while_it_answers(self) -> None:
        meter = self._member.engine.meter()
        self._wanted = {}
        ticking = asyncio.create_task(self._tick(meter))
        try:
            async with aclosing(meter.readings()) as batches:
                async for batch in batches:
                    self._member.measured.take(batch)
        except EngineError:
            pass  # The watcher says so, and when it is back.
        finally:
            ticking.cancel()
            meter.close()

    async def _tick(self, meter: Meter) -> None:
        while True:
            wanted = self._periods()
            if wanted != self._wanted:
                self._wanted = wanted
                meter.want(wanted)
            self._way = meter.way
            late_s = meter.behind_s
            self.behind_s = late_s if late_s > _LATE_S else 0.0
            containers = tuple(self._member.store.snapshot(Container).values())
            age_s = _OLD * max(wanted.values(), default=_TICK_S)
            for _ in self._member.measured.add_up(containers, age_s=age_s):
                await asyncio.sleep(0)
            await asyncio.sleep(_TICK_S)

    def _periods(self) -> dict[str, float]:
        snapshot = self._member.store.snapshot(Container)
        running = [id_ for id_, it in snapshot.items() if it.state in _MEASURED]
        round_trip_s = self._member.watcher.round_trip_s
        return periods_s(running, self.attention(), round_trip_s=round_trip_s)

    def _link_changed(self, link: Link) -> None:
        if link.is_up:
            self._up.set()

    def _listed(self, change: Diff[Container]) -> None:
        measured = self._member.measured
        measured.forget(change.removed)
        measured.forget_now(it.id for it in change.changed if it.state not in _MEASURED)
