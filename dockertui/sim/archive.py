"""Images from files: what was saved is loaded, and a root file system is made one."""

from __future__ import annotations

import copy
import io
import json
import posixpath
import tarfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO

from dockertui.sim.answers import JSON, Refusal, dumps
from dockertui.sim.image import Image, Layer
from dockertui.sim.instructions import configure, instructions
from dockertui.sim.world import World


def load(world: World, content: bytes) -> Iterator[bytes]:
    """Take in what was saved, or refuse."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            yield from _loaded(world, archive)
    except tarfile.TarError:
        raise Refusal(500, "Error processing tar file(exit status 1): unexpected EOF") from None


def _loaded(world: World, archive: tarfile.TarFile) -> Iterator[bytes]:
    if "manifest.json" not in archive.getnames():
        raise Refusal(
            500, "open /var/lib/docker/tmp/docker-import-1/repositories: no such file or directory"
        )
    for each in json.loads(_read(archive, "manifest.json")):
        config = json.loads(_read(archive, each["Config"]))
        # Before Docker 25 it is called by its digest, and since then it is a blob among others.
        id_ = f"sha256:{posixpath.basename(each['Config']).removesuffix('.json')}"
        image = world.images.get(id_)
        if image is None:
            sizes = [_unpacked_bytes(archive.extractfile(it)) for it in each["Layers"]]
            history = _history(config["history"], sizes)
            image = Image(id_, [], [], world.clock.time_ns(), config["config"], history)
            world.images.add(image)
        for tag in each["RepoTags"] or ():
            world.images.tag(image, tag)
            yield dumps({"stream": f"Loaded image: {tag}\n"}) + b"\r\n"
        if not each["RepoTags"]:
            yield dumps({"stream": f"Loaded image ID: {id_}\n"}) + b"\r\n"
        world.events.emit("image", "load", id_, {"name": id_})


def _history(steps: Iterable[JSON], sizes: Iterable[int]) -> list[Layer]:
    of_layers = iter(sizes)
    return [
        Layer(
            it["created_by"],
            0 if it.get("empty_layer") else next(of_layers, 0),
            it.get("comment", ""),
        )
        for it in steps
    ]


def _unpacked_bytes(file: IO[bytes] | None) -> int:
    """What the files in an archive take, compressed or not."""
    with tarfile.open(fileobj=file) as archive:
        return sum(it.size for it in archive)


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


async def imported(
    world: World, content: bytes, query: Mapping[str, str], changes: Sequence[str]
) -> AsyncIterator[bytes]:
    """Make an image of a root file system, which comes as a tar archive."""
    try:
        size_bytes = _unpacked_bytes(io.BytesIO(content))
    except tarfile.TarError:
        yield dumps(_failure("Error processing tar file(exit status 1): unexpected EOF")) + b"\r\n"
        return
    comment = query.get("message") or "Imported from -"
    image = Image(
        f"sha256:{world.new_id()}",
        [],
        [],
        world.clock.time_ns(),
        {"Cmd": None, "Env": None, "Labels": None},
        [Layer("", size_bytes, comment)],
        comment=comment,
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
