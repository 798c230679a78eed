"""Containers, as `GET /containers/json` describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from dockertui.model.base import DockerObject
from dockertui.model.update_word import Update

_ANY_ADDRESS = {"", "0.0.0.0", "::"}


class ContainerState(StrEnum):
    """The lifecycle states the engine reports, in the order a list should show them."""

    RUNNING = "running"
    RESTARTING = "restarting"
    PAUSED = "paused"
    CREATED = "created"
    REMOVING = "removing"
    EXITED = "exited"
    DEAD = "dead"
    UNKNOWN = "unknown"
    """A state of an engine newer than this program; `Container.status` has its words."""

    @classmethod
    def _missing_(cls, value: object) -> ContainerState:  # noqa: ARG003 - the enum calls it
        return cls.UNKNOWN

    @property
    def is_live(self) -> bool:
        """Does the container have a process, frozen or not?"""
        return self in {self.RUNNING, self.RESTARTING, self.PAUSED}


class Health(StrEnum):
    """What the container's own health check says."""

    NONE = ""
    """It has no health check, or the engine does not say."""
    STARTING = "starting"
    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"


@dataclass(frozen=True, slots=True, order=True)
class Port:
    """One container port, and where the host publishes it."""

    private: int
    """The port inside the container."""
    protocol: str = "tcp"
    """`tcp`, `udp` or `sctp`."""
    public: int | None = None
    """The port on the host, or `None` when exposed but not published."""
    host_ip: str = ""
    """The host address it is published on; `0.0.0.0` and `::` mean every address."""

    @property
    def is_local(self) -> bool:
        """Is it published on the host's loopback address alone?"""
        return self.host_ip.startswith("127.") or self.host_ip == "::1"

    @property
    def is_everywhere(self) -> bool:
        """Is it published on every address of the host?"""
        return self.public is not None and self.host_ip in _ANY_ADDRESS


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A container's place in a network."""

    network: str
    """The network's name."""
    address: str = ""
    """Its IPv4 address there, or its IPv6 address if it has no other; empty when stopped."""


@dataclass(frozen=True, slots=True)
class Mount:
    """Something of the host's, or of the engine's, that a container sees in its file system."""

    kind: str
    """`bind`, `volume`, `tmpfs`, …"""
    source: str
    """The volume's name, or the path on the host."""
    target: str
    """The path in the container."""
    writable: bool = True
    """Can the container change it?"""

    @property
    def is_anonymous(self) -> bool:
        """Is it a volume that nobody named, and that goes with the container if asked?"""
        return self.kind == "volume" and len(self.source) == 64 and self.source.isalnum()  # noqa: PLR2004


@dataclass(frozen=True, slots=True, kw_only=True)
class Container(DockerObject):
    """A container, running or not."""

    kind: ClassVar[str] = "container"

    image: str = ""
    """The image reference it was created from, as the person typed it."""
    image_id: str = ""
    """The ID of the image it runs, whatever its reference points to by now."""
    command: str = ""
    """Its command line, as the engine abbreviates it."""
    state: ContainerState = ContainerState.UNKNOWN
    """Where it is in its life."""
    status: str = ""
    """The engine's own English for the state, e.g. `Up 3 hours (healthy)`."""
    since: datetime | None = None
    """When it entered its state, as exactly as the engine's words allow; `None` if unsaid."""
    exit_code: int | None = None
    """How its last process ended; `None` while it runs or if it never ran."""
    health: Health = Health.NONE
    """What its health check says."""
    created: datetime | None = None
    """When it was created, in UTC."""
    ports: tuple[Port, ...] = ()
    """Exposed and published ports, lowest first."""
    networks: tuple[Endpoint, ...] = ()
    """The networks it is in, by name."""
    mounts: tuple[Mount, ...] = ()
    """What is mounted in it."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """Its labels, Compose's included."""
    update: Update = Update.NONE
    """Is there a newer image than the one it runs? Derived, not listed."""

    @property
    def project(self) -> str:
        """The Compose project it belongs to; empty for a container run by hand."""
        return self.labels.get("com.docker.compose.project", "")

    @property
    def service(self) -> str:
        """The Compose service it is one of; empty for a container run by hand."""
        return self.labels.get("com.docker.compose.service", "")

    @property
    def published(self) -> tuple[Port, ...]:
        """The ports that the host publishes, each once, whatever the address family."""
        return tuple(
            {(it.private, it.protocol, it.public): it for it in self.ports if it.public}.values()
        )

    @property
    def exposed(self) -> tuple[Port, ...]:
        """The ports that it listens on, perhaps, but that the host does not publish."""
        public = {(it.private, it.protocol) for it in self.ports if it.public}
        return tuple(
            it for it in self.ports if not it.public and (it.private, it.protocol) not in public
        )

    @property
    def address(self) -> str:
        """Its first network address; empty when it has none."""
        return next((it.address for it in self.networks if it.address), "")

    @property
    def failed(self) -> bool:
        """Did it end with an error, or is it broken?"""
        return self.state is ContainerState.DEAD or (
            self.state is ContainerState.EXITED and self.exit_code not in {0, None}
        )
