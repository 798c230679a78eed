"""Jobs, without an engine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from dockertui.engine import EngineError
from dockertui.model.job import Job, JobState
from dockertui.model.progress import Phase, Progress
from dockertui.sync.jobs import AT_ONCE, KEPT, TOLD_S, Jobs, Outcome, Tell
from tests.unit.sync.fake_engine import FakeEngine

ENGINE: Any = FakeEngine()


@dataclass
class Deed:
    """A task whose end is in the test's hands."""

    title: str = "pull a"
    kind: str = "pull"
    failure: str = ""
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    runs: int = 0
    was_cancelled: bool = False

    async def run(self, engine: object, tell: Tell) -> Outcome:
        self.runs += 1
        tell([Progress("x", "Downloading", Phase.MOVING, 5, 10), Progress(line=f"run {self.runs}")])
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        if self.failure:
            raise EngineError(self.failure)
        return Outcome("all of it", "sha256:abc")


@pytest.fixture
async def jobs() -> AsyncIterator[Jobs]:
    made = Jobs()
    running = asyncio.create_task(made.run())
    yield made
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0)


def state(jobs: Jobs, job: Job) -> JobState:
    now = jobs.get(job.id)
    assert now is not None
    return now.state


async def test_a_job_runs_and_says_what_came_of_it(jobs: Jobs) -> None:
    deed = Deed()
    job = jobs.start(ENGINE, deed)
    assert job.state is JobState.QUEUED
    await until(lambda: deed.runs)
    now = jobs.get(job.id)
    assert now is not None
    assert (now.state, now.share, now.done_bytes, now.said) == (JobState.RUNNING, 0.25, 5, "run 1")
    assert [it.name for it in now.bars] == ["x"]
    deed.gate.set()
    over = await jobs.over(job.id)
    assert (over.state, over.outcome, over.result) == (JobState.DONE, "all of it", "sha256:abc")
    assert over.share == 1.0
    assert over.took_s is not None
    output = jobs.output(job.id)
    assert output is not None
    assert output.text().splitlines() == ["x: Downloading", "run 1", "── done: all of it ──"]


async def test_a_failure_is_kept_in_the_engines_words_with_a_hint(jobs: Jobs) -> None:
    deed = Deed(failure="Step 2/3 : RUN x\nno space left on device \x1b[31m")
    deed.gate.set()
    over = await jobs.over(jobs.start(ENGINE, deed).id)
    assert over.state is JobState.FAILED
    assert over.error == "Step 2/3 : RUN x\nno space left on device �[31m"
    assert "prune" in over.hint


async def test_a_job_is_cancelled_at_once(jobs: Jobs) -> None:
    deed = Deed()
    job = jobs.start(ENGINE, deed)
    await until(lambda: deed.runs)
    began = time.perf_counter()
    assert jobs.cancel(job.id)
    assert state(jobs, job) is JobState.CANCELLED
    await until(lambda: deed.was_cancelled)
    assert time.perf_counter() - began < 0.01
    assert not jobs.cancel(job.id)
    assert (await jobs.over(job.id)).state is JobState.CANCELLED


async def test_one_that_waits_is_cancelled_before_it_begins(jobs: Jobs) -> None:
    deeds = [Deed() for _ in range(AT_ONCE + 1)]
    started = [jobs.start(ENGINE, it) for it in deeds]
    await until(lambda: deeds[AT_ONCE - 1].runs)
    assert state(jobs, started[-1]) is JobState.QUEUED
    assert jobs.cancel(started[-1].id)
    deeds[0].gate.set()
    await jobs.over(started[0].id)
    await asyncio.sleep(0)
    assert not deeds[-1].runs


async def test_more_than_some_wait_for_their_turn(jobs: Jobs) -> None:
    deeds = [Deed() for _ in range(AT_ONCE + 2)]
    for deed in deeds:
        jobs.start(ENGINE, deed)
    await until(lambda: sum(it.runs for it in deeds) == AT_ONCE)
    await asyncio.sleep(0.01)
    assert sum(it.runs for it in deeds) == AT_ONCE
    deeds[3].gate.set()
    await until(lambda: deeds[AT_ONCE].runs)
    assert not deeds[AT_ONCE + 1].runs


async def test_what_failed_or_was_cancelled_can_be_tried_again(jobs: Jobs) -> None:
    deed = Deed(failure="boom")
    deed.gate.set()
    job = jobs.start(ENGINE, deed)
    assert (await jobs.over(job.id)).state is JobState.FAILED
    deed.failure = ""
    assert jobs.retry(job.id)
    over = await jobs.over(job.id)
    assert (over.state, over.attempt, over.error, over.hint) == (JobState.DONE, 2, "", "")
    assert not jobs.retry(job.id)
    output = jobs.output(job.id)
    assert output is not None
    assert "once more, attempt 2" in output.text()


async def test_a_first_attempt_that_ends_late_is_not_taken_for_the_second(jobs: Jobs) -> None:
    class Stubborn(Deed):
        async def run(self, engine: object, tell: Tell) -> Outcome:
            self.runs += 1
            mine = self.runs
            while not self.gate.is_set():
                try:
                    await self.gate.wait()
                except asyncio.CancelledError:
                    continue
            tell([Progress(line=f"late {mine}")])
            return Outcome(f"run {mine}")

    deed = Stubborn()
    job = jobs.start(ENGINE, deed)
    await until(lambda: deed.runs == 1)
    jobs.cancel(job.id)
    jobs.retry(job.id)
    await until(lambda: deed.runs == 2)
    deed.gate.set()
    over = await jobs.over(job.id)
    assert over.outcome == "run 2"


async def test_listeners_are_told_at_most_ten_times_a_second(jobs: Jobs) -> None:
    told: list[float] = []
    jobs.subscribe(lambda: told.append(time.monotonic()))

    @dataclass
    class Chatty(Deed):
        async def run(self, engine: object, tell: Tell) -> Outcome:
            end = time.monotonic() + 0.55
            count = 0
            while time.monotonic() < end:
                count += 1
                tell([Progress("x", "Downloading", Phase.MOVING, count, 10**9)])
                await asyncio.sleep(0.001)
            return Outcome("")

    await jobs.over(jobs.start(ENGINE, Chatty()).id)
    await until(lambda: told and time.monotonic() - told[-1] > TOLD_S)
    assert 3 <= len(told) <= 8
    assert all(b - a >= TOLD_S * 0.9 for a, b in pairwise(told))


async def test_what_ends_is_told_at_once_and_once(jobs: Jobs) -> None:
    ended: list[Job] = []
    jobs.on_end(ended.append)
    deed = Deed()
    deed.gate.set()
    job = await jobs.over(jobs.start(ENGINE, deed).id)
    assert ended == [job]


async def test_only_what_is_over_is_taken_off_the_list(jobs: Jobs) -> None:
    deed = Deed()
    job = jobs.start(ENGINE, deed)
    await until(lambda: deed.runs)
    assert not jobs.forget(job.id)
    deed.gate.set()
    await jobs.over(job.id)
    assert jobs.forget(job.id)
    assert jobs.all() == []


async def test_old_ones_go_and_are_counted_but_never_those_that_run(jobs: Jobs) -> None:
    lasting = Deed()
    first = jobs.start(ENGINE, lasting)
    for _ in range(KEPT + 3):
        deed = Deed()
        deed.gate.set()
        await jobs.over(jobs.start(ENGINE, deed).id)
    jobs.start(ENGINE, Deed())
    assert jobs.forgotten == 3
    assert jobs.get(first.id) is not None


async def test_the_end_of_all_cancels_what_runs() -> None:
    jobs, deed = Jobs(), Deed()
    running = asyncio.create_task(jobs.run())
    job = jobs.start(ENGINE, deed)
    await until(lambda: deed.runs)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert deed.was_cancelled
    assert state(jobs, job) is JobState.CANCELLED


async def test_a_mistake_of_ours_is_not_swallowed() -> None:
    class Broken(Deed):
        async def run(self, engine: object, tell: Tell) -> Outcome:
            raise ZeroDivisionError

    jobs = Jobs()
    running = asyncio.create_task(jobs.run())
    jobs.start(ENGINE, Broken())
    with pytest.raises(ExceptionGroup):
        await running
