"""What processes cost, as the kernel counts it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in PROC.glob("[0-9]*"):
        with suppress(OSError):
            children.setdefault(int(stat_fields(int(entry.name))[1]), []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def stat_fields(pid: int) -> list[str]:
    """The fields of a process' `stat` that follow its name: state, parent and so on."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def cpu_s(pids: list[int]) -> float:
    """Processor time that processes have used so far."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            total += sum(map(int, stat_fields(pid)[11:13]))
    return total * TICK_S


def exact_cpu_s(pid: int) -> float:
    """Processor time that all threads of one process have used so far, those that ended too."""
    # The kernel's number for the clock of another process: see `clock_getcpuclockid(3)`.
    return time.clock_gettime((~pid << 3) | 2)


def pss_mib(pids: list[int]) -> float:
    """Memory of processes, what they share counted once."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            rollup = (PROC / str(pid) / "smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line)
    return total / 1024
