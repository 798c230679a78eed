"""The parts of a Compose service that are more than a word."""

from __future__ import annotations

from typing import Any

from dockertui.model.run import choices, values
from dockertui.model.run.attachments import Attachment, attachment
from dockertui.model.run.mounts import is_true, mount
from dockertui.model.run.spec import RunSpec

_HEALTH = {
    "health_interval": "interval",
    "health_timeout": "timeout",
    "health_start_period": "start_period",
    "health_start_interval": "start_interval",
}
_RATES = ("device_read_bps", "device_read_iops", "device_write_bps", "device_write_iops")


def networks_of(spec: RunSpec) -> dict[str, Any]:
    """Each network, and as what the service is in it; empty where it has a mode instead."""
    found = [attachment(it) for it in spec.networks]
    if not found or (found[0].is_mode and len(found) == 1):
        return {}
    made = {it.name: _endpoint(it) for it in found if not it.is_mode}
    main = found[0].name
    if main in made:
        made[main] |= _endpoint(
            Attachment(
                name=main,
                aliases=(*found[0].aliases, *spec.network_aliases),
                ip=spec.ip or found[0].ip,
                ip6=spec.ip6 or found[0].ip6,
                link_local_ips=(*found[0].link_local_ips, *spec.link_local_ips),
            )
        )
    return {name: it or None for name, it in made.items()}


def _endpoint(it: Attachment) -> dict[str, Any]:
    made: dict[str, Any] = {
        "aliases": list(it.aliases),
        "ipv4_address": it.ip,
        "ipv6_address": it.ip6,
        "link_local_ips": list(it.link_local_ips),
        "mac_address": it.mac_address,
        "driver_opts": dict(each.partition("=")[::2] for each in it.driver_opts),
    }
    if it.priority:
        made["gw_priority"] = values.whole(it.priority)
    return {key: said for key, said in made.items() if said}


def health_of(spec: RunSpec) -> dict[str, Any]:
    """The health check."""
    if spec.no_healthcheck:
        return {"disable": True}
    made: dict[str, Any] = {"test": ["CMD-SHELL", spec.health_cmd]} if spec.health_cmd else {}
    made |= {key: text for name, key in _HEALTH.items() if (text := getattr(spec, name))}
    if spec.health_retries:
        made["retries"] = values.whole(spec.health_retries, 0)
    return made


def mount_of(text: str) -> dict[str, Any]:
    """A mount in the long form."""
    said = mount(text)
    texts = {name: it for name, it in said.items() if isinstance(it, str)}
    made: dict[str, Any] = {"type": texts["type"]}
    made |= {name: texts[name] for name in ("source", "target", "consistency") if texts.get(name)}
    if is_true(texts.get("readonly", "false")):
        made["read_only"] = True
    bind: dict[str, Any] = {}
    if "bind-propagation" in texts:
        bind["propagation"] = texts["bind-propagation"]
    if "bind-recursive" in texts:
        bind["recursive"] = texts["bind-recursive"]
    volume: dict[str, Any] = {}
    if is_true(texts.get("volume-nocopy", "false")):
        volume["nocopy"] = True
    if "volume-subpath" in texts:
        volume["subpath"] = texts["volume-subpath"]
    tmpfs: dict[str, Any] = {}
    if "tmpfs-size" in texts:
        tmpfs["size"] = values.size(texts["tmpfs-size"])
    if "tmpfs-mode" in texts:
        tmpfs["mode"] = int(texts["tmpfs-mode"], 8)
    options = {"bind": bind, "volume": volume, "tmpfs": tmpfs}
    return made | {name: it for name, it in options.items() if it}


def devices_of(spec: RunSpec) -> dict[str, Any]:
    """Graphics processors, which Compose reserves as a deployment's."""
    if not spec.gpus:
        return {}
    said = choices.gpus(spec.gpus)
    wanted: dict[str, Any] = {"capabilities": ["gpu", *said.get("capabilities", ())]}
    if "driver" in said:
        wanted["driver"] = said["driver"][-1]
    if "device" in said:
        wanted["device_ids"] = said["device"]
    else:
        count = said.get("count", ["1"])[-1]
        wanted["count"] = count if count == "all" else values.whole(count)
    return {"resources": {"reservations": {"devices": [wanted]}}}


def ulimits_of(spec: RunSpec) -> dict[str, Any]:
    """Limits of a process."""
    limits = map(values.ulimit, spec.ulimits)
    return {
        name: soft if soft == hard else {"soft": soft, "hard": hard} for name, soft, hard in limits
    }


def rates_of(spec: RunSpec) -> dict[str, Any]:
    """Limits of disks."""
    made: dict[str, Any] = {}
    if spec.blkio_weight:
        made["weight"] = values.weight(spec.blkio_weight)
    if weights := [values.device_weight(it) for it in spec.blkio_weight_devices]:
        made["weight_device"] = [{"path": path, "weight": it} for path, it in weights]
    for name in _RATES:
        if texts := getattr(spec, name):
            parts = (it.rpartition(":") for it in texts)
            made[name] = [{"path": path, "rate": rate} for path, _, rate in parts]
    return made
