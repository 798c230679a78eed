"""Images as files: saved, loaded, and made of a root file system.

A layer is as long as the engine says, and holds nothing but zeros.
"""

from __future__ import annotations

import asyncio
import copy
import io
import json
import tarfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress

from dockertui.sim.answers import JSON, Refusal, dumps
from dockertui.sim.clock import timestamp
from dockertui.sim.image import Image, Layer, familiar
from dockertui.sim.instructions import configure, instructions
from dockertui.sim.world import World

_PIECE = 1 << 18
_BLOCK = 512
_STEP_S = 0.02


async def saved(world: World, names: list[str]) -> AsyncIterator[bytes]:
    """Write images as `docker save` does, as fast as images come and go."""
    wanted: dict[str, list[str]] = {}
    for name in names:
        image = world.images.find(name)
        tags = wanted.setdefault(image.id, [])
        if familiar(name) in image.tags:
            tags.append(familiar(name))
    written = set[str]()
    sent = 0
    for piece in _archive(world, wanted, written):
        yield piece
        sent += len(piece)
        if sent > world.bytes_per_s * _STEP_S:
            sent = 0
            await asyncio.sleep(_STEP_S)


def _archive(world: World, wanted: Mapping[str, list[str]], written: set[str]) -> Iterator[bytes]:
    manifest: list[JSON] = []
    for id_, tags in wanted.items():
        image = world.images.find(id_)
        for digest, size_bytes in image.layers.items():
            if digest not in written:
                written.add(digest)
                yield from _zeros(_layer_path(digest), size_bytes)
        name = f"{id_.removeprefix('sha256:')}.json"
        yield _entry(name, dumps(_config(image)))
        layers = [_layer_path(it) for it in image.layers]
        manifest.append({"Config": name, "RepoTags": tags or None, "Layers": layers})
    yield _entry("manifest.json", dumps(manifest))
    yield bytes(2 * _BLOCK)


def _layer_path(digest: str) -> str:
    return f"{digest.removeprefix('sha256:')}/layer.tar"


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


def _entry(name: str, content: bytes) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    return entry.tobuf() + content + bytes(-len(content) % _BLOCK)


def _zeros(name: str, size: int) -> Iterator[bytes]:
    entry = tarfile.TarInfo(name)
    entry.size = size
    yield entry.tobuf()
    left = size + -size % _BLOCK
    while left:
        piece = bytes(min(_PIECE, left))
        left -= len(piece)
        yield piece


def load(world: World, content: bytes) -> Iterator[bytes]:
    """Take in what was saved, or refuse."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            yield from _loaded(world, archive)
    except tarfile.TarError:
        raise Refusal(500, "Error processing tar file(exit status 1): unexpected EOF") from None


def _loaded(world: World, archive: tarfile.TarFile) -> Iterator[bytes]:
    sizes = {it.name: it.size for it in archive}
    if "manifest.json" not in sizes:
        raise Refusal(
            500, "open /var/lib/docker/tmp/docker-import-1/repositories: no such file or directory"
        )
    for each in json.loads(_read(archive, "manifest.json")):
        config = json.loads(_read(archive, each["Config"]))
        layers = iter([sizes[it] for it in each["Layers"]])
        history = [
            Layer(
                it["created_by"],
                0 if it.get("empty_layer") else next(layers, 0),
                it.get("comment", ""),
            )
            for it in config["history"]
        ]
        id_ = f"sha256:{each['Config'].removesuffix('.json')}"
        image = world.images.get(id_)
        if image is None:
            created_ns = world.clock.time_ns()
            image = Image(id_, [], [], created_ns, config["config"], history)
            world.images.add(image)
        for tag in each["RepoTags"] or ():
            world.images.tag(image, tag)
            yield dumps({"stream": f"Loaded image: {tag}\n"}) + b"\r\n"
        if not each["RepoTags"]:
            yield dumps({"stream": f"Loaded image ID: {id_}\n"}) + b"\r\n"
        world.events.emit("image", "load", id_, {"name": id_})


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


async def imported(
    world: World, content: bytes, query: Mapping[str, str], changes: Sequence[str]
) -> AsyncIterator[bytes]:
    """Make an image of a root file system, which comes as a tar archive."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            size_bytes = sum(it.size for it in archive)
    except tarfile.TarError:
        yield dumps(_failure("Error processing tar file(exit status 1): unexpected EOF")) + b"\r\n"
        return
    image = Image(
        f"sha256:{world.new_id()}",
        [],
        [],
        world.clock.time_ns(),
        {"Cmd": None, "Env": None, "Labels": None},
        [Layer("", size_bytes, query.get("message") or "Imported from -")],
        comment=query.get("message") or "Imported from -",
    )
    with suppress(Refusal):
        for word, rest in instructions("\n".join(changes)):
            configure(image.config, word, rest)
    world.images.add(image)
    if repository := query.get("repo"):
        world.images.tag(image, f"{repository}:{query.get('tag') or 'latest'}")
    world.events.emit("image", "import", image.id, {"name": image.id})
    yield dumps({"status": image.id}) + b"\r\n"


def _failure(message: str) -> JSON:
    return {"errorDetail": {"message": message}, "error": message}


def config_of(image: Image) -> JSON:
    """A configuration like that of an image, to be changed."""
    return copy.deepcopy(image.config)
