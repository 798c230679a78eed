"""What a container uses, as a function of time alone: the same moment always reads the same."""

from __future__ import annotations

import math
import zlib

from dockertui.sim import wave
from dockertui.sim.answers import JSON
from dockertui.sim.clock import NEVER, SECOND, timestamp
from dockertui.sim.container import Container

_NOTHING: JSON = {
    "cpu_usage": {"total_usage": 0, "usage_in_kernelmode": 0, "usage_in_usermode": 0},
    "throttling_data": {"periods": 0, "throttled_periods": 0, "throttled_time": 0},
}
_V2 = 2
_STARTING_NS = 20_000_000
"""What it takes to start a process at all."""
_PERIOD_S = 0.1
"""How often a CPU limit is watched."""


def sample(container: Container, now_ns: int, before_ns: int = 0) -> JSON:
    """Read a container's counters.

    Args:
        container: whose.
        now_ns: when.
        before_ns: when they were read before; 0 is never.
    """
    running = container.is_up
    body: JSON = {
        "read": timestamp(now_ns) if running else NEVER,
        "preread": timestamp(before_ns) if running and before_ns else NEVER,
        "pids_stats": _processes(container) if running else {},
        "blkio_stats": _disks(container, now_ns) if running else _NO_DISKS,
        "num_procs": 0,
        "storage_stats": {},
        "cpu_stats": _processor(container, now_ns) if running else _NOTHING,
        "precpu_stats": _processor(container, before_ns) if running and before_ns else _NOTHING,
        "memory_stats": _memory(container, now_ns) if running else {},
        "name": f"/{container.name}",
        "id": container.id,
    }
    networks = _networks(container, now_ns) if running else {}
    return body | ({"networks": networks} if networks else {})


def _age_s(container: Container, now_ns: int) -> float:
    """For how long it has run, without the time in which it was frozen."""
    if container.paused_ns:
        now_ns = min(now_ns, container.paused_ns)
    return max(0.0, (now_ns - container.started_ns - container.frozen_ns) / SECOND)


def _phase(container: Container) -> float:
    return zlib.crc32(container.id.encode()) % 1000 / 1000 * math.tau


def _span_s(container: Container, now_ns: int) -> tuple[float, float]:
    """Where in the wave it began, and where it is."""
    start_s = _phase(container) / math.tau * wave.LENGTH_S
    return start_s, start_s + _age_s(container, now_ns)


def _limit(container: Container) -> float:
    """How many cores it may have; 0 is no limit."""
    asked = container.host_config
    if nano := asked.get("NanoCpus"):
        return float(nano / SECOND)
    return float((asked.get("CpuQuota") or 0) / (asked.get("CpuPeriod") or 100_000))


def _throttling(age_s: float, held_back_s: float) -> JSON:
    return {
        "periods": round(age_s / _PERIOD_S),
        "throttled_periods": round(held_back_s / _PERIOD_S),
        "throttled_time": round(held_back_s * SECOND / 2),
    }


def _processor(container: Container, now_ns: int) -> JSON:
    host = container.world.host
    cores = container.behaviour.load.cpu_percent / 100
    span, limit = _span_s(container, now_ns), _limit(container)
    if limit and cores:
        busy_s = wave.given_s(*span, limit / cores)
        held_back_s = wave.held_back_s(*span, limit / cores)
        throttling = _throttling(_age_s(container, now_ns), held_back_s)
    else:
        busy_s, throttling = wave.wanted_s(*span), _NOTHING["throttling_data"]
    total = _STARTING_NS + round(max(0.0, busy_s) * cores * SECOND)
    usage: JSON = {
        "total_usage": total,
        "usage_in_kernelmode": total // 4,
        "usage_in_usermode": total - total // 4,
    }
    if host.cgroup_version < _V2:
        usage["percpu_usage"] = [total // host.processors] * host.processors
    return {
        "cpu_usage": usage,
        "system_cpu_usage": round((now_ns - container.world.born_ns) * host.processors)
        + 10**15 * host.processors,
        "online_cpus": host.processors,
        "throttling_data": throttling,
    }


def _memory(container: Container, now_ns: int) -> JSON:
    host, load = container.world.host, container.behaviour.load
    limit = container.host_config.get("Memory") or host.memory_bytes
    age_s = _age_s(container, now_ns)
    if load.leaks:
        share = min(1.0, age_s / (container.behaviour.lives_s or 600.0))
        used = round(load.memory_bytes * (0.25 + 0.75 * share))
    else:
        used = round(load.memory_bytes * (1 + 0.04 * math.sin(age_s / 31 + _phase(container))))
    used = min(used, limit)
    cache = min(used // 6, (limit - used) // 2)
    if host.cgroup_version < _V2:
        stats = {"total_inactive_file": cache, "total_rss": used, "cache": cache, "rss": used}
        return {"usage": used + cache, "max_usage": used + cache, "stats": stats, "limit": limit}
    stats = {"anon": used, "file": cache, "inactive_file": cache, "active_file": 0, "pgfault": 9000}
    return {"usage": used + cache, "stats": stats, "limit": limit}


def _networks(container: Container, now_ns: int) -> JSON:
    load, age_s = container.behaviour.load, wave.wanted_s(*_span_s(container, now_ns))
    joined = [it for it in container.endpoints.values() if it.address]
    return {
        f"eth{index}": {
            "rx_bytes": round(age_s * load.received_per_s),
            "rx_packets": round(age_s * load.received_per_s / 700),
            "rx_errors": 0,
            "rx_dropped": 0,
            "tx_bytes": round(age_s * load.sent_per_s),
            "tx_packets": round(age_s * load.sent_per_s / 900),
            "tx_errors": 0,
            "tx_dropped": 0,
        }
        for index, _ in enumerate(joined)
    }


def _disks(container: Container, now_ns: int) -> JSON:
    """What it read and wrote; nothing is told of one that has done neither, as Linux has it."""
    load, busy_s = container.behaviour.load, wave.wanted_s(*_span_s(container, now_ns))
    device = {"major": 254, "minor": 0}
    read, written = round(busy_s * load.read_per_s), round(busy_s * load.written_per_s)
    if container.world.host.cgroup_version >= _V2:
        told = {"read": read, "write": written}
    else:
        both = read + written
        told = {"Read": read, "Write": written, "Sync": both, "Async": 0, "Total": both}
    entries = [{**device, "op": op, "value": value} for op, value in told.items()]
    if not read and not written:
        entries = []
    if not entries and container.world.host.cgroup_version >= _V2:
        return _NO_DISKS
    return {**_NO_DISKS, "io_service_bytes_recursive": entries}


def _processes(container: Container) -> JSON:
    return {"current": 1 + len(container.behaviour.processes), "limit": 18446744073709551615}


_NO_DISKS: JSON = dict.fromkeys(
    (
        "io_service_bytes_recursive",
        "io_serviced_recursive",
        "io_queue_recursive",
        "io_service_time_recursive",
        "io_wait_time_recursive",
        "io_merged_recursive",
        "io_time_recursive",
        "sectors_recursive",
    )
)
