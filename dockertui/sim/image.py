"""Images, as the simulated engine knows them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dockertui.sim.answers import JSON, Refusal
from dockertui.sim.behaviour import QUIET, Behaviour
from dockertui.sim.clock import SECOND, timestamp
from dockertui.sim.inspection import graph_driver
from dockertui.sim.layer_file import LayerFile

_REPOSITORY = re.compile(r"(?:[\w.-]+(?::\d+)?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*")
_TAG = re.compile(r"\w[\w.-]{0,127}")


@dataclass(frozen=True, slots=True)
class Layer:
    """One step of an image's history."""

    created_by: str
    """The instruction that made it."""
    size_bytes: int = 0
    """What it added; 0 made no layer."""
    comment: str = "buildkit.dockerfile.v0"
    """Who made it."""
    contents: Callable[[], Sequence[LayerFile]] = tuple
    """What is in it, worked out when somebody wants to know; as large as it says in all. Nothing
    stands for one file, of which nobody knows more."""


@dataclass(slots=True, eq=False)
class Image:
    """An image."""

    id: str
    """`sha256:` and 64 hexadecimal digits."""
    tags: list[str]
    """`repository:tag`, without those that are Docker Hub's own parts."""
    digests: list[str]
    """`repository@sha256:...`; none for what was never pushed or pulled."""
    created_ns: int
    """When it was built."""
    config: JSON
    """The engine's `Config`."""
    history: list[Layer]
    """What it was made by, oldest first."""
    behaviour: Behaviour = QUIET
    """What a container does that runs its own command."""
    shells: tuple[str, ...] = ("sh",)
    """The shells in it."""
    flavour: str = "debian"
    """`debian`, `alpine`, `busybox` or `scratch`: what its files look like."""
    parent: str = ""
    """The ID of the image it was built on, if that was built here."""
    comment: str = ""
    """What its maker noted."""
    differs: JSON = field(default_factory=dict)
    """What a list says otherwise than it should; `...` leaves a field out."""

    @property
    def size_bytes(self) -> int:
        """What it takes, shared layers included."""
        return sum(layer.size_bytes for layer in self.history)

    @property
    def programs(self) -> tuple[str, ...]:
        """What it is made to run."""
        words = [*(self.config.get("Entrypoint") or ()), *(self.config.get("Cmd") or ())]
        return tuple(words[:1]) + tuple((self.config.get("Cmd") or ())[:1])

    @property
    def layers(self) -> dict[str, int]:
        """The size of each of its layers by its digest, oldest first.

        Images that were made by the same steps on the same base have the same layers.
        """
        sizes, chain = dict[str, int](), hashlib.sha256()
        for layer in self.history:
            if layer.size_bytes:
                chain.update(f"{layer.created_by}/{layer.size_bytes}/".encode())
                sizes[f"sha256:{chain.hexdigest()}"] = layer.size_bytes
        return sizes

    @property
    def contents(self) -> list[Sequence[LayerFile]]:
        """What is in each of its layers, oldest first."""
        return [
            it.contents() or (LayerFile("data", it.size_bytes),)
            for it in self.history
            if it.size_bytes
        ]

    @property
    def layer_ids(self) -> list[str]:
        """The digests of its layers, oldest first."""
        return list(self.layers)

    def shared_bytes(self, users: Mapping[str, int]) -> int:
        """What its layers take that other images have, too; `users` counts who has each."""
        return sum(size for layer, size in self.layers.items() if users[layer] > 1)

    def summary(self, containers: int, version: tuple[int, int], shared_bytes: int = -1) -> JSON:
        """Its entry in a list; numbers are -1 where nobody counted."""
        body: JSON = {
            "Containers": containers,
            "Created": self.created_ns // SECOND,
            "Id": self.id,
            "Labels": self.config.get("Labels"),
            "ParentId": self.parent,
            "RepoDigests": self.digests or ([] if version >= (1, 43) else None),
            "RepoTags": self.tags or self._untagged(version),
            "SharedSize": shared_bytes,
            "Size": self.size_bytes,
        }
        if version < (1, 44):
            body["VirtualSize"] = self.size_bytes
        body |= self.differs
        return {key: value for key, value in body.items() if value is not ...}

    def inspect(self, root: str, version: tuple[int, int]) -> JSON:
        """What inspect says about it."""
        body: JSON = {
            "Id": self.id,
            "RepoTags": list(self.tags),
            "RepoDigests": list(self.digests),
            "Parent": self.parent,
            "Comment": self.comment,
            "Created": timestamp(self.created_ns),
            "DockerVersion": "",
            "Author": "",
            "Config": self.config,
            "Architecture": "amd64",
            "Os": "linux",
            "Size": self.size_bytes,
            "GraphDriver": graph_driver(root, self.id),
            "RootFS": {"Type": "layers", "Layers": self.layer_ids},
            "Metadata": {"LastTagTime": timestamp(self.created_ns if self.tags else 0)},
        }
        if version < (1, 44):
            body["VirtualSize"] = self.size_bytes
        return body

    def history_json(self) -> list[JSON]:
        """What it was made by, newest first."""
        newest = len(self.history) - 1
        return [
            {
                "Id": self.id if index == newest else "<missing>",
                "Created": self.created_ns // SECOND - 3 * (newest - index),
                "CreatedBy": layer.created_by,
                "Tags": (self.tags or None) if index == newest else None,
                "Size": layer.size_bytes,
                "Comment": layer.comment,
            }
            for index, layer in reversed(list(enumerate(self.history)))
        ]

    def _untagged(self, version: tuple[int, int]) -> list[str] | None:
        if version >= (1, 43):
            return []
        return ["<none>:<none>"] if self.digests == [] else None


def familiar(reference: str) -> str:
    """Write a reference as the engine shows it: with a tag, without what goes without saying.

    >>> familiar("docker.io/library/nginx"), familiar("localhost:5000/x")
    ('nginx:latest', 'localhost:5000/x:latest')
    """
    short = reference.removeprefix("docker.io/").removeprefix("library/")
    if "@" in short:
        return short
    return short if ":" in short.rpartition("/")[2] else f"{short}:latest"


def check_repository(repository: str) -> None:
    """Refuse what cannot be the name of a repository."""
    if repository.rpartition("/")[2] != repository.rpartition("/")[2].lower():
        raise Refusal(400, "invalid reference format: repository name must be lowercase")
    if not _REPOSITORY.fullmatch(repository):
        raise Refusal(400, "invalid reference format")


def check_tag(tag: str) -> None:
    """Refuse what cannot be a tag."""
    if not _TAG.fullmatch(tag):
        raise Refusal(400, "invalid tag format")
