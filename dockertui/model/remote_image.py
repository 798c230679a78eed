"""Images as a registry describes them, without pulling them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dockertui.model.image import Layer
from dockertui.model.reference import Reference

_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Platform:
    """What an image runs on."""

    os: str
    """E.g. `linux`."""
    architecture: str
    """E.g. `amd64`, in the words of the Go language."""
    variant: str = ""
    """E.g. `v8`; empty when the architecture has but one."""
    os_version: str = ""
    """The build of Windows that it needs; empty elsewhere."""

    @property
    def is_known(self) -> bool:
        """Is it a platform at all? What is not an image in an index says `unknown/unknown`."""
        return _UNKNOWN not in {self.os, self.architecture} and bool(self.os)

    def serves(self, wanted: Platform) -> bool:
        """Does an image for this platform run on another? What is not said does not matter."""
        return (
            (self.os, self.architecture) == (wanted.os, wanted.architecture)
            and (not wanted.variant or self._variant in {wanted.variant, ""})
            and (not wanted.os_version or self.os_version in {wanted.os_version, ""})
        )

    @property
    def _variant(self) -> str:
        return "" if (self.architecture, self.variant) == ("arm64", "v8") else self.variant

    def __str__(self) -> str:
        return "/".join(it for it in (self.os, self.architecture, self.variant) if it)


@dataclass(frozen=True, slots=True)
class PlatformManifest:
    """One image among those of an index."""

    platform: Platform
    """What it runs on."""
    digest: str
    """The digest of its manifest."""
    size_bytes: int
    """How large the manifest is, or, from Docker Hub's web, the image to download."""
    is_attestation: bool = False
    """Is it not an image, but what a builder says of one: where it comes from, what is in it?"""


@dataclass(frozen=True, slots=True)
class RemoteLayer:
    """A layer in a registry."""

    digest: str
    """The digest of what is downloaded."""
    size_bytes: int
    """How large that is, compressed."""
    media_type: str = ""
    """How it is packed."""
    is_elsewhere: bool = False
    """Is it fetched from elsewhere, as those of Windows were?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a tag or a digest stands for: an image, or an index of images for several platforms."""

    repository: Reference
    """Where it is."""
    digest: str
    """The digest of the manifest itself."""
    media_type: str
    """Which kind of manifest it says to be."""
    size_bytes: int
    """How large the manifest itself is."""
    platforms: tuple[PlatformManifest, ...] = ()
    """The images of an index, in its order; empty for an image."""
    config_digest: str = ""
    """The digest of an image's configuration, which is its ID in many an engine."""
    config_size_bytes: int = 0
    """How large the configuration is."""
    layers: tuple[RemoteLayer, ...] = ()
    """The layers of an image, lowest first."""
    artifact_type: str = ""
    """What it is when it is no image, e.g. a Helm chart; empty for images."""
    annotations: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """What whoever pushed it remarked."""

    @property
    def is_index(self) -> bool:
        """Does it stand for several images?"""
        return bool(self.platforms)

    @property
    def images(self) -> tuple[PlatformManifest, ...]:
        """The images of an index without what else is in it."""
        return tuple(it for it in self.platforms if not it.is_attestation)

    @property
    def download_bytes(self) -> int:
        """What pulling all of an image takes; 0 for an index."""
        return self.config_size_bytes + sum(it.size_bytes for it in self.layers)

    def image_for(self, wanted: Platform | None) -> PlatformManifest | None:
        """The image of an index for a platform; the first one for `None`, or if there is none."""
        images = self.images
        if wanted is not None:
            for same in (lambda it: it.platform == wanted, lambda it: it.platform.serves(wanted)):
                if found := next(filter(same, images), None):
                    return found
            return None
        return images[0] if images else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageConfig:
    """How containers of an image are made, and how the image was. Missing fields are empty."""

    platform: Platform
    """What it runs on."""
    created: datetime | None = None
    """When it was built, in UTC; `None` if it does not say."""
    author: str = ""
    """Who made it, if they say so."""
    entrypoint: tuple[str, ...] = ()
    """The words before the command."""
    command: tuple[str, ...] = ()
    """The command, word by word."""
    env: tuple[tuple[str, str], ...] = ()
    """Its environment: names and values."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """Its labels."""
    ports: tuple[str, ...] = ()
    """The ports it listens at, e.g. `80/tcp`."""
    volumes: tuple[str, ...] = ()
    """The folders that become anonymous volumes."""
    working_dir: str = ""
    """Where it starts."""
    user: str = ""
    """Whom it runs as; empty for root."""
    stop_signal: str = ""
    """What it is asked to stop with; empty for SIGTERM."""
    history: tuple[Layer, ...] = ()
    """What made it, newest first; the sizes are those of the download."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteImage:
    """All that a registry tells of an image."""

    reference: Reference
    """What was asked for."""
    digest: str
    """What it points to: the digest of the index if there is one, else of the manifest."""
    manifest: Manifest
    """The image itself, of the platform that was wanted."""
    index: Manifest | None
    """The index it was found in; `None` for an image of one platform."""
    config: ImageConfig
    """How it is configured."""

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """What there is an image for."""
        if self.index is None:
            return (self.config.platform,)
        return tuple(it.platform for it in self.index.images)
