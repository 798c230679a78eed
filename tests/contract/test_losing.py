"""An engine that goes, stays silent, or comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from dockertui.engine import EngineUnavailable, LogRequest, ProblemKind, TimedOut
from dockertui.model import Container
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.contract.subject import Subject, real, simulated_by
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
    engine, container_id = mortal.subject.engine, await mortal.subject.make()
    await mortal.subject.write(container_id, "ready\n")

    async def follow_log() -> None:
        async for _ in engine.logs(LogRequest(container_id=container_id)):
            ready.set()

    async def follow_events() -> None:
        async for _ in engine.events():
            pass

    ready = asyncio.Event()
    streams = [asyncio.create_task(it()) for it in (follow_log, follow_events)]
    async with asyncio.timeout(30):
        await ready.wait()
        await mortal.crash()
        await asyncio.gather(*streams)
        with pytest.raises(EngineUnavailable) as caught:
            await engine.ping()
        assert caught.value.problem.kind is ProblemKind.REFUSED
        with pytest.raises(EngineUnavailable):
            await engine.list(Container)
        await mortal.start()
        await engine.connect()
        assert container_id in {it.id for it in await engine.list(Container)}


async def test_silence_is_told_in_time_and_passes(mortal: Mortal) -> None:
    engine, container_id = mortal.subject.engine, await mortal.subject.make()
    await engine.connect()
    await mortal.freeze()
    start = time.monotonic()
    with pytest.raises(EngineUnavailable) as caught:
        await engine.ping(timeout_s=0.3)
    assert caught.value.problem.kind is ProblemKind.SILENT
    assert time.monotonic() - start < 1
    with pytest.raises(EngineUnavailable) as caught:
        await engine.connect()
    assert caught.value.problem.kind is ProblemKind.SILENT
    assert time.monotonic() - start < 4
    await mortal.thaw()
    await engine.connect()
    assert [it.id for it in await engine.list(Container, [container_id])] == [container_id]


async def test_an_action_that_stays_unanswered_times_out(
    mortal: Mortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, container_id = mortal.subject.engine, await mortal.subject.make()
    await engine.connect()
    defaults = {"timeout_s": 0.3}
    monkeypatch.setattr("dockertui.engine.connection.Connection._change.__kwdefaults__", defaults)
    await mortal.freeze()
    with pytest.raises(TimedOut, match="did not answer within"):
        await engine.pause(container_id)
    await mortal.thaw()


async def test_leaving_a_silent_engine_takes_no_time(mortal: Mortal) -> None:
    engine = mortal.subject.engine
    await engine.connect()
    await mortal.freeze()
    tasks = [asyncio.create_task(engine.list(Container)) for _ in range(20)]
    tasks += [asyncio.create_task(engine.list(Container)) for _ in range(20)]
    await asyncio.sleep(0.05)
    start = time.monotonic()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await engine.close()
    assert time.monotonic() - start < 0.5
    await mortal.thaw()
