"""A spec as a Compose service.

Source: https://github.com/compose-spec/compose-spec, `05-services.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from dockertui.model.run import mounts, values
from dockertui.model.run.compose_parts import (
    devices_of,
    health_of,
    mount_of,
    networks_of,
    rates_of,
    ulimits_of,
)
from dockertui.model.run.fields import BY_NAME
from dockertui.model.run.mistakes import BadValue
from dockertui.model.run.ports import published, published_text
from dockertui.model.run.shell import quoted
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.yaml import Node, yaml_lines
from dockertui.secrecy import masked_assignment, masked_url

_NAME = re.compile(r"[^a-zA-Z0-9._-]+")
_TEXTS = {
    "user": "user",
    "workdir": "working_dir",
    "platform": "platform",
    "pull": "pull_policy",
    "stop_signal": "stop_signal",
    "hostname": "hostname",
    "domainname": "domainname",
    "mac_address": "mac_address",
    "restart": "restart",
    "shm_size": "shm_size",
    "memory": "mem_limit",
    "memory_reservation": "mem_reservation",
    "memory_swap": "memswap_limit",
    "cpus": "cpus",
    "cpuset_cpus": "cpuset",
    "userns": "userns_mode",
    "ipc": "ipc",
    "pid": "pid",
    "uts": "uts",
    "cgroupns": "cgroup",
    "cgroup_parent": "cgroup_parent",
    "runtime": "runtime",
    "isolation": "isolation",
}
_NUMBERS = {
    "memory_swappiness": "mem_swappiness",
    "cpu_shares": "cpu_shares",
    "cpu_period": "cpu_period",
    "cpu_quota": "cpu_quota",
    "cpu_rt_period": "cpu_rt_period",
    "cpu_rt_runtime": "cpu_rt_runtime",
    "pids_limit": "pids_limit",
    "oom_score_adj": "oom_score_adj",
    "cpu_count": "cpu_count",
    "cpu_percent": "cpu_percent",
}
_SWITCHES = {
    "interactive": "stdin_open",
    "tty": "tty",
    "init": "init",
    "read_only": "read_only",
    "privileged": "privileged",
    "oom_kill_disable": "oom_kill_disable",
}
_LISTS = {
    "env_files": "env_file",
    "label_files": "label_file",
    "extra_hosts": "extra_hosts",
    "dns": "dns",
    "dns_search": "dns_search",
    "dns_options": "dns_opt",
    "expose": "expose",
    "tmpfs": "tmpfs",
    "cap_add": "cap_add",
    "cap_drop": "cap_drop",
    "security_opts": "security_opt",
    "device_cgroup_rules": "device_cgroup_rules",
    "group_adds": "group_add",
    "links": "external_links",
}
_NOWHERE = (
    *("auto_remove", "publish_all", "kernel_memory", "cpuset_mems", "io_maxbandwidth"),
    "io_maxiops",
)
"""What Compose has no word for."""


def compose_lines(spec: RunSpec, *, masked: bool = False) -> list[str]:
    """A Compose file with one service that runs the same.

    Args:
        spec: What is to run.
        masked: Put dots for what looks like a secret?
    """
    spec = _masked(spec) if masked else spec
    name = _NAME.sub("-", spec.name).strip("-.") or "app"
    made, remarks = service(spec)
    document: dict[str, Any] = {"services": {name: made}}
    if volumes := dict(_volumes(spec)):
        document["volumes"] = volumes
    if "networks" in made:
        document["networks"] = {it: {"external": True} for it in networks_of(spec)}
    lines = yaml_lines(_without_variables(document))
    return [*_remarks(spec), *remarks, *lines]


def service(spec: RunSpec) -> tuple[dict[str, Node], list[str]]:
    """The service alone, and remarks on what no engine would take and is left out."""
    remarks: list[str] = []
    made: dict[str, Any] = {"image": spec.image}
    if spec.name:
        made["container_name"] = spec.name
    made |= _program(spec)
    made |= {key: True for name, key in _SWITCHES.items() if getattr(spec, name)}
    made |= {key: text for name, key in _TEXTS.items() if (text := getattr(spec, name))}
    made |= {key: _number(text) for name, key in _NUMBERS.items() if (text := getattr(spec, name))}
    made |= {key: list(them) for name, key in _LISTS.items() if (them := getattr(spec, name))}
    made |= _pairs(spec)
    for key, make in _PARTS.items():
        try:
            found = make(spec)
        except BadValue as mistake:
            remarks.append(f"# Left out: {key}. {mistake}")
            continue
        made |= {key: found} if found else {}
    return made, remarks


def _mounted(spec: RunSpec) -> list[Any]:
    for each in spec.volumes:
        mounts.volume(each)
    return [*spec.volumes, *map(mount_of, spec.mounts)]


def _program(spec: RunSpec) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if spec.entrypoint is not None:
        made["entrypoint"] = [spec.entrypoint] if spec.entrypoint else []
    if spec.command:
        made["command"] = list(spec.command)
    if spec.stop_timeout:
        made["stop_grace_period"] = f"{spec.stop_timeout}s"
    return made


def _pairs(spec: RunSpec) -> dict[str, Any]:
    """What is a mapping there."""
    made: dict[str, Any] = {}
    if spec.env:
        made["environment"] = {
            name: value if equals else None
            for name, equals, value in (it.partition("=") for it in spec.env)
        }
    for name, key in (
        ("labels", "labels"),
        ("annotations", "annotations"),
        ("sysctls", "sysctls"),
        ("storage_opts", "storage_opt"),
    ):
        if them := getattr(spec, name):
            parts = (it.partition("=") for it in them)
            made[key] = {name: value for name, _, value in parts}
    return made


def _mode(spec: RunSpec) -> str:
    return spec.networks[0] if spec.networks and not networks_of(spec) else ""


def _logging(spec: RunSpec) -> dict[str, Any]:
    options = dict(it.partition("=")[::2] for it in spec.log_opts)
    made: dict[str, Any] = {"driver": spec.log_driver} if spec.log_driver else {}
    return made | ({"options": options} if options else {})


def _ports(text: str) -> Iterator[str]:
    """The short form, which Compose reads as the CLI does but for `name=value`."""
    if "=" not in text:
        yield text
        return
    yield from (published_text(it.name, it.host_ip, it.host_port) for it in published(text))


def _volumes(spec: RunSpec) -> Iterator[tuple[str, Node]]:
    """Volumes keep their names: Compose would put its project's before them."""
    with suppress(BadValue):  # It is told where the service mounts them.
        for found in map(mounts.volume, spec.volumes):
            if found.source and not found.is_folder:
                yield found.source, {"name": found.source}
        for said in map(mounts.mount, spec.mounts):
            if said["type"] == "volume" and (source := str(said.get("source", ""))):
                yield source, {"name": source}


def _remarks(spec: RunSpec) -> Iterator[str]:
    for name in _NOWHERE:
        field = BY_NAME[name]
        if value := field.read(spec):
            said = f" {quoted(str(value))}" if isinstance(value, str) else ""
            yield f"# Compose has no word for --{field.flag}{said}."


def _masked(spec: RunSpec) -> RunSpec:
    lists = ("env", "labels", "annotations", "log_opts", "storage_opts")
    changed: dict[str, Any] = {
        name: tuple(map(masked_assignment, getattr(spec, name))) for name in lists
    }
    changed["command"] = tuple(map(masked_url, spec.command))
    changed["health_cmd"] = masked_url(spec.health_cmd)
    return replace(spec, **changed)


def _without_variables(node: Any) -> Any:  # noqa: ANN401 - a tree of any values
    """The same, with every dollar doubled: Compose would look for a variable behind it."""
    match node:
        case str():
            return node.replace("$", "$$")
        case Mapping():
            return {name: _without_variables(each) for name, each in node.items()}
        case list():
            return [_without_variables(each) for each in node]
        case _:
            return node


def _number(text: str) -> int:
    try:
        return values.whole(text)
    except BadValue:
        return 0


_PARTS: Mapping[str, Callable[[RunSpec], Any]] = {
    "ports": lambda it: [short for text in it.ports for short in _ports(text)],
    "volumes": _mounted,
    "volumes_from": lambda it: [f"container:{each}" for each in it.volumes_from],
    "networks": networks_of,
    "network_mode": _mode,
    "healthcheck": health_of,
    "devices": lambda it: list(it.devices),
    "deploy": devices_of,
    "ulimits": ulimits_of,
    "blkio_config": rates_of,
    "logging": _logging,
}
"""What may be no value, and is left out then: each by its key in a service."""
