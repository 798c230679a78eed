"""What may be asked of an engine about running containers from images, and back."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dockertui.engine.protocol import Terminal
    from dockertui.model.reference import Reference
    from dockertui.model.run.here import Here
    from dockertui.model.run.limits import Limits
    from dockertui.model.run.spec import ReadSpec, RunSpec


@dataclass(frozen=True, slots=True)
class Created:
    """A container that there is now."""

    id: str
    """Its ID."""
    warnings: tuple[str, ...] = ()
    """What the engine has to say to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitRequest:
    """An image to be made of a container."""

    container_id: str
    """Of which."""
    reference: Reference | None = None
    """What it will be called; `None` leaves it without a name."""
    message: str = ""
    """What to note in its history."""
    author: str = ""
    """Who made it."""
    pause: bool = True
    """Freeze the container meanwhile, so that its files are all of one moment?"""
    changes: tuple[str, ...] = ()
    """Instructions of a Dockerfile to apply, e.g. `CMD ["nginx"]`."""


class RunWork(Protocol):
    """The part of an engine that makes containers, and that makes other things of them."""

    async def create(self, spec: RunSpec, here: Here) -> Created:
        """Create a container, and connect it to all its networks; it does not run yet.

        Nothing is left of one that could not be connected. Files that the spec names are read.

        Raises:
            EngineError: Also when a value is none, or a file cannot be read.
        """
        ...

    async def start_attached(self, container_id: str) -> Terminal:
        """Wire a terminal to a container that does not run, and start it: no output is missed.

        Raises:
            EngineError: When it cannot be started; it is as it was before.
        """
        ...

    async def spec_of(self, container_id: str) -> ReadSpec:
        """What a container was made from, without what its image and its engine imply."""
        ...

    async def declared_by(self, image: str) -> RunSpec:
        """What an image declares, as if it had been said by flags.

        Raises:
            ObjectNotFound: When it is not here.
        """
        ...

    async def limits_of(self, container_id: str) -> RunSpec:
        """The limits of a container and its restart policy, and nothing else."""
        ...

    async def network_names(self) -> tuple[str, ...]:
        """The names and the IDs of its networks, of the first thousand."""
        ...

    async def update(self, container_id: str, limits: Limits) -> tuple[str, ...]:
        """Change limits or the restart policy, running or not; what is empty stays as it is.

        Returns:
            What the engine has to say to it.
        """
        ...

    async def commit(self, request: CommitRequest) -> str:
        """Make an image of a container's files and configuration.

        Returns:
            The image's ID.
        """
        ...

    def export(
        self, container_id: str, path: Path, *, replace: bool = False
    ) -> AsyncGenerator[int]:
        """Write a container's files to a tar archive; yields how many bytes there are so far.

        A failure leaves no file behind, and one that was there as it was. Closing the generator
        ends it at once, as a failure does.

        Raises:
            FileThereError: There is such a file, and it may not be replaced.
        """
        ...
