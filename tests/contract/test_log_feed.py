"""Logs that are followed through whatever happens to their containers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from dockertui.sync import Member
from dockertui.sync.log_feed import LogFeed
from dockertui.sync.log_span import LogSpan
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


async def follow(member: Member, container_id: str, span: LogSpan = LogSpan()) -> LogFeed:  # noqa: B008
    """Begin to follow a container's log."""
    return LogFeed(member, await listed(member, container_id), nothing, span=span)


async def test_a_restart_is_one_rule_and_the_log_goes_on(subject: Subject, member: Member) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "one\n")
    with closing(await follow(member, container_id)) as feed:
        await until(lambda: lines_of(feed) == ["one"])
        for number in range(2):
            await subject.engine.restart(container_id, grace_s=0)
            await subject.write(container_id, f"again {number}\n")
            await ends_with(feed, f"again {number}")
        assert lines_of(feed) == [
            "one",
            "-- restarted: exited 137, killed",
            "again 0",
            "-- restarted: exited 137, killed",
            "again 1",
        ]


async def test_a_restart_from_before_the_log_was_opened_has_its_rule(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make()
    for number in range(2):
        await subject.write(container_id, f"life {number}\n")
        await subject.engine.restart(container_id, grace_s=0)
    await subject.write(container_id, "now\n")
    with closing(await follow(member, container_id)) as feed:
        await ends_with(feed, "now")
        assert lines_of(feed) == [
            "life 0",
            "-- restarted: exited 137, killed",
            "life 1",
            "-- restarted: exited 137, killed",
            "now",
        ]


async def test_the_rule_of_an_earlier_restart_comes_with_the_lines_before_it(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "before\n")
    await subject.engine.restart(container_id, grace_s=0)
    await subject.write(container_id, "".join(f"{number}\n" for number in range(30)))
    with closing(await follow(member, container_id, LogSpan(tail=20))) as feed:
        await ends_with(feed, "29")
        assert lines_of(feed) == [str(number) for number in range(10, 30)]
        feed.load_older()
        await until(lambda: "before" in lines_of(feed))
        assert lines_of(feed)[:3] == ["before", "-- restarted: exited 137, killed", "0"]


async def test_a_stop_is_one_rule_and_a_start_later_is_none(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "one\n")
    with closing(await follow(member, container_id)) as feed:
        await until(lambda: lines_of(feed) == ["one"])
        await subject.engine.kill(container_id)
        await holds(feed, 2)
        await subject.engine.start(container_id)
        await subject.write(container_id, "two\n")
        await holds(feed, 3)
        assert lines_of(feed) == ["one", "-- stopped: exited 137, killed", "two"]


async def test_a_pause_is_no_rule(subject: Subject, member: Member) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "one\n")
    with closing(await follow(member, container_id)) as feed:
        await subject.engine.pause(container_id)
        await subject.engine.unpause(container_id)
        await subject.write(container_id, "two\n")
        await holds(feed, 2)
        assert lines_of(feed) == ["one", "two"]


async def test_a_container_created_anew_goes_on_in_the_same_log(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make(name="anew-1")
    await subject.write(container_id, "old\n")
    with closing(await follow(member, container_id)) as feed:
        await until(lambda: lines_of(feed) == ["old"])
        store = feed.store
        await subject.engine.kill(container_id)
        await subject.engine.remove_container(container_id)
        new_id = await subject.make(name="anew-1")
        await subject.write(new_id, "new\n")
        await holds(feed, 3)
        assert lines_of(feed) == ["old", "-- created anew: exited 137, killed", "new"]
        assert feed.store is store
        assert feed.previous_life()
        assert feed.title.startswith("anew-1, previous life, ended ")
        assert lines_of(feed) == ["old"]
        assert not feed.previous_life()
        assert feed.next_life()
        assert feed.store is store
        assert not feed.next_life()


async def test_what_was_removed_and_stays_away_is_said_to_be(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "old\n")
    with closing(await follow(member, container_id)) as feed:
        await until(lambda: lines_of(feed) == ["old"])
        await subject.engine.remove_container(container_id, force=True)
        await holds(feed, 2)
        assert lines_of(feed) == ["old", "-- removed: exited 137, killed"]
        assert [it.container.id for it in member.last_words.lives()] == [container_id]


async def test_the_last_words_of_a_container_that_removes_itself_are_kept(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make(host={"auto_remove": True})
    await listed(member, container_id)
    await subject.write(container_id, "".join(f"{number}\n" for number in range(300)))
    await subject.engine.kill(container_id)
    await until(member.last_words.lives)
    (life,) = member.last_words.lives()
    assert life.exit_code == 137
    assert life.lines == 200
    assert life.records.endswith(b" 299\n")
    assert life.ended_at is not None
    assert abs(life.ended_at.timestamp() - time.time()) < 60


async def test_older_lines_come_before_the_first_without_gap_or_repetition(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make()
    texts = [str(number) for number in range(1_000)]
    await subject.write(container_id, "".join(f"{it}\n" for it in texts))
    with closing(await follow(member, container_id, LogSpan(tail=300))) as feed:
        await holds(feed, 300)
        for expected in (600, 900, 1_000):
            assert feed.has_older
            feed.load_older()
            assert feed.status == "loading older lines"
            await subject.write(container_id, f"{len(texts)}\n")
            texts.append(str(len(texts)))
            await until(lambda: not feed.status)
            await ends_with(feed, texts[-1])
            assert len(feed.store) == expected + len(texts) - 1_000
            assert lines_of(feed) == texts[-len(feed.store) :]
        assert not feed.has_older
        assert feed.store.first == -700


async def test_a_span_that_ends_in_the_past_has_its_last_lines(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "".join(f"old {number}\n" for number in range(50)))
    with closing(await follow(member, container_id)) as feed:
        await holds(feed, 50)
        await asyncio.sleep(2.1)
        await subject.write(container_id, "".join(f"new {number}\n" for number in range(300)))
        feed.set_span(LogSpan(until_s=1, tail=20))
        await holds(feed, 20)
        assert lines_of(feed) == [f"old {number}" for number in range(30, 50)]
        assert feed.has_older
        feed.load_older()
        await until(lambda: not feed.status)
        assert lines_of(feed) == [f"old {number}" for number in range(10, 50)]
        feed.set_span(LogSpan(since_s=1))
        await holds(feed, 300)
        assert lines_of(feed) == [f"new {number}" for number in range(300)]
        assert not feed.has_older


async def test_nothing_in_the_chosen_time_is_said(subject: Subject, member: Member) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "old\n")
    with closing(await follow(member, container_id)) as feed:
        await holds(feed, 1)
        feed.set_span(LogSpan(until_s=900))
        await until(lambda: feed.explanation)
        assert feed.explanation.startswith("No lines up to 15m ago.")


async def test_a_driver_that_keeps_nothing_is_explained(subject: Subject, member: Member) -> None:
    container_id = await subject.make(host={"log_config": {"type": "none"}})
    with closing(await follow(member, container_id)) as feed:
        await until(lambda: feed.explanation)
        assert "does not support reading" in feed.explanation
        assert "--log-driver" in feed.explanation


async def test_a_container_that_crashes_again_and_again_has_one_rule_for_each_end(
    subject: Subject, member: Member
) -> None:
    container_id = await subject.make(
        "sh -c 'echo up; sleep 0.3; exit 3'",
        start=False,
        host={"restart_policy": {"Name": "always"}},
    )
    with closing(await follow(member, container_id)) as feed:
        await subject.engine.start(container_id)
        await until(lambda: lines_of(feed).count("up") >= 4)
        lines = lines_of(feed)
        lives = len(lines) // 2
        assert lines[: 2 * lives] == ["up", "-- restarted: exited 3"] * lives
