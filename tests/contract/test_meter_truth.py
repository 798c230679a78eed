"""The figures are those of `docker stats`, on containers that use all there is to use."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine import EngineError, meter
from dockertui.model.usage import Reading, usage_of
from tests.contract.subject import Subject, real
from tests.support.measuring import Measuring, measuring
from tests.support.real_engine import RealEngine

pytestmark = pytest.mark.engine

MIB = 1 << 20
UNITS = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": MIB, "GiB": 1 << 30}
AMOUNT = re.compile(r"([\d.]+)([kKMG]?i?B)")

BURN = "sh -c 'while :; do :; done'"
FILL = "sh -c 'dd if=/dev/zero of=/f bs=1M count=60; cat /f >/dev/null; %s; sleep 1000000'"
HOLD = 'x=$(head -c 30000000 /dev/zero | tr "\\0" a)'
"""Some 30 MB that are the process' own."""
SERVE = "sh -c 'tail -f /dev/null | nc -l -p 7000 >/dev/null'"
SEND = "sh -c '(head -c 20000000 /dev/zero; sleep 1000000) | nc %s 7000'"
TRANSFER = (
    "sh -c 'dd if=/dev/zero of=/f bs=1M count=24 oflag=direct;"
    "dd if=/f of=/dev/null bs=1M count=10 iflag=direct; touch /done; sleep 1000000'"
)


@pytest.fixture(params=["read here", "asked"])
async def subject(
    real_engine: RealEngine, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Subject]:
    """A real engine, whose containers are read from the kernel, or asked for."""
    if request.param == "asked":
        monkeypatch.setattr("dockertui.engine.meter.ROOT", None)
    if shutil.which("docker") is None:
        pytest.skip("not installed: docker, whose figures are to be compared")
    async with real(real_engine) as one:
        yield one


def amounts(told: str) -> list[float]:
    """The amounts in what the CLI prints, in bytes: `1.5kB / 20MB` has two."""
    return [float(number) * UNITS[unit] for number, unit in AMOUNT.findall(told)]


async def told_by_cli(subject: Subject, container_id: str) -> Any:
    """What `docker stats` prints of a container."""
    command = ("docker", f"--host={subject.base_url}", "stats", "--no-stream")
    printed = await asyncio.to_thread(
        subprocess.run,
        [*command, "--format={{json .}}", container_id],
        capture_output=True,
        check=True,
    )
    return json.loads(printed.stdout)


async def both(subject: Subject, measured: Measuring, container_id: str) -> tuple[Any, Any, Any]:
    """What the CLI prints, and our readings just before and after."""
    await measured.reads(container_id, times=2)
    assert ("kernel" in measured.meter.way) is (meter.ROOT is not None)
    before = measured.readings[container_id][-1]
    told = await told_by_cli(subject, container_id)
    await measured.reads(container_id)
    return told, before, measured.readings[container_id][-1]


async def until_so(subject: Subject, container_id: str, command: str) -> None:
    """Wait until a command succeeds in a container."""
    async with asyncio.timeout(60):
        while True:
            with suppress(EngineError):
                made = await asyncio.to_thread(
                    subject.api.exec_create, container_id, ["sh", "-c", command]
                )
                await asyncio.to_thread(subject.api.exec_start, made["Id"])
                if subject.api.exec_inspect(made["Id"])["ExitCode"] == 0:
                    return
            await asyncio.sleep(0.2)


async def test_processor_time(subject: Subject) -> None:
    container_id = await subject.make(BURN, host={"nano_cpus": 500_000_000})
    async with measuring(subject.engine.meter(), {container_id: 1.0}) as measured:
        told, before, after = await both(subject, measured, container_id)
        percent = float(told["CPUPerc"].rstrip("%"))
        # The CLI looks at one second out of those between: on a busy machine they differ.
        readings = measured.readings[container_id]
        seconds = readings[readings.index(before) :]
        ours = [usage_of(now, then).cpu_percent or 0 for then, now in pairwise(seconds)]
        assert min(ours) - 4 < percent < max(ours) + 4, (ours, percent)
        assert max(ours) < 55
        usage = usage_of(after, before)
        assert usage.throttled_percent is not None
        # Where there is little to have, nobody gets as far as the limit.
        assert usage.throttled_percent > 30 or (usage.cpu_percent or 0) < 45
        assert usage.processes == int(told["PIDs"])


async def test_memory_without_the_page_cache(subject: Subject) -> None:
    container_id = await subject.make(FILL % HOLD, host={"mem_limit": 200 * MIB})
    async with measuring(subject.engine.meter(), {container_id: 1.0}) as measured:
        await measured.until(
            lambda: (
                container_id in measured.readings
                and (measured.readings[container_id][-1].memory_bytes or 0) > 28 * MIB
            )
        )
        told, _, after = await both(subject, measured, container_id)
        used, limit = amounts(told["MemUsage"])
        assert after.memory_bytes == pytest.approx(used, rel=0.03)
        assert after.memory_bytes < 80 * MIB
        assert after.memory_limit_bytes == limit == 200 * MIB
        percent = usage_of(after).memory_percent
        assert percent == pytest.approx(float(told["MemPerc"].rstrip("%")), rel=0.03)


@pytest.fixture
async def network(subject: Subject) -> AsyncIterator[str]:
    """A network of its own, that goes with all who are in it."""
    name = "truth"
    made = await asyncio.to_thread(subject.api.create_network, name)
    yield name
    for each in (await asyncio.to_thread(subject.api.inspect_network, name))["Containers"]:
        await subject.engine.remove_container(each, force=True)
    await asyncio.to_thread(subject.api.remove_network, made["Id"])


async def test_network(subject: Subject, network: str) -> None:
    server = await subject.make(SERVE, host={"network_mode": network})
    seen = await asyncio.to_thread(subject.api.inspect_container, server)
    address = seen["NetworkSettings"]["Networks"][network]["IPAddress"]
    await until_so(subject, server, "netstat -ltn | grep -q :7000")
    sender = await subject.make(SEND % address, host={"network_mode": network})
    async with measuring(subject.engine.meter(), {server: 1.0, sender: 1.0}) as measured:
        await measured.reads(server, sender)
        await measured.until(lambda: total(measured, server, "received_bytes") > 20_000_000)
        for each in (server, sender):
            told, _, after = await both(subject, measured, each)
            received, sent = amounts(told["NetIO"])
            assert after.received_bytes == pytest.approx(received, rel=0.006)
            assert after.sent_bytes == pytest.approx(sent, rel=0.006)
        assert total(measured, sender, "sent_bytes") > 20_000_000


async def test_block_devices(subject: Subject, real_engine: RealEngine) -> None:
    container_id = await subject.make(TRANSFER, start=False, host=counted(real_engine))
    await subject.engine.start(container_id)
    await until_so(subject, container_id, "ls /done")
    async with measuring(subject.engine.meter(), {container_id: 1.0}) as measured:
        told, _, after = await both(subject, measured, container_id)
        read, written = amounts(told["BlockIO"])
        if after.read_bytes is None:  # Not counted here: see `payload/usage.py`.
            assert (read, written) == (0, 0)
            return
        assert after.read_bytes == pytest.approx(read, rel=0.006)
        assert after.written_bytes == pytest.approx(written, rel=0.006)
        assert after.read_bytes >= 10 * MIB
        assert (after.written_bytes or 0) >= 24 * MIB


def total(measured: Measuring, container_id: str, counter: str) -> int:
    """A counter, as it was read last."""
    last: Reading = measured.readings[container_id][-1]
    counted: int | None = getattr(last, counter)
    return counted or 0


def counted(engine: RealEngine) -> Any:
    """A limit so high that it limits nothing: recent kernels count for a device only with one."""
    device = engine.root.stat().st_dev
    number = f"{device >> 8}:{device & 0xFF}"
    disk = Path("/sys/dev/block", number).resolve()
    disk = disk.parent if (disk / "partition").exists() else disk
    path = Path("/dev", disk.name)
    if not path.is_block_device():
        return {}
    limit = [{"Path": str(path), "Rate": 1 << 40}]
    return {"device_read_bps": limit, "device_write_bps": limit}
