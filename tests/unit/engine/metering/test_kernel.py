"""Containers read from the kernel of a machine that is made of files."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dockertui.engine.metering.cgroup import number
from dockertui.engine.metering.kernel import Kernel
from dockertui.model.usage import Reading

ID, OTHER = "ab" * 32, "cd" * 32
PID = 4711
GIB = 1 << 30
NET = (
    "Inter-|   Receive                                                |  Transmit\n"
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs\n"
    "    lo:     900       9    0    0    0     0          0         0      900       9    0\n"
    "  eth0:   12000      12    0    0    0     0          0         0     3400       5    0\n"
    "  eth1: 5000000      12    0    0    0     0          0         0      600       5    0\n"
    "docker0:  77777      12    0    0    0     0          0         0    88888       5    0\n"
)
V1 = {
    "cpuacct/cpuacct.usage": "123456789\n",
    "cpu/cpu.stat": "nr_periods 30\nnr_throttled 12\nthrottled_time 900\n",
    "memory/memory.usage_in_bytes": "54300000\n",
    "memory/memory.stat": "cache 1\ninactive_file 7\ntotal_cache 2\ntotal_inactive_file 50300000\n",
    "memory/memory.limit_in_bytes": "9223372036854771712\n",
    "memory/cgroup.procs": f"{PID + 5}\n{PID}\n",
    "pids/pids.current": "2\n",
    "blkio/blkio.throttle.io_service_bytes_recursive": (
        "254:0 Read 10\n254:0 Write 20\n254:0 Sync 30\n8:0 Read 100\n8:0 Write 200\nTotal 330\n"
    ),
}
V2 = {
    "cpu.stat": "usage_usec 123456\nuser_usec 1\nnr_periods 30\nnr_throttled 12\n",
    "memory.current": "54300000\n",
    "memory.stat": "anon 7\nfile 9\nactive_file 1\ninactive_file 50300000\n",
    "memory.max": "max\n",
    "cgroup.procs": f"{PID}\n",
    "pids.current": "2\n",
    "io.stat": "8:0 rbytes=100 wbytes=200 rios=1 wios=1 dbytes=0 dios=0\n254:0 \n"
    "253:1 rbytes=10 wbytes=20 rios=1 wios=1 dbytes=0 dios=0\n",
}


class Machine:
    """A machine that is made of files."""

    def __init__(self, root: Path, version: int) -> None:
        self.root = root
        self.version = version
        groups = "sys/fs/cgroup"
        mounts = "".join(
            f"cgroup /{groups}/{it} cgroup rw,relatime,{it} 0 0\n"
            for it in ("cpu", "cpuacct", "memory", "pids", "blkio")
        )
        unified = f"cgroup2 /{groups}{'/unified' if version == 1 else ''} cgroup2 rw 0 0\n"
        self.write("proc/self/mounts", (mounts if version == 1 else "") + unified)
        self.write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree: 5 kB\n")
        self.run(ID)

    def run(self, container_id: str, pid: int = PID, parent: str = "docker") -> None:
        """Let a container run."""
        path = f"/{parent}/{container_id}"
        lines = "".join(
            f"{place}:{it}:{path}\n"
            for place, it in enumerate(("cpu,cpuacct", "memory", "pids", "blkio", "name=systemd"))
        )
        self.write(f"proc/{pid}/cgroup", lines if self.version == 1 else f"0::{path}\n")
        self.write(f"proc/{pid}/net/dev", NET)
        for name in V1 if self.version == 1 else V2:
            self.count(name, container_id=container_id, parent=parent)

    def count(
        self,
        name: str,
        said: str | None = None,
        *,
        container_id: str = ID,
        parent: str = "docker",
    ) -> None:
        """Let the kernel say something in one of a container's files."""
        content = (V1 if self.version == 1 else V2)[name] if said is None else said
        controller, slash, file = name.rpartition("/")
        place = f"sys/fs/cgroup/{controller}{slash}{parent}/{container_id}/{file}"
        self.write(place, content)

    def write(self, path: str, content: str) -> None:
        """Write one of its files."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(content)

    def folder(self, controller: str = "") -> Path:
        """The folder of the container's group."""
        return self.root / "sys/fs/cgroup" / controller / "docker" / ID


@pytest.fixture(params=[1, 2], ids=["v1", "v2"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A machine with either version of control groups, on which a container runs."""
    return Machine(tmp_path, request.param)


def said(version: int, **differs: int | None) -> Reading:
    """What the engine says of the container."""
    reading = Reading(
        container_id=ID,
        read_ns=time.time_ns(),
        cpu_ns=123_456_789 if version == 1 else 123_456_000,
        system_ns=7,
        cores=4,
        periods=30,
        throttled_periods=12,
        memory_bytes=4_000_000,
        memory_limit_bytes=16 * GIB,
        received_bytes=5_012_000,
        sent_bytes=4000,
        read_bytes=110,
        written_bytes=220,
        processes=2,
    )
    return replace(reading, **differs)  # type: ignore[arg-type]  # Each is a counter.


def learned(machine: Machine) -> Kernel:
    """A kernel that knows the container."""
    kernel = Kernel(machine.root)
    assert kernel.learn(said(machine.version)) is None
    kernel.locate(ID, PID)
    assert kernel.learn(said(machine.version)) is True
    return kernel


def test_what_the_kernel_counts_is_what_the_engine_says(machine: Machine) -> None:
    kernel = learned(machine)
    assert kernel.knows(ID)
    assert kernel.knows_any
    reading = kernel.read(ID)
    assert reading is not None
    assert abs(reading.read_ns - time.time_ns()) < 1e9
    expected = said(machine.version, system_ns=None, cores=0)
    assert replace(reading, read_ns=0) == replace(expected, read_ns=0)


def test_where_one_was_found_others_are(machine: Machine) -> None:
    kernel = learned(machine)
    machine.run(OTHER)
    assert kernel.learn(replace(said(machine.version), container_id=OTHER)) is True


def test_one_with_a_parent_of_its_own_is_looked_for_by_itself(machine: Machine) -> None:
    kernel = learned(machine)
    machine.run(OTHER, PID + 1, parent="special/place")
    reading = replace(said(machine.version), container_id=OTHER)
    assert kernel.learn(reading) is None
    kernel.locate(OTHER, PID + 1)
    assert kernel.learn(reading) is True


@pytest.mark.parametrize(
    "differs",
    [
        {"cpu_ns": 130_000_000},
        {"cpu_ns": None},
        {"memory_bytes": 40_000_000},
        {"memory_bytes": None},
        {"memory_limit_bytes": GIB},
        {"received_bytes": 6_000_000},
        {"received_bytes": None},
        {"sent_bytes": 90_000},
        {"read_bytes": None},
        {"written_bytes": 221},
        {"throttled_periods": 13},
    ],
)
def test_whoever_does_not_agree_is_left_to_the_engine(
    machine: Machine, differs: dict[str, int | None]
) -> None:
    kernel = Kernel(machine.root)
    kernel.locate(ID, PID)
    assert kernel.learn(said(machine.version, **differs)) is False
    assert not kernel.knows(ID)


def test_more_time_than_there_was_cannot_have_been_used(machine: Machine) -> None:
    kernel = Kernel(machine.root)
    kernel.locate(ID, PID)
    assert kernel.learn(said(machine.version, cpu_ns=1000)) is False


def test_what_has_grown_since_the_engine_looked_agrees(machine: Machine) -> None:
    kernel = Kernel(machine.root)
    kernel.locate(ID, PID)
    earlier = said(machine.version, cpu_ns=23_000_000, received_bytes=11, periods=1)
    assert kernel.learn(replace(earlier, read_ns=earlier.read_ns - 10**9)) is True


def test_a_limit_is_that_of_the_container(machine: Machine) -> None:
    kernel = learned(machine)
    name = "memory/memory.limit_in_bytes" if machine.version == 1 else "memory.max"
    machine.count(name, "104857600\n")
    reading = kernel.read(ID)
    assert reading is not None
    assert reading.memory_limit_bytes == 100 << 20


def test_one_without_a_network_or_a_device_has_no_such_counters(machine: Machine) -> None:
    kernel = learned(machine)
    machine.write(f"proc/{PID}/net/dev", NET[: NET.index("  eth0")])
    name = "blkio/blkio.throttle.io_service_bytes_recursive" if machine.version == 1 else "io.stat"
    machine.count(name, "Total 0\n")
    reading = kernel.read(ID)
    assert reading is not None
    assert (reading.received_bytes, reading.sent_bytes) == (None, None)
    assert (reading.read_bytes, reading.written_bytes) == (None, None)


def test_one_whose_processes_are_not_to_be_seen_has_no_network(machine: Machine) -> None:
    kernel = learned(machine)
    name = "memory/cgroup.procs" if machine.version == 1 else "cgroup.procs"
    for nobody in ("", "0\n"):
        machine.count(name, nobody)
        reading = kernel.read(ID)
        assert reading is not None
        assert reading.received_bytes is None


def test_one_that_is_gone_is_known_no_longer(machine: Machine) -> None:
    kernel = learned(machine)
    folder = machine.folder("memory" if machine.version == 1 else "")
    for file in folder.iterdir():
        file.unlink()
    assert kernel.read(ID) is None
    assert not kernel.knows(ID)
    assert not kernel.knows_any


def not_an_id(kernel: Kernel, machine: Machine) -> None:
    machine.run("../x")
    kernel.locate("../x", PID)


def of_somebody_else(kernel: Kernel, machine: Machine) -> None:
    kernel.locate(OTHER, PID)


def elsewhere(kernel: Kernel, machine: Machine) -> None:
    machine.write(f"proc/{PID}/cgroup", f"0::/../../docker/{ID}\n1:memory:/../docker/{ID}\n")
    kernel.locate(ID, PID)


def no_process(kernel: Kernel, machine: Machine) -> None:
    kernel.locate(ID, PID + 99)
    kernel.locate(ID, 0)


def rubbish(kernel: Kernel, machine: Machine) -> None:
    machine.write(f"proc/{PID}/cgroup", f"{ID}\n")
    kernel.locate(ID, PID)


@pytest.mark.parametrize("wrong", [not_an_id, of_somebody_else, elsewhere, no_process, rubbish])
def test_a_place_that_is_not_surely_the_containers_is_not_taken(
    machine: Machine, wrong: Callable[[Kernel, Machine], None]
) -> None:
    kernel = Kernel(machine.root)
    wrong(kernel, machine)
    assert kernel.learn(said(machine.version)) is None


def test_after_some_failures_nobody_is_sought_any_more(machine: Machine) -> None:
    kernel = Kernel(machine.root)
    for number_ in range(8):
        id_ = f"{number_:064x}"
        assert kernel.is_to_be_sought(id_)
        kernel.locate(id_, PID)
    assert not kernel.is_to_be_sought(ID)
    assert kernel.learn(said(machine.version)) is False


def test_one_that_never_agrees_is_given_up_alone(machine: Machine) -> None:
    kernel = learned(machine)
    machine.run(OTHER)
    odd = replace(said(machine.version, cpu_ns=None), container_id=OTHER)
    for _ in range(20):
        kernel.learn(odd)
    assert not kernel.is_to_be_sought(OTHER)
    kernel.forget(ID)
    assert Kernel(machine.root).is_to_be_sought(ID)


def test_where_the_engine_cannot_be_nobody_is_sought() -> None:
    assert not Kernel(None).is_to_be_sought(ID)


def test_a_machine_without_control_groups_knows_nobody(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path)
    kernel.locate(ID, PID)
    assert kernel.learn(said(2)) is None


@given(some.sampled_from(sorted(V1)), some.sampled_from(sorted(V2)), some.text(max_size=30))
@settings(max_examples=30, deadline=None, database=None)
def test_whatever_a_file_says_one_is_read_or_gone(
    tmp_path_factory: pytest.TempPathFactory, name: str, other: str, content: str
) -> None:
    for version, file in ((1, name), (2, other)):
        machine = Machine(tmp_path_factory.mktemp("machine"), version)
        kernel = learned(machine)
        machine.count(file, content)
        reading = kernel.read(ID)
        assert reading is None or reading.container_id == ID


def test_a_number_is_found_by_its_whole_name() -> None:
    assert number(b"total_inactive_file 5\ninactive_file 7\n", b"inactive_file ") == 7
    assert number(b"inactive_files 5\n", b"inactive_file ") is None
