"""What the form asks of limits and of the health check."""

from __future__ import annotations

from dockertui.model.run import checks, values
from dockertui.model.run.declaring import declarer
from dockertui.model.run.field import Group, RunField, both, syntax

_text, _switch, _many = declarer(Group.LIMITS)
_micros = syntax(lambda it: values.whole(it, 0))

LIMITS: tuple[RunField, ...] = (
    _text(
        "memory",
        "Memory",
        "Its memory at most; beyond it the kernel kills it.",
        short="m",
        hint="512m",
        check=syntax(values.memory),
    ),
    _text(
        "memory_reservation",
        "Reservation",
        "What its memory is pressed back to when the host's gets short.",
        hint="256m",
        check=syntax(values.memory),
    ),
    _text(
        "memory_swap",
        "With swap",
        "Memory and swap together at most; -1 for as much swap as there is.",
        hint="1g",
        check=both(values.swap, checks.swap_over),
    ),
    _text(
        "memory_swappiness",
        "Swappiness",
        "How willingly its memory is swapped out.",
        hint="0 to 100",
        check=syntax(lambda it: values.whole(it, -1, 100)),
    ),
    _text(
        "kernel_memory",
        "Kernel memory",
        "The kernel's memory on its behalf; newer engines have no such limit.",
        check=syntax(values.size),
    ),
    _text(
        "cpus",
        "CPUs",
        "How many processors it may use, in parts if need be.",
        hint="1.5",
        check=syntax(values.nano_cpus),
    ),
    _text(
        "cpu_shares",
        "CPU weight",
        "Its share where processors are short; 1024 is usual.",
        short="c",
        hint="1024",
        check=_micros,
    ),
    _text(
        "cpuset_cpus",
        "On CPUs",
        "The processors it may run on.",
        hint="0-2,4",
        check=syntax(values.cpuset),
    ),
    _text(
        "cpuset_mems",
        "On nodes",
        "The memory nodes it may use.",
        hint="0,1",
        check=syntax(values.cpuset),
    ),
    _text("cpu_period", "CPU period", "The scheduler's period in microseconds.", check=_micros),
    _text(
        "cpu_quota",
        "CPU quota",
        "Its time within a period in microseconds.",
        check=syntax(lambda it: values.whole(it, -1)),
    ),
    _text(
        "cpu_rt_period",
        "RT period",
        "The period for real-time processes in microseconds.",
        check=_micros,
    ),
    _text(
        "cpu_rt_runtime",
        "RT runtime",
        "The time of real-time processes within it in microseconds.",
        check=_micros,
    ),
    _text(
        "pids_limit",
        "Processes",
        "Processes and threads at most; -1 for any number.",
        hint="100",
        check=syntax(lambda it: values.whole(it, -1)),
    ),
    _many(
        "ulimits",
        "Ulimits",
        "A limit of each process: name=soft:hard.",
        flag="ulimit",
        hint="nofile=1024:2048",
        check=syntax(values.ulimit),
    ),
    _switch("oom_kill_disable", "No OOM kill", "Never kill it for want of memory; it hangs then."),
    _text(
        "oom_score_adj",
        "OOM score",
        "How soon the kernel picks it when memory is out.",
        hint="-1000 to 1000",
        check=syntax(lambda it: values.whole(it, -1000, 1000)),
    ),
    _text(
        "blkio_weight",
        "Disk weight",
        "Its share where disks are busy.",
        hint="10 to 1000",
        check=syntax(values.weight),
    ),
    _many(
        "blkio_weight_devices",
        "Of one disk",
        "Its share of one disk.",
        flag="blkio-weight-device",
        hint="/dev/sda:300",
        check=syntax(values.device_weight),
    ),
    _many(
        "device_read_bps",
        "Read rate",
        "Bytes read from a disk a second at most.",
        hint="/dev/sda:1mb",
        check=syntax(values.device_bps),
    ),
    _many(
        "device_write_bps",
        "Write rate",
        "Bytes written to a disk a second at most.",
        hint="/dev/sda:1mb",
        check=syntax(values.device_bps),
    ),
    _many(
        "device_read_iops",
        "Reads",
        "Reads from a disk a second at most.",
        hint="/dev/sda:1000",
        check=syntax(values.device_iops),
    ),
    _many(
        "device_write_iops",
        "Writes",
        "Writes to a disk a second at most.",
        hint="/dev/sda:1000",
        check=syntax(values.device_iops),
    ),
)

_text, _switch, _many = declarer(Group.HEALTH)
_time = both(values.probe_time, checks.check_command)

HEALTH: tuple[RunField, ...] = (
    _text(
        "health_cmd",
        "Check",
        "A command for its shell that succeeds while it is healthy.",
        hint="curl -fsS localhost",
        check=checks.check_command,
    ),
    _text("health_interval", "Every", "The time between two probes.", hint="30s", check=_time),
    _text("health_timeout", "For at most", "The time one may take.", hint="30s", check=_time),
    _text(
        "health_retries",
        "Failures",
        "How many in a row make it unhealthy.",
        hint="3",
        check=syntax(lambda it: values.whole(it, 0)),
    ),
    _text(
        "health_start_period",
        "Starting",
        "How long failures do not count at first.",
        hint="0s",
        check=_time,
    ),
    _text(
        "health_start_interval",
        "Every, then",
        "The time between two probes while it starts.",
        hint="5s",
        check=_time,
    ),
    _switch("no_healthcheck", "No check", "Do without the check that the image brings."),
)
