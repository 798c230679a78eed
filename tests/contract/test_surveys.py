"""What an engine says of itself, of its machine and of its disk, and what it remembers."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest

from dockertui.model.container import ContainerState
from dockertui.model.disk import ContainerRoom, DiskUsage, ImageRoom, Total
from tests.contract.subject import Subject

NS = 1_000_000_000
WRITTEN = "123456789"
needs_cli = pytest.mark.skipif(not shutil.which("docker"), reason="docker's CLI is not installed")


def cli(subject: Subject, *words: str) -> list[dict[str, Any]]:
    """What the CLI says of the engine under test, as JSON."""
    asked = ["docker", "-H", subject.base_url, *words, "--format", "{{json .}}"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in said.stdout.splitlines()]


def human(size_bytes: float, digits: int = 4) -> str:
    """A size as the CLI writes it.

    Source: `HumanSizeWithPrecision` of docker/go-units.
    """
    units = iter(("B", "kB", "MB", "GB", "TB"))
    unit = next(units)
    while size_bytes >= 1000:
        size_bytes, unit = size_bytes / 1000, next(units)
    return f"{size_bytes:.{digits}g}{unit}"


async def execute(subject: Subject, container_id: str, command: str) -> None:
    """Run a command in a container to its end."""
    made = await asyncio.to_thread(subject.api.exec_create, container_id, ["sh", "-c", command])
    await asyncio.to_thread(subject.api.exec_start, made["Id"])


async def furnished(subject: Subject) -> tuple[str, str, str]:
    """A container that has written something, one that has ended, and a volume of the first."""
    volume = f"v-{uuid4().hex[:8]}"
    up = await subject.make(host={"binds": [f"{volume}:/data"]})
    await execute(subject, up, f"printf {WRITTEN} > /written")
    down = await subject.make("sh -c 'printf 12345 > /end'")
    await asyncio.to_thread(subject.api.wait, down)
    return up, down, volume


def container_in(usage: DiskUsage, container_id: str) -> ContainerRoom:
    return next(it for it in usage.containers if it.id == container_id)


def image_in(usage: DiskUsage, name: str) -> ImageRoom:
    return next(it for it in usage.images if it.name == name)


async def test_an_engine_describes_its_machine(subject: Subject) -> None:
    host = await subject.engine.host()
    assert (host.id, host.engine, host.kind) == (subject.engine.name, subject.engine.name, "host")
    assert host.version == (await subject.engine.connect()).version
    assert all((host.hostname, host.system, host.kernel, host.architecture, host.root))
    assert host.storage_driver == "overlay2"
    assert host.cgroup_version in {"1", "2"}
    assert host.cgroup_driver in {"systemd", "cgroupfs"}
    assert host.log_driver == "json-file"
    assert host.runtimes[0] == "runc"
    assert "seccomp" in host.security
    assert host.cores > 0
    assert host.memory_bytes > 100_000_000
    assert not host.is_rootless
    assert not host.swarm
    assert abs(host.clock_ahead_s) < 5
    if subject.is_real:
        assert host.cores == os.cpu_count()


async def test_an_engine_counts_its_containers(subject: Subject) -> None:
    before = await subject.engine.host()
    await subject.make()
    paused = await subject.make()
    await subject.engine.pause(paused)
    await subject.make(start=False)
    after = await subject.engine.host()
    assert after.containers == before.containers + 3
    assert after.running == before.running + 1
    assert after.paused == before.paused + 1
    assert after.stopped == before.stopped + 1
    assert after.images >= 1


async def test_the_disk_tells_what_containers_wrote(subject: Subject) -> None:
    up, down, _ = await furnished(subject)
    usage = await subject.engine.disk_usage()
    assert container_in(usage, up).own_bytes == len(WRITTEN)
    assert container_in(usage, up).state is ContainerState.RUNNING
    assert container_in(usage, down).state is ContainerState.EXITED
    image = image_in(usage, "busybox:1")
    assert container_in(usage, up).root_bytes == image.size_bytes + len(WRITTEN)
    assert container_in(usage, up).image == "busybox:1"
    assert usage.container_total.free_bytes == sum(
        it.own_bytes for it in usage.containers if not it.state.is_live
    )


async def test_the_disk_tells_who_uses_images_and_volumes(subject: Subject) -> None:
    up, _, volume = await furnished(subject)
    usage = await subject.engine.disk_usage()
    image = image_in(usage, "busybox:1")
    assert image.containers is not None
    assert image.containers >= 2
    assert image.own_bytes is not None
    assert image.size_bytes > 100_000
    own = [it.own_bytes or 0 for it in usage.images]
    shared = max(it.shared_bytes or 0 for it in usage.images)
    assert usage.image_total.size_bytes >= sum(own) + shared
    found = next(it for it in usage.volumes if it.name == volume)
    assert (found.containers, found.is_unused) == (1, False)
    assert found.size_bytes is not None
    await subject.engine.remove_container(up, force=True)
    usage = await subject.engine.disk_usage()
    assert next(it for it in usage.volumes if it.name == volume).is_unused
    await asyncio.to_thread(subject.api.remove_volume, volume)


@needs_cli
async def test_the_totals_are_those_of_the_cli(subject: Subject) -> None:
    await furnished(subject)
    said = await asyncio.to_thread(cli, subject, "system", "df")
    usage = await subject.engine.disk_usage()
    totals = (usage.image_total, usage.container_total, usage.volume_total, usage.cache_total)
    for line, total in zip(said, totals, strict=True):
        assert [line["TotalCount"], line["Active"]] == [str(total.count), str(total.active)]
        assert line["Size"] == human(total.size_bytes), line["Type"]
        free = {human(total.free_bytes)} | older_free(line["Type"], usage)
        assert line["Reclaimable"].partition(" ")[0] in free, line["Type"]


def older_free(kind: str, usage: DiskUsage) -> set[str]:
    """What the CLI before version 29 takes for free among images: shared layers, used or not."""
    if kind != "Images":
        return set()
    used = sum(it.own_bytes or 0 for it in usage.images if it.containers != 0)
    return {human(usage.image_total.size_bytes - used)}


@needs_cli
async def test_every_size_is_that_of_the_cli(subject: Subject) -> None:
    await furnished(subject)
    (said,) = await asyncio.to_thread(cli, subject, "system", "df", "-v")
    usage = await subject.engine.disk_usage()
    images = {(it.size_bytes, it.shared_bytes, it.own_bytes, it.containers) for it in usage.images}
    assert texts(said["Images"], "Size", "SharedSize", "UniqueSize", "Containers") == sorted(
        (human(size, 3), human(shared or 0), human(own or 0), str(users))
        for size, shared, own, users in images
    )
    own = [(it.name, human(it.own_bytes, 3)) for it in usage.containers]
    assert texts(said["Containers"], "Names", "Size") == sorted(own)
    volumes = [(it.name, str(it.containers), human(it.size_bytes or 0)) for it in usage.volumes]
    assert texts(said["Volumes"], "Name", "Links", "Size") == sorted(volumes)


def texts(rows: Sequence[dict[str, str]], *names: str) -> list[tuple[str, ...]]:
    """Some fields of each row."""
    return sorted({tuple(row[name] for name in names) for row in rows})


async def test_giving_up_on_the_disk_takes_no_time(subject: Subject) -> None:
    task = asyncio.ensure_future(subject.engine.disk_usage())
    await subject.engine.ping()
    start = time.perf_counter()
    task.cancel()
    await asyncio.wait([task])
    assert time.perf_counter() - start < 0.25
    assert isinstance(await subject.engine.disk_usage(), DiskUsage)


async def test_what_happened_before_one_looked_is_remembered(subject: Subject) -> None:
    began = time.time_ns()
    first = await subject.make(name=f"past-{uuid4().hex[:6]}")
    await subject.engine.kill(first)
    await asyncio.to_thread(subject.api.wait, first)
    past = await subject.engine.past_events(began - NS, time.time_ns())
    actions = [it.action for it in past if it.actor_id == first]
    assert [it for it in actions if it in {"create", "start", "kill", "die"}] == [
        *("create", "start", "kill", "die")
    ]
    assert [it.time_ns for it in past] == sorted(it.time_ns for it in past)


async def test_the_past_ends_where_it_is_asked_to(subject: Subject) -> None:
    before = time.time_ns()
    await subject.make(start=False)
    assert await subject.engine.past_events(before - 2 * NS, before - NS) == () or subject.is_real
    began = time.perf_counter()
    await subject.engine.past_events(before - 3600 * NS, time.time_ns())
    assert time.perf_counter() - began < 2


def test_an_empty_disk_takes_nothing() -> None:
    assert DiskUsage().total == Total()
