"""What containers use, from this machine's own kernel: where their engine runs here as well.

Measured with dockerd 20.10 under cgroup v1, in percent of a core: ours, and the engine's, that is
dockerd's and containerd's (their shims take almost as much as these two again):

| | read here | asked |
| --- | --- | --- |
| 100 containers each second | 1.2 + 0.1 | 0.4 + 8.7 |
| 30 each second, 70 each five seconds | 0.6 + 0.1 | 0.3 + 5.2 |
| 300 each 2.5 seconds | 1.5 + 0.1 | 0.9 + 15 |

Nothing is taken for granted. A container is read here only if the process that the engine names
stands in a control group with the container's ID in its name, and if what the kernel counts there
agrees with what the engine says. A container in a virtual machine or at the end of a tunnel, an
engine that sees other processes than we do: they are asked for as ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dockertui.engine.metering.cgroup import Group, GroupV1, GroupV2, content
from dockertui.model.usage import Reading

_ID = re.compile(r"[0-9a-f]{64}")
_TOTAL_KIB = re.compile(rb"MemTotal: +(\d+) kB")
_CONTROLLERS_V1 = ("cpu", "cpuacct", "memory", "pids", "blkio")
_RISING = (
    *("cpu_ns", "periods", "throttled_periods"),
    *("received_bytes", "sent_bytes", "read_bytes", "written_bytes"),
)
_SLACK_NS = 50_000_000
_SLACK_BYTES = 8 << 20
_SLACK = 0.1
"""By which part of it memory may change between two looks."""
_TRIES = 3
"""How often a container is compared before it is left to the engine."""
_FAILURES = 8
"""After so many without one success no container is looked for any more."""

Paths = Mapping[str, str]
"""The path of a group in the hierarchy of each controller; of `""` in the unified one."""


class Kernel:
    """Knows the control groups of containers."""

    def __init__(self, root: Path | None) -> None:
        """Look at nothing yet.

        Args:
            root: Where `proc` and what is mounted are found; `None` if the engine cannot be here.
        """
        self._root = str(root).rstrip("/")
        self._mounts: Mapping[str, str] | None = None
        self._layouts: list[Paths] = []
        """Where groups were found before, `{}` in the place of the ID."""
        self._groups: dict[str, Group] = {}
        self._tries: dict[str, int] = {}
        self._failures = 0 if root else _FAILURES
        self._total_bytes = 0

    def knows(self, container_id: str) -> bool:
        """Can it be read here?"""
        return container_id in self._groups

    @property
    def knows_any(self) -> bool:
        """Can any be read here?"""
        return bool(self._groups)

    def is_to_be_sought(self, container_id: str) -> bool:
        """May it be here, at a place where no other has been found?"""
        is_hopeful = self._groups or self._failures < _FAILURES
        return bool(is_hopeful) and self._tries.get(container_id, 0) < _TRIES

    def learn(self, said: Reading) -> bool | None:
        """Compare what the engine says of a container with what is found here.

        Args:
            said: What the engine said just now.

        Returns:
            Is it the same? `None` if nothing is found.
        """
        id_ = said.container_id
        if not self.is_to_be_sought(id_):
            return False
        agrees: bool | None = None
        for layout in self._layouts:
            try:
                group = self._group(layout, id_)
                agrees = _agree(said, group.read(id_))
            except (OSError, ValueError, LookupError):
                continue
            if agrees:
                self._groups[id_] = group
                return True
        if self._layouts:
            self._failed(id_)
        return agrees

    def locate(self, container_id: str, pid: int) -> None:
        """Find out where an engine's groups are, from a process of one of its containers."""
        layouts = len(self._layouts)
        if _ID.fullmatch(container_id) and pid > 0:
            with suppress(OSError, ValueError):
                self._locate(container_id, pid)
        if layouts == len(self._layouts):
            self._failed(container_id)

    def read(self, container_id: str) -> Reading | None:
        """Read one that is known; `None` if it is no longer there, and thus no longer known."""
        try:
            return self._groups[container_id].read(container_id)
        except (OSError, ValueError):
            self.forget(container_id)
            return None

    def forget(self, container_id: str) -> None:
        """Ask the engine for it again."""
        self._groups.pop(container_id, None)
        self._tries.pop(container_id, None)

    def _failed(self, container_id: str) -> None:
        self._tries[container_id] = self._tries.get(container_id, 0) + 1
        self._failures += 1

    def _locate(self, container_id: str, pid: int) -> None:
        lines = content(f"{self._root}/proc/{pid}/cgroup").decode().splitlines()
        layout: dict[str, str] = {}
        for line in lines:
            _, controllers, path = line.split(":", 2)
            if container_id in path and ".." not in path.split("/"):
                path = path.replace(container_id, "{}")
                layout |= dict.fromkeys(controllers.split(","), path)
        if layout and layout not in self._layouts:
            self._layouts.append(layout)

    def _group(self, layout: Paths, container_id: str) -> Group:
        if self._mounts is None:
            self._look_around()
        assert self._mounts is not None
        proc, total_bytes = f"{self._root}/proc", self._total_bytes
        if "memory" in self._mounts:
            folders = {
                it: self._mounts[it] + layout[it].replace("{}", container_id)
                for it in _CONTROLLERS_V1
            }
            return GroupV1(**folders, proc=proc, total_bytes=total_bytes)
        return GroupV2(self._mounts[""] + layout[""].replace("{}", container_id), proc, total_bytes)

    def _look_around(self) -> None:
        mounts: dict[str, str] = {}
        for line in content(f"{self._root}/proc/self/mounts").decode().splitlines():
            _, place, kind, options, *_ = line.split()
            if kind == "cgroup":
                mounts |= dict.fromkeys(options.split(","), self._root + place)
            elif kind == "cgroup2":
                mounts[""] = self._root + place
        self._mounts = mounts
        total_kib = _TOTAL_KIB.search(content(f"{self._root}/proc/meminfo"))
        self._total_bytes = int(total_kib[1]) * 1024 if total_kib else 0


def _agree(said: Reading, found: Reading) -> bool:
    """Are these the counters that the engine means, some moments later?"""
    for name in _RISING:
        before, now = getattr(said, name), getattr(found, name)
        if (before is None) != (now is None) or (now or 0) < (before or 0):
            return False
    if said.cpu_ns is None or found.cpu_ns is None or said.memory_bytes is None:
        return False
    could_use_ns = max(0, found.read_ns - said.read_ns) * max(1, said.cores) + _SLACK_NS
    may_differ = max(_SLACK_BYTES, _SLACK * said.memory_bytes)
    return (
        found.cpu_ns - said.cpu_ns <= could_use_ns
        and abs((found.memory_bytes or 0) - said.memory_bytes) <= may_differ
        and said.memory_limit_bytes == found.memory_limit_bytes
    )
