"""The networks of a container to be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dockertui.engine.errors import EngineError
from dockertui.model.run.attachments import Attachment, attachment
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.values import pair, whole

_OWN_MAC = (1, 44)


def endpoints(spec: RunSpec, api: tuple[int, ...]) -> dict[str, Any]:
    """Each network by name, the main one first, and as what the container is in it.

    Raises:
        BadValue: When a value is none.
        EngineError: When a network is named twice.
    """
    found: dict[str, Any] = {}
    for place, text in enumerate(spec.networks):
        one = attachment(text)
        if place == 0:
            one = _with_own(one, spec)
        if one.name in found:
            raise EngineError(f"The network {one.name} is named twice.")
        found[one.name] = _endpoint(one, spec if place == 0 else None, api)
    return found


def _with_own(one: Attachment, spec: RunSpec) -> Attachment:
    """The main network, with what is said of it by flags of their own."""
    return replace(
        one,
        aliases=(*one.aliases, *spec.network_aliases),
        ip=one.ip or spec.ip,
        ip6=one.ip6 or spec.ip6,
        link_local_ips=(*one.link_local_ips, *spec.link_local_ips),
        mac_address=one.mac_address or spec.mac_address,
    )


def _endpoint(one: Attachment, main: RunSpec | None, api: tuple[int, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if one.aliases:
        made["Aliases"] = list(one.aliases)
    addresses: dict[str, Any] = {
        "IPv4Address": one.ip,
        "IPv6Address": one.ip6,
        "LinkLocalIPs": list(one.link_local_ips),
    }
    if any(addresses.values()):
        made["IPAMConfig"] = {name: it for name, it in addresses.items() if it}
    if one.mac_address and api >= _OWN_MAC:
        made["MacAddress"] = one.mac_address
    if one.driver_opts:
        made["DriverOpts"] = dict(pair(it, "name=value") for it in one.driver_opts)
    if one.priority:
        made["GwPriority"] = whole(one.priority)
    if main is not None and main.links and not one.is_mode:
        made["Links"] = list(main.links)
    return made
