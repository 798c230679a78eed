"""The restarts of a container from before its log was opened."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from dockertui.engine import Engine, EngineError
from dockertui.model import Container, Event
from dockertui.store.log_record import rule
from dockertui.sync.log_rules import Coroner, Death, first_after
from dockertui.sync.log_times import SECOND_NS, ns_of, stamp_in, stamp_of

PATIENCE_S = 0.2
"""How long an engine may take to tell of what is past: the first lines wait for it."""
_DAY_NS = 24 * 3600 * SECOND_NS


class PastLives:
    """Asks once how the earlier lives of a container ended, and finds the places of these ends."""

    def __init__(self, engine: Engine, container: Container) -> None:
        """Ask nothing yet.

        Args:
            engine: Whose container.
            container: Which.
        """
        self._engine = engine
        self._container = container
        self._asking: asyncio.Task[list[Death]] | None = None
        self._is_told = False
        self._deaths: list[Death] = []

    def ask(self) -> None:
        """Begin to ask, on the running loop, unless that was done before."""
        if self._asking is None and not self._is_told:
            asking = deaths_before_restarts(self._engine, self._container)
            self._asking = asyncio.get_running_loop().create_task(asking)

    async def told(self) -> None:
        """Wait for the answer, if there will be one."""
        if (asking := self._asking) is not None:
            await asyncio.wait({asking})
            if not asking.cancelled():
                self._asking, self._is_told, self._deaths = None, True, asking.result()

    def stop(self) -> None:
        """Wait for no answer any more."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def within(self, block: bytes) -> Sequence[Death]:
        """Take out the ends that are no older than the first line of a block."""
        if not self._deaths or not block:
            return ()
        first_ns = ns_of(stamp_in(block))
        found = [it for it in self._deaths if it.time_ns >= first_ns]
        self._deaths = [it for it in self._deaths if it.time_ns < first_ns]
        return found

    def placed(self, block: bytes) -> bytes:
        """Put a rule into a block of older lines for each end that belongs there."""
        for death in self.within(block):
            line = rule(stamp_of(death.time_ns), death.restarted)
            place = first_after(block, death.time_ns)
            place = len(block) if place is None else place
            block = block[:place] + line + block[place:]
        return block


async def deaths_before_restarts(engine: Engine, container: Container) -> list[Death]:
    """The ends of a container's earlier lives, as far as its engine remembers.

    An engine remembers its last 256 events, some of them of this container. What it does not tell
    in time is left out.

    Args:
        engine: Whose container.
        container: Which.

    Returns:
        Those after which it was started again, the oldest first.
    """
    now_ns = time.time_ns()
    created_ns = int(container.created.timestamp()) * SECOND_NS if container.created else 0
    with suppress(EngineError, TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            past = await engine.past_events(created_ns or now_ns - _DAY_NS, now_ns, container.id)
            return list(_outlived(past))
    return []


def _outlived(events: Iterable[Event]) -> Iterator[Death]:
    """The deaths after which a container was started again."""
    coroner, death = Coroner(), None
    for event in events:
        if ended := coroner.heed(event):
            death = ended
        elif event.action == "start" and death is not None:
            yield death
            death = None
