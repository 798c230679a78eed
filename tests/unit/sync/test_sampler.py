"""The sampler keeps figures up to date while the engine answers, and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import pytest

from dockertui.engine import Engine, EngineUnavailable, Meter, Problem, ProblemKind
from dockertui.model import Container, ContainerState
from dockertui.model.system import ENGINE
from dockertui.model.usage import Reading
from dockertui.store import Store
from dockertui.sync import Member, Watcher
from dockertui.sync import sampler as module
from dockertui.sync.attention import Attention
from dockertui.sync.link import Link, Phase
from dockertui.sync.sampler import Sampler

UP, LOST = Link(phase=Phase.UP), Link(phase=Phase.LOST)


class ToldMeter:
    """Reads what a test tells it."""

    way = "told"

    def __init__(self) -> None:
        self.behind_s = 0.0
        self.wanted: Mapping[str, float] = {}
        self.told: asyncio.Queue[list[Reading] | None] = asyncio.Queue()
        self.is_closed = False

    def want(self, periods_s: Mapping[str, float]) -> None:
        self.wanted = dict(periods_s)

    async def readings(self) -> AsyncGenerator[list[Reading]]:
        while (batch := await self.told.get()) is not None:
            yield batch
        raise EngineUnavailable(Problem(ProblemKind.SILENT, "gone"))

    def close(self) -> None:
        self.is_closed = True


class ToldEngine:
    """Makes such meters."""

    name = "told"

    def __init__(self) -> None:
        self.meters: list[ToldMeter] = []

    def meter(self) -> Meter:
        self.meters.append(ToldMeter())
        return self.meters[-1]


class Stage:
    """A member whose engine says what a test says, and its sampler at work."""

    def __init__(self) -> None:
        self.engine = ToldEngine()
        store, engine = Store(), cast("Engine", self.engine)
        self.member = Member(engine, store, Watcher(engine, store, [Container]))
        self.sampler = Sampler(self.member)

    @property
    def meter(self) -> ToldMeter:
        return self.engine.meters[-1]

    def link(self, link: Link) -> None:
        self.member.watcher._set(link)  # noqa: SLF001

    def list(self, *containers: Container) -> None:
        self.member.store.replace(Container, containers)

    def tell(self, *readings: Reading) -> None:
        self.meter.told.put_nowait(list(readings))


def container(id_: str, state: ContainerState = ContainerState.RUNNING) -> Container:
    return Container(id=id_, name=id_, state=state)


def reading(id_: str, at_s: int) -> Reading:
    return Reading(container_id=id_, read_ns=at_s * 10**9, cpu_ns=0, memory_bytes=7)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TICK_S", 0.01)


@asynccontextmanager
async def at_work() -> AsyncIterator[Stage]:
    stage = Stage()
    task = asyncio.create_task(stage.sampler.run())
    stage.link(UP)
    await until(lambda: stage.engine.meters)
    try:
        yield stage
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_runs_or_is_paused_is_read_and_nothing_else() -> None:
    async with at_work() as stage:
        stage.list(*(container(f"c-{it}", it) for it in ContainerState))
        await until(lambda: stage.meter.wanted)
        assert set(stage.meter.wanted) == {"c-running", "c-paused"}


async def test_what_is_looked_at_is_read_more_often() -> None:
    async with at_work() as stage:
        stage.list(container("a"), container("b"))
        stage.sampler.attention = lambda: Attention(in_view=frozenset("a"))
        await until(lambda: stage.meter.wanted == {"a": 1.0, "b": 5.0})
        stage.sampler.attention = lambda: Attention(in_view=frozenset("b"))
        await until(lambda: stage.meter.wanted == {"a": 5.0, "b": 1.0})


async def test_figures_arrive_and_add_up() -> None:
    async with at_work() as stage:
        stage.list(container("a"), container("b"))
        stage.tell(reading("a", 1), reading("b", 1))
        await until(lambda: stage.member.usage)
        assert stage.member.measured.now("a")
        assert stage.member.measured.now(ENGINE) == stage.member.usage
        usage = stage.member.usage
        assert usage is not None
        assert usage.memory_bytes == 14


async def test_a_container_that_stops_or_goes_has_no_figures() -> None:
    async with at_work() as stage:
        measured = stage.member.measured
        stage.list(container("a"), container("b"))
        stage.tell(reading("a", 1), reading("b", 1))
        await until(lambda: measured.now("b"))
        stage.list(container("a", ContainerState.EXITED))
        assert measured.now("a") is None
        assert measured.history("a") is not None
        assert measured.history("b") is None


async def test_a_lost_engine_is_read_again_when_it_is_back() -> None:
    async with at_work() as stage:
        stage.list(container("a"))
        first = stage.meter
        stage.link(LOST)
        first.told.put_nowait(None)
        await until(lambda: first.is_closed)
        stage.link(replace(UP, true_at=1.0))
        await until(lambda: len(stage.engine.meters) == 2)
        await until(lambda: stage.meter.wanted)
        stage.tell(reading("a", 5))
        await until(lambda: stage.member.measured.now("a"))


async def test_figures_that_come_late_are_said_to() -> None:
    async with at_work() as stage:
        stage.meter.behind_s = 0.8
        await asyncio.sleep(0)
        assert stage.sampler.behind_s == 0
        stage.meter.behind_s = 4.0
        await until(lambda: stage.sampler.behind_s == 4.0)


async def test_who_ends_it_lets_go_of_the_meter() -> None:
    async with at_work() as stage:
        meter = stage.meter
    assert meter.is_closed
