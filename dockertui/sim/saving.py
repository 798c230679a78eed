"""Images as the engine saves them: an archive in one of three layouts."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import tarfile
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass

from dockertui.sim.answers import JSON, dumps
from dockertui.sim.clock import SECOND
from dockertui.sim.host import Host
from dockertui.sim.image import Image
from dockertui.sim.layer_file import archive, archive_size

_BLOCK = 512
_END = bytes(2 * _BLOCK)
_MEDIA = "application/vnd.oci.image"


@dataclass(frozen=True, slots=True)
class _Part:
    """An entry of the archive."""

    name: str
    """Where it is in it."""
    size: int
    """Its bytes."""
    content: Iterable[bytes]
    """The bytes, in pieces."""


async def sent(image: Image, host: Host) -> AsyncIterator[bytes]:
    """The archive of an image, as fast and as far as a host sends it."""
    left = host.saves_at_most
    for piece in save(image, host.saves_as):
        if left is not None:
            piece, left = piece[:left], left - len(piece[:left])  # noqa: PLW2901 - cut
        if piece:
            yield piece
        await asyncio.sleep(host.saving_pause_s)


def save(image: Image, layout: str) -> Iterator[bytes]:
    """The archive of an image, in pieces.

    Args:
        image: The image.
        layout: `classic`, as engines before 25 have it; `oci`, as those since; or `gzip`, as
            those that keep images in containerd's store.
    """
    parts = _classic(image) if layout == "classic" else _oci(image, compressed=layout == "gzip")
    for part in parts:
        yield _header(part.name, part.size)
        yield from part.content
        yield bytes(-part.size % _BLOCK)
    yield _END


def _header(name: str, size: int) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o644
    return entry.tobuf(tarfile.PAX_FORMAT)


def _document(name: str, content: object) -> _Part:
    body = dumps(content)
    return _Part(name, len(body), (body,))


def _classic(image: Image) -> Iterator[_Part]:
    """A folder for each layer, by names that tell nothing of their order."""
    names = [hashlib.sha256(f"v1 {it}".encode()).hexdigest() for it in image.layer_ids]
    time_s = image.created_ns // SECOND
    layers = dict(zip(names, image.contents, strict=True))
    for name in sorted(names):
        yield _document(f"{name}/VERSION", 1.0)
        files = layers[name]
        yield _Part(f"{name}/layer.tar", archive_size(files, time_s), archive(files, time_s))
    digits = image.id.removeprefix("sha256:")
    yield _document(f"{digits}.json", _config(image))
    listed = {"Config": f"{digits}.json", "RepoTags": image.tags or None}
    yield _document("manifest.json", [{**listed, "Layers": [f"{it}/layer.tar" for it in names]}])


def _oci(image: Image, *, compressed: bool) -> Iterator[_Part]:
    """Blobs by what is in them, whatever they are."""
    time_s = image.created_ns // SECOND
    config = _document(_blob(image.id), _config(image))
    layers = []
    for digest, files in zip(image.layer_ids, image.contents, strict=True):
        if compressed:
            body = gzip.compress(b"".join(archive(files, time_s)), 1, mtime=0)
            digest = f"sha256:{hashlib.sha256(body).hexdigest()}"  # noqa: PLW2901 - it is another
            layers.append(_Part(_blob(digest), len(body), (body,)))
        else:
            size = archive_size(files, time_s)
            layers.append(_Part(_blob(digest), size, archive(files, time_s)))
    manifest = {
        "schemaVersion": 2,
        "mediaType": f"{_MEDIA}.manifest.v1+json",
        "config": _described(config, "config.v1+json"),
        "layers": [_described(it, f"layer.v1.tar{'+gzip' if compressed else ''}") for it in layers],
    }
    digest = f"sha256:{hashlib.sha256(dumps(manifest)).hexdigest()}"
    listed = _document(_blob(digest), manifest)
    # The same layer twice is one blob.
    yield from sorted({it.name: it for it in (config, listed, *layers)}.values(), key=_name)
    index = {"schemaVersion": 2, "manifests": [_described(listed, "manifest.v1+json")]}
    yield _document("index.json", index)
    names = {"Config": config.name, "RepoTags": image.tags or None}
    yield _document("manifest.json", [{**names, "Layers": [it.name for it in layers]}])
    yield _document("oci-layout", {"imageLayoutVersion": "1.0.0"})


def _name(part: _Part) -> str:
    return part.name


def _blob(digest: str) -> str:
    return f"blobs/{digest.replace(':', '/')}"


def _described(part: _Part, kind: str) -> JSON:
    digest = part.name.removeprefix("blobs/").replace("/", ":")
    return {"mediaType": f"{_MEDIA}.{kind}", "digest": digest, "size": part.size}


def _config(image: Image) -> JSON:
    return {
        "architecture": "amd64",
        "os": "linux",
        "config": image.config,
        "rootfs": {"type": "layers", "diff_ids": image.layer_ids},
        "history": [
            {"created_by": it.created_by, "empty_layer": not it.size_bytes} for it in image.history
        ],
    }
