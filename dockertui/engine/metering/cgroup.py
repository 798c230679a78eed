"""A container's counters as Linux keeps them, under either version of control groups.

Source: the kernel's `Documentation/admin-guide/cgroup-v2.rst` and `cgroup-v1/`; and containerd's
package `cgroups`, for which of its files an engine reads.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dockertui.engine.payload.usage import without_cache
from dockertui.model.usage import Reading

_MOST = 64 * 1024
_TRAFFIC = re.compile(rb"^ *eth\d+: *(\d+)(?: +\d+){7} +(\d+)", re.MULTILINE)
"""Engines call the interfaces that they make so; those that a container makes have other names."""
_READ_V1 = re.compile(rb"^\d+:\d+ Read (\d+)$", re.MULTILINE)
_WRITTEN_V1 = re.compile(rb"^\d+:\d+ Write (\d+)$", re.MULTILINE)
_READ_V2 = re.compile(rb" rbytes=(\d+)")
_WRITTEN_V2 = re.compile(rb" wbytes=(\d+)")


class Group(Protocol):
    """The control group of a container."""

    def read(self, container_id: str) -> Reading:
        """What the kernel has counted.

        Raises:
            OSError: When it is gone.
            ValueError: When it is not what we take it for.
        """
        ...


@dataclass(frozen=True, slots=True)
class GroupV1:
    """One in the old hierarchies: a folder for each controller."""

    cpu: str
    """Its folder where processor time is shared out."""
    cpuacct: str
    """Where that is counted."""
    memory: str
    """The same for memory."""
    pids: str
    """For processes."""
    blkio: str
    """For block devices."""
    proc: str
    """Where processes are found."""
    total_bytes: int
    """The memory of the machine."""

    def read(self, container_id: str) -> Reading:
        """What the kernel has counted."""
        read_ns = time.time_ns()
        throttling = content(f"{self.cpu}/cpu.stat")
        usage = int(content(f"{self.memory}/memory.usage_in_bytes"))
        details = content(f"{self.memory}/memory.stat")
        inactive = number(details, b"total_inactive_file "), number(details, b"inactive_file ")
        limit = int(content(f"{self.memory}/memory.limit_in_bytes"))
        transfers = content(f"{self.blkio}/blkio.throttle.io_service_bytes_recursive")
        received, sent = traffic(self.proc, f"{self.memory}/cgroup.procs")
        return Reading(
            container_id=container_id,
            read_ns=read_ns,
            cpu_ns=int(content(f"{self.cpuacct}/cpuacct.usage")),
            periods=number(throttling, b"nr_periods "),
            throttled_periods=number(throttling, b"nr_throttled "),
            memory_bytes=without_cache(usage, inactive),
            memory_limit_bytes=min(limit, self.total_bytes),
            received_bytes=received,
            sent_bytes=sent,
            read_bytes=total(_READ_V1.findall(transfers)),
            written_bytes=total(_WRITTEN_V1.findall(transfers)),
            processes=int(content(f"{self.pids}/pids.current")),
        )


@dataclass(frozen=True, slots=True)
class GroupV2:
    """One in the unified hierarchy."""

    folder: str
    """Its folder."""
    proc: str
    """Where processes are found."""
    total_bytes: int
    """The memory of the machine."""

    def read(self, container_id: str) -> Reading:
        """What the kernel has counted."""
        read_ns = time.time_ns()
        folder = self.folder
        processor = content(f"{folder}/cpu.stat")
        used_us = number(processor, b"usage_usec ")
        usage = int(content(f"{folder}/memory.current"))
        inactive = number(content(f"{folder}/memory.stat"), b"inactive_file ")
        transfers = content(f"{folder}/io.stat")
        received, sent = traffic(self.proc, f"{folder}/cgroup.procs")
        return Reading(
            container_id=container_id,
            read_ns=read_ns,
            cpu_ns=None if used_us is None else used_us * 1000,
            periods=number(processor, b"nr_periods "),
            throttled_periods=number(processor, b"nr_throttled "),
            memory_bytes=without_cache(usage, (inactive,)),
            memory_limit_bytes=self._limit(content(f"{folder}/memory.max").strip()),
            received_bytes=received,
            sent_bytes=sent,
            read_bytes=total(_READ_V2.findall(transfers)),
            written_bytes=total(_WRITTEN_V2.findall(transfers)),
            processes=int(content(f"{folder}/pids.current")),
        )

    def _limit(self, said: bytes) -> int:
        return self.total_bytes if said == b"max" else min(int(said), self.total_bytes)


def content(path: str) -> bytes:
    """What is in a file of the kernel's."""
    # Half the cost of Python's own files, of which a hundred containers take a thousand a second.
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(file, _MOST)
    finally:
        os.close(file)


def number(text: bytes, name: bytes) -> int | None:
    r"""The number that follows a name at the start of a line.

    >>> number(b"nr_periods 7\nnr_throttled 3\n", b"nr_throttled ")
    3
    """
    if not text.startswith(name):
        if (start := text.find(b"\n" + name)) < 0:
            return None
        start += 1
    else:
        start = 0
    return int(text[start + len(name) :].partition(b"\n")[0])


def total(values: Sequence[bytes]) -> int | None:
    """The sum of what was found; nothing found is not known."""
    return sum(map(int, values)) if values else None


def traffic(proc: str, members: str) -> tuple[int | None, int | None]:
    """What came in and went out over the network that the first process of a group has."""
    first = min(map(int, content(members).split()), default=0)
    if first <= 0:  # None is left, or none that can be seen from here.
        return None, None
    found = _TRAFFIC.findall(content(f"{proc}/{first}/net/dev"))
    return total([received for received, _ in found]), total([sent for _, sent in found])
