"""What registries keep of an image: its manifest, its configuration, and an index of platforms."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dockertui.sim.answers import JSON, dumps
from dockertui.sim.clock import timestamp
from dockertui.sim.image import Image

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
_PLATFORMS = (("amd64", ""), ("arm64", "v8"), ("arm", "v7"))
"""What images on Docker Hub run on: architectures and variants. Others are for the first alone."""
_PACKED = 0.38
"""What is left of a layer once it is packed."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Something that is known by its digest."""

    body: bytes
    """What it is."""
    kind: str
    """Its media type."""

    @property
    def digest(self) -> str:
        """The digest of all of it."""
        return f"sha256:{hashlib.sha256(self.body).hexdigest()}"

    def described(self, **more: object) -> JSON:
        """What a manifest says of it."""
        return {
            "mediaType": self.kind,
            "digest": self.digest,
            "size": len(self.body),
            **more,
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """An image as a registry keeps it."""

    top: Blob
    """What its tag stands for."""
    manifests: tuple[Blob, ...]
    """Its manifests, one for each platform."""
    configs: tuple[Blob, ...]
    """Their configurations."""
    download_bytes: int
    """What pulling it takes."""


def is_on_hub(repository: str) -> bool:
    """Is a repository on Docker Hub, going by its name?

    >>> is_on_hub("prom/prometheus"), is_on_hub("localhost:5000/shop/web"), is_on_hub("gcr.io/x")
    (True, False, False)
    """
    host, slash, _ = repository.partition("/")
    return not slash or not (host == "localhost" or "." in host or ":" in host)


def kept(image: Image, repository: str) -> Kept:
    """How a registry keeps an image."""
    platforms = _PLATFORMS if is_on_hub(repository) else _PLATFORMS[:1]
    configs = tuple(_config(image, *it) for it in platforms)
    manifests = tuple(
        _manifest(image, config, architecture)
        for config, (architecture, _) in zip(configs, platforms, strict=True)
    )
    size = sum(_packed(it) for it in image.layers.values())
    if len(platforms) == 1:
        return Kept(manifests[0], manifests, configs, size)
    listed = [
        manifest.described(
            platform={"os": "linux", "architecture": name} | ({"variant": more} if more else {})
        )
        for manifest, (name, more) in zip(manifests, platforms, strict=True)
    ]
    body = {"schemaVersion": 2, "mediaType": INDEX, "manifests": listed}
    return Kept(Blob(dumps(body), INDEX), manifests, configs, size)


def _config(image: Image, architecture: str, variant: str) -> Blob:
    content: JSON = {
        "architecture": architecture,
        **({"variant": variant} if variant else {}),
        "os": "linux",
        "created": timestamp(image.created_ns),
        "config": image.config,
        "rootfs": {"type": "layers", "diff_ids": image.layer_ids},
        "history": [
            {
                "created": timestamp(image.created_ns),
                "created_by": it.created_by,
                "empty_layer": not it.size_bytes,
            }
            for it in image.history
        ],
    }
    return Blob(dumps(content), _CONFIG)


def _manifest(image: Image, config: Blob, architecture: str) -> Blob:
    layers = [
        {
            "mediaType": _LAYER,
            "digest": f"sha256:{hashlib.sha256(f'{architecture} {id_}'.encode()).hexdigest()}",
            "size": _packed(size_bytes),
        }
        for id_, size_bytes in image.layers.items()
    ]
    body = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": config.described(),
        "layers": layers,
    }
    return Blob(dumps(body), MANIFEST)


def _packed(size_bytes: int) -> int:
    return round(size_bytes * _PACKED)
