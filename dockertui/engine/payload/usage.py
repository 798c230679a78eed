"""The counters of a container, from `GET /containers/{id}/stats`.

Source: the Docker CLI, `cli/command/container/stats_helpers.go`, for what is taken from where. A
hundred containers are read each second, so this is written to be quick: some 15 µs each, of which
decoding the JSON takes 9.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from dockertui.engine.payload.fields import Payload, rows, table
from dockertui.model.usage import Reading

_NS = 1_000_000_000
_WINDOWS_TICK_NS = 100
_UINT64_END = 2**64
_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)", re.ASCII
)


def parse_reading(container_id: str, body: bytes) -> Reading | None:
    """Read the counters of a container.

    Args:
        container_id: Whose.
        body: What the engine says.

    Returns:
        `None` if it says nothing: of a container that does not run Docker gives the year 1 as the
        time, Podman nothing at all.
    """
    try:
        payload = json.loads(body.decode(errors="replace"))
    except (ValueError, RecursionError):
        return None
    if payload.__class__ is not dict or (read_ns := _moment_ns(payload.get("read"))) is None:
        return None
    processor, memory = table(payload.get("cpu_stats")), table(payload.get("memory_stats"))
    throttling = table(processor.get("throttling_data"))
    received, sent = _traffic(payload.get("networks"))
    read, written = _transfers(payload)
    return Reading(
        container_id=container_id,
        read_ns=read_ns,
        cpu_ns=_cpu_ns(payload, processor),
        system_ns=_system_ns(processor),
        cores=_cores(processor),
        periods=_count(throttling.get("periods")),
        throttled_periods=_count(throttling.get("throttled_periods")),
        memory_bytes=_memory(memory),
        memory_limit_bytes=_count(memory.get("limit")) or None,
        received_bytes=received,
        sent_bytes=sent,
        read_bytes=read,
        written_bytes=written,
        processes=_count(table(payload.get("pids_stats")).get("current")),
    )


def _count(value: Any) -> int | None:
    """A counter as Go has it, 64 bits without a sign; `None` for anything else."""
    if value.__class__ is float and value.is_integer():
        value = int(value)
    return value if value.__class__ is int and 0 <= value < _UINT64_END else None


def _moment_ns(value: Any) -> int | None:
    """A time in nanoseconds since the epoch; `None` if it is not one after that."""
    stamp = _STAMP.fullmatch(value) if value.__class__ is str else None
    if stamp is None:
        return None
    second, fraction, zone = stamp.groups()
    if (seconds := _epoch_s(second, zone)) is None:
        return None
    return seconds * _NS + int(f"{fraction or '':0<9}")


@lru_cache(maxsize=64)
def _epoch_s(second: str, zone: str) -> int | None:
    try:
        seconds = datetime.fromisoformat(second + zone).timestamp()
    except (ValueError, OverflowError):
        return None
    return int(seconds) if seconds > 0 else None


def _cpu_ns(payload: Payload, processor: Payload) -> int | None:
    # Whatever runs has used some: an engine that says 0, as a rootless one without cgroups does,
    # has not counted.
    used = _count(table(processor.get("cpu_usage")).get("total_usage")) or None
    is_windows = payload.get("num_procs") and "system_cpu_usage" not in processor
    return used * _WINDOWS_TICK_NS if used and is_windows else used


def _system_ns(processor: Payload) -> int | None:
    # Podman, alone in giving a percentage of its own, counts only the time in which the machine
    # was busy: one container that is would have all cores.
    return None if "cpu" in processor else _count(processor.get("system_cpu_usage")) or None


def _cores(processor: Payload) -> int:
    if cores := _count(processor.get("online_cpus")):
        return cores
    each = table(processor.get("cpu_usage")).get("percpu_usage")
    return len(each) if each.__class__ is list else 0


def without_cache(usage: int, inactive: Iterable[int | None]) -> int:
    """Memory without the page cache that can be dropped at any time.

    Args:
        usage: With it.
        inactive: What of it is cache, as cgroup v1 counts it, then as v2 does: the first counts
            that makes sense.
    """
    for cache in inactive:
        if cache is not None and cache < usage:
            return usage - cache
    return usage


def _memory(memory: Payload) -> int | None:
    if (usage := _count(memory.get("usage"))) is None:
        return _count(memory.get("privateworkingset"))  # Windows.
    details = table(memory.get("stats"))
    caches = details.get("total_inactive_file"), details.get("inactive_file")
    return without_cache(usage, map(_count, caches))


def _traffic(networks: Any) -> tuple[int | None, int | None]:
    """What came in and went out, over all interfaces."""
    received: int | None = None
    sent: int | None = None
    for each in map(table, table(networks).values()):
        if (more := _count(each.get("rx_bytes"))) is not None:
            received = (received or 0) + more
        if (more := _count(each.get("tx_bytes"))) is not None:
            sent = (sent or 0) + more
    return received, sent


def _transfers(payload: Payload) -> tuple[int | None, int | None]:
    """What was read from and written to block devices.

    No device at all may mean that nothing was transferred, or that nobody counts: a rootless
    engine has no `io` controller, and under cgroup v1 recent kernels (seen with 6.18) count for a
    device only once a limit was set for it. So it is not known, though the CLI shows 0.
    """
    storage = table(payload.get("storage_stats"))  # Windows.
    read, written = _count(storage.get("read_size_bytes")), _count(storage.get("write_size_bytes"))
    entries = table(payload.get("blkio_stats")).get("io_service_bytes_recursive")
    for entry in rows(entries):
        operation, value = entry.get("op"), _count(entry.get("value"))
        if operation.__class__ is not str or value is None:
            continue
        if (name := operation.lower()) == "read":
            read = (read or 0) + value
        elif name == "write":
            written = (written or 0) + value
    return read, written
