"""Images as the engine saves them: an archive in one of three layouts.

A layer is as long as the engine says, and its files hold nothing but zeros.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import math
import tarfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dockertui.sim.answers import JSON, dumps
from dockertui.sim.clock import SECOND, timestamp
from dockertui.sim.host import Host
from dockertui.sim.image import Image, familiar
from dockertui.sim.layer_file import LayerFile, archive, archive_size
from dockertui.sim.world import World

_BLOCK = 512
_END = bytes(2 * _BLOCK)
_STEP_S = 0.02
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


def named(world: World, names: Iterable[str]) -> dict[Image, list[str]]:
    """The images that names mean, each with the tags that are among the names; or refuse."""
    wanted: dict[Image, list[str]] = {}
    for name in dict.fromkeys(names):
        image = world.images.find(name)
        tags = wanted.setdefault(image, [])
        if familiar(name) in image.tags:
            tags.append(familiar(name))
    return wanted


async def sent(
    images: Mapping[Image, list[str]], host: Host, *, bytes_per_s: float = math.inf
) -> AsyncIterator[bytes]:
    """The archive of some images, as fast and as far as a host sends it."""
    left, at_once = host.saves_at_most, 0
    for piece in save(images, host.saves_as):
        if left is not None:
            piece, left = piece[:left], left - len(piece[:left])  # noqa: PLW2901 - cut
        if piece:
            yield piece
        pause_s, at_once = host.saving_pause_s, at_once + len(piece)
        if at_once > bytes_per_s * _STEP_S:
            pause_s, at_once = pause_s + _STEP_S, 0
        await asyncio.sleep(pause_s)


def save(images: Mapping[Image, list[str]], layout: str) -> Iterator[bytes]:
    """The archive of some images, in pieces.

    Args:
        images: The images, each with the tags that are kept.
        layout: `classic`, as engines before 25 have it; `oci`, as those since; or `gzip`, as
            those that keep images in containerd's store.
    """
    parts = _classic(images) if layout == "classic" else _oci(images, compressed=layout == "gzip")
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


def _classic(images: Mapping[Image, list[str]]) -> Iterator[_Part]:
    """A folder for each layer, by names that tell nothing of their order."""
    layers: dict[str, _Part] = {}
    listed = []
    for image, tags in images.items():
        own = [_classic_layer(*it) for it in _layers(image)]
        layers |= {it.name: it for it in own}
        config = _document(f"{image.id.removeprefix('sha256:')}.json", _config(image))
        yield config
        listed.append(_listed(config, tags, own))
    for part in sorted(layers.values(), key=_name):
        yield _document(f"{part.name.partition('/')[0]}/VERSION", 1.0)
        yield part
    yield _document("manifest.json", listed)


def _classic_layer(digest: str, files: Sequence[LayerFile], time_s: int) -> _Part:
    name = hashlib.sha256(f"v1 {digest}".encode()).hexdigest()
    return _Part(f"{name}/layer.tar", archive_size(files, time_s), archive(files, time_s))


def _oci(images: Mapping[Image, list[str]], *, compressed: bool) -> Iterator[_Part]:
    """Blobs by what is in them, whatever they are; the same layer twice is one."""
    blobs: dict[str, _Part] = {}
    manifests, listed = [], []
    for image, tags in images.items():
        config = _document(_blob(image.id), _config(image))
        layers = [(_packed if compressed else _plain)(*it) for it in _layers(image)]
        manifest = _manifest(config, layers, f"layer.v1.tar{'+gzip' if compressed else ''}")
        blobs |= {it.name: it for it in (config, manifest, *layers)}
        manifests.append(_described(manifest, "manifest.v1+json"))
        listed.append(_listed(config, tags, layers))
    yield from sorted(blobs.values(), key=_name)
    yield _document("index.json", {"schemaVersion": 2, "manifests": manifests})
    yield _document("manifest.json", listed)
    yield _document("oci-layout", {"imageLayoutVersion": "1.0.0"})


def _plain(digest: str, files: Sequence[LayerFile], time_s: int) -> _Part:
    return _Part(_blob(digest), archive_size(files, time_s), archive(files, time_s))


def _packed(_: str, files: Sequence[LayerFile], time_s: int) -> _Part:
    body = gzip.compress(b"".join(archive(files, time_s)), 1, mtime=0)
    return _Part(_blob(f"sha256:{hashlib.sha256(body).hexdigest()}"), len(body), (body,))


def _manifest(config: _Part, layers: Sequence[_Part], kind: str) -> _Part:
    content = {
        "schemaVersion": 2,
        "mediaType": f"{_MEDIA}.manifest.v1+json",
        "config": _described(config, "config.v1+json"),
        "layers": [_described(it, kind) for it in layers],
    }
    return _document(_blob(f"sha256:{hashlib.sha256(dumps(content)).hexdigest()}"), content)


def _layers(image: Image) -> Iterator[tuple[str, Sequence[LayerFile], int]]:
    """The digest of each layer, what is in it, and when it was made."""
    time_s = image.created_ns // SECOND
    for digest, files in zip(image.layer_ids, image.contents, strict=True):
        yield digest, files, time_s


def _listed(config: _Part, tags: list[str], layers: Sequence[_Part]) -> JSON:
    names = [it.name for it in layers]
    return {"Config": config.name, "RepoTags": tags or None, "Layers": names}


def _name(part: _Part) -> str:
    return part.name


def _blob(digest: str) -> str:
    return f"blobs/{digest.replace(':', '/')}"


def _described(part: _Part, kind: str) -> JSON:
    digest = part.name.removeprefix("blobs/").replace("/", ":")
    return {"mediaType": f"{_MEDIA}.{kind}", "digest": digest, "size": part.size}


def _config(image: Image) -> JSON:
    history = [
        {
            "created": timestamp(image.created_ns),
            "created_by": it.created_by,
            "comment": it.comment,
            **({} if it.size_bytes else {"empty_layer": True}),
        }
        for it in image.history
    ]
    return {
        "architecture": "amd64",
        "os": "linux",
        "created": timestamp(image.created_ns),
        "config": image.config,
        "history": history,
        "rootfs": {"type": "layers", "diff_ids": image.layer_ids},
    }
