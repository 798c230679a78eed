"""What an engine remembers of a container stands in its log, once, at its place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from dockertui.engine import Engine
from dockertui.model import Event
from dockertui.store.log_record import RULE, split_record
from dockertui.sync import Member
from dockertui.sync.log_feed import LogFeed
from dockertui.sync.log_past import deaths_before_restarts
from dockertui.sync.log_span import LogSpan
from tests.unit.sync.fake_log import BEGIN_NS, FakeLogs, member_of, running

STEP_NS = 1_000


def happened(action: str, at: float, **attributes: str) -> Event:
    """An event between two lines: at 2.5 it comes after the third."""
    return Event("container", action, "web", BEGIN_NS + int(at * STEP_NS), attributes)


def lives(*ends: float) -> list[Event]:
    """What an engine tells of lives that ended, and were followed by another."""
    return [
        event
        for at in ends
        for event in (happened("die", at, exitCode="1"), happened("start", at + 0.1))
    ]


def shown(feed: LogFeed) -> list[str]:
    """The texts of the lines; the words of a rule without its time."""
    records = map(split_record, feed.store.lines(feed.store.first, feed.store.total))
    return [
        f"-- {it.text.decode().rpartition(',')[0]}" if it.stream == RULE else it.text.decode()
        for it in records
    ]


async def holds(feed: LogFeed, count: int) -> None:
    async with asyncio.timeout(5):
        while len(feed.store) < count:
            await asyncio.sleep(0.001)


@asynccontextmanager
async def opened(
    engine: FakeLogs,
    *,
    lines: int,
    span: LogSpan = LogSpan(tail=None),  # noqa: B008 - frozen
) -> AsyncIterator[tuple[LogFeed, Member]]:
    web = running("web")
    member = member_of(engine, web)
    await engine.write("web", *map(str, range(lines)), step_ns=STEP_NS)
    feed = LogFeed(member, web, lambda: None, span=span)
    try:
        yield feed, member
    finally:
        feed.close()


async def test_each_restart_has_its_rule_between_its_two_lives() -> None:
    engine = FakeLogs()
    engine.past = lives(1.5, 3.5)
    async with opened(engine, lines=6) as (feed, _):
        await holds(feed, 8)
        rule = "-- restarted: exited 1"
        assert shown(feed) == ["0", "1", rule, "2", "3", rule, "4", "5"]


async def test_an_end_that_nothing_followed_has_none() -> None:
    engine = FakeLogs()
    engine.past = [*lives(1.5), happened("die", 5.5, exitCode="0")]
    assert len(await deaths_before_restarts(cast("Engine", engine), running("web"))) == 1


@pytest.mark.parametrize("late", [False, True])
async def test_what_is_told_twice_has_one_rule(late: bool) -> None:
    engine = FakeLogs()
    engine.held.clear()
    engine.past = lives(2.5)
    async with opened(engine, lines=6) as (feed, member):
        await asyncio.sleep(0)
        if late:
            engine.held.set()
            await holds(feed, 7)
        for event in lives(2.5):
            member.watcher._tell(event)  # noqa: SLF001 - an event that comes
        engine.held.set()
        await engine.write("web", "last")
        await holds(feed, 8)
        assert shown(feed) == ["0", "1", "2", "-- restarted: exited 1", "3", "4", "5", "last"]


async def test_a_rule_from_before_the_first_line_waits_for_older_lines() -> None:
    engine = FakeLogs()
    engine.past = lives(1.5, 97.5)
    async with opened(engine, lines=100, span=LogSpan(tail=10)) as (feed, _):
        await holds(feed, 11)
        assert shown(feed)[7:] == ["97", "-- restarted: exited 1", "98", "99"]
        async with asyncio.timeout(5):
            while feed.store.first > -91:
                feed.load_older()
                await asyncio.sleep(0.001)
        assert shown(feed)[:4] == ["0", "1", "-- restarted: exited 1", "2"]
        assert shown(feed).count("-- restarted: exited 1") == 2


async def test_a_rule_between_older_lines_and_the_first_stands_there() -> None:
    engine = FakeLogs()
    engine.past = lives(89.5)
    async with opened(engine, lines=100, span=LogSpan(tail=10)) as (feed, _):
        await holds(feed, 10)
        feed.load_older()
        await holds(feed, 21)
        assert shown(feed)[9:12] == ["89", "-- restarted: exited 1", "90"]


async def test_lines_do_not_wait_for_an_engine_that_is_slow_to_remember(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(FakeLogs):
        async def past_events(self, *_: object) -> tuple[Event, ...]:
            await asyncio.Event().wait()
            return ()

    monkeypatch.setattr("dockertui.sync.log_past.PATIENCE_S", 0.05)
    async with opened(Slow(), lines=6) as (feed, _):
        await holds(feed, 6)
        assert shown(feed) == list("012345")


async def test_closing_asks_no_further() -> None:
    asked, left = asyncio.Event(), asyncio.Event()

    class Silent(FakeLogs):
        async def past_events(self, *_: object) -> tuple[Event, ...]:
            asked.set()
            try:
                await asyncio.Event().wait()
            finally:
                left.set()
            return ()

    async with opened(Silent(), lines=1):
        await asked.wait()
    async with asyncio.timeout(0.1):
        await left.wait()
