"""Images, as `GET /images/json` describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from dockertui.model.base import DockerObject
from dockertui.model.update_word import Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(DockerObject):
    """An image in an engine's store. Its `name` is its first tag, or its short ID."""

    kind: ClassVar[str] = "image"

    tags: tuple[str, ...] = ()
    """Every `repository:tag` that points to it; empty when it is dangling."""
    digests: tuple[str, ...] = ()
    """Every `repository@digest` it is known by in a registry."""
    created: datetime | None = None
    """When it was built, in UTC; `None` if it does not say."""
    size_bytes: int = 0
    """What it takes on disk, layers that it shares with others included."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """Its labels."""
    containers: int = 0
    """How many containers, running or not, were made from it. Derived, not listed."""
    update: Update = Update.NONE
    """Is there a newer one in its registry? Derived, not listed."""

    @property
    def is_dangling(self) -> bool:
        """Does nothing point to it any more?"""
        return not self.tags

    @property
    def short_id(self) -> str:
        """The twelve digits that the Docker CLI shows."""
        return self.id.removeprefix("sha256:")[:12]


@dataclass(frozen=True, slots=True)
class Layer:
    """One step of an image's history, newest first in a list."""

    id: str
    """The ID of the image it made; empty when that is not in the store."""
    created: datetime | None
    """When it was made."""
    created_by: str
    """The instruction that made it, as the builder wrote it down."""
    size_bytes: int
    """What it added on disk; 0 for an instruction that only changes the configuration."""
    tags: tuple[str, ...] = ()
    """The tags that point to it."""
    comment: str = ""
    """The builder's remark, e.g. `buildkit.dockerfile.v0`."""
