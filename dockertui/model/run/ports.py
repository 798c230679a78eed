"""Ports, as `--publish` and `--expose` take them.

Source: https://github.com/docker/go-connections, `nat/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from dockertui.model.run.mistakes import BadValue

_PUBLISHED = re.compile(
    r"(?:(?P<ip>\[[^\]]*\]|[^:\[\]]*):(?=[^:]*:))?(?:(?P<host>[^:]*):)?(?P<inside>[^:/]*)"
    r"(?:/(?P<protocol>.*))?"
)
_PROTOCOLS = ("tcp", "udp", "sctp")
_LAST = 65_535
_EXAMPLE = "8080:80, 127.0.0.1:8080:80 or 53:53/udp"


@dataclass(frozen=True, slots=True)
class Published:
    """One port of a container, and where the host publishes it."""

    private: int
    """The container's port."""
    protocol: str
    """`tcp`, `udp` or `sctp`."""
    host_ip: str = ""
    """The address it is published at; empty for all."""
    host_port: str = ""
    """The host's port, or a range to pick one from; empty lets the engine pick any."""

    @property
    def name(self) -> str:
        """The container's port as an engine names it."""
        return f"{self.private}/{self.protocol}"

    @property
    def taken(self) -> int:
        """The very port of the host that it needs; 0 where there is a choice."""
        return int(self.host_port) if self.host_port.isdecimal() else 0

    def clashes(self, host_ip: str, port: int, protocol: str) -> bool:
        """Is a port of the host the one it needs?"""
        if not self.taken or (self.taken, self.protocol) != (port, protocol):
            return False
        return self.host_ip == host_ip or _is_any(self.host_ip) or _is_any(host_ip)


def published(text: str) -> tuple[Published, ...]:
    """The ports that a `--publish` means: one, or as many as its range has.

    >>> published("127.0.0.1:8080:80")
    (Published(private=80, protocol='tcp', host_ip='127.0.0.1', host_port='8080'),)
    >>> [it.host_port for it in published("8000-8002:80-82/udp")]
    ['8000', '8001', '8002']

    Raises:
        BadValue: When it means none.
    """
    found = _PUBLISHED.fullmatch(_short(text.strip()))
    if found is None or not found["inside"]:
        raise BadValue(f"{text} is no port to publish, such as {_EXAMPLE}.")
    protocol = _protocol(found["protocol"])
    host_ip = _address((found["ip"] or "").strip("[]"))
    first, last = port_range(found["inside"])
    host = (found["host"] or "").strip()
    if not host:
        return tuple(Published(it, protocol, host_ip) for it in range(first, last + 1))
    low, high = port_range(host, least=0)
    if high - low == last - first:
        pairs = zip(range(first, last + 1), range(low, high + 1), strict=True)
        return tuple(Published(inside, protocol, host_ip, str(at)) for inside, at in pairs)
    if first == last:
        return (Published(first, protocol, host_ip, f"{low}-{high}"),)
    raise BadValue(f"{host} and {found['inside']} are not as many ports.")


def exposed(text: str) -> Iterator[str]:
    """The ports that an `--expose` means, as an engine names them.

    >>> list(exposed("80-81/udp"))
    ['80/udp', '81/udp']

    Raises:
        BadValue: When it means none.
    """
    numbers, slash, protocol = text.strip().partition("/")
    first, last = port_range(numbers)
    named = _protocol(protocol if slash else None)
    return (f"{it}/{named}" for it in range(first, last + 1))


def published_text(name: str, host_ip: str, host_port: str) -> str:
    """A published port as one would type it.

    >>> published_text("80/tcp", "", "8080"), published_text("53/udp", "::1", "")
    ('8080:80', '[::1]::53/udp')
    """
    inside = name.removesuffix("/tcp")
    if not host_ip:
        return f"{host_port}:{inside}" if host_port else inside
    return f"{f'[{host_ip}]' if ':' in host_ip else host_ip}:{host_port}:{inside}"


def port_range(text: str, *, least: int = 1) -> tuple[int, int]:
    """The first and the last port of a range, which are the same where there is one.

    Raises:
        BadValue: When it is none.
    """
    first, dash, last = text.strip().partition("-")
    ends = [first, last] if dash else [first, first]
    if not all(it.isascii() and it.isdecimal() and len(it) <= len(str(_LAST)) for it in ends):
        raise BadValue(f"{text} is no port: a number up to {_LAST}, or a range such as 8000-8010.")
    low, high = map(int, ends)
    if not least <= low <= high <= _LAST:
        raise BadValue(f"{text} is no port: they go from {least} to {_LAST}, the lower one first.")
    return low, high


def _short(text: str) -> str:
    """The short form of `published=8080,target=80,protocol=udp`."""
    if "=" not in text:
        return text
    said = {"protocol": "tcp", "published": "", "target": ""}
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if not equals or name not in {*said, "mode"}:
            raise BadValue(f"{part} is no part of published=8080,target=80,protocol=tcp.")
        said[name] = value
    return f"{said['published']}:{said['target']}/{said['protocol']}"


def _protocol(text: str | None) -> str:
    protocol = "tcp" if text is None else text.lower()
    if protocol not in _PROTOCOLS:
        raise BadValue(f"{text} is no protocol; there is {', '.join(_PROTOCOLS)}.")
    return protocol


def _address(text: str) -> str:
    if text:
        try:
            ip_address(text)
        except ValueError:
            raise BadValue(f"{text} is no address to publish at, such as 127.0.0.1.") from None
    return text


def _is_any(address: str) -> bool:
    return address in {"", "0.0.0.0", "::"}
