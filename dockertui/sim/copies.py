"""What is made of a container: an image, or a tar archive of its files."""

from __future__ import annotations

import copy
import io
import tarfile
from collections.abc import AsyncIterator, Iterator, Sequence

from dockertui.sim.answers import JSON, Refusal
from dockertui.sim.container import Container
from dockertui.sim.image import Image, Layer, check_repository, check_tag
from dockertui.sim.instructions import configure, instructions
from dockertui.sim.shell.files import Files

_COMMITTED = frozenset(
    (
        *("CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "USER"),
        *("VOLUME", "WORKDIR"),
    )
)


def commit(container: Container, query: dict[str, str], changes: Sequence[str]) -> Image:
    """Make an image of a container's files and configuration, or refuse."""
    world, base = container.world, container.world.images.get(container.image_id)
    reference = _reference(query)
    image = Image(
        f"sha256:{world.new_id()}",
        [],
        [],
        world.clock.time_ns(),
        _configured(container, changes),
        [
            *(base.history if base else ()),
            Layer(" ".join(container.command), container.size_rw, ""),
        ],
        container.behaviour,
        base.shells if base else (),
        base.flavour if base else "busybox",
        container.image_id,
        query.get("comment", ""),
    )
    world.images.add(image)
    if reference:
        world.images.tag(image, reference)
    container.emit("commit", comment=query.get("comment", ""), imageID=image.id)
    return image


def _reference(query: dict[str, str]) -> str:
    """What the image will be called, if anything, or refuse."""
    repository, tag = query.get("repo"), query.get("tag")
    if not repository:
        return ""
    check_repository(repository)
    if tag:
        check_tag(tag)
    return f"{repository}:{tag or 'latest'}"


def _configured(container: Container, changes: Sequence[str]) -> JSON:
    config: JSON = copy.deepcopy(container.config)
    for word, rest in _changes(changes):
        configure(config, word, rest)
    return config


def _changes(changes: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word, rest in instructions("\n".join(changes)):
        if word not in _COMMITTED:
            raise Refusal(400, f"{word.lower()} is not a valid change command")
        yield word, rest


async def exported(container: Container) -> AsyncIterator[bytes]:
    """Write a container's files as `docker export` does."""
    files = Files(container)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in _paths(files, "/"):
            text = files.read(path)
            entry = tarfile.TarInfo(path.lstrip("/"))
            content = (text or "").encode()
            entry.type = tarfile.DIRTYPE if text is None else tarfile.REGTYPE
            entry.mode = 0o755 if text is None else 0o644
            entry.size = len(content)
            entry.mtime = container.created_ns // 1_000_000_000
            archive.addfile(entry, io.BytesIO(content))
    container.emit("export")
    yield packed.getvalue()


def _paths(files: Files, folder: str) -> Iterator[str]:
    for name in files.names(folder) or ():
        path = f"{folder.rstrip('/')}/{name}"
        yield path
        if files.is_directory(path) and path not in {"/dev", "/proc", "/sys"}:
            yield from _paths(files, path)
