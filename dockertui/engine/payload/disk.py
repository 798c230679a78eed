"""What everything takes, as `GET /system/df` tells it.

Up to API 1.51 the engine lists all objects, and whoever asks adds them up. From 1.52 on each kind
comes with totals of the engine's own; the objects themselves only if they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from dockertui.engine.payload.container import container_name
from dockertui.engine.payload.fields import (
    Payload,
    is_true,
    labels,
    moment,
    rows,
    table,
    text,
    whole,
    words,
)
from dockertui.model.container import ContainerState
from dockertui.model.disk import (
    CacheRoom,
    ContainerRoom,
    DiskUsage,
    ImageRoom,
    Total,
    VolumeRoom,
    total_of_cache,
    total_of_containers,
    total_of_images,
    total_of_volumes,
)

R = TypeVar("R")

_NONE = "<none>"
_SHORT_ID = 12


def parse_disk_usage(payload: Payload) -> DiskUsage:
    """Read what everything takes."""
    images = _each(payload, "Images", "ImageUsage", _image)
    containers = _each(payload, "Containers", "ContainerUsage", _container)
    volumes = _each(payload, "Volumes", "VolumeUsage", _volume)
    cache = _each(payload, "BuildCache", "BuildCacheUsage", _cache)
    layers_bytes = _size(payload.get("LayersSize"))
    return DiskUsage(
        images=images,
        containers=containers,
        volumes=volumes,
        cache=cache,
        image_total=_total(payload, "ImageUsage") or total_of_images(images, layers_bytes),
        container_total=_total(payload, "ContainerUsage") or total_of_containers(containers),
        volume_total=_total(payload, "VolumeUsage") or total_of_volumes(volumes),
        cache_total=_total(payload, "BuildCacheUsage") or total_of_cache(cache),
    )


def _each(
    payload: Payload, old: str, new: str, read: Callable[[Payload], R | None]
) -> tuple[R, ...]:
    listed = table(payload.get(new)).get("Items") if new in payload else payload.get(old)
    return tuple(found for it in rows(listed) if (found := read(it)) is not None)


def _total(payload: Payload, name: str) -> Total | None:
    if not (said := table(payload.get(name))):
        return None
    return Total(
        _size(said.get("TotalCount")),
        _size(said.get("ActiveCount")),
        _size(said.get("TotalSize")),
        _size(said.get("Reclaimable")),
    )


def _image(payload: Payload) -> ImageRoom | None:
    if not (id_ := text(payload.get("Id"))):
        return None
    tags = [it for it in words(payload.get("RepoTags")) if it and not it.startswith(_NONE)]
    return ImageRoom(
        id=id_,
        name=tags[0] if tags else "",
        size_bytes=_size(payload.get("Size")) or _size(payload.get("VirtualSize")),
        shared_bytes=_known(payload.get("SharedSize")),
        containers=_known(payload.get("Containers")),
        created=moment(payload.get("Created")),
    )


def _container(payload: Payload) -> ContainerRoom | None:
    if not (id_ := text(payload.get("Id"))):
        return None
    return ContainerRoom(
        id=id_,
        name=container_name(payload.get("Names")) or id_[:_SHORT_ID],
        image=text(payload.get("Image")),
        state=ContainerState(text(payload.get("State")).lower()),
        own_bytes=_size(payload.get("SizeRw")),
        root_bytes=_size(payload.get("SizeRootFs")),
    )


def _volume(payload: Payload) -> VolumeRoom | None:
    if not (name := text(payload.get("Name"))):
        return None
    usage = table(payload.get("UsageData"))
    return VolumeRoom(
        name=name,
        size_bytes=_known(usage.get("Size")),
        containers=_known(usage.get("RefCount")),
        project=labels(payload.get("Labels")).get("com.docker.compose.project", ""),
    )


def _cache(payload: Payload) -> CacheRoom | None:
    if not (id_ := text(payload.get("ID"))):
        return None
    return CacheRoom(
        id=id_,
        kind=text(payload.get("Type")),
        description=text(payload.get("Description")),
        size_bytes=_size(payload.get("Size")),
        in_use=is_true(payload.get("InUse")),
        shared=is_true(payload.get("Shared")),
        uses=_size(payload.get("UsageCount")),
        last_used=moment(payload.get("LastUsedAt")),
    )


def _size(value: Any) -> int:
    return max(0, whole(value))


def _known(value: Any) -> int | None:
    """An amount; `None` where the engine says -1 or nothing, for it did not look."""
    found = whole(value, -1)
    return found if found >= 0 else None
