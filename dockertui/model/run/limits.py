"""What a container may use, and what happens when it ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The part of a `RunSpec` that is about use, as it would be typed."""

    restart: str = ""
    """The restart policy, e.g. `on-failure:3`; empty for none."""

    memory: str = ""
    """Its memory at most."""
    memory_reservation: str = ""
    """What it is pressed back to when memory gets short."""
    memory_swap: str = ""
    """Memory and swap together; `-1` for as much swap as there is."""
    memory_swappiness: str = ""
    """How willingly its memory is swapped out, 0 to 100."""
    kernel_memory: str = ""
    """The kernel's memory on its behalf; newer engines have no such limit."""
    cpus: str = ""
    """Processors at most, e.g. `1.5`."""
    cpu_shares: str = ""
    """Its weight where processors are short; 1024 is usual."""
    cpuset_cpus: str = ""
    """The processors it may run on, e.g. `0-2,4`."""
    cpuset_mems: str = ""
    """The memory nodes it may use."""
    cpu_period: str = ""
    """The scheduler's period in microseconds."""
    cpu_quota: str = ""
    """Its time within that."""
    cpu_rt_period: str = ""
    """The same for real-time processes."""
    cpu_rt_runtime: str = ""
    """The same for real-time processes."""
    pids_limit: str = ""
    """Processes and threads at most; `-1` for any number."""
    ulimits: tuple[str, ...] = ()
    """Limits of a process, e.g. `nofile=1024:2048`."""
    oom_kill_disable: bool = False
    """Let the kernel not kill it for want of memory?"""
    oom_score_adj: str = ""
    """How soon it is picked for that, -1000 to 1000."""
    blkio_weight: str = ""
    """Its weight where disks are busy, 10 to 1000."""
    blkio_weight_devices: tuple[str, ...] = ()
    """The same for one device, `/dev/sda:300`."""
    device_read_bps: tuple[str, ...] = ()
    """Bytes read a second at most, `/dev/sda:1mb`."""
    device_write_bps: tuple[str, ...] = ()
    """Bytes written a second at most."""
    device_read_iops: tuple[str, ...] = ()
    """Reads a second at most."""
    device_write_iops: tuple[str, ...] = ()
    """Writes a second at most."""
