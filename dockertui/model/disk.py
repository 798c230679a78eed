"""What images, containers, volumes and the build cache take on an engine's disk.

Source: the Docker CLI, `cli/command/formatter/disk_usage.go`, and the client beneath it since
version 29, so that our figures are those of `docker system df -v`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from dockertui.model.container import ContainerState


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRoom:
    """What an image takes."""

    id: str
    """Its ID."""
    name: str = ""
    """Its first tag; empty when it is dangling."""
    size_bytes: int = 0
    """All its layers."""
    shared_bytes: int | None = None
    """Those layers that other images have, too; `None` if the engine did not look."""
    containers: int | None = None
    """How many containers were made from it; `None` if the engine did not look."""
    created: datetime | None = None
    """When it was built."""

    @property
    def own_bytes(self) -> int | None:
        """What would be free without it; `None` if that is not known."""
        return None if self.shared_bytes is None else max(0, self.size_bytes - self.shared_bytes)

    @property
    def is_unused(self) -> bool:
        """Was no container made from it, as far as the engine says?"""
        return self.containers == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerRoom:
    """What a container takes."""

    id: str
    """Its ID."""
    name: str = ""
    """What it is called."""
    image: str = ""
    """The image that it was made from."""
    state: ContainerState = ContainerState.UNKNOWN
    """Where it is in its life."""
    own_bytes: int = 0
    """Its own layer: what it wrote on top of its image."""
    root_bytes: int = 0
    """All that it sees, its image's layers included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRoom:
    """What a volume takes."""

    name: str
    """Its name."""
    size_bytes: int | None = None
    """What is in it; `None` if its driver does not say."""
    containers: int | None = None
    """How many containers, running or not, mount it; `None` if the engine does not say."""
    project: str = ""
    """The Compose project it belongs to."""

    @property
    def is_unused(self) -> bool:
        """Does no container mount it, as far as the engine says?"""
        return self.containers == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheRoom:
    """What a step of a build left for the next build."""

    id: str
    """Its ID."""
    kind: str = ""
    """E.g. `regular`, `source.local` or `exec.cachemount`."""
    description: str = ""
    """The step, as the builder wrote it down."""
    size_bytes: int = 0
    """What it takes."""
    in_use: bool = False
    """Does something need it now?"""
    shared: bool = False
    """Is it an image's layer, too, and so counted there?"""
    uses: int = 0
    """How often a build has used it."""
    last_used: datetime | None = None
    """When one did last."""


@dataclass(frozen=True, slots=True)
class Total:
    """What all of a kind take."""

    count: int = 0
    """How many there are."""
    active: int = 0
    """How many are in use."""
    size_bytes: int = 0
    """What they take together."""
    free_bytes: int = 0
    """What would be free without those that are not in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskUsage:
    """What everything takes, as `GET /system/df` tells it."""

    images: tuple[ImageRoom, ...] = ()
    """Every image."""
    containers: tuple[ContainerRoom, ...] = ()
    """Every container, running or not."""
    volumes: tuple[VolumeRoom, ...] = ()
    """Every volume."""
    cache: tuple[CacheRoom, ...] = ()
    """Everything in the build cache."""
    image_total: Total = field(default_factory=Total)
    """What the images take, layers that several have counted once."""
    container_total: Total = field(default_factory=Total)
    """What the containers take on top of their images."""
    volume_total: Total = field(default_factory=Total)
    """What the volumes take."""
    cache_total: Total = field(default_factory=Total)
    """What the build cache takes besides what images have."""

    @property
    def total(self) -> Total:
        """What all of it takes."""
        each = (self.image_total, self.container_total, self.volume_total, self.cache_total)
        return Total(
            sum(it.count for it in each),
            sum(it.active for it in each),
            sum(it.size_bytes for it in each),
            sum(it.free_bytes for it in each),
        )


def total_of_images(images: Iterable[ImageRoom], layers_bytes: int) -> Total:
    """What images take together.

    Layers that only unused images have in common are not counted among what could be free: the
    engine does not say whose they are. Before version 29 the CLI counted as free whatever any
    two images share, in use or not.

    Args:
        images: The images.
        layers_bytes: What all layers take; 0 if the engine does not say, as Podman does not.

    >>> base = ImageRoom(id="a", size_bytes=2, shared_bytes=2, containers=1)
    >>> child = ImageRoom(id="b", size_bytes=7, shared_bytes=2, containers=0)
    >>> total_of_images([base, child], 7)
    Total(count=2, active=1, size_bytes=7, free_bytes=5)
    """
    all_ = tuple(images)
    own_bytes = sum(it.size_bytes if it.own_bytes is None else it.own_bytes for it in all_)
    return Total(
        len(all_),
        sum(bool(it.containers) for it in all_),
        layers_bytes or own_bytes,
        sum(it.own_bytes or 0 for it in all_ if it.is_unused),
    )


def total_of_containers(containers: Iterable[ContainerRoom]) -> Total:
    """What containers take together, on top of their images.

    >>> up = ContainerRoom(id="a", state=ContainerState.RUNNING, own_bytes=2)
    >>> total_of_containers([up, ContainerRoom(id="b", own_bytes=4)])
    Total(count=2, active=1, size_bytes=6, free_bytes=4)
    """
    all_ = tuple(containers)
    return Total(
        len(all_),
        sum(it.state.is_live for it in all_),
        sum(it.own_bytes for it in all_),
        sum(it.own_bytes for it in all_ if not it.state.is_live),
    )


def total_of_volumes(volumes: Iterable[VolumeRoom]) -> Total:
    """What volumes take together, as far as their drivers say.

    >>> total_of_volumes([VolumeRoom(name="a", containers=1), VolumeRoom(name="b", size_bytes=3)])
    Total(count=2, active=1, size_bytes=3, free_bytes=0)
    """
    all_ = tuple(volumes)
    return Total(
        len(all_),
        sum(bool(it.containers) for it in all_),
        sum(it.size_bytes or 0 for it in all_),
        sum(it.size_bytes or 0 for it in all_ if it.is_unused),
    )


def total_of_cache(cache: Iterable[CacheRoom]) -> Total:
    """What the build cache takes besides what images have.

    >>> total_of_cache([CacheRoom(id="a", size_bytes=3), CacheRoom(id="b", shared=True)])
    Total(count=2, active=0, size_bytes=3, free_bytes=3)
    """
    all_ = tuple(cache)
    return Total(
        len(all_),
        sum(it.in_use for it in all_),
        sum(it.size_bytes for it in all_ if not it.shared),
        sum(it.size_bytes for it in all_ if not it.shared and not it.in_use),
    )
