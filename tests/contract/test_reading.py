"""What an engine tells."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from dockertui.engine import NotSupported, ObjectNotFound
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model import Container, ContainerState, DockerObject, Image, Port
from tests.contract.subject import Subject

NOWHERE = "f" * 64


async def one(engine: DockerEngine, container_id: str) -> Container:
    """A container, as it is listed by its ID."""
    (found,) = await engine.list(Container, [container_id])
    return found


async def test_connecting_tells_who_answers(engine: DockerEngine) -> None:
    info = await engine.connect()
    assert info.product == "Docker"
    assert info.version
    assert tuple(map(int, info.api_version.split("."))) >= (1, 41)
    assert info.os == "linux"
    await engine.ping()


async def test_a_list_has_stopped_containers_too(subject: Subject) -> None:
    made = {
        await subject.make(): ContainerState.RUNNING,
        await subject.make(start=False): ContainerState.CREATED,
    }
    listed = {it.id: it for it in await subject.engine.list(Container)}
    for container_id, state in made.items():
        assert listed[container_id].state is state
        assert listed[container_id].engine == subject.engine.name


async def test_a_list_tells_all_there_is_to_see(subject: Subject) -> None:
    container_id = await subject.make(
        name="tell-me",
        labels={"com.docker.compose.project": "shop", "odd": ""},
        ports=[80, 9000],
        volumes=["/data"],
        host={
            "network_mode": "bridge",
            "port_bindings": {80: ("127.0.0.1", 18080)},
            "binds": ["/tmp:/host:ro"],
        },
    )
    container = await one(subject.engine, container_id)
    assert container.name == "tell-me"
    assert container.image == "busybox:1"
    assert container.image_id.startswith("sha256:")
    assert "sleep 1000000" in container.command
    assert container.project == "shop"
    assert container.labels["odd"] == ""
    assert container.published == (Port(80, "tcp", 18080, "127.0.0.1"),)
    assert [it.private for it in container.exposed] == [9000]
    assert container.address
    assert {(it.kind, it.target, it.writable) for it in container.mounts} == {
        ("bind", "/host", False),
        ("volume", "/data", True),
    }
    assert any(it.is_anonymous for it in container.mounts)
    assert container.created is not None
    assert abs(datetime.now(UTC) - container.created) < timedelta(minutes=1)
    assert container.since is not None
    assert abs(datetime.now(UTC) - container.since) < timedelta(minutes=1)


async def test_only_those_asked_for_are_listed(subject: Subject) -> None:
    first, second, _ = [await subject.make(start=False) for _ in range(3)]
    listed = await subject.engine.list(Container, [first, second, NOWHERE])
    assert {it.id for it in listed} == {first, second}
    assert await subject.engine.list(Container, [NOWHERE]) == ()


async def test_many_may_be_asked_for(subject: Subject) -> None:
    made = await subject.make(start=False)
    asked = [made, *(f"{number:064x}" for number in range(300))]
    assert [it.id for it in await subject.engine.list(Container, asked)] == [made]


async def test_what_has_not_changed_is_the_same_object(subject: Subject) -> None:
    made = await subject.make(start=False)
    before = await one(subject.engine, made)
    assert await one(subject.engine, made) is before
    assert before in await subject.engine.list(Container)


async def test_an_end_tells_how(subject: Subject) -> None:
    container_id = await subject.make("sh -c 'exit 3'")
    await asyncio.to_thread(subject.api.wait, container_id)
    container = await one(subject.engine, container_id)
    assert (container.state, container.exit_code) == (ContainerState.EXITED, 3)
    detail = await subject.engine.detail(container_id)
    assert detail.exit_code == 3
    assert detail.finished is not None
    assert not detail.oom_killed


async def test_a_detail_tells_what_a_list_leaves_out(subject: Subject) -> None:
    container_id = await subject.make(
        environment=["A=1", "B=x=y", "C="],
        tty=True,
        stdin_open=True,
        user="root",
        working_dir="/tmp",
        host={"restart_policy": {"Name": "on-failure", "MaximumRetryCount": 2}},
        healthcheck={"test": ["CMD-SHELL", "true"], "interval": 3_600_000_000_000},
    )
    detail = await subject.engine.detail(container_id)
    assert detail.id == container_id
    assert {("A", "1"), ("B", "x=y"), ("C", "")} <= set(detail.env)
    assert detail.tty
    assert detail.open_stdin
    assert detail.restart_policy == "on-failure, at most 2 times"
    assert detail.command == ("sleep", "1000000")
    assert (detail.user, detail.working_dir) == ("root", "/tmp")
    assert detail.started is not None
    assert detail.finished is None
    assert detail.exit_code is None
    assert detail.pid > 0
    assert detail.log_driver == "json-file"
    assert detail.stop_signal == "SIGKILL"


async def test_an_inspection_is_whole(subject: Subject) -> None:
    container_id = await subject.make(start=False)
    container = await one(subject.engine, container_id)
    seen = await subject.engine.inspect(container)
    assert seen["Id"] == container_id
    assert {"State", "Config", "HostConfig", "NetworkSettings"} <= seen.keys()
    image = next(it for it in await subject.engine.list(Image) if "busybox:1" in it.tags)
    assert (await subject.engine.inspect(image))["Id"] == image.id


async def test_processes_have_titles(subject: Subject) -> None:
    container_id = await subject.make()
    table = await subject.engine.processes(container_id)
    assert "PID" in table.titles
    assert any("sleep 1000000" in row[-1] for row in table.rows)
    assert all(len(row) == len(table.titles) for row in table.rows)


async def test_images_have_tags_sizes_and_layers(engine: DockerEngine) -> None:
    image = next(it for it in await engine.list(Image) if "busybox:1" in it.tags)
    assert image.size_bytes > 100_000
    assert image.created is not None
    layers = await engine.history(image.id)
    assert layers
    assert sum(it.size_bytes for it in layers) > 100_000
    assert "busybox:1" in layers[0].tags


async def test_what_is_gone_is_not_found(engine: DockerEngine) -> None:
    with pytest.raises(ObjectNotFound, match=f"No such container: {NOWHERE}"):
        await engine.detail(NOWHERE)
    with pytest.raises(ObjectNotFound, match="No such container"):
        await engine.processes(NOWHERE)
    with pytest.raises(ObjectNotFound):
        await engine.inspect(Image(id="sha256:" + NOWHERE, name="none"))
    with pytest.raises(ObjectNotFound):
        await engine.history("sha256:" + NOWHERE)


async def test_what_has_no_list_is_not_supported(engine: DockerEngine) -> None:
    with pytest.raises(NotSupported):
        await engine.list(DockerObject)


async def test_many_questions_at_once_are_all_answered(subject: Subject) -> None:
    made = await subject.make(start=False)
    details = await asyncio.gather(*(subject.engine.detail(made) for _ in range(60)))
    assert {it.id for it in details} == {made}
