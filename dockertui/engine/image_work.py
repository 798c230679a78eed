"""What may be asked of an engine about images that takes its time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dockertui.model.cache_record import CacheRecord
    from dockertui.model.progress import Progress
    from dockertui.model.reference import Reference

Told = AsyncGenerator["tuple[Progress, ...]"]
"""What is said of work while it goes on, several words at a time. It raises `EngineError` when it
fails, also where the engine first answered that all was well; the last word is a `Result`. Closing
it ends the work at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRequest:
    """Images to be written to a file."""

    names: tuple[str, ...]
    """Their references or IDs; references are kept in the file."""
    path: Path
    """The file."""
    replace: bool = False
    """May one that is there be replaced?"""
    about_bytes: int = 0
    """How large it will be, more or less; 0 if nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """A root file system to be made an image."""

    path: Path
    """A tar archive, compressed or not."""
    reference: Reference | None = None
    """What the image will be called; `None` leaves it without a name."""
    changes: tuple[str, ...] = ()
    """Instructions of a Dockerfile to apply, e.g. `CMD ["sh"]`."""
    message: str = ""
    """What to note in its history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """An image to be built."""

    folder: Path
    """The context: what the Dockerfile may copy from."""
    dockerfile: str = ""
    """The Dockerfile, from the folder or anywhere; empty for the one in the folder."""
    tags: tuple[str, ...] = ()
    """What it will be called."""
    target: str = ""
    """The stage to stop at; empty for the last."""
    args: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """Values for the `ARG` instructions."""
    platform: str = ""
    """E.g. `linux/arm64`; empty for the engine's own."""
    no_cache: bool = False
    """Make every layer anew?"""
    pull: bool = False
    """Ask the registry for newer base images?"""
    classic: bool = False
    """Use the engine's own builder, though BuildKit is there?"""


class ImageWork(Protocol):
    """The part of an engine that moves, makes and removes images."""

    def pull(self, reference: Reference, *, platform: str = "") -> Told:
        """Pull an image; without tag or digest, `latest`."""
        ...

    def push(self, reference: Reference) -> Told:
        """Push a tag to the registry that it names."""
        ...

    def save(self, request: SaveRequest) -> Told:
        """Write images to a file. A failure leaves none behind, and one that was there as it was.

        Raises:
            FileThere: There is one, and it may not be replaced.
        """
        ...

    def load(self, path: Path) -> Told:
        """Take in the images of a file that was saved, compressed or not."""
        ...

    def import_image(self, request: ImportRequest) -> Told:
        """Make an image of a root file system."""
        ...

    def build(self, request: BuildRequest) -> Told:
        """Build an image."""
        ...

    async def has_buildkit(self) -> bool:
        """Is there `docker buildx` on this machine?"""
        ...

    async def tag(self, image_id: str, reference: Reference) -> None:
        """Let one more reference mean an image; it means no other any more."""
        ...

    async def references(self, image_id: str) -> tuple[str, ...]:
        """Every tag and digest by which an image is known at this moment.

        Raises:
            ObjectNotFound: It is gone.
        """
        ...

    async def layer_sizes(self, image_id: str) -> tuple[tuple[str, int], ...]:
        """An image's layers, the lowest first: the digest of each, and its size on disk.

        A size that cannot be told is -1.
        """
        ...

    async def build_cache(self) -> tuple[CacheRecord, ...]:
        """What BuildKit keeps; it may cost an engine seconds to say."""
        ...

    async def prune_build_cache(self, *, everything: bool) -> int:
        """Remove what BuildKit keeps and does not use, the dangling alone unless `everything`.

        Returns:
            How many bytes it freed.
        """
        ...
