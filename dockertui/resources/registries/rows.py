"""Rows of the lists in which registries are browsed, made of what is known on either side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dockertui.engine.registry.hosts import name_of
from dockertui.model import Image
from dockertui.model.reference import HUB, Reference, reference_in
from dockertui.model.registry import HubTag, Origin, Registry, SearchHit
from dockertui.model.remote_image import RemoteImage
from dockertui.model.tag_order import in_reading_order


class Sameness(StrEnum):
    """How an image in a registry compares with what the engine has."""

    SAME = "the same image is here"
    OTHER = "another image of this name is here: p pulls this one"
    NONE = "no: p pulls it"


@dataclass(frozen=True, slots=True)
class RepositoryRow:
    """A repository in a registry."""

    reference: Reference
    """Where it is."""
    images: int = 0
    """How many images of the engine come from it."""
    tags: tuple[str, ...] = ()
    """Their tags in it, in reading order."""

    @property
    def key(self) -> Reference:
        """What identifies it."""
        return self.reference


@dataclass(frozen=True, slots=True)
class HitRow:
    """A repository that was found."""

    hit: SearchHit
    """What is said of it."""
    place: int
    """Its place among those that were found."""
    images: int = 0
    """How many images of the engine come from it."""

    @property
    def key(self) -> Reference:
        """What identifies it."""
        return self.hit.repository


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag of a repository."""

    reference: Reference
    """Repository and tag."""
    place: int
    """Its place in reading order."""
    is_here: bool = False
    """Does an image of the engine have this tag?"""
    size_bytes: int | None = None
    """What pulling it takes; `None` as long as nobody has looked."""
    moment: datetime | None = None
    """When it was pushed, or built; `None` as long as nobody has looked."""
    digest: str = ""
    """What it points to; empty as long as nobody has looked."""
    platforms: tuple[str, ...] = ()
    """What there is an image for; empty as long as nobody has looked."""
    problem: str = ""
    """Why it cannot be looked at, in a sentence."""

    @property
    def key(self) -> str:
        """What identifies it."""
        return self.reference.tag


def repositories_here(images: Iterable[Image], host: str) -> Counter[Reference]:
    """How many images of an engine come from each repository of a registry."""
    return Counter(
        repository
        for image in images
        for repository in {it.repository for it in references_of(image) if it.host == host}
    )


def tags_here(images: Iterable[Image], repository: Reference) -> tuple[str, ...]:
    """The tags of a repository that images of an engine have, in reading order."""
    found = (reference_in(tag) for image in images for tag in image.tags)
    return in_reading_order(
        {it.tag for it in found if it and it.repository == repository.repository}
    )


def sameness(images: Iterable[Image], reference: Reference, digest: str) -> Sameness:
    """How an image in a registry compares with what the engine has."""
    known = [it for image in images for it in references_of(image)]
    ours = [it for it in known if it.repository == reference.repository]
    if any(it.digest == digest for it in ours):
        return Sameness.SAME
    has_name = reference.tag and any(it.tag == reference.tag for it in ours)
    return Sameness.OTHER if has_name else Sameness.NONE


def without_store(
    images: Iterable[Image], added: Iterable[str], problem: str
) -> tuple[Registry, ...]:
    """The registries that are known without the store of passwords, which cannot be read.

    Args:
        images: The images of the engine.
        added: Hosts that the person named.
        problem: Why the store cannot be read, in a sentence.
    """
    counts = Counter(host for it in images for host in {each.host for each in references_of(it)})
    hosts = (HUB, *sorted({*counts, *added} - {HUB}))
    return tuple(
        Registry(
            id=host,
            name=name_of(host),
            origins=frozenset(_origins(host, counts[host], added)),
            images=counts[host],
            problem=problem,
        )
        for host in hosts
    )


def _origins(host: str, images: int, added: Iterable[str]) -> Iterator[Origin]:
    if host == HUB:
        yield Origin.HUB
    if images:
        yield Origin.IMAGES
    if host in added:
        yield Origin.ADDED


def references_of(image: Image) -> Iterator[Reference]:
    """The names by which an image is known in registries.

    Without a registry in it, a name may be that of an image which was built here: it comes from
    Docker Hub only if that has given it a digest.
    """
    pulled = {it.repository for name in image.digests if (it := reference_in(name)) is not None}
    for name in (*image.tags, *image.digests):
        found = reference_in(name)
        if found is not None and (not found.is_on_hub or found.repository in pulled):
            yield found


def tag_row(reference: Reference, place: int, tag: HubTag, *, is_here: bool) -> TagRow:
    """A tag as Docker Hub's web tells of it."""
    return TagRow(
        reference.with_tag(tag.name),
        place,
        is_here,
        tag.size_bytes,
        tag.pushed,
        tag.digest,
        tuple(str(it.platform) for it in tag.images if not it.is_attestation),
    )


def looked_at(row: TagRow, image: RemoteImage) -> TagRow:
    """A tag once its image has been looked at."""
    return TagRow(
        row.reference,
        row.place,
        row.is_here,
        image.manifest.download_bytes,
        image.config.created,
        image.digest,
        tuple(map(str, image.platforms)),
    )
