"""Logs that are followed, with an engine that breaks off."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from dockertui.engine import LogRequest
from dockertui.model import Container, ContainerState, Event
from dockertui.store.log_record import RULE, split_record
from dockertui.store.log_store import LogStore
from dockertui.sync.last_words import TAIL, LastWords
from dockertui.sync.log_feed import LogFeed
from dockertui.sync.log_history import last_until
from dockertui.sync.log_span import LogSpan
from dockertui.sync.merged_feed import MergedFeed
from tests.unit.sync.fake_log import BEGIN_NS, FakeLogs, member_of, running


def nothing() -> None:
    """Do nothing."""


def texts(store: LogStore) -> list[str]:
    return [split_record(it).text.decode() for it in store.lines(store.first, store.total)]


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("seed", range(4))
async def test_a_log_that_breaks_off_at_random_is_whole_in_the_end(seed: int) -> None:
    chance = random.Random(seed)
    engine = FakeLogs(chance)
    web = running("web")
    member = member_of(engine, web)
    wanted: list[str] = []
    with closing(LogFeed(member, web, nothing, span=LogSpan(tail=None))) as feed:
        while len(wanted) < 2_000:
            some = [str(len(wanted) + it) for it in range(chance.randint(1, 600))]
            wanted += some
            await engine.write("web", *some)
            # A sign of life makes it look again, as a start or the engine's return does.
            web = replace(web, status=f"Up {len(wanted)}")
            member.store.update(Container, [web], asked=[web.id])
            await asyncio.sleep(chance.choice([0, 0.002]))
        while len(feed.store) < len(wanted):
            web = replace(web, status=f"{web.status}.")
            member.store.update(Container, [web], asked=[web.id])
            await asyncio.sleep(0.001)
        assert texts(feed.store) == wanted
    assert sum(bool(it.since) for it in engine.asked) > 2


async def test_closing_lets_go_at_once() -> None:
    engine = FakeLogs()
    web = running("web")
    feed = LogFeed(member_of(engine, web), web, nothing)
    await until(lambda: engine.open == 1)
    feed.close()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert engine.open == 0


async def test_a_log_resumes_by_looking_back_a_little_first() -> None:
    engine = FakeLogs()
    web = running("web")
    member = member_of(engine, web)
    await engine.write("web", *map(str, range(5_000)))
    with closing(LogFeed(member, web, nothing, span=LogSpan(tail=None))) as feed:
        await until(lambda: len(feed.store) == 5_000)
        feed.pause()
        await engine.write("web", *map(str, range(5_000, 8_000)))
        feed.go_on()
        await until(lambda: len(feed.store) == 8_000)
        assert texts(feed.store) == [str(it) for it in range(8_000)]
    assert [it.tail for it in engine.asked] == [None, 1_000, 20_000]


async def test_a_span_that_ends_before_a_flood_is_looked_for_further_and_further() -> None:
    engine = FakeLogs()
    member_of(engine, running("web"))
    await engine.write("web", *map(str, range(9_000)))
    seconds, nanos = divmod(BEGIN_NS + 99_000, 10**9)
    request = LogRequest(container_id="web", until=f"{seconds}.{nanos:09}")
    block, more = await last_until(engine, request, wanted=10, later=0)  # type: ignore[arg-type]
    assert [it.rpartition(b" ")[2] for it in block.splitlines()] == [
        str(it).encode() for it in range(90, 100)
    ]
    assert more
    block, more = await last_until(engine, request, wanted=500, later=0)  # type: ignore[arg-type]
    assert block.count(b"\n") == 100
    assert not more


async def test_fifty_logs_are_asked_for_a_few_at_a_time() -> None:
    engine = FakeLogs()
    engine.held.clear()
    containers = [running(f"{it:02}", f"web-{it:02}") for it in range(60)]
    member = member_of(engine, *containers)
    for it in containers:
        await engine.write(it.id, *(f"{it.name} {number}" for number in range(20)))
    with closing(MergedFeed([member], lambda _: True, nothing)) as feed:
        await asyncio.sleep(0.05)
        assert engine.open == 6
        engine.held.set()
        await until(lambda: len(feed.store) == 60 * 20)
        await until(lambda: engine.open == 50)
        assert engine.most_open <= 56
        stamps = [split_record(it).stamp for it in feed.store.lines(0, feed.store.total)]
        assert stamps == sorted(stamps)


async def test_the_last_words_are_bounded_and_a_crash_loop_costs_little() -> None:
    engine = FakeLogs()
    names = [f"job-{it}" for it in range(80)]
    member_of(engine, *(running(it) for it in names))
    for it in names:
        await engine.write(it, *(f"{it} {number}" for number in range(300)))
    words = LastWords(engine)  # type: ignore[arg-type]
    engine.held.clear()
    for time_ns, it in enumerate(names):
        for _ in range(3):
            words.heed(await engine.ends(it, time_ns + 1, code="1"))
    await asyncio.sleep(0.01)
    assert engine.open == 4
    engine.held.set()
    await until(lambda: len(engine.asked) == 80 and not engine.open)
    await asyncio.sleep(0)
    assert not words.lives()
    for it in names:
        words.heed(Event("container", "destroy", it, 1_000, {"name": it}))
    assert len(words.lives()) == 64
    latest = words.lives()[0]
    assert (latest.name, latest.exit_code, latest.lines) == ("job-79", 1, TAIL)


async def test_who_starts_again_has_no_previous_life() -> None:
    engine = FakeLogs()
    member_of(engine, running("web"))
    await engine.write("web", "last")
    words = LastWords(engine)  # type: ignore[arg-type]
    words.heed(await engine.ends("web", 1))
    await until(lambda: engine.asked and not engine.open)
    words.heed(Event("container", "start", "web", 2, {"name": "web"}))
    words.heed(Event("container", "destroy", "web", 3, {"name": "web"}))
    assert not words.lives()


async def test_what_is_about_to_be_removed_can_be_kept() -> None:
    engine = FakeLogs()
    web = replace(running("web"), state=ContainerState.EXITED)
    member = member_of(engine, web)
    await engine.write("web", "last")
    await member.last_words.keep(web)
    del engine.containers["web"]
    member.heed(Event("container", "destroy", "web", 3, {"name": "web"}))
    (life,) = member.last_words.lives()
    assert life.records.endswith(b" last\n")
    assert life.title == "web, previous life"
    await member.last_words.keep(running("nobody"))


async def test_an_engine_that_has_lost_lines_is_told_of_by_a_rule() -> None:
    engine = FakeLogs()
    web = running("web")
    await engine.write("web", *map(str, range(10)))
    with closing(LogFeed(member_of(engine, web), web, nothing)) as feed:
        await until(lambda: len(feed.store) == 10)
        feed.pause()
        await engine.write("web", *map(str, range(10, 2_000)), step_ns=10**6)
        del engine.logs_of["web"][:1_990]
        feed.go_on()
        await until(lambda: len(feed.store) == 21)
        lines = feed.store.lines(0, 21)
        assert [it for it in lines if it.startswith(RULE)] == [lines[10]]
        assert b"lines are missing here" in lines[10]


async def test_the_first_line_of_a_new_life_stands_under_its_rule_though_it_comes_first() -> None:
    engine = FakeLogs()
    web = running("web")
    member = member_of(engine, web)
    await engine.write("web", "one")
    with closing(LogFeed(member, web, nothing)) as feed:
        await until(lambda: len(feed.store) == 1)
        tell = member.watcher._tell  # noqa: SLF001 - there is no engine whose events it could read
        tell(await engine.ends("web", BEGIN_NS + 500, code="3"))
        await engine.write("web", "two")
        await until(lambda: "two" in texts(feed.store))
        tell(Event("container", "start", "web", BEGIN_NS + 2_000, {"name": "web"}))
        await engine.write("web", "three")
        await until(lambda: "three" in texts(feed.store))
        first, said, *rest = texts(feed.store)
    assert (first, rest) == ("one", ["two", "three"])
    assert said.startswith("restarted: exited 3")
