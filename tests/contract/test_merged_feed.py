"""Logs of several containers as one."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from dockertui.model import Container
from dockertui.store.log_record import RULE, split_record
from dockertui.sync import Member
from dockertui.sync.log_span import LogSpan
from dockertui.sync.merged_feed import MergedFeed
from tests.contract.fleet_of import ends_with, holds, lines_of, listed, nothing, until, watched
from tests.contract.subject import Subject


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a busy machine longer than a second to start again what has ended."""
    monkeypatch.setattr("dockertui.sync.container_lives.GRACE_S", 4.0)


@pytest.fixture
async def member(subject: Subject) -> AsyncIterator[Member]:
    """The engine under test, watched."""
    async with watched(subject) as member:
        yield member


def is_of_shop(container: Container) -> bool:
    """Is it one of the containers of these tests?"""
    return container.name.startswith("shop-")


def streams() -> int:
    """How many threads read streams."""
    return sum(it.name == "engine-stream" for it in threading.enumerate())


async def test_lines_of_several_containers_are_in_order_of_time(
    subject: Subject, member: Member
) -> None:
    ids = [await subject.make(name=f"shop-web-{number}") for number in range(3)]
    for number in range(9):
        await subject.write(ids[number % 3], f"{number}\n")
    for container_id in ids:
        await listed(member, container_id)
    with closing(MergedFeed([member], is_of_shop, nothing)) as feed:
        assert feed.title == "3 containers"
        assert [it.short for it in feed.sources.values()] == ["web-0", "web-1", "web-2"]
        await holds(feed, 9)
        assert lines_of(feed) == [str(number) for number in range(9)]
        tags = [split_record(it).tag for it in feed.store.lines(0, 9)]
        assert tags == [b"A", b"B", b"C"] * 3
        for number in range(9, 18):
            await subject.write(ids[number % 3], f"{number}\n")
        await holds(feed, 18)
        assert lines_of(feed) == [str(number) for number in range(18)]


async def test_a_container_that_appears_joins_and_one_created_anew_stays(
    subject: Subject, member: Member
) -> None:
    web = await subject.make(name="shop-web-1")
    await subject.write(web, "one\n")
    await listed(member, web)
    with closing(MergedFeed([member], is_of_shop, nothing)) as feed:
        await ends_with(feed, "one")
        other = await subject.make(name="shop-db-1")
        await subject.write(other, "hello\n")
        await ends_with(feed, "hello")
        records = [split_record(it) for it in feed.store.lines(0, feed.store.total)]
        assert [it.text for it in records] == [b"one", b"db-1 joined", b"hello"]
        assert records[1].stream == RULE
        await subject.engine.kill(web)
        await subject.engine.remove_container(web)
        await subject.write(await subject.make(name="shop-web-1"), "two\n")
        await ends_with(feed, "two")
        assert lines_of(feed)[-2:] == ["-- created anew: exited 137, killed", "two"]
        assert [it.name for it in feed.sources.values()] == ["shop-web-1", "shop-db-1"]
        assert split_record(feed.store.lines(0, feed.store.total)[-1]).tag == b"A"


async def test_a_merged_log_begins_where_it_is_whole_and_goes_back_from_there(
    subject: Subject, member: Member
) -> None:
    quiet, busy = [await subject.make(name=f"shop-{it}-1") for it in ("quiet", "busy")]
    for number in range(6):
        await subject.write(quiet, f"quiet {number}\n")
        await subject.write(busy, "".join(f"busy {number} {it}\n" for it in range(10)))
    await listed(member, quiet)
    await listed(member, busy)
    whole = [
        line
        for number in range(6)
        for line in (f"quiet {number}", *(f"busy {number} {it}" for it in range(10)))
    ]
    with closing(MergedFeed([member], is_of_shop, nothing, span=LogSpan(tail=20))) as feed:
        await ends_with(feed, whole[-1])
        assert lines_of(feed) == whole[-len(feed.store) :]
        assert len(feed.store) < len(whole) / 2
        while feed.has_older:
            before = len(feed.store)
            feed.load_older()
            await until(lambda: not feed.status)
            assert len(feed.store) > before
            assert lines_of(feed) == whole[-len(feed.store) :]
        assert lines_of(feed) == whole


async def test_closing_many_logs_takes_no_time_and_leaves_no_thread(
    subject: Subject, member: Member
) -> None:
    before = streams()
    ids = [await subject.make(name=f"shop-web-{number}") for number in range(8)]
    for container_id in ids:
        await subject.write(container_id, "ready\n")
        await listed(member, container_id)
    feed = MergedFeed([member], is_of_shop, nothing)
    await holds(feed, 8)
    await until(lambda: streams() >= before + 8)
    start = time.perf_counter()
    feed.close()
    await asyncio.sleep(0)
    assert time.perf_counter() - start < 0.05
    await until(lambda: streams() <= before, within_s=2)
