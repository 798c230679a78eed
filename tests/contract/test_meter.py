"""What containers use, as an engine counts it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from dockertui.engine.docker_engine import DockerEngine
from tests.contract.subject import Subject, real, simulated
from tests.support.measuring import measuring, meter_threads


@pytest.fixture(
    params=[
        "simulated",
        pytest.param("read here", marks=pytest.mark.engine),
        pytest.param("asked", marks=pytest.mark.engine),
    ]
)
async def subject(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Subject]:
    """An engine under test; a real one's containers are read from the kernel, or asked for."""
    if request.param == "simulated":
        async with simulated() as one:
            yield one
        return
    if request.param == "asked":
        monkeypatch.setattr("dockertui.engine.meter.ROOT", None)
    async with real(request.getfixturevalue("real_engine")) as one:
        yield one


BUSY = "sh -c 'while :; do :; done'"
HALF = {"nano_cpus": 500_000_000}


async def test_those_that_run_are_read_each_second(subject: Subject) -> None:
    ids = [await subject.make() for _ in range(4)]
    async with measuring(subject.engine.meter(), dict.fromkeys(ids, 1.0)) as measured:
        await measured.reads(*ids, times=2)
        start_s = time.monotonic()
        await measured.reads(*ids, times=4)
        assert 3 < time.monotonic() - start_s < 8
        for id_ in ids:
            reading, usage = measured.readings[id_][-1], measured.usage(id_)
            assert abs(time.time_ns() - reading.read_ns) < 5e9
            assert usage.cpu_percent is not None
            assert usage.memory_bytes
            assert usage.memory_percent
            assert usage.processes == 1
            assert usage.received_per_s is None
        assert measured.meter.behind_s == 0


async def test_one_that_is_paused_uses_no_time_and_keeps_its_memory(subject: Subject) -> None:
    container_id = await subject.make(BUSY, host=HALF.copy())
    async with measuring(subject.engine.meter(), {container_id: 1.0}) as measured:
        await measured.reads(container_id, times=2)
        await subject.engine.pause(container_id)
        await measured.reads(container_id, times=3)
        assert measured.usage(container_id).cpu_percent == 0
        assert measured.usage(container_id).memory_bytes
        await subject.engine.unpause(container_id)
        await measured.until(lambda: (measured.usage(container_id).cpu_percent or 0) > 0)


async def test_one_is_read_from_its_start_to_its_end(subject: Subject) -> None:
    other = await subject.make()
    container_id = await subject.make(start=False)
    wanted = {container_id: 1.0, other: 1.0}
    async with measuring(subject.engine.meter(), wanted) as measured:
        await measured.reads(other, times=2)
        assert container_id not in measured.readings
        await subject.engine.start(container_id)
        await measured.reads(container_id, times=2)
        await subject.engine.kill(container_id)
        await measured.reads(other)
        count = measured.count(container_id)
        await measured.reads(other, times=2)
        assert measured.count(container_id) == count
        await subject.engine.remove_container(container_id)
        await measured.reads(other, times=2)
        assert measured.failure is None


async def test_one_that_was_just_started_is_read_without_delay(subject: Subject) -> None:
    other, container_id = await subject.make(), await subject.make(start=False)
    async with measuring(subject.engine.meter(), {other: 1.0}) as measured:
        await measured.reads(other, times=2)
        await subject.engine.start(container_id)
        start_s = time.monotonic()
        measured.meter.want({other: 1.0, container_id: 1.0})
        await measured.reads(container_id)
        assert time.monotonic() - start_s < 2.5


async def test_the_rates_of_one_that_restarts_are_unknown_once_and_then_right(
    subject: Subject,
) -> None:
    container_id = await subject.make(BUSY, host=HALF.copy())
    async with measuring(subject.engine.meter(), {container_id: 1.0}) as measured:
        await measured.reads(container_id, times=4)
        await subject.engine.restart(container_id, grace_s=0)
        await measured.until(
            lambda: any(
                now.cpu_ns < before.cpu_ns
                for before, now in zip(
                    measured.readings[container_id],
                    measured.readings[container_id][1:],
                    strict=False,
                )
                if now.cpu_ns and before.cpu_ns
            )
        )
        assert measured.usage(container_id).cpu_percent is None
        await measured.reads(container_id, times=2)
        percent = measured.usage(container_id).cpu_percent
        assert percent is not None
        assert 0 < percent < 60


async def test_one_thread_is_enough_for_all(subject: Subject) -> None:
    few = [await subject.make() for _ in range(5)]
    rest = await asyncio.gather(*(subject.make() for _ in range(8 if subject.is_real else 95)))
    for ids in (few, few + list(rest)):
        async with measuring(subject.engine.meter(), dict.fromkeys(ids, 1.0)) as measured:
            await measured.reads(*ids, times=2)
            assert meter_threads() == 1
        await measured.until(lambda: meter_threads() == 0)


async def test_closing_takes_no_time(subject: Subject) -> None:
    ids = [await subject.make() for _ in range(5)]
    returned_ms, ended_ms = [], []
    for _ in range(3):
        async with measuring(subject.engine.meter(), dict.fromkeys(ids, 1.0)) as measured:
            await measured.reads(*ids)
            start_s = time.perf_counter()
            measured.meter.close()
            returned_ms.append((time.perf_counter() - start_s) * 1000)
            await asyncio.wait_for(measured.task, 5)
            ended_ms.append((time.perf_counter() - start_s) * 1000)
        await measured.until(lambda: meter_threads() == 0)
    # The best of some, for the machine may be busy with something else.
    assert min(returned_ms) < 1
    assert min(ended_ms) < 10


async def test_each_consumer_has_a_meter_of_its_own(subject: Subject) -> None:
    one, other = await subject.make(), await subject.make()
    another: DockerEngine = subject.another_engine()
    async with (
        measuring(subject.engine.meter(), {one: 1.0}) as first,
        measuring(another.meter(), {other: 1.0}) as second,
    ):
        await first.reads(one, times=2)
        await second.reads(other, times=2)
        assert first.readings.keys() == {one}
        assert second.readings.keys() == {other}
    await another.close()
