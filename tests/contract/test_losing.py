"""An engine that goes, stays silent, or comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from typing import Any

import pytest

from dockertui.engine import EngineUnavailable, LogRequest, ProblemKind, TimedOut
from dockertui.model import Container
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from dockertui.store.log_record import RULE
from dockertui.sync.log_feed import LogFeed
from tests.contract.fleet_of import lines_of, listed, nothing, until, watched
from tests.contract.subject import Subject, real, simulated_by
from tests.support.measuring import measuring
from tests.support.real_engine import RealEngine

Deed = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Mortal:
    """An engine that a test may break."""

    subject: Subject
    crash: Deed
    """End it, leaving its socket's file behind."""
    start: Deed
    """Let it come back where it was."""
    freeze: Deed
    """Let it accept connections and stay silent."""
    thaw: Deed
    """Let it go on after `freeze`."""

    @asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        """Let it crash, and come back later."""
        await self.crash()
        try:
            yield
        finally:
            await self.start()

    @asynccontextmanager
    async def silent(self) -> AsyncIterator[None]:
        """Let it be silent for a while."""
        await self.freeze()
        try:
            yield
        finally:
            await self.thaw()

    async def answers_again(self) -> None:
        """Wait until it answers; a busy machine takes its time."""
        async with asyncio.timeout(60):
            while True:
                with suppress(EngineUnavailable):
                    await self.subject.engine.connect()
                    return
                await asyncio.sleep(0.05)


@pytest.fixture(params=["simulated", pytest.param("real", marks=pytest.mark.engine)])
async def mortal(request: pytest.FixtureRequest) -> AsyncIterator[Mortal]:
    """An engine that the test may break."""
    if request.param == "simulated":
        async with SimulatedEngine(scenario.bare()) as server, simulated_by(server) as subject:

            async def freeze() -> None:
                server.trouble.silent = True

            async def thaw() -> None:
                server.trouble.silent = False

            yield Mortal(subject, server.refuse, server.listen, freeze, thaw)
    else:
        engine: RealEngine = request.getfixturevalue("mortal_engine")

        def deed(what: Callable[[], object]) -> Deed:
            async def do() -> None:
                await asyncio.to_thread(what)

            return do

        async with real(engine) as subject:
            yield Mortal(
                subject, *map(deed, (engine.kill, engine.start, engine.freeze, engine.thaw))
            )


async def test_a_crash_ends_every_stream_and_is_told_by_a_ping(mortal: Mortal) -> None:
    since = time.time_ns()
    engine, container_id = mortal.subject.engine, await mortal.subject.make()
    await mortal.subject.write(container_id, "ready\n")

    async def rest(stream: AsyncGenerator[Any]) -> None:
        async for _ in stream:
            pass

    streams: list[AsyncGenerator[Any]] = [
        engine.logs(LogRequest(container_id=container_id)),
        engine.events(since_ns=since),
    ]
    await asyncio.gather(*map(anext, streams))
    async with mortal.gone():
        async with asyncio.timeout(10):
            await asyncio.gather(*map(rest, streams))
        with pytest.raises(EngineUnavailable) as caught:
            await engine.ping()
        assert caught.value.problem.kind is ProblemKind.REFUSED
        with pytest.raises(EngineUnavailable):
            await engine.list(Container)
    await mortal.answers_again()
    assert container_id in {it.id for it in await engine.list(Container)}


async def test_silence_is_told_in_time_and_passes(mortal: Mortal) -> None:
    engine, container_id = mortal.subject.engine, await mortal.subject.make()
    await engine.connect()
    async with mortal.silent():
        start = time.monotonic()
        with pytest.raises(EngineUnavailable) as caught:
            await engine.ping(timeout_s=0.3)
        assert caught.value.problem.kind is ProblemKind.SILENT
        assert time.monotonic() - start < 1
        start = time.monotonic()
        with pytest.raises(EngineUnavailable) as caught:
            await engine.connect()
        assert caught.value.problem.kind is ProblemKind.SILENT
        assert time.monotonic() - start < 3
    await mortal.answers_again()
    assert [it.id for it in await engine.list(Container, [container_id])] == [container_id]


async def test_an_action_that_stays_unanswered_times_out(
    mortal: Mortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, container_id = mortal.subject.engine, await mortal.subject.make()
    await engine.connect()
    defaults = {"timeout_s": 0.3}
    monkeypatch.setattr("dockertui.engine.connection.Connection._change.__kwdefaults__", defaults)
    async with mortal.silent():
        with pytest.raises(TimedOut, match="did not answer within"):
            await engine.pause(container_id)
    await mortal.answers_again()


async def test_leaving_a_silent_engine_takes_no_time(mortal: Mortal) -> None:
    engine = mortal.subject.engine
    await engine.connect()
    async with mortal.silent():
        tasks = [asyncio.create_task(engine.list(Container)) for _ in range(40)]
        await asyncio.sleep(0.05)
        start = time.monotonic()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await engine.close()
        assert time.monotonic() - start < 0.5
    await mortal.answers_again()


async def test_a_meter_tells_of_a_crash_and_reads_on_when_the_engine_is_back(
    mortal: Mortal,
) -> None:
    subject = mortal.subject
    container_id = await subject.make(host={"restart_policy": {"Name": "always"}})
    async with measuring(subject.engine.meter(), {container_id: 1.0}) as measured:
        await measured.reads(container_id, times=2)
        async with mortal.gone():
            await asyncio.wait_for(measured.task, 10)
            assert isinstance(measured.failure, EngineUnavailable)
            assert measured.failure.problem.kind is ProblemKind.REFUSED
    await mortal.answers_again()
    async with measuring(subject.engine.meter(), {container_id: 1.0}) as measured:
        await measured.reads(container_id, times=2)


async def test_a_meter_tells_of_an_engine_that_stays_silent(mortal: Mortal) -> None:
    container_id = await mortal.subject.make()
    async with measuring(mortal.subject.engine.meter(), {container_id: 0.5}) as measured:
        await measured.reads(container_id, times=2)
        async with mortal.silent():
            await measured.until(lambda: measured.failure)
            assert isinstance(measured.failure, EngineUnavailable)
            assert measured.failure.problem.kind is ProblemKind.SILENT
    await mortal.answers_again()


async def test_a_log_goes_on_exactly_through_a_crash_of_the_engine(mortal: Mortal) -> None:
    subject = mortal.subject
    count = "i=0; while :; do i=$((i+1)); echo line $i; echo other $i >&2; done"
    command = f"sh -c '{count}'" if subject.is_real else "sleep 1000"
    container_id = await subject.make(command, host={"restart_policy": {"Name": "always"}})

    async def write() -> None:
        if not subject.is_real:
            await subject.write(container_id, "".join(f"line {it}\n" for it in range(1, 1_500)))

    await write()
    async with watched(subject) as member:
        with closing(LogFeed(member, await listed(member, container_id), nothing)) as feed:
            await until(lambda: len(feed.store) > 1_000)
            async with mortal.gone():
                await until(lambda: feed.status)
                assert feed.status == "the engine does not answer; goes on when it does"
                before = feed.store.total
            await until(lambda: not feed.status)
            await write()
            await until(lambda: feed.store.total > before + 1_000)
            await member.engine.stop(container_id)
            await until(lambda: any(it.startswith("-- stopped") for it in lines_of(feed)))
            request = LogRequest(container_id=container_id, follow=False)
            whole = b"".join([it async for it in member.engine.logs(request)])
            got = [it + b"\n" for it in feed.store.lines(feed.store.first, feed.store.total)]
            rules = [it for it in lines_of(feed) if it.startswith("-- ")]
    assert whole.endswith(b"".join(it for it in got if not it.startswith(RULE)))
    if subject.is_real:
        assert rules == ["-- restarted: exited 137, killed", "-- stopped: exited 137, killed"]
        rule = next(place for place, it in enumerate(got) if it.startswith(RULE))
        assert {it.partition(b" ")[2] for it in got[rule + 1 : rule + 3]} & {
            b"line 1\n",
            b"other 1\n",
        }
    else:
        assert rules == ["-- stopped: exited 137, killed"]
