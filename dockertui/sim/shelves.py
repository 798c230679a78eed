"""What the world's registries hold: repositories, their tags, and the images these mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockertui.sim.image import Image
from dockertui.sim.manifests import Blob, Kept, is_on_hub, kept

if TYPE_CHECKING:
    from dockertui.sim.world import World

HUB = "docker.io"


class Shelves:
    """All that can be pulled, by registry, repository and tag."""

    def __init__(self, world: World) -> None:
        """Hold what the engine has pulled so far, and what it can pull besides."""
        self._world = world
        self._pulled = {tag: image for image in world.images if image.digests for tag in image.tags}
        self._gone: set[str] = set()
        self._kept: dict[tuple[str, str], Kept] = {}

    def repositories(self, host: str) -> list[str]:
        """The repositories of a registry, in the order of the alphabet."""
        return sorted({path for name, path, _ in self._all() if name == host})

    def tags(self, host: str, path: str) -> dict[str, Kept]:
        """What the tags of a repository stand for."""
        return {
            reference.rpartition(":")[2]: self._as_kept(image, host, path)
            for name, each, (reference, image) in self._all()
            if (name, each) == (host, path)
        }

    def images(self, host: str, path: str) -> dict[str, Image]:
        """The images of a repository, by their tags."""
        return {
            reference.rpartition(":")[2]: image
            for name, each, (reference, image) in self._all()
            if (name, each) == (host, path)
        }

    def manifest(self, host: str, path: str, version: str) -> Blob | None:
        """What a tag or a digest stands for."""
        tags = self.tags(host, path)
        if version in tags:
            return tags[version].top
        blobs = (blob for it in tags.values() for blob in (it.top, *it.manifests))
        return next((it for it in blobs if it.digest == version), None)

    def config(self, host: str, path: str, digest: str) -> Blob | None:
        """A configuration by its digest."""
        blobs = (blob for it in self.tags(host, path).values() for blob in it.configs)
        return next((it for it in blobs if it.digest == digest), None)

    def delete(self, host: str, path: str, digest: str) -> bool:
        """Delete what a digest stands for, with every tag; says whether there was any."""
        tags = [name for name, it in self.tags(host, path).items() if it.top.digest == digest]
        for tag in tags:
            reference = f"{_familiar(host, path)}:{tag}"
            self._gone.add(reference)
            self._world.registry.pop(reference, None)
        return bool(tags)

    def _as_kept(self, image: Image, host: str, path: str) -> Kept:
        key = image.id, f"{host}/{path}"
        if key not in self._kept:
            self._kept[key] = kept(image, _familiar(host, path))
        return self._kept[key]

    def _all(self) -> Iterator[tuple[str, str, tuple[str, Image]]]:
        # What was pushed after it had been deleted is there again.
        there = {key: it for key, it in self._pulled.items() if key not in self._gone}
        for reference, image in {**there, **self._world.registry}.items():
            name = reference.rpartition(":")[0]
            if is_on_hub(name):
                yield HUB, name if "/" in name else f"library/{name}", (reference, image)
            else:
                host, _, path = name.partition("/")
                yield host, path, (reference, image)


def _familiar(host: str, path: str) -> str:
    return path.removeprefix("library/") if host == HUB else f"{host}/{path}"
