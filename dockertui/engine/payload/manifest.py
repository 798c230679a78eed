"""Manifests and configurations of images, as registries keep them.

Source: https://distribution.github.io/distribution/spec/manifest-v2-2/ and
https://github.com/opencontainers/image-spec.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

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
from dockertui.model.image import Layer
from dockertui.model.reference import Reference, is_digest
from dockertui.model.remote_image import (
    ImageConfig,
    Manifest,
    Platform,
    PlatformManifest,
    RemoteLayer,
)

INDEX_TYPES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
IMAGE_TYPES = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
_CONFIG_TYPES = {
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.container.image.v1+json",
}
_FOREIGN = "foreign.diff"
_NONDISTRIBUTABLE = "nondistributable"
_ATTESTATION = "vnd.docker.reference.type"
_MOST_BYTES = 2**63 - 1
_MOST_ROWS = 2_000


def parse_manifest(
    payload: Payload, *, repository: Reference, digest: str, media_type: str, size_bytes: int
) -> Manifest | None:
    """Read a manifest or an index of them; `None` for what is neither, or of before 2016.

    Args:
        payload: The manifest.
        repository: Where it is.
        digest: Its digest, as computed from what came.
        media_type: What it came as, for one that does not say itself.
        size_bytes: How large it is.
    """
    kind = text(payload.get("mediaType")) or text(media_type)
    is_index = kind in INDEX_TYPES or (kind not in IMAGE_TYPES and "manifests" in payload)
    if whole(payload.get("schemaVersion")) != 2 or not (is_index or "layers" in payload):  # noqa: PLR2004
        return None
    config = table(payload.get("config"))
    config_type = text(config.get("mediaType"))
    of_its_own = "" if config_type in _CONFIG_TYPES or is_index else config_type
    return Manifest(
        repository=repository,
        digest=digest,
        media_type=kind,
        size_bytes=size_bytes,
        platforms=tuple(_platforms(payload.get("manifests"))) if is_index else (),
        config_digest=_digest(config),
        config_size_bytes=_size(config),
        layers=() if is_index else tuple(_layers(payload.get("layers"))),
        artifact_type=text(payload.get("artifactType")) or of_its_own,
        annotations=labels(payload.get("annotations")),
    )


def parse_image_config(payload: Payload, layers: tuple[RemoteLayer, ...]) -> ImageConfig:
    """Read the configuration of an image.

    Args:
        payload: The configuration.
        layers: The layers in the image's manifest, lowest first.
    """
    config = table(payload.get("config"))
    return ImageConfig(
        platform=_platform(payload),
        created=moment(payload.get("created")),
        author=text(payload.get("author")),
        entrypoint=words(config.get("Entrypoint")),
        command=words(config.get("Cmd")),
        env=tuple(_pair(it) for it in words(config.get("Env"))),
        labels=labels(config.get("Labels")),
        ports=_names(config.get("ExposedPorts")),
        volumes=_names(config.get("Volumes")),
        working_dir=text(config.get("WorkingDir")),
        user=text(config.get("User")),
        stop_signal=text(config.get("StopSignal")),
        history=tuple(_history(payload.get("history"), layers))[::-1],
    )


def _platforms(value: Any) -> Iterator[PlatformManifest]:
    for each in _some(rows(value)):
        if digest := _digest(each):
            platform = _platform(table(each.get("platform")))
            remark = labels(each.get("annotations")).get(_ATTESTATION, "")
            is_attestation = bool(remark) or not platform.is_known
            yield PlatformManifest(platform, digest, _size(each), is_attestation)


def _platform(payload: Payload) -> Platform:
    return Platform(
        text(payload.get("os")),
        text(payload.get("architecture")),
        text(payload.get("variant")),
        text(payload.get("os.version")),
    )


def _layers(value: Any) -> Iterator[RemoteLayer]:
    for each in _some(rows(value)):
        kind = text(each.get("mediaType"))
        is_elsewhere = _FOREIGN in kind or (_NONDISTRIBUTABLE in kind and bool(each.get("urls")))
        yield RemoteLayer(_digest(each), _size(each), kind, is_elsewhere)


def _history(value: Any, layers: tuple[RemoteLayer, ...]) -> Iterator[Layer]:
    """The steps, lowest first, each with the layer it made; layers without a step come last."""
    made = iter(layers)
    for step in _some(rows(value)):
        layer = None if is_true(step.get("empty_layer")) else next(made, None)
        yield Layer(
            id="",
            created=moment(step.get("created")),
            created_by=text(step.get("created_by")),
            size_bytes=layer.size_bytes if layer is not None else 0,
            comment=text(step.get("comment")),
        )
    for rest in made:
        yield Layer(id="", created=None, created_by="", size_bytes=rest.size_bytes)


def _digest(payload: Payload) -> str:
    said = text(payload.get("digest"))
    return said if is_digest(said) else ""


def _size(payload: Payload) -> int:
    return min(max(0, whole(payload.get("size"))), _MOST_BYTES)


def _pair(entry: str) -> tuple[str, str]:
    name, _, value = entry.partition("=")
    return name, value


def _names(value: Any) -> tuple[str, ...]:
    return tuple(sorted(text(it) for it in _some(table(value))))


def _some(values: Iterable[Any]) -> Iterator[Any]:
    """No more than an image can have: a hostile one may have a million."""
    return islice(values, _MOST_ROWS)
