"""What happens, as the engine tells it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from dockertui.model import Container, Event, Health
from tests.contract.subject import Subject


async def until(stream: AsyncGenerator[Event], container_id: str, action: str) -> list[Event]:
    """The events of a container up to an action."""
    seen: list[Event] = []
    async with asyncio.timeout(10):
        while not seen or seen[-1].action != action:
            event = await anext(stream)
            if event.actor_id == container_id:
                seen.append(event)
    return seen


async def test_what_happens_is_told_in_order(subject: Subject) -> None:
    engine = subject.engine
    since = time.time_ns()
    container_id = await subject.make(name="eventful", labels={"a": "b"})
    await engine.pause(container_id)
    await engine.unpause(container_id)
    await engine.rename(container_id, "eventful-2")
    await engine.kill(container_id)
    await asyncio.to_thread(subject.api.wait, container_id)
    await engine.remove_container(container_id)
    async with aclosing(engine.events(since_ns=since)) as stream:
        seen = await until(stream, container_id, "destroy")
    actions = [it.action for it in seen]
    wanted = ["create", "start", "pause", "unpause", "rename", "kill", "die", "destroy"]
    assert [it for it in actions if it in wanted] == wanted
    assert all(it.kind == "container" for it in seen)
    assert seen[0].attributes["name"] == "eventful"
    assert seen[0].attributes["a"] == "b"
    assert next(it for it in seen if it.action == "die").attributes["exitCode"] == "137"
    assert [it.time_ns for it in seen] == sorted(it.time_ns for it in seen)
    assert all(it.time_ns >= since for it in seen)


async def test_an_event_comes_as_it_happens(subject: Subject) -> None:
    container_id = await subject.make(start=False)
    async with aclosing(subject.engine.events(since_ns=time.time_ns())) as stream:
        waiting = asyncio.ensure_future(until(stream, container_id, "start"))
        await asyncio.sleep(0)
        await subject.engine.start(container_id)
        (*_, started) = await waiting
    assert abs(started.time_ns - time.time_ns()) < 10_000_000_000


async def test_one_may_go_on_at_an_event_that_is_known(subject: Subject) -> None:
    since = time.time_ns()
    container_id = await subject.make()
    await subject.engine.pause(container_id)
    async with aclosing(subject.engine.events(since_ns=since)) as stream:
        seen = await until(stream, container_id, "pause")
    started = next(it for it in seen if it.action == "start")
    async with aclosing(subject.engine.events(since_ns=started.time_ns)) as stream:
        again = await until(stream, container_id, "pause")
    assert again == seen[seen.index(started) :]


async def test_commands_executed_in_a_container_are_no_events(subject: Subject) -> None:
    since = time.time_ns()
    container_id = await subject.make()
    made = await asyncio.to_thread(subject.api.exec_create, container_id, ["true"])
    await asyncio.to_thread(subject.api.exec_start, made["Id"])
    await subject.engine.pause(container_id)
    async with aclosing(subject.engine.events(since_ns=since)) as stream:
        seen = await until(stream, container_id, "pause")
    assert not any(it.action.startswith("exec") for it in seen)


async def test_a_change_of_health_is_told(subject: Subject) -> None:
    since = time.time_ns()
    container_id = await subject.make(
        healthcheck={"test": ["CMD", "true"], "interval": 100_000_000, "retries": 1}
    )
    async with aclosing(subject.engine.events(since_ns=since)) as stream:
        await until(stream, container_id, "health_status")
    (container,) = await subject.engine.list(Container, [container_id])
    assert container.health is Health.HEALTHY


async def test_images_tell_what_happens_to_them(subject: Subject) -> None:
    since = time.time_ns()
    await asyncio.to_thread(subject.api.tag, "busybox:1", "eventful", "2")
    await subject.engine.remove_image("eventful:2")
    actions: list[str] = []
    async with aclosing(subject.engine.events(since_ns=since)) as stream:
        async with asyncio.timeout(10):
            while "untag" not in actions:
                event = await anext(stream)
                actions += [event.action] if event.kind == "image" else []
    assert actions == ["tag", "untag"]


async def test_leaving_quiet_events_takes_no_time(subject: Subject) -> None:
    stream = subject.engine.events(since_ns=time.time_ns())
    task = asyncio.ensure_future(anext(stream))
    await subject.engine.ping()
    start = time.perf_counter()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.perf_counter() - start < 0.25
