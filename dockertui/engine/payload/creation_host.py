"""What of a container to be concerns the host: limits, mounts, rights, namespaces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dockertui.engine.payload.creation_mounts import mount_json
from dockertui.model.run import choices, mounts, values
from dockertui.model.run.attachments import attachment
from dockertui.model.run.limits import Limits
from dockertui.model.run.ports import published
from dockertui.model.run.spec import RunSpec

_NUMBERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "memory": ("Memory", values.memory),
    "memory_reservation": ("MemoryReservation", values.memory),
    "memory_swap": ("MemorySwap", values.swap),
    "memory_swappiness": ("MemorySwappiness", values.whole),
    "kernel_memory": ("KernelMemory", values.size),
    "cpus": ("NanoCpus", values.nano_cpus),
    "cpu_shares": ("CpuShares", values.whole),
    "cpuset_cpus": ("CpusetCpus", values.cpuset),
    "cpuset_mems": ("CpusetMems", values.cpuset),
    "cpu_period": ("CpuPeriod", values.whole),
    "cpu_quota": ("CpuQuota", values.whole),
    "cpu_rt_period": ("CpuRealtimePeriod", values.whole),
    "cpu_rt_runtime": ("CpuRealtimeRuntime", values.whole),
    "pids_limit": ("PidsLimit", values.whole),
    "blkio_weight": ("BlkioWeight", values.weight),
}
"""What `update` takes as well."""
_MORE_NUMBERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "oom_score_adj": ("OomScoreAdj", values.whole),
    "shm_size": ("ShmSize", values.size),
    "cpu_count": ("CpuCount", values.whole),
    "cpu_percent": ("CpuPercent", values.whole),
    "io_maxbandwidth": ("IOMaximumBandwidth", values.size),
    "io_maxiops": ("IOMaximumIOps", values.whole),
}
_RATES = {
    "device_read_bps": ("BlkioDeviceReadBps", values.device_bps),
    "device_write_bps": ("BlkioDeviceWriteBps", values.device_bps),
    "device_read_iops": ("BlkioDeviceReadIOps", values.device_iops),
    "device_write_iops": ("BlkioDeviceWriteIOps", values.device_iops),
}
_TEXTS = {
    "volume_driver": "VolumeDriver",
    "userns": "UsernsMode",
    "ipc": "IpcMode",
    "pid": "PidMode",
    "uts": "UTSMode",
    "cgroupns": "CgroupnsMode",
    "cgroup_parent": "CgroupParent",
    "runtime": "Runtime",
    "isolation": "Isolation",
}
_LISTS = {
    "volumes_from": "VolumesFrom",
    "dns": "Dns",
    "dns_options": "DnsOptions",
    "dns_search": "DnsSearch",
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


def host_config(spec: RunSpec) -> dict[str, Any]:
    """The `HostConfig`; what was not said is left to the engine.

    Raises:
        BadValue: When a value is none.
    """
    made: dict[str, Any] = {"RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}}
    made |= limits_json(spec) | _mounts(spec) | _devices(spec) | _capabilities(spec)
    made["NetworkMode"] = attachment(spec.networks[0]).name if spec.networks else "default"
    made["PortBindings"] = _bindings(spec)
    made["LogConfig"] = {
        "Type": spec.log_driver,
        "Config": dict(map(values.log_opt, spec.log_opts)),
    }
    for name, key in _SWITCHES.items():
        if getattr(spec, name):
            made[key] = True
    made |= {key: text for name, key in _TEXTS.items() if (text := getattr(spec, name))}
    made |= {key: list(them) for name, key in _LISTS.items() if (them := getattr(spec, name))}
    for name, key in _PAIRS.items():
        if them := getattr(spec, name):
            made[key] = dict(values.pair(it, "name=value") for it in them)
    made |= _numbers(spec, _MORE_NUMBERS)
    return made | _neighbours(spec) | _security(spec)


def _neighbours(spec: RunSpec) -> dict[str, Any]:
    """Whom it knows by name, but for those in its networks."""
    made: dict[str, Any] = {}
    if spec.extra_hosts:
        made["ExtraHosts"] = [":".join(values.extra_host(it)) for it in spec.extra_hosts]
    if spec.links and (not spec.networks or attachment(spec.networks[0]).is_mode):
        made["Links"] = list(spec.links)
    return made


def limits_json(limits: Limits) -> dict[str, Any]:
    """What `update` can change, as far as it was said.

    Raises:
        BadValue: When a value is none.
    """
    made = _numbers(limits, _NUMBERS)
    if limits.restart:
        name, most = values.restart(limits.restart)
        made["RestartPolicy"] = {"Name": name, "MaximumRetryCount": most}
    return made


def _numbers(
    limits: Limits, table: Mapping[str, tuple[str, Callable[[str], Any]]]
) -> dict[str, Any]:
    said = {name: getattr(limits, name) for name in table}
    return {table[name][0]: table[name][1](text) for name, text in said.items() if text}


def _mounts(spec: RunSpec) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if binds := [it for it in spec.volumes if mounts.volume(it).source]:
        made["Binds"] = binds
    if spec.mounts:
        made["Mounts"] = [mount_json(it) for it in spec.mounts]
    if spec.tmpfs:
        made["Tmpfs"] = dict(map(mounts.tmpfs, spec.tmpfs))
    return made


def _devices(spec: RunSpec) -> dict[str, Any]:
    made: dict[str, Any] = {}
    cdi = [it.strip() for it in spec.devices if values.is_cdi(it)]
    if paths := [values.device(it) for it in spec.devices if not values.is_cdi(it)]:
        names = "PathOnHost", "PathInContainer", "CgroupPermissions"
        made["Devices"] = [dict(zip(names, it, strict=True)) for it in paths]
    requests = [_gpus(spec.gpus)] if spec.gpus else []
    if cdi:
        requests.append({"Driver": "cdi", "DeviceIDs": cdi})
    if requests:
        made["DeviceRequests"] = requests
    if spec.ulimits:
        limits = map(values.ulimit, spec.ulimits)
        made["Ulimits"] = [{"Name": it, "Soft": soft, "Hard": hard} for it, soft, hard in limits]
    if spec.blkio_weight_devices:
        weights = map(values.device_weight, spec.blkio_weight_devices)
        made["BlkioWeightDevice"] = [{"Path": path, "Weight": it} for path, it in weights]
    for name, (key, parse) in _RATES.items():
        if rates := [parse(it) for it in getattr(spec, name)]:
            made[key] = [{"Path": path, "Rate": it} for path, it in rates]
    return made


def _gpus(text: str) -> dict[str, Any]:
    said = choices.gpus(text)
    count = said.get("count", ["" if "device" in said else "1"])[-1]
    options = (it.partition("=") for it in said.get("options", ()))
    made: dict[str, Any] = {
        "Driver": said.get("driver", [""])[-1],
        "Count": -1 if count == "all" else int(count or 0),
        "DeviceIDs": said.get("device"),
        "Capabilities": [
            [
                *said.get("capabilities", ()),
                *([] if "gpu" in said.get("capabilities", ()) else ["gpu"]),
            ]
        ],
        "Options": {name: value for name, _, value in options},
    }
    return made


def _bindings(spec: RunSpec) -> dict[str, list[dict[str, str]]]:
    made: dict[str, list[dict[str, str]]] = {}
    for text in spec.ports:
        for it in published(text):
            place = {"HostIp": it.host_ip, "HostPort": it.host_port}
            made.setdefault(it.name, []).append(place)
    return made


def _capabilities(spec: RunSpec) -> dict[str, Any]:
    """By their whole names, each once; what is added is not dropped."""
    add, drop = _named(spec.cap_add), _named(spec.cap_drop)
    made = {"CapAdd": sorted(add), "CapDrop": sorted(drop - add)}
    return {key: them for key, them in made.items() if them}


def _named(texts: Iterable[str]) -> set[str]:
    names = {it.strip().upper().removeprefix("CAP_") for it in texts}
    return {"ALL"} if "ALL" in names else {f"CAP_{it}" for it in names}


def _security(spec: RunSpec) -> dict[str, Any]:
    """`systempaths=unconfined` is no option of an engine's, but two empty lists."""
    said = [(it, choices.security_opt(it)) for it in spec.security_opts]
    made: dict[str, Any] = {}
    if opts := [text for text, parts in said if parts != ("systempaths", "unconfined")]:
        made["SecurityOpt"] = opts
    if len(opts) != len(said):
        made |= {"MaskedPaths": [], "ReadonlyPaths": []}
    return made
