"""Hosts of registries: where they are, which are this machine, and which need no TLS."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from dockertui.model.reference import HUB
from dockertui.model.registry import Trust
from dockertui.text import clean

HUB_NAME = "Docker Hub"
HUB_REGISTRY = "registry-1.docker.io"
HUB_WEB = "hub.docker.com"
_HUB_HOSTS = {HUB, HUB_REGISTRY, "index.docker.io", HUB_WEB, "auth.docker.io"}
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a URL begins with: whom one speaks to, and how."""

    scheme: str
    """`http` or `https`."""
    host: str
    """The host without its port, and without brackets."""
    port: int
    """The port, the usual one if it was not named."""

    @property
    def authority(self) -> str:
        """Host and port as a URL has them, without the usual port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The beginning of a URL."""
        return f"{self.scheme}://{self.authority}"


def origin_of(url: str) -> Origin | None:
    """Whom a URL speaks to; `None` for one that nobody should follow, with a password in it, say.

    >>> origin_of("https://ghcr.io/v2/").url
    'https://ghcr.io'
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if not port or not parts.hostname or "@" in parts.netloc or not url.isprintable():
        return None
    return Origin(parts.scheme, parts.hostname, port)


def endpoint_of(host: str) -> str:
    """Where the registry is that image names call by a host."""
    return HUB_REGISTRY if host == HUB else host


def name_of(host: str) -> str:
    """What a registry is called in sentences."""
    return HUB_NAME if host in _HUB_HOSTS else clean(host)


def bare(host: str) -> str:
    """A host without its port and brackets.

    >>> bare("[::1]:5000"), bare("localhost:5000"), bare("ghcr.io")
    ('::1', 'localhost', 'ghcr.io')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host if host.count(":") > 1 else host.partition(":")[0]


def has_port(host: str) -> bool:
    """Does it name a port?"""
    return len(bare(host)) < len(host.strip("[]"))


def is_local(host: str) -> bool:
    """Is it this machine, by its very name? What is said to it goes over no network."""
    name = bare(host).lower()
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_listed(host: str, trust: Trust) -> bool:
    """Has the engine, or the person, said that it need not prove who it is?

    A name counts by its addresses, as in the engine, so this may ask for them.
    """
    if host in trust.hosts:
        return True
    networks = tuple(_networks(trust))
    return bool(networks) and any(
        address in network for address in _addresses(bare(host)) for network in networks
    )


def may_be_plain(host: str, trust: Trust) -> bool:
    """May it be spoken to without TLS?"""
    return is_local(host) or is_listed(host, trust)


def _networks(trust: Trust) -> list[IPv4Network | IPv6Network]:
    found = []
    for each in trust.networks:
        with suppress(ValueError):
            network = ip_network(each, strict=False)
            # Every engine lists this machine, whose certificates are looked at all the same.
            if not network.is_loopback:
                found.append(network)
    return found


def _addresses(name: str) -> list[IPv4Address | IPv6Address]:
    try:
        return [ip_address(name)]
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [ip_address(str(it[4][0]).partition("%")[0]) for it in found]
