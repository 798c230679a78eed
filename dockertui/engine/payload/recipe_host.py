"""What of a container concerns the host, told from its inspection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dockertui.engine.payload.fields import Payload, is_true, raw, raw_words, rows, table, whole
from dockertui.engine.payload.recipe_mounts import mount_text
from dockertui.model.run.mounts import csv_text
from dockertui.model.run.values import cpus_text, size_text

_USUAL_SHM = 64 << 20
_NUMBERS: dict[str, tuple[str, Callable[[int], str]]] = {
    "memory": ("Memory", size_text),
    "memory_reservation": ("MemoryReservation", size_text),
    "kernel_memory": ("KernelMemory", size_text),
    "cpus": ("NanoCpus", cpus_text),
    "cpu_shares": ("CpuShares", str),
    "cpu_period": ("CpuPeriod", str),
    "cpu_quota": ("CpuQuota", str),
    "cpu_rt_period": ("CpuRealtimePeriod", str),
    "cpu_rt_runtime": ("CpuRealtimeRuntime", str),
    "pids_limit": ("PidsLimit", str),
    "blkio_weight": ("BlkioWeight", str),
    "oom_score_adj": ("OomScoreAdj", str),
    "cpu_count": ("CpuCount", str),
    "cpu_percent": ("CpuPercent", str),
    "io_maxbandwidth": ("IOMaximumBandwidth", size_text),
    "io_maxiops": ("IOMaximumIOps", str),
}
_RATES: dict[str, tuple[str, Callable[[int], str]]] = {
    "device_read_bps": ("BlkioDeviceReadBps", size_text),
    "device_write_bps": ("BlkioDeviceWriteBps", size_text),
    "device_read_iops": ("BlkioDeviceReadIOps", str),
    "device_write_iops": ("BlkioDeviceWriteIOps", str),
}
_TEXTS = {
    "volume_driver": "VolumeDriver",
    "userns": "UsernsMode",
    "pid": "PidMode",
    "uts": "UTSMode",
    "cgroup_parent": "CgroupParent",
    "cpuset_cpus": "CpusetCpus",
    "cpuset_mems": "CpusetMems",
}
_LISTS = {
    "volumes_from": "VolumesFrom",
    "dns": "Dns",
    "dns_options": "DnsOptions",
    "dns_search": "DnsSearch",
    "extra_hosts": "ExtraHosts",
    "group_adds": "GroupAdd",
    "device_cgroup_rules": "DeviceCgroupRules",
}
_SWITCHES = {
    "auto_remove": "AutoRemove",
    "privileged": "Privileged",
    "publish_all": "PublishAllPorts",
    "read_only": "ReadonlyRootfs",
    "oom_kill_disable": "OomKillDisable",
    "init": "Init",
}
_PAIRS = {"sysctls": "Sysctls", "storage_opts": "StorageOpt", "annotations": "Annotations"}


def host_values(
    host: Payload, log_driver: str, runtime: str, cgroupns: str, notes: list[str]
) -> dict[str, Any]:
    """What flags would say the same, but for networks and ports.

    Args:
        host: The `HostConfig`.
        log_driver: Who keeps logs where nothing is said.
        runtime: The OCI runtime where nothing is said.
        cgroupns: The cgroup namespace where nothing is said.
        notes: What cannot be said is added.
    """
    found: dict[str, Any] = limit_values(host)
    found |= {name: raw(host.get(key)) for name, key in _TEXTS.items()}
    found |= {name: raw_words(host.get(key)) for name, key in _LISTS.items()}
    found |= {name: is_true(host.get(key)) for name, key in _SWITCHES.items()}
    for name, key in (("cap_add", "CapAdd"), ("cap_drop", "CapDrop")):
        found[name] = tuple(it.removeprefix("CAP_") for it in raw_words(host.get(key)))
    for name, key in _PAIRS.items():
        found[name] = tuple(f"{it}={raw(value)}" for it, value in table(host.get(key)).items())
    found |= _but_for("runtime", raw(host.get("Runtime")), runtime)
    found |= _but_for("cgroupns", raw(host.get("CgroupnsMode")), cgroupns)
    found |= _but_for("ipc", raw(host.get("IpcMode")), "private")
    found |= _but_for("isolation", raw(host.get("Isolation")), "default")
    found |= _mounted(host) | _log(host, log_driver) | _devices(host)
    return found | _security(host, notes)


def _mounted(host: Payload) -> dict[str, Any]:
    """What is mounted by more than `source:target`, and in memory."""
    tmpfs = table(host.get("Tmpfs")).items()
    found: dict[str, Any] = {
        "mounts": tuple(map(mount_text, rows(host.get("Mounts")))),
        "tmpfs": tuple(f"{it}:{raw(said)}" if said else it for it, said in tmpfs),
    }
    shm = whole(host.get("ShmSize"))
    if shm and shm != _USUAL_SHM:
        found["shm_size"] = size_text(shm)
    return found


def limit_values(host: Payload) -> dict[str, Any]:
    """The limits, and the restart policy."""
    found: dict[str, Any] = {
        name: write(number)
        for name, (key, write) in _NUMBERS.items()
        if (number := whole(host.get(key)))
    }
    if found.get("pids_limit") == "-1":
        del found["pids_limit"]
    memory, swap = whole(host.get("Memory")), whole(host.get("MemorySwap"))
    # An engine fills in twice the memory where nothing is said.
    if swap and swap != 2 * memory:
        found["memory_swap"] = size_text(swap)
    swappiness = host.get("MemorySwappiness")
    if swappiness is not None and whole(swappiness, -1) >= 0:
        found["memory_swappiness"] = str(whole(swappiness))
    policy = table(host.get("RestartPolicy"))
    name, most = raw(policy.get("Name")), whole(policy.get("MaximumRetryCount"))
    if name not in {"", "no"}:
        found["restart"] = f"{name}:{most}" if most else name
    return found


def _but_for(name: str, said: str, usual: str) -> dict[str, Any]:
    return {name: said} if said and said != usual else {}


def _log(host: Payload, usual: str) -> dict[str, Any]:
    config = table(host.get("LogConfig"))
    options = tuple(f"{it}={raw(said)}" for it, said in table(config.get("Config")).items())
    return {"log_opts": options, **_but_for("log_driver", raw(config.get("Type")), usual)}


def _devices(host: Payload) -> dict[str, Any]:
    found: dict[str, Any] = {
        "devices": tuple(_device(it) for it in rows(host.get("Devices"))),
        "ulimits": tuple(_ulimit(it) for it in rows(host.get("Ulimits"))),
        "blkio_weight_devices": tuple(
            f"{raw(it.get('Path'))}:{whole(it.get('Weight'))}"
            for it in rows(host.get("BlkioWeightDevice"))
        ),
    }
    for name, (key, write) in _RATES.items():
        rates = rows(host.get(key))
        found[name] = tuple(f"{raw(it.get('Path'))}:{write(whole(it.get('Rate')))}" for it in rates)
    for request in rows(host.get("DeviceRequests")):
        if raw(request.get("Driver")) == "cdi":
            found["devices"] += raw_words(request.get("DeviceIDs"))
        else:
            found["gpus"] = _gpus(request)
    return found


def _device(it: Payload) -> str:
    source, target = raw(it.get("PathOnHost")), raw(it.get("PathInContainer"))
    rights = raw(it.get("CgroupPermissions"))
    if rights not in {"", "rwm"}:
        return f"{source}:{target}:{rights}"
    return source if source == target else f"{source}:{target}"


def _ulimit(it: Payload) -> str:
    soft, hard = whole(it.get("Soft")), whole(it.get("Hard"))
    limits = str(soft) if soft == hard else f"{soft}:{hard}"
    return f"{raw(it.get('Name'))}={limits}"


def _gpus(request: Payload) -> str:
    count, ids = whole(request.get("Count")), raw_words(request.get("DeviceIDs"))
    driver = raw(request.get("Driver"))
    more = [it for group in request.get("Capabilities") or () for it in raw_words(group)]
    extra = [it for it in more if it != "gpu"]
    parts = [f"device={','.join(ids)}"] if ids else [f"count={'all' if count < 0 else count}"]
    parts += [f"driver={driver}"] if driver else []
    parts += [f"capabilities={','.join(extra)}"] if extra else []
    return csv_text(parts) if len(parts) > 1 or ids else parts[0].removeprefix("count=")


def _security(host: Payload, notes: list[str]) -> dict[str, Any]:
    opts = [*_security_opts(host, notes)]
    hidden = host.get("MaskedPaths"), host.get("ReadonlyPaths")
    if all(it == [] for it in hidden) and not is_true(host.get("Privileged")):
        opts.append("systempaths=unconfined")
    return {"security_opts": tuple(opts)}


def _security_opts(host: Payload, notes: list[str]) -> Iterator[str]:
    for each in raw_words(host.get("SecurityOpt")):
        # An engine adds this by itself to what is privileged or shares the host's processes.
        if each == "label=disable" and (is_true(host.get("Privileged")) or _shares(host)):
            continue
        if each.startswith("seccomp={"):
            notes.append(
                "Its seccomp profile came from a file; docker takes it from a file alone, so the "
                "line needs seccomp=FILE in its place."
            )
        yield each


def _shares(host: Payload) -> bool:
    return "host" in {raw(host.get("PidMode")), raw(host.get("IpcMode"))}
