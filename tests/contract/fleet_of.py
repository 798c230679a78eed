"""A fleet of one engine under test, and logs that are followed through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from dockertui.model import Container
from dockertui.store.log_record import RULE, split_record
from dockertui.store.log_store import LogStore
from dockertui.sync import Fleet, Member
from tests.contract.subject import Subject

PATIENCE_S = 15.0


class HasStore(Protocol):
    """A feed, as far as these tests look into it."""

    store: LogStore


@asynccontextmanager
async def watched(subject: Subject) -> AsyncIterator[Member]:
    """The engine under test, watched until the end of the test."""
    fleet = Fleet([subject.another_engine()], [Container])
    run = asyncio.create_task(fleet.run())
    try:
        member = next(iter(fleet))
        await until(lambda: member.store.knows(Container))
        # What happens before the engine has taken the request for events would not be told.
        await subject.make("true", start=False)
        await until(lambda: bool(member.store.snapshot(Container)))
        yield member
    finally:
        run.cancel()
        with suppress(asyncio.CancelledError):
            await run
        await fleet.close()


async def until(condition: Callable[[], object], *, within_s: float = PATIENCE_S) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.01)


async def listed(member: Member, container_id: str) -> Container:
    """How a member lists a container, once it does."""
    await until(lambda: container_id in member.store.snapshot(Container))
    return member.store.snapshot(Container)[container_id]


def lines_of(feed: HasStore) -> list[str]:
    """What a feed's lines say; a rule begins with two dashes, and its times are left out."""
    records = map(split_record, feed.store.lines(feed.store.first, feed.store.total))
    return [
        f"-- {it.text.decode()[:-10]}" if it.stream == RULE else it.text.decode() for it in records
    ]


async def ends_with(feed: HasStore, line: str) -> None:
    """Wait until a line is a feed's last."""
    await until(lambda: lines_of(feed)[-1:] == [line])


async def holds(feed: HasStore, count: int) -> None:
    """Wait until a feed has so many lines, rules included."""
    await until(lambda: len(feed.store) >= count)
    assert len(feed.store) == count


def nothing() -> None:
    """Do nothing."""
