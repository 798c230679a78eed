"""The networks that a container was put into, told from its inspection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dockertui.engine.payload.fields import Payload, raw, raw_words, rows, table
from dockertui.model.run.attachments import Attachment, attachment_text
from dockertui.model.run.ports import published_text

_USUAL = frozenset(("", "default", "bridge", "nat"))
_WITHOUT = frozenset(("none", "host"))
_SHORT_ID = 12


def network_values(payload: Payload) -> dict[str, Any]:
    """What flags of networks and ports would say the same."""
    host, config = table(payload.get("HostConfig")), table(payload.get("Config"))
    mode = raw(host.get("NetworkMode"))
    found: dict[str, Any] = {"ports": tuple(_published(host.get("PortBindings")))}
    joined = dict(_attachments(payload))
    is_usual = mode in _USUAL
    main = joined.pop(mode, None) or (joined.pop("bridge", None) if is_usual else None)
    if mode in _WITHOUT or mode.startswith("container:"):
        return found | {"networks": (mode,)}
    first = () if is_usual else (mode,)
    others = tuple(map(attachment_text, joined.values()))
    if others and not first:
        first = ("bridge",)
    if main is not None and not is_usual:
        found |= {"network_aliases": main.aliases, "ip": main.ip, "ip6": main.ip6}
        found["link_local_ips"] = main.link_local_ips
        if main.driver_opts:
            first = (attachment_text(Attachment(name=mode, driver_opts=main.driver_opts)),)
    endpoint = table(table(table(payload.get("NetworkSettings")).get("Networks")).get(mode))
    links = [*map(_link, raw_words(host.get("Links"))), *raw_words(endpoint.get("Links"))]
    return found | {
        "networks": (*first, *others),
        "links": tuple(filter(None, links)),
        "mac_address": raw(config.get("MacAddress")),
    }


def _attachments(payload: Payload) -> Iterator[tuple[str, Attachment]]:
    id_ = raw(payload.get("Id"))
    name = raw(payload.get("Name")).removeprefix("/")
    networks = table(table(payload.get("NetworkSettings")).get("Networks"))
    for network, said in networks.items():
        endpoint = table(said)
        own = {name, id_[:_SHORT_ID], id_}
        addresses = table(endpoint.get("IPAMConfig"))
        options = table(endpoint.get("DriverOpts"))
        yield (
            network,
            Attachment(
                name=network,
                aliases=tuple(it for it in raw_words(endpoint.get("Aliases")) if it not in own),
                ip=raw(addresses.get("IPv4Address")),
                ip6=raw(addresses.get("IPv6Address")),
                link_local_ips=raw_words(addresses.get("LinkLocalIPs")),
                driver_opts=tuple(f"{it}={raw(value)}" for it, value in options.items()),
            ),
        )


def _published(bindings: Any) -> Iterator[str]:
    for name, places in table(bindings).items():
        for place in rows(places) or ({},):
            yield published_text(name, raw(place.get("HostIp")), raw(place.get("HostPort")))


def _link(text: str) -> str:
    """`/db:/web/database` is what became of `db:database`."""
    source, _, alias = text.partition(":")
    return f"{source.removeprefix('/')}:{alias.rpartition('/')[2]}" if alias else ""
