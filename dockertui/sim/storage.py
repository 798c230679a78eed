"""Volumes, networks and what builds leave, as the simulated engine knows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from dockertui.sim.answers import JSON
from dockertui.sim.clock import SECOND, log_stamp, timestamp

_PREFIX_LENGTH = 16


@dataclass(slots=True, eq=False)
class Volume:
    """A volume."""

    name: str
    """Its name; 64 hexadecimal digits for one that nobody named."""
    created_ns: int
    """When it was created."""
    labels: dict[str, str] | None = None
    """Its labels."""
    options: dict[str, str] | None = None
    """What its driver was told."""
    driver: str = "local"
    """Who keeps it."""
    size_bytes: int = 0
    """What is in it."""

    def inspect(self, root: str) -> JSON:
        """What the engine says about it."""
        return {
            "CreatedAt": f"{log_stamp(self.created_ns - self.created_ns % SECOND)[:19]}Z",
            "Driver": self.driver,
            "Labels": self.labels,
            "Mountpoint": f"{root}/volumes/{self.name}/_data",
            "Name": self.name,
            "Options": self.options,
            "Scope": "local",
        }


@dataclass(slots=True, eq=False)
class BuildRecord:
    """What a step of a build left in the cache."""

    id: str
    """25 letters and digits."""
    description: str
    """The step, as the builder wrote it down."""
    size_bytes: int
    """What it takes."""
    created_ns: int
    """When it was made."""
    last_used_ns: int = 0
    """When a build used it last; 0 is never since."""
    uses: int = 0
    """How often one has."""
    kind: str = "regular"
    """`regular`, `source.local`, `exec.cachemount` or `internal`."""
    in_use: bool = False
    """Does something need it now?"""
    shared: bool = False
    """Is it an image's layer, too?"""

    def listed(self, version: tuple[int, int]) -> JSON:
        """What the engine says about it."""
        body: JSON = {"ID": self.id}
        if version < (1, 42):
            body["Parent"] = ""
        return body | {
            "Type": self.kind,
            "Description": self.description,
            "InUse": self.in_use,
            "Shared": self.shared,
            "Size": self.size_bytes,
            "CreatedAt": timestamp(self.created_ns),
            "LastUsedAt": timestamp(self.last_used_ns) if self.last_used_ns else None,
            "UsageCount": self.uses,
        }


@dataclass(slots=True, eq=False)
class Network:
    """A network."""

    id: str
    """64 hexadecimal digits."""
    name: str
    """Its name."""
    created_ns: int
    """When it was created."""
    driver: str = "bridge"
    """Who makes it."""
    subnet: str = ""
    """The first two numbers of its addresses, e.g. `172.17`; empty has none."""
    labels: dict[str, str] = field(default_factory=dict)
    """Its labels."""
    options: dict[str, str] = field(default_factory=dict)
    """What its driver was told."""
    internal: bool = False
    """Is there no way out?"""
    attachable: bool = False
    """May containers join by themselves?"""
    last_address: int = 1
    """The number given out last."""

    @property
    def is_predefined(self) -> bool:
        """Is it one of those that every engine has?"""
        return self.name in {"bridge", "host", "none"}

    def next_address(self) -> str:
        """Give out an address; the empty one where there are none."""
        self.last_address += 1
        high, low = divmod(self.last_address, 256)
        return f"{self.subnet}.{high}.{low}" if self.subnet else ""

    def inspect(self, containers: JSON) -> JSON:
        """What the engine says about it."""
        pools: list[JSON] = []
        if self.subnet:
            pools = [{"Subnet": f"{self.subnet}.0.0/16", "Gateway": f"{self.subnet}.0.1"}]
        return {
            "Name": self.name,
            "Id": self.id,
            "Created": timestamp(self.created_ns),
            "Scope": "local",
            "Driver": self.driver,
            "EnableIPv6": False,
            "IPAM": {"Driver": "default", "Options": None, "Config": pools},
            "Internal": self.internal,
            "Attachable": self.attachable,
            "Ingress": False,
            "ConfigFrom": {"Network": ""},
            "ConfigOnly": False,
            "Containers": containers,
            "Options": self.options,
            "Labels": self.labels,
        }


@dataclass(slots=True)
class Endpoint:
    """Where a container meets a network."""

    network_id: str
    """The network's ID; empty until it was once connected."""
    aliases: list[str] | None = None
    """Names it answers to there."""
    endpoint_id: str = ""
    """Empty while not connected, like all that follows."""
    address: str = ""
    """Its IPv4 address."""
    gateway: str = ""
    """The way out."""
    prefix_length: int = 0
    """How long the network's part of the address is."""
    mac: str = ""
    """Its hardware address."""

    def join(self, network: Network) -> None:
        """Take an address in a network."""
        self.network_id = network.id
        self.address = network.next_address()
        self.endpoint_id = hashlib.sha256(
            f"{network.id}/{network.last_address}".encode()
        ).hexdigest()
        if self.address:
            self.gateway, self.prefix_length = f"{network.subnet}.0.1", _PREFIX_LENGTH
            numbers = [int(number) for number in self.address.split(".")]
            self.mac = "02:42:" + ":".join(f"{number:02x}" for number in numbers)

    def leave(self) -> None:
        """Give the address back."""
        self.endpoint_id = self.address = self.gateway = self.mac = ""
        self.prefix_length = 0
