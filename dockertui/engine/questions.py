"""What an engine is asked of images and of registries, without changing anything."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dockertui.engine.registry.secret import Credentials, Secret
    from dockertui.model import Layer
    from dockertui.model.image_detail import ImageDetail
    from dockertui.model.layer_files import FilesRead
    from dockertui.model.registry import SearchHit, Trust


class ImageQuestions(Protocol):
    """The part of an engine that knows what is in an image."""

    async def history(self, image_id: str) -> tuple[Layer, ...]:
        """The layers of an image, newest first."""
        ...

    async def image_detail(self, image_id: str) -> ImageDetail:
        """What the list leaves out of an image."""
        ...

    def image_files(self, image_id: str) -> AsyncGenerator[FilesRead]:
        """Read which files are in an image's layers, from what the engine saves of it.

        The engine packs all of the image for that, and only then does anything come. Contents
        are passed over: nothing is kept but names and attributes, and nothing touches the disk.
        The same table is yielded again and again, at most ten times a second, with more in it
        each time; the last one says in which order the layers lie on each other.

        Raises:
            EngineError: When what comes is not whole; the table has what came before.
        """
        ...


class RegistryQuestions(Protocol):
    """The part of an engine that may reach registries that we do not."""

    async def trust(self) -> Trust:
        """Which registries it speaks to without TLS, or without looking at certificates."""
        ...

    async def search(self, term: str, *, room: int = 25) -> tuple[SearchHit, ...]:
        """Find repositories on Docker Hub."""
        ...

    async def check_login(self, host: str, credentials: Credentials) -> Secret | None:
        """See whether it can log in to a registry; what it is given for the password, if anything.

        Raises:
            LoginRefused: When the registry does not accept them.
        """
        ...
