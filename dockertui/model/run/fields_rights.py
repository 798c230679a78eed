"""What the form asks of rights, devices and namespaces."""

from __future__ import annotations

from dockertui.model.run import checks, choices, values
from dockertui.model.run.declaring import declarer
from dockertui.model.run.field import Group, RunField, both, syntax

_text, _switch, _many = declarer(Group.RIGHTS)

RIGHTS: tuple[RunField, ...] = (
    _switch("privileged", "Privileged", "Let it do whatever root may do on the host."),
    _many(
        "cap_add",
        "Add rights",
        "A capability that it gets.",
        hint="NET_ADMIN",
        check=syntax(choices.capability),
    ),
    _many(
        "cap_drop",
        "Drop rights",
        "A capability that is taken from it.",
        hint="ALL",
        check=syntax(choices.capability),
    ),
    _many(
        "security_opts",
        "Security",
        "An option of AppArmor, seccomp or SELinux.",
        flag="security-opt",
        hint="no-new-privileges",
        check=both(choices.security_opt, checks.profile),
    ),
    _many(
        "devices",
        "Devices",
        "A device of the host, where it is inside, and r, w or m.",
        flag="device",
        hint="/dev/fuse",
        check=syntax(values.device_or_cdi),
    ),
    _many(
        "device_cgroup_rules",
        "Device rules",
        "Which devices it may use that come later.",
        flag="device-cgroup-rule",
        hint="c 42:* rmw",
        check=syntax(choices.device_rule),
    ),
    _text(
        "gpus",
        "GPUs",
        "Graphics processors: all, a number, or device=0.",
        hint="all",
        check=syntax(choices.gpus),
    ),
    _many("group_adds", "Groups", "Another group of its user.", flag="group-add", hint="audio"),
    _text(
        "userns",
        "User namespace",
        "host, where the engine maps users.",
        check=syntax(lambda it: choices.one_of(it, "host", "private")),
    ),
    _many(
        "sysctls",
        "Sysctls",
        "A setting of the kernel for it.",
        flag="sysctl",
        hint="net.core.somaxconn=1024",
        check=syntax(lambda it: values.pair(it, "net.core.somaxconn=1024")),
    ),
)

_text, _switch, _many = declarer(Group.RARE)

RARE: tuple[RunField, ...] = (
    _text(
        "ipc",
        "IPC",
        "Whose shared memory it sees.",
        hint="private",
        check=syntax(lambda it: choices.namespace(it, "none", "private", "shareable", "host")),
    ),
    _text(
        "pid",
        "Processes",
        "Whose processes it sees.",
        hint="its own",
        check=syntax(lambda it: choices.namespace(it, "host")),
    ),
    _text(
        "uts",
        "Names",
        "Whose host name it has.",
        hint="its own",
        check=syntax(lambda it: choices.one_of(it, "host")),
    ),
    _text(
        "cgroupns",
        "Cgroups",
        "Which cgroups it sees.",
        hint="private",
        check=syntax(lambda it: choices.one_of(it, "private", "host")),
    ),
    _text("cgroup_parent", "Cgroup", "The cgroup above its own."),
    _text("runtime", "Runtime", "The OCI runtime.", hint="runc"),
    _text("isolation", "Isolation", "default, process or hyperv; on Windows alone."),
    _text(
        "cpu_count",
        "CPU count",
        "Processors; on Windows alone.",
        check=syntax(lambda it: values.whole(it, 0)),
    ),
    _text(
        "cpu_percent",
        "CPU percent",
        "Their use; on Windows alone.",
        check=syntax(lambda it: values.whole(it, 0, 100)),
    ),
    _text(
        "io_maxbandwidth",
        "Disk rate",
        "Bytes a second of the system drive; on Windows alone.",
        check=syntax(values.size),
    ),
    _text(
        "io_maxiops",
        "Disk use",
        "Operations a second of the system drive; on Windows alone.",
        check=syntax(lambda it: values.whole(it, 0)),
    ),
)
