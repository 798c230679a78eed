"""How many logs are open at an engine while somebody goes through its containers."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from dockertui.sim import scenario
from dockertui.sim.log import Log, LogQuery
from dockertui.sim.server import SimulatedEngine
from dockertui.widgets.loading import REST_S
from tests.pilot.person import Person
from tests.pilot.test_haste import hurry

CROWD = 200
KEY_REPEAT_S = 1 / 30
"""How fast a key comes that is held down."""


class Streams:
    """Counts the logs that an engine is asked to follow."""

    def __init__(self) -> None:
        self.opened = self.open = self.most = 0

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Count from now on."""
        read = Log.read

        async def counted(log: Log, query: LogQuery) -> AsyncIterator[bytes]:
            self.opened += 1
            self.open += 1
            self.most = max(self.most, self.open)
            try:
                async for piece in read(log, query):
                    yield piece
            finally:
                self.open -= 1

        monkeypatch.setattr(Log, "read", counted)


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Streams:
    counting = Streams()
    counting.watch(monkeypatch)
    return counting


@pytest.fixture
async def crowd(streams: Streams) -> AsyncIterator[Person]:
    """Somebody in front of very many containers, the log of the first one open."""
    others = stream_threads()
    async with SimulatedEngine(scenario.many(CROWD)) as sim, Person.at(sim) as person:
        await person.until(lambda: streams.open == 1)
        await person.until(lambda: stream_threads() <= others + 2, "for events and one log alone")
        yield person


def stream_threads() -> int:
    return sum(it.name == "engine-stream" for it in threading.enumerate())


@asynccontextmanager
async def no_pile(person: Person, streams: Streams) -> AsyncIterator[None]:
    """Check that keys open two streams at once at most, and leave one and no thread behind."""
    threads, opened, began_s = stream_threads(), streams.opened, time.monotonic()
    yield
    await person.until(lambda: person.main.detail.target == person.main.selected)
    await person.until(lambda: streams.open == 1, "for one stream to be left")
    await person.until(lambda: stream_threads() <= threads, "for threads to end")
    assert streams.most <= 2
    # Nothing is asked before one has stayed with an object for a moment.
    assert streams.opened - opened <= 2 + (time.monotonic() - began_s) / REST_S


async def test_a_burst_of_keys_opens_no_pile_of_streams(crowd: Person, streams: Streams) -> None:
    first = crowd.selected
    async with no_pile(crowd, streams):
        # Those at the end of the list have stopped, and a log that has ended leaves no stream.
        hurry(crowd, *["down"] * (CROWD - 1), *["up"] * (CROWD // 2))
        await crowd.until(lambda: crowd.selected != first)
        await crowd.pilot.pause()


async def test_a_key_that_is_held_down_opens_no_pile_of_streams(
    crowd: Person, streams: Streams
) -> None:
    async with no_pile(crowd, streams):
        for key in ("down", "up"):
            for _ in range(CROWD // 2):
                hurry(crowd, key)
                await asyncio.sleep(KEY_REPEAT_S)


async def test_another_list_lets_go_of_the_log(crowd: Person, streams: Streams) -> None:
    threads = stream_threads()
    await crowd.press("2")
    await crowd.until(lambda: streams.open == 0, "for the stream to be closed")
    await crowd.until(lambda: stream_threads() == threads - 1, "for its thread to end")
    await crowd.press("1")
    await crowd.until(lambda: streams.open == 1)
