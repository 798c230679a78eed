"""Containers made from specs, and what is made of containers, on a simulated and a real engine."""

from __future__ import annotations

import asyncio
import os
import tarfile
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest

from dockertui.engine import EngineError, ObjectNotFound, ReadOnlyRefused, StateConflict
from dockertui.engine.files import FileThereError
from dockertui.engine.run_work import CommitRequest
from dockertui.model import Container, ContainerState, Image
from dockertui.model.reference import parse_reference
from dockertui.model.run.here import Here
from dockertui.model.run.limits import Limits
from dockertui.model.run.spec import RunSpec
from tests.contract.subject import Subject
from tests.support.real_engine import IMAGE

SLEEPS = ("sleep", "1000000")
HERE = Here()


@asynccontextmanager
async def created(subject: Subject, **said: object) -> AsyncIterator[str]:
    """A container made from a spec, for as long as it is wanted."""
    wanted: dict[str, object] = {"image": IMAGE, "command": SLEEPS, "detach": True}
    spec = RunSpec(**{**wanted, "networks": ("none",), **said})  # type: ignore[arg-type]
    made = await subject.engine.runs.create(spec, HERE)
    try:
        yield made.id
    finally:
        # With --rm it may be gone, or going.
        with suppress(ObjectNotFound, StateConflict):
            await subject.engine.remove_container(made.id, force=True, volumes=True)


def a_name() -> str:
    return f"t-{uuid4().hex[:8]}"


async def read(terminal: object, until: bytes) -> bytes:
    """What a terminal writes, up to some text or its end."""

    def all_of_it() -> bytes:
        said = b""
        while until not in said and (piece := terminal.recv(65_536)):  # type: ignore[attr-defined]
            said += piece
        return said

    return await asyncio.wait_for(asyncio.to_thread(all_of_it), 10)


async def test_what_was_said_can_be_read_back(subject: Subject) -> None:
    name = a_name()
    said = RunSpec(
        image=IMAGE,
        command=SLEEPS,
        detach=True,
        name=name,
        env=("A=1", "B=two words\nand a line\t\x1b"),
        labels=("l=v",),
        volumes=("/tmp:/x:ro",),
        ports=("127.0.0.1:18080:80", "53/udp"),
        restart="on-failure:3",
        memory="64m",
        cpus="0.5",
        pids_limit="50",
        user="1:2",
        workdir="/tmp",
        hostname="h",
        extra_hosts=("a:1.2.3.4",),
        cap_drop=("NET_RAW",),
        ulimits=("nofile=512:1024",),
        health_cmd="true",
        health_interval="30s",
        stop_signal="SIGKILL",
        stop_timeout="3",
    )
    made = await subject.engine.runs.create(said, HERE)
    try:
        seen = await subject.engine.runs.spec_of(made.id)
        assert seen.notes == ()
        assert sorted(seen.spec.ports) == sorted(said.ports)
        assert sorted(seen.spec.env) == sorted(said.env)
        assert (seen.spec.name, seen.spec.image, seen.spec.command) == (name, IMAGE, SLEEPS)
        for field in ("labels", "volumes", "restart", "memory", "cpus", "pids_limit", "user"):
            assert getattr(seen.spec, field) == getattr(said, field), field
        for field in ("workdir", "hostname", "extra_hosts", "cap_drop", "ulimits", "health_cmd"):
            assert getattr(seen.spec, field) == getattr(said, field), field
        for field in ("health_interval", "stop_signal", "stop_timeout", "entrypoint", "networks"):
            assert getattr(seen.spec, field) == getattr(said, field), field
    finally:
        await subject.engine.remove_container(made.id, force=True)


async def test_what_was_not_said_is_not_read_back(subject: Subject) -> None:
    name = a_name()
    made = await subject.engine.runs.create(RunSpec(image=IMAGE, detach=True, name=name), HERE)
    try:
        seen = await subject.engine.runs.spec_of(made.id)
        assert seen.spec == RunSpec(image=IMAGE, detach=True, name=name)
    finally:
        await subject.engine.remove_container(made.id, force=True)


async def test_a_container_is_in_all_its_networks(subject: Subject) -> None:
    names = [a_name(), a_name()]
    for name in names:
        await asyncio.to_thread(subject.api.create_network, name)
    try:
        networks = (names[0], f"name={names[1]},alias=q")
        async with created(subject, networks=networks, network_aliases=("db",)) as id_:
            seen = (await subject.engine.runs.spec_of(id_)).spec
            assert seen.networks == networks
            assert seen.network_aliases == ("db",)
        assert set(names) <= set(await subject.engine.runs.network_names())
    finally:
        for name in names:
            await asyncio.to_thread(subject.api.remove_network, name)


async def test_a_network_that_is_not_there_is_told_at_the_start_at_the_latest(
    subject: Subject,
) -> None:
    with pytest.raises(EngineError, match="nowhere-net not found"):
        async with created(subject, networks=("nowhere-net",)) as id_:
            await subject.engine.start(id_)


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ({"image": "nowhere:1"}, ObjectNotFound, "No such image"),
        ({"memory": "5x"}, EngineError, "no size"),
        ({"memory": "1m"}, EngineError, "6m of memory"),
        ({"name": "a b"}, EngineError, "Invalid container name"),
        ({"env_files": ("/nowhere/at/all",)}, EngineError, "cannot be read"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(
    subject: Subject, said: dict[str, object], kind: type[EngineError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        async with created(subject, **said):
            pass


async def test_a_name_in_use_is_a_conflict(subject: Subject) -> None:
    async with created(subject, name="taken-name"):
        with pytest.raises(StateConflict, match="already in use"):
            async with created(subject, name="taken-name"):
                pass


async def test_a_port_in_use_is_told_at_the_start_and_the_container_is_left(
    subject: Subject,
) -> None:
    ports = {"networks": (), "ports": ("127.0.0.1:18099:80",)}
    async with created(subject, **ports) as first, created(subject, **ports) as second:
        await subject.engine.start(first)
        with pytest.raises(EngineError, match="port is already allocated"):
            await subject.engine.start(second)
        (left,) = await subject.engine.list(Container, [second])
        assert left.state is ContainerState.CREATED


async def test_with_rm_nothing_is_left_of_what_cannot_start(subject: Subject) -> None:
    ports = {"networks": (), "ports": ("127.0.0.1:18098:80",)}
    async with created(subject, **ports) as first:
        await subject.engine.start(first)
        async with created(subject, auto_remove=True, **ports) as second:
            with pytest.raises(EngineError, match="port is already allocated"):
                await subject.engine.start(second)
            assert await subject.engine.list(Container, [second]) == ()


async def test_what_a_program_writes_at_once_is_not_missed(subject: Subject) -> None:
    async with created(
        subject,
        command=("sh", "-c", "echo first; exit 3"),
        detach=False,
        interactive=True,
        tty=True,
        auto_remove=True,
    ) as id_:
        terminal = await subject.engine.runs.start_attached(id_)
        assert terminal.tty
        assert b"first" in await read(terminal, b"never said")
        await asyncio.to_thread(terminal.close)
        assert terminal.exit_code() == 3


async def test_one_can_type_to_what_was_started(subject: Subject) -> None:
    async with created(subject, command=("sh",), detach=False, interactive=True, tty=True) as id_:
        terminal = await subject.engine.runs.start_attached(id_)
        await asyncio.to_thread(terminal.resize, 101, 33)
        await asyncio.to_thread(terminal.sendall, b"echo $((40 + 2)) typed\n")
        assert b"42 typed" in await read(terminal, b"42 typed")
        await asyncio.to_thread(terminal.close)
        assert terminal.exit_code() is None


async def test_limits_change_while_it_runs(subject: Subject) -> None:
    engine = subject.engine
    async with created(subject, memory="64m", cpus="0.5", restart="always") as id_:
        await engine.start(id_)
        before = await engine.runs.limits_of(id_)
        assert before == RunSpec(memory="64m", cpus="0.5", restart="always")
        await engine.runs.update(id_, Limits(memory="128m", memory_swap="256m"))
        await engine.runs.update(id_, Limits(restart="on-failure:2", pids_limit="40"))
        after = await engine.runs.limits_of(id_)
        assert after == RunSpec(memory="128m", cpus="0.5", restart="on-failure:2", pids_limit="40")
        await engine.runs.update(id_, Limits(pids_limit="-1", restart="no"))
        assert await engine.runs.limits_of(id_) == RunSpec(memory="128m", cpus="0.5")
        with pytest.raises(EngineError, match="memoryswap"):
            await engine.runs.update(id_, Limits(memory="1g"))


async def test_a_policy_does_not_go_with_rm(subject: Subject) -> None:
    async with created(subject, auto_remove=True) as id_:
        with pytest.raises(EngineError, match="AutoRemove is enabled"):
            await subject.engine.runs.update(id_, Limits(restart="always"))


async def test_a_container_becomes_an_image(subject: Subject) -> None:
    reference = parse_reference("made/of-it:2")
    async with created(subject) as id_:
        made = await subject.engine.runs.commit(
            CommitRequest(
                container_id=id_,
                reference=reference,
                message="as it was",
                author="Ann",
                changes=('CMD ["sleep", "5"]', "ENV MADE=yes"),
            )
        )
        images = await subject.engine.list(Image)
        assert ("made/of-it:2",) in {it.tags for it in images if it.id == made}
        declared = await subject.engine.runs.declared_by("made/of-it:2")
        assert declared.command == ("sleep", "5")
        assert "MADE=yes" in declared.env
        with pytest.raises(EngineError, match="not a valid change command"):
            await subject.engine.runs.commit(
                CommitRequest(container_id=id_, changes=("STOPSIGNAL SIGINT",))
            )
    await subject.engine.remove_image("made/of-it:2")


async def sizes(counts: object) -> Sequence[int]:
    async with aclosing(counts) as all_:  # type: ignore[type-var]
        return [it async for it in all_]  # type: ignore[attr-defined]


async def test_the_files_of_a_container_are_written_whole(subject: Subject, tmp_path: Path) -> None:
    path = tmp_path / "all.tar"
    async with created(subject, workdir="/made-here") as id_:
        done = await sizes(subject.engine.runs.export(id_, path))
        assert done[-1] == path.stat().st_size
        with tarfile.open(path) as archive:
            assert "made-here" in {it.name.rstrip("/") for it in archive}
        with pytest.raises(FileThereError, match="such a file already"):
            await sizes(subject.engine.runs.export(id_, path))
        await sizes(subject.engine.runs.export(id_, path, replace=True))
    with pytest.raises(ObjectNotFound):
        await sizes(subject.engine.runs.export("f" * 64, tmp_path / "other.tar"))
    assert os.listdir(tmp_path) == ["all.tar"]


async def test_what_an_image_declares_is_read(subject: Subject) -> None:
    declared = await subject.engine.runs.declared_by(IMAGE)
    assert declared.command == ("sh",)
    with pytest.raises(ObjectNotFound):
        await subject.engine.runs.declared_by("nowhere:1")


async def test_reading_only_makes_nothing(subject: Subject, tmp_path: Path) -> None:
    container_id = await subject.make(start=False)
    engine = subject.another_engine(read_only=True)
    for refused in (
        engine.runs.create(RunSpec(image=IMAGE), HERE),
        engine.runs.start_attached(container_id),
        engine.runs.update(container_id, Limits(memory="64m")),
        engine.runs.commit(CommitRequest(container_id=container_id)),
    ):
        with pytest.raises(ReadOnlyRefused, match="read-only"):
            await refused
    assert (await engine.runs.spec_of(container_id)).spec.image == IMAGE
    assert await sizes(engine.runs.export(container_id, tmp_path / "x.tar"))
    await engine.close()
