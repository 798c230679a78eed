"""Events, lists and losses, on an engine in a dozen lines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from dockertui.engine import Engine
from dockertui.model import Container, Image
from dockertui.store import Store
from dockertui.sync import Phase, Watcher
from tests.unit.sync.fake_engine import FakeEngine


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


@asynccontextmanager
async def watching(engine: FakeEngine, store: Store, **settings: float) -> AsyncIterator[Watcher]:
    watcher = Watcher(cast("Engine", engine), store, [Container, Image], **settings)
    task = asyncio.create_task(watcher.run())
    try:
        yield watcher
    finally:
        task.cancel()


def container(id_: str, name: str = "web") -> Container:
    return Container(id=id_, name=name)


async def test_an_event_lists_only_the_object_it_names() -> None:
    engine, store = FakeEngine(), Store()
    async with watching(engine, store) as watcher:
        await until(lambda: watcher.link.is_up)
        engine.lists.clear()
        engine.change(container("a"))
        await until(lambda: "a" in store.snapshot(Container))
    assert set(engine.lists) == {("container", frozenset({"a"}))}


async def test_a_list_that_lags_behind_its_event_is_asked_for_again() -> None:
    engine, store = FakeEngine(), Store()
    async with watching(engine, store) as watcher:
        await until(lambda: watcher.link.is_up)
        engine.change(container("a", "before"), "die")
        await until(lambda: "a" in store.snapshot(Container))
        engine.containers["a"] = container("a", "after")  # with no event of its own
        await until(lambda: store.snapshot(Container)["a"].name == "after")


async def test_a_burst_of_events_is_listed_together() -> None:
    engine, store = FakeEngine(), Store()
    async with watching(engine, store, settle_s=0.05) as watcher:
        await until(lambda: watcher.link.is_up)
        engine.lists.clear()
        for place in range(200):
            engine.change(container(f"c{place}"))
        await until(lambda: len(store.snapshot(Container)) == 200)
        assert len(engine.lists) <= 4


async def test_a_lost_engine_keeps_its_last_picture_and_comes_back_by_itself() -> None:
    engine, store = FakeEngine(), Store()
    engine.containers["a"] = container("a")
    async with watching(engine, store) as watcher:
        phases: list[Phase] = []
        watcher.on_link(lambda link: phases.append(link.phase))
        await until(lambda: watcher.link.is_up)
        engine.go()
        await until(lambda: watcher.link.phase is Phase.LOST)
        assert set(store.snapshot(Container)) == {"a"}
        assert watcher.link.problem is not None
        engine.containers = {"b": container("b")}
        engine.gone = False
        await until(lambda: watcher.link.is_up)
        assert set(store.snapshot(Container)) == {"b"}
        assert watcher.link.problem is None
    assert phases.count(Phase.UP) == 2


async def test_a_silent_engine_is_lost_though_its_streams_are_open() -> None:
    engine, store = FakeEngine(), Store()
    async with watching(engine, store, heartbeat_s=0.01) as watcher:
        await until(lambda: watcher.link.is_up)
        engine.silent = True
        await until(lambda: watcher.link.phase is Phase.LOST)


async def test_asking_to_retry_does_not_wait_for_the_pause() -> None:
    engine, store = FakeEngine(), Store()
    engine.gone = True
    async with watching(engine, store) as watcher:
        # By the fourth attempt the pause is two seconds.
        await until(lambda: watcher.link.retry_at - asyncio.get_running_loop().time() > 0.9)
        engine.gone = False
        began = asyncio.get_running_loop().time()
        watcher.retry_now()
        await until(lambda: watcher.link.is_up)
        assert asyncio.get_running_loop().time() - began < 0.5


async def test_everything_is_listed_again_now_and_then() -> None:
    engine, store = FakeEngine(), Store()
    async with watching(engine, store, reconcile_s=0.02) as watcher:
        await until(lambda: watcher.link.is_up)
        engine.containers["a"] = container("a")  # and no event says so
        await until(lambda: "a" in store.snapshot(Container))
