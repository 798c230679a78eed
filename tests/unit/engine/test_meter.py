"""The meter, over a simulated engine of either kind."""

from __future__ import annotations

import asyncio
import time

import pytest

from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.metering.way import Way
from dockertui.sim.server import SimulatedEngine
from tests.support.measuring import measuring, meter_threads
from tests.unit.engine.metered import KINDS, OFTEN, SELDOM, address_of, meter_of, running


async def test_all_that_are_wanted_are_read_in_the_way_that_suits_the_engine(
    engine: SimulatedEngine,
) -> None:
    wanted = {it.id: OFTEN for it in running(engine, 20)}
    async with measuring(meter_of(engine), wanted) as measured:
        await measured.reads(*wanted, times=3)
        assert measured.readings.keys() == wanted.keys()
        assert (
            measured.meter.way
            == KINDS["at once" if engine.world.host.reads_at_once else "at its tick"]
        )
        for id_ in wanted:
            times = [it.read_ns for it in measured.readings[id_]]
            assert times == sorted(set(times))
            assert measured.usage(id_).cpu_percent is not None


async def test_nothing_is_said_to_an_engine_of_which_nothing_is_wanted(
    quick: SimulatedEngine,
) -> None:
    async with measuring(meter_of(quick)) as measured:
        await asyncio.sleep(0.2)
        assert quick.connections == 0
        measured.meter.want({running(quick)[0].id: OFTEN})
        await measured.reads(running(quick)[0].id)


async def test_who_is_wanted_later_is_read_without_delay(engine: SimulatedEngine) -> None:
    one, other, third = (it.id for it in running(engine))
    async with measuring(meter_of(engine), {one: OFTEN, other: OFTEN}) as measured:
        await measured.reads(one, other, times=2)
        start_s = time.monotonic()
        measured.meter.want({one: OFTEN, third: OFTEN})
        await measured.reads(third)
        assert time.monotonic() - start_s < (0.5 if engine.world.host.reads_at_once else 1.5)
        before = measured.count(other)
        await measured.reads(one, third, times=2)
        assert measured.count(other) <= before + 1


async def test_those_wanted_seldom_are_read_less_often_and_keep_no_stream(
    engine: SimulatedEngine,
) -> None:
    often, *seldom = (it.id for it in running(engine, 6))
    wanted = {often: OFTEN} | dict.fromkeys(seldom, SELDOM)
    async with measuring(meter_of(engine), wanted) as measured:
        await measured.reads(*wanted)
        await measured.reads(often, times=4)
        assert all(measured.count(it) <= 3 for it in seldom)
        assert engine.connections <= 2 + len(seldom)
        await measured.reads(*seldom)


async def test_who_becomes_wanted_seldom_is_streamed_no_more(slow: SimulatedEngine) -> None:
    ids = [it.id for it in running(slow, 10)]
    async with measuring(meter_of(slow), dict.fromkeys(ids, OFTEN)) as measured:
        await measured.reads(*ids, times=2)
        measured.meter.want(dict.fromkeys(ids, 30.0))
        before = {it: measured.count(it) for it in ids}
        await asyncio.sleep(0.9)
        assert all(measured.count(it) <= before[it] + 1 for it in ids)
        measured.meter.want(dict.fromkeys(ids, OFTEN))
        await measured.reads(*ids, times=2)


async def test_an_old_engine_is_streamed_only(slow: SimulatedEngine) -> None:
    one, other = (it.id for it in running(slow, 2))
    async with measuring(meter_of(slow, "1.40"), {one: OFTEN, other: SELDOM}) as measured:
        await measured.reads(one, other)
        await measured.reads(one, times=2)
        assert measured.meter.way == Way.STREAMS
        assert measured.count(other) <= 2
        await measured.until(lambda: slow.connections == 1)
        await measured.reads(other)


async def test_who_does_not_run_is_passed_over_and_read_once_it_does(
    engine: SimulatedEngine, impatient: None
) -> None:
    runs = running(engine)[0].id
    stopped = next(it for it in engine.world.containers if it.state == "exited")
    async with measuring(
        meter_of(engine), {stopped.id: OFTEN, runs: OFTEN, "f" * 64: OFTEN}
    ) as measured:
        await measured.reads(runs, times=2)
        assert measured.readings.keys() == {runs}
        stopped.life.start()
        await measured.reads(stopped.id)


async def test_who_is_wanted_anew_is_read_at_once_though_it_did_not_run(
    quick: SimulatedEngine,
) -> None:
    runs = running(quick)[0].id
    stopped = next(it for it in quick.world.containers if it.state == "exited")
    async with measuring(meter_of(quick), {stopped.id: OFTEN, runs: OFTEN}) as measured:
        await measured.reads(runs, times=2)
        measured.meter.want({runs: OFTEN})
        stopped.life.start()
        measured.meter.want({runs: OFTEN, stopped.id: OFTEN})
        start_s = time.monotonic()
        await measured.reads(stopped.id)
        assert time.monotonic() - start_s < 2


async def test_who_is_removed_leaves_the_others_alone(slow: SimulatedEngine) -> None:
    gone, stays = running(slow, 2)
    async with measuring(meter_of(slow), {gone.id: OFTEN, stays.id: OFTEN}) as measured:
        await measured.reads(gone.id, stays.id, times=2)
        slow.world.remove_container(gone)
        await measured.reads(stays.id, times=3)
        assert measured.failure is None


async def test_one_thread_reads_however_many_there_are(engine: SimulatedEngine) -> None:
    for count in (5, 100):
        wanted = {it.id: OFTEN for it in running(engine, count)}
        async with measuring(meter_of(engine), wanted) as measured:
            await measured.reads(*wanted, times=2)
            assert meter_threads() == 1
        await measured.until(lambda: meter_threads() == 0)


async def test_the_loop_is_woken_ten_times_a_second_at_most(quick: SimulatedEngine) -> None:
    wanted = {it.id: 0.5 + number / 60 for number, it in enumerate(running(quick, 60))}
    async with measuring(meter_of(quick), wanted) as measured:
        await measured.reads(*wanted)
        before, start_s = measured.batches, time.monotonic()
        await asyncio.sleep(1)
        assert measured.batches - before <= 10 * (time.monotonic() - start_s) + 1


@pytest.mark.parametrize("is_silent", [False, True])
async def test_closing_takes_no_time_and_leaves_no_thread(
    engine: SimulatedEngine, is_silent: bool
) -> None:
    wanted = {it.id: OFTEN for it in running(engine, 40)}
    async with measuring(meter_of(engine), wanted) as measured:
        await measured.reads(*wanted)
        engine.trouble.silent = is_silent
        await asyncio.sleep(0.1)
        took_ms = []
        start_s = time.perf_counter()
        measured.meter.close()
        took_ms.append((time.perf_counter() - start_s) * 1000)
        await asyncio.wait_for(measured.task, 5)
        took_ms.append((time.perf_counter() - start_s) * 1000)
        assert took_ms[0] < 30
        # On a busy machine; the contract tests take the best of some.
        assert took_ms[1] < 300
        await measured.until(lambda: meter_threads() == 0)
        await measured.until(lambda: engine.connections == 0)


async def test_one_that_was_closed_reads_nothing(quick: SimulatedEngine) -> None:
    meter = meter_of(quick)
    meter.want({running(quick)[0].id: OFTEN})
    meter.close()
    assert [it async for it in meter.readings()] == []


async def test_leaving_the_readings_ends_the_thread(quick: SimulatedEngine) -> None:
    meter = meter_of(quick)
    meter.want({running(quick)[0].id: OFTEN})
    readings = meter.readings()
    await anext(readings)
    await readings.aclose()
    async with asyncio.timeout(5):
        while meter_threads():
            await asyncio.sleep(0.002)


async def test_an_engine_lets_go_of_its_meters_when_it_is_closed(quick: SimulatedEngine) -> None:
    engine = DockerEngine(address_of(quick))
    async with measuring(engine.meter(), {running(quick)[0].id: OFTEN}) as measured:
        await measured.reads(running(quick)[0].id)
        await engine.close()
        await asyncio.wait_for(measured.task, 5)
        assert measured.failure is None
