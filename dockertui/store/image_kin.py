"""Which images share layers, and which are built on which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from sys import intern
from typing import NamedTuple

from dockertui.model.image_detail import ImageDetail


class Kin(NamedTuple):
    """Another image, and what it is to one."""

    image_id: str
    """Which."""
    layers: int
    """How many layers the two have in common, from the lowest on."""
    more: int
    """How many the upper one has besides; 0 when only their configuration differs."""


def chain_of(digests: Sequence[str]) -> tuple[str, ...]:
    """What identifies each layer together with all below it.

    A layer is stored once for all images that have it on the same ground; what is above another
    ground is another layer, whatever is in it.

    Source: `ChainID` of the OCI image specification.
    """
    chain = list(digests[:1])
    for digest in digests[1:]:
        chain.append(f"sha256:{sha256(f'{chain[-1]} {digest}'.encode()).hexdigest()}")
    return tuple(chain)


class ImageKin:
    """What is known of the layers of some images."""

    def __init__(self) -> None:
        """Begin with knowing none."""
        self._chains: dict[str, tuple[str, ...]] = {}
        self._parents: dict[str, str] = {}
        self._having: defaultdict[str, set[str]] = defaultdict(set)

    def __contains__(self, image_id: object) -> bool:
        """Is anything known of an image?"""
        return image_id in self._chains

    def __iter__(self) -> Iterator[str]:
        """Go through the images that are known."""
        return iter(tuple(self._chains))

    def learn(self, image_id: str, detail: ImageDetail) -> None:
        """Take an image into account, under the ID by which an engine lists it."""
        self.forget(image_id)
        chain = tuple(map(intern, chain_of(detail.layers)))
        self._chains[image_id] = chain
        self._parents[image_id] = detail.parent
        for layer in chain:
            self._having[layer].add(image_id)

    def forget(self, image_id: str) -> None:
        """Take an image out that is gone."""
        self._parents.pop(image_id, None)
        for layer in self._chains.pop(image_id, ()):
            having = self._having[layer]
            having.discard(image_id)
            if not having:
                del self._having[layer]

    def sharing(self, image_id: str) -> list[tuple[str, ...]]:
        """The other images that have each of an image's layers, the lowest layer first."""
        return [
            tuple(sorted(self._having[layer] - {image_id}))
            for layer in self._chains.get(image_id, ())
        ]

    def built_on(self, image_id: str) -> list[Kin]:
        """The images that are built on one, those nearest to it first."""
        chain = self._chains.get(image_id, ())
        if not chain:
            return []
        found = [
            Kin(it, len(chain), len(self._chains[it]) - len(chain))
            for it in self._having[chain[-1]]
            if it != image_id
        ]
        return sorted(
            (it for it in found if it.more or self._descends(it.image_id, image_id)),
            key=lambda it: (it.more, it.image_id),
        )

    def bases(self, image_id: str) -> list[Kin]:
        """The images that one is built on, the nearest first."""
        chain = self._chains.get(image_id, ())
        found = []
        for place in range(len(chain), 0, -1):
            here = [
                Kin(it, place, len(chain) - place)
                for it in self._having[chain[place - 1]]
                if it != image_id and len(self._chains[it]) == place
            ]
            found += sorted(it for it in here if it.more or self._descends(image_id, it.image_id))
        return found

    def twins(self, image_id: str) -> list[Kin]:
        """The images of the very same layers of which nobody knows which came from which."""
        chain = self._chains.get(image_id, ())
        same = [it for it in self._having[chain[-1]] if self._chains[it] == chain] if chain else []
        return sorted(
            Kin(it, len(chain), 0)
            for it in same
            if it != image_id and not self._descends(it, image_id)
            if not self._descends(image_id, it)
        )

    def _descends(self, image_id: str, ancestor: str) -> bool:
        """Does the engine know that one was made from the other?"""
        seen = set[str]()
        while (parent := self._parents.get(image_id, "")) and parent not in seen:
            if parent == ancestor:
                return True
            seen.add(parent)
            image_id = parent
        return False
