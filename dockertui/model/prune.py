"""What a prune would remove, found before anything is: an image is named, or it stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dockertui.model.cache_record import CacheRecord
from dockertui.model.image import Image

Layers = tuple[tuple[str, int], ...]
"""The layers of an image, the lowest first: the digest of each, and its size; -1 if unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneWish:
    """What the person would like to be rid of."""

    dangling: bool = True
    """Images that nothing points to?"""
    unused: bool = False
    """Images with a name that no container was made from?"""
    older_than: timedelta | None = None
    """Only what was created longer ago; `None` for any age."""
    label: str = ""
    """Only what has this label, `name` or `name=value`; empty for any."""
    build_cache: bool = False
    """What BuildKit keeps, too?"""


@dataclass(frozen=True, slots=True)
class Freed:
    """How much room would be there afterwards."""

    least_bytes: int = 0
    """At least so much."""
    most_bytes: int = 0
    """At most so much; the same where it is known exactly."""


@dataclass(frozen=True, slots=True)
class PrunePlan:
    """Exactly what will go."""

    images: tuple[Image, ...] = ()
    """The images, those first that others may be built on."""
    cache: tuple[CacheRecord, ...] = ()
    """What BuildKit says that it would remove, as it said it a moment ago."""
    freed: Freed = Freed()
    """How much room they take together, what others share left out."""

    def __bool__(self) -> bool:
        return bool(self.images or self.cache)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What an engine has, at the moment of the preview."""

    images: tuple[Image, ...]
    """Every image."""
    used_ids: frozenset[str]
    """The IDs of those that containers were made from, running or not."""
    layers: Mapping[str, Layers]
    """The layers of each image, by its ID, as far as they are known."""
    cache: tuple[CacheRecord, ...] = ()
    """The build cache."""
    at: datetime
    """When all this was found."""

    def plan(self, wish: PruneWish) -> PrunePlan:
        """What will go if a wish is granted."""
        chosen = [it for it in self.images if self._suits(it, wish)]
        chosen.sort(key=lambda it: (it.created is not None, it.created), reverse=True)
        cache = tuple(it for it in self.cache if not it.is_used) if wish.build_cache else ()
        freed = freed_by(chosen, self.images, self.layers)
        more = sum(it.size_bytes for it in cache if not it.is_shared)
        total = Freed(freed.least_bytes + more, freed.most_bytes + more)
        return PrunePlan(tuple(chosen), cache, total)

    def _suits(self, image: Image, wish: PruneWish) -> bool:
        if image.id in self.used_ids or not (wish.dangling if image.is_dangling else wish.unused):
            return False
        if wish.older_than is not None and (
            image.created is None or image.created > self.at - wish.older_than
        ):
            return False
        name, equals, value = wish.label.partition("=")
        return not wish.label or (
            name in image.labels and (not equals or image.labels[name] == value)
        )


def freed_by(gone: Sequence[Image], every: Iterable[Image], layers: Mapping[str, Layers]) -> Freed:
    """How much room removing images makes.

    A layer goes with the last image that stands on it, and it is the same layer only where all
    that is below it is the same, too.

    Args:
        gone: Which would be removed.
        every: All that there are.
        layers: Their layers, as far as known.
    """
    doomed = {it.id for it in gone}
    staying = [it.id for it in every if it.id not in doomed]
    kept = {chain for id_ in staying for chain in _chains(layers.get(id_, ()))}
    freed, vague_bytes = dict[int, int](), 0
    for it in gone:
        own = layers.get(it.id)
        if own is None or any(size < 0 for _, size in own):
            vague_bytes += it.size_bytes
            continue
        chains = zip(_chains(own), own, strict=True)
        freed.update({chain: size for chain, (_, size) in chains if chain not in kept})
    sure_bytes = sum(freed.values())
    is_sure = all(id_ in layers for id_ in staying)
    return Freed(sure_bytes if is_sure else 0, sure_bytes + vague_bytes)


def _chains(layers: Layers) -> list[int]:
    """Each layer with all that is below it, in a number."""
    chains: list[int] = []
    for digest, _ in layers:
        chains.append(hash((chains[-1] if chains else 0, digest)))
    return chains
