"""Networks, as `--network` takes them, and the addresses in them.

Source: https://github.com/docker/cli, `opts/network.go`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from dockertui.model.run.mistakes import BadValue
from dockertui.model.run.mounts import csv_fields, csv_text
from dockertui.model.run.values import pair

_LONG = re.compile(r"\w+=\w+(?:,\w+=\w+)*")
_MAC = re.compile(r"[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}")
_MODES = frozenset(("default", "bridge", "host", "none", "nat"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A network that a container is to be in, and as what."""

    name: str
    """The network, or a mode such as `host` or `container:web`."""
    aliases: tuple[str, ...] = ()
    """Further names for the container there."""
    ip: str = ""
    """Its IPv4 address there; empty for any."""
    ip6: str = ""
    """Its IPv6 address there."""
    link_local_ips: tuple[str, ...] = ()
    """Its link-local addresses."""
    mac_address: str = ""
    """Its hardware address."""
    driver_opts: tuple[str, ...] = ()
    """What the network's driver is told, `name=value`."""
    priority: str = ""
    """Which network is the way out: the highest number."""

    @property
    def is_mode(self) -> bool:
        """Is it no network that has to be there?"""
        return self.name in _MODES or self.name.startswith("container:")


def attachment(text: str) -> Attachment:
    """Take a `--network` apart.

    >>> attachment("backend").name
    'backend'
    >>> attachment("name=backend,alias=db,ip=10.1.0.7").aliases
    ('db',)

    Raises:
        BadValue: When it is none.
    """
    cleaned = text.strip()
    if not _LONG.search(cleaned):
        if not cleaned or any(it.isspace() for it in cleaned):
            raise BadValue("A network's name has no spaces.")
        return Attachment(name=cleaned)
    return _spelled_out(cleaned)


def _spelled_out(text: str) -> Attachment:
    said: dict[str, list[str]] = {}
    for part in csv_fields(text):
        name, value = pair(part, "name=backend,alias=db")
        said.setdefault(name.strip().lower(), []).append(value)
    names, mac = said.pop("name", [""]), said.pop("mac-address", [""])
    found = Attachment(
        name=names[-1],
        aliases=tuple(said.pop("alias", ())),
        ip=said.pop("ip", [""])[-1],
        ip6=said.pop("ip6", [""])[-1],
        link_local_ips=tuple(said.pop("link-local-ip", ())),
        mac_address=mac[-1],
        driver_opts=tuple(said.pop("driver-opt", ())),
        priority=said.pop("gw-priority", [""])[-1],
    )
    if said:
        raise BadValue(f"{next(iter(said))} is no part of a network, as name and alias are.")
    if not found.name:
        raise BadValue("The network has no name: name=backend,…")
    return found


def attachment_text(it: Attachment) -> str:
    """A network as one would type it.

    >>> attachment_text(Attachment(name="backend", aliases=("db",)))
    'name=backend,alias=db'
    """
    parts = [
        *(f"alias={each}" for each in it.aliases),
        *([f"ip={it.ip}"] if it.ip else []),
        *([f"ip6={it.ip6}"] if it.ip6 else []),
        *(f"link-local-ip={each}" for each in it.link_local_ips),
        *([f"mac-address={it.mac_address}"] if it.mac_address else []),
        *(f"driver-opt={each}" for each in it.driver_opts),
        *([f"gw-priority={it.priority}"] if it.priority else []),
    ]
    return csv_text([f"name={it.name}", *parts]) if parts else it.name


def ip4(text: str) -> str:
    """An IPv4 address.

    Raises:
        BadValue: When it is none.
    """
    return _address(text, IPv4Address, "an IPv4 address, such as 172.30.0.7")


def ip6(text: str) -> str:
    """An IPv6 address.

    Raises:
        BadValue: When it is none.
    """
    return _address(text, IPv6Address, "an IPv6 address, such as 2001:db8::7")


def any_ip(text: str) -> str:
    """An address of either kind.

    Raises:
        BadValue: When it is none.
    """
    return _address(text, object, "an address, such as 10.0.0.53")


def mac(text: str) -> str:
    """A hardware address.

    Raises:
        BadValue: When it is none.
    """
    if not _MAC.fullmatch(text.strip()):
        raise BadValue(f"{text} is no hardware address, such as 92:d0:c6:0a:29:33.")
    return text.strip()


def _address(text: str, kind: type, wanted: str) -> str:
    try:
        found = ip_address(text.strip())
    except ValueError:
        found = None
    if not isinstance(found, kind) or found is None:
        raise BadValue(f"{text} is not {wanted}.")
    return text.strip()
