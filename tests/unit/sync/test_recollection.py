"""What an engine remembers is learnt whenever it begins to answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

from dockertui.engine import Engine, Forbidden
from dockertui.model import Container, Event
from dockertui.model.happening import What
from dockertui.sync import Fleet, Member, Phase
from dockertui.sync.recollection import recall
from tests.unit.sync.fake_engine import FakeEngine

NS = 1_000_000_000


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


class Remembering(FakeEngine):
    """An engine that remembers what a test tells it."""

    def __init__(self) -> None:
        super().__init__()
        self.past: list[Event] = []
        self.asked: list[tuple[int, int]] = []
        self.refuses = False

    async def past_events(
        self, since_ns: int, until_ns: int, container_id: str = ""
    ) -> tuple[Event, ...]:
        self.asked.append((since_ns, until_ns))
        if self.refuses:
            raise Forbidden("Not for you.")
        return tuple(self.past)


@asynccontextmanager
async def watched(engine: Remembering) -> AsyncIterator[Member]:
    fleet = Fleet([cast("Engine", engine)], [Container])
    member = next(iter(fleet))
    tasks = [
        asyncio.create_task(member.watcher.run()),
        asyncio.create_task(recall(member, after_s=0)),
    ]
    try:
        yield member
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.wait(tasks)


def died(at_ns: int) -> Event:
    return Event("container", "die", "a", at_ns, attributes={"name": "web", "exitCode": "1"})


async def test_the_last_hour_is_learnt_once_it_answers() -> None:
    engine = Remembering()
    engine.past = [died(5)]
    async with watched(engine) as member:
        await until(lambda: member.chronicle.all)
    (failed,) = member.chronicle.all
    assert (failed.what, failed.name) == (What.FAILED, "web")
    ((since_ns, until_ns),) = engine.asked
    assert until_ns - since_ns == 3601 * NS
    assert abs(until_ns - time.time_ns()) < 60 * NS


async def test_after_a_loss_it_is_learnt_again_and_nothing_twice() -> None:
    engine = Remembering()
    engine.past = [died(5)]
    async with watched(engine) as member:
        await until(lambda: member.chronicle.all)
        engine.go()
        await until(lambda: member.watcher.link.phase is Phase.LOST)
        engine.past = [died(5), died(6)]
        engine.gone = False
        member.watcher.retry_now()
        await until(lambda: len(engine.asked) == 2)
        await until(lambda: len(member.chronicle.all) == 2)
    assert member.chronicle.told == 2


async def test_who_refuses_is_left_in_peace() -> None:
    engine = Remembering()
    engine.refuses = True
    async with watched(engine) as member:
        await until(lambda: engine.asked)
        engine.change(Container(id="a", name="web"))
        await until(lambda: member.chronicle.all)
    assert len(engine.asked) == 1
