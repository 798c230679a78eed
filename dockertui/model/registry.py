"""Registries, and what is found in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from dockertui.model.base import DockerObject
from dockertui.model.reference import HUB, Reference
from dockertui.model.remote_image import PlatformManifest, RemoteImage


class Origin(StrEnum):
    """How we know of a registry."""

    HUB = "always there"
    CONFIG = "in the Docker configuration"
    HELPER = "in the credential store"
    ENVIRONMENT = "in DOCKER_AUTH_CONFIG"
    IMAGES = "images come from it"
    ADDED = "added by you"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry(DockerObject):
    """A registry that we know of. Its `id` is its host, its `name` what it is called on screen."""

    kind: ClassVar[str] = "registry"

    username: str = ""
    """Who is logged in; empty for nobody, or where the store does not say."""
    is_logged_in: bool = False
    """Are there credentials for it? Whether they are right is known when they are used."""
    store: str = ""
    """Who keeps the credentials: `config.json`, or a helper such as `pass`; empty for nobody."""
    origins: frozenset[Origin] = frozenset()
    """How we know of it."""
    images: int = 0
    """How many images of the engine come from it."""
    problem: str = ""
    """Why its credentials cannot be told, in a sentence; empty when they can."""

    @property
    def host(self) -> str:
        """Its host, with its port if it has one, as image names have it."""
        return self.id

    @property
    def is_hub(self) -> bool:
        """Is it Docker Hub?"""
        return self.id == HUB


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many pulls a registry still allows, as it said with its last answer."""

    limit: int
    """How many it allows in a window of time."""
    remaining: int
    """How many are left."""
    window_s: int
    """How long the window is, in seconds; 0 when it does not say."""
    seen: datetime
    """When it said so."""
    source: str = ""
    """Whom it counts for: an address or a user; empty when it does not say."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Repositories of a registry, a page or more of them."""

    repositories: tuple[Reference, ...]
    """The repositories, in the order of the alphabet."""
    after: str = ""
    """Where to go on, for the next question; empty at the end."""


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of a repository."""

    repository: Reference
    """The repository."""
    names: tuple[str, ...]
    """The tags, in reading order: see `tag_order`."""
    is_complete: bool = True
    """Are these all? A registry may have more than anybody reads."""


@dataclass(frozen=True, slots=True)
class RemoteDigest:
    """What a tag points to right now."""

    digest: str
    """The digest: of the index, if the tag stands for several platforms."""
    media_type: str
    """Which kind of manifest it is."""
    size_bytes: int = 0
    """How large the manifest is; 0 when the registry does not say."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A repository found on Docker Hub."""

    repository: Reference
    """Where it is."""
    description: str = ""
    """What it says of itself, on one line."""
    stars: int = 0
    """How many like it."""
    pulls: int | None = None
    """How often it was pulled; `None` when whoever searched does not say."""
    is_official: bool = False
    """Is it one of Docker's own selection?"""


@dataclass(frozen=True, slots=True)
class HubTag:
    """A tag as Docker Hub's web knows it, for which no pull is counted."""

    name: str
    """The tag."""
    digest: str = ""
    """What it points to; empty when it does not say."""
    size_bytes: int = 0
    """How large the image for its usual platform is, compressed."""
    pushed: datetime | None = None
    """When it was last pushed."""
    images: tuple[PlatformManifest, ...] = ()
    """Its images; their sizes are those of the downloads."""


class Freshness(StrEnum):
    """How an image compares with what its tag points to now."""

    CURRENT = "current"
    NEWER = "update"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCheck:
    """The answer to: is there a newer one?"""

    reference: Reference
    """The tag that was looked at."""
    freshness: Freshness
    """What came of it; unknown when the image never came from there."""
    digest: str
    """What the tag points to now."""
    checked: datetime
    """When we looked."""
    newer: RemoteImage | None = None
    """The newer image, where there is one."""


@dataclass(frozen=True, slots=True)
class LoginOutcome:
    """What came of logging in."""

    host: str
    """Where."""
    username: str
    """As whom."""
    store: str
    """Who keeps the credentials: `config.json`, or a helper such as `pass`."""
    was_asked: bool = True
    """Did the registry ask for credentials? One that asks for none lets any password through."""
    is_plain_text: bool = False
    """Are they in a file that anybody who reads it understands?"""


@dataclass(frozen=True, slots=True)
class Trust:
    """Which hosts may be spoken to without TLS, or with certificates that nobody vouches for."""

    hosts: frozenset[str] = field(default_factory=frozenset[str])
    """Hosts with their ports, as image names have them."""
    networks: tuple[str, ...] = ()
    """Networks such as `10.0.0.0/8`."""
