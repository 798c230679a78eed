"""What an engine is told to do, and how it refuses."""

from __future__ import annotations

import asyncio
import time

import pytest

from dockertui.engine import (
    EngineError,
    ExecRequest,
    ObjectNotFound,
    ReadOnlyRefused,
    StateConflict,
)
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model import Container, ContainerState, Image
from tests.contract.subject import Subject

NOWHERE = "f" * 64


async def state_of(engine: DockerEngine, container_id: str) -> ContainerState | None:
    """The state a container is listed with; `None` when it is not."""
    found = await engine.list(Container, [container_id])
    return found[0].state if found else None


async def test_a_container_goes_through_its_life(subject: Subject) -> None:
    engine, container_id = subject.engine, await subject.make(start=False)
    await engine.start(container_id)
    assert await state_of(engine, container_id) is ContainerState.RUNNING
    await engine.pause(container_id)
    assert await state_of(engine, container_id) is ContainerState.PAUSED
    await engine.unpause(container_id)
    assert await state_of(engine, container_id) is ContainerState.RUNNING
    started = (await engine.detail(container_id)).started
    await engine.restart(container_id, grace_s=0)
    assert await state_of(engine, container_id) is ContainerState.RUNNING
    assert (await engine.detail(container_id)).started != started
    await engine.stop(container_id, grace_s=0)
    assert await state_of(engine, container_id) is ContainerState.EXITED
    await engine.rename(container_id, "renamed-1")
    (container,) = await engine.list(Container, [container_id])
    assert container.name == "renamed-1"
    await engine.remove_container(container_id)
    assert await state_of(engine, container_id) is None


async def test_what_is_already_so_is_no_error(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.engine.start(container_id)
    await subject.engine.stop(container_id, grace_s=0)
    await subject.engine.stop(container_id, grace_s=0)


async def test_a_kill_is_told_by_the_exit_code(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.engine.kill(container_id)
    await asyncio.to_thread(subject.api.wait, container_id)
    (container,) = await subject.engine.list(Container, [container_id])
    assert container.exit_code == 137


async def test_a_grace_is_kept(subject: Subject) -> None:
    container_id = await subject.make(
        "sh -c 'trap : TERM; while :; do sleep 1; done'", stop_signal="SIGUSR1"
    )
    start = time.monotonic()
    await subject.engine.stop(container_id, grace_s=1)
    assert time.monotonic() - start < 5
    assert await state_of(subject.engine, container_id) is ContainerState.EXITED


async def test_the_engine_refuses_in_its_own_words(subject: Subject) -> None:
    engine, running = subject.engine, await subject.make()
    other = await subject.make(name="taken-1", start=False)
    for refused, kind, words in (
        (engine.remove_container(running), StateConflict, "cannot remove a running container"),
        (engine.rename(running, "taken-1"), StateConflict, 'name "/taken-1" is already in use'),
        (engine.unpause(running), EngineError, "is not paused"),
        (engine.kill(other), StateConflict, "is not running"),
        (engine.kill(running, signal="SIGNONE"), EngineError, "nvalid signal"),
        (engine.start(NOWHERE), ObjectNotFound, f"No such container: {NOWHERE}"),
        (engine.remove_image("none:1"), ObjectNotFound, "No such image: none:1"),
    ):
        with pytest.raises(kind) as caught:
            await refused
        assert words in str(caught.value)


async def test_force_removes_a_running_container(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.engine.remove_container(container_id, force=True)
    assert await state_of(subject.engine, container_id) is None


@pytest.mark.parametrize("too", [True, False])
async def test_anonymous_volumes_go_only_when_asked(subject: Subject, *, too: bool) -> None:
    container_id = await subject.make(volumes=["/data"], start=False)
    (container,) = await subject.engine.list(Container, [container_id])
    (mount,) = container.mounts
    await subject.engine.remove_container(container_id, volumes=too)
    listed = await asyncio.to_thread(subject.api.volumes)
    left = {it["Name"] for it in listed["Volumes"] or ()}
    assert (mount.source in left) is not too
    if not too:
        await asyncio.to_thread(subject.api.remove_volume, mount.source)


async def test_an_image_is_untagged_before_it_is_deleted(subject: Subject) -> None:
    await asyncio.to_thread(subject.api.tag, "busybox:1", "extra", "2")
    done = await subject.engine.remove_image("extra:2")
    assert done == ("Untagged: extra:2",)
    assert not any("extra:2" in it.tags for it in await subject.engine.list(Image))


async def test_an_image_in_use_is_kept(subject: Subject) -> None:
    await subject.make()
    image = next(it for it in await subject.engine.list(Image) if "busybox:1" in it.tags)
    with pytest.raises(StateConflict, match="conflict"):
        await subject.engine.remove_image(image.id)


async def test_read_only_refuses_before_anything_is_sent(subject: Subject) -> None:
    container_id = await subject.make()
    engine = subject.another_engine(read_only=True)
    assert engine.read_only
    for refused in (
        engine.start(container_id),
        engine.stop(container_id),
        engine.restart(container_id, grace_s=0),
        engine.kill(container_id),
        engine.pause(container_id),
        engine.unpause(container_id),
        engine.rename(container_id, "other-1"),
        engine.remove_container(container_id, force=True),
        engine.remove_image("busybox:1"),
        engine.find_shell(container_id),
        engine.execute(container_id, ExecRequest(command=("sh",))),
        engine.attach(container_id),
    ):
        with pytest.raises(ReadOnlyRefused, match="read-only"):
            await refused
    (container,) = await engine.list(Container, [container_id])
    assert container.state is ContainerState.RUNNING
    assert (await engine.detail(container_id)).id == container_id
    await engine.close()
