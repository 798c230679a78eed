"""All registries, for the event loop: browsed, searched, compared, logged in to and out of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from dockertui.engine.errors import EngineError, NotInRegistry, RegistryUnreachable
from dockertui.engine.registry import browsing, deleting, freshness, hub
from dockertui.engine.registry.logins import Logins, host_in
from dockertui.model.reference import HUB, Reference
from dockertui.model.registry import (
    Catalogue,
    HubTag,
    RemoteDigest,
    SearchHit,
    Tags,
    UpdateCheck,
)
from dockertui.model.remote_image import Manifest, Platform, RemoteImage

_MOST_COMPARED = 500


class Registries(Logins):
    """The registries. Every coroutine raises `EngineError` and nothing else.

    Whoever stops waiting cuts the question off, within a millisecond.
    """

    async def greet(self, host: str) -> str:
        """Find out whether a registry is there, and how it is spoken to: where that is."""
        host = host_in(host)
        return await self._ask(host, lambda session, call: session.greet(call).url)

    async def repositories(self, host: str, *, after: str = "", room: int = 500) -> Catalogue:
        """The repositories of a registry that lets them be listed.

        Args:
            host: The registry.
            after: Where to go on, as an earlier answer said; empty to begin.
            room: How many are wanted.

        Raises:
            RegistryCannot: When it does not.
        """
        return await self._ask(
            host,
            lambda session, call: browsing.repositories(session, call, after=after, room=room),
        )

    async def tags(self, repository: Reference) -> Tags:
        """Every tag of a repository, in reading order."""
        return await self._ask(
            repository.host, lambda session, call: browsing.tags(session, call, repository)
        )

    async def digest(self, reference: Reference) -> RemoteDigest:
        """What a tag points to now. Docker Hub counts no pull for it."""
        return await self._ask(
            reference.host, lambda session, call: browsing.digest(session, call, reference)
        )

    async def manifest(self, reference: Reference) -> Manifest:
        """What a tag or a digest stands for: an image, or an index of images."""
        return await self._ask(
            reference.host, lambda session, call: browsing.manifest(session, call, reference)
        )

    async def image(self, reference: Reference, platform: Platform | None = None) -> RemoteImage:
        """All there is to know of an image, of a platform where there are several."""
        return await self._ask(
            reference.host,
            lambda session, call: browsing.image(session, call, reference, platform),
        )

    async def check(
        self,
        reference: Reference,
        *,
        image_id: str,
        digests: Iterable[str],
        platform: Platform | None = None,
    ) -> UpdateCheck:
        """Is there a newer one? See `freshness`.

        Args:
            reference: The tag.
            image_id: What runs: the ID of the image.
            digests: What that image is known by in registries.
            platform: What it runs on; `None` if that is not known.
        """
        known = tuple(digests)
        return await self._ask(
            reference.host,
            lambda session, call: freshness.check(
                session, call, reference, image_id, known, platform
            ),
        )

    async def untag(self, reference: Reference) -> bool:
        """Take a tag off and leave the image to its other tags.

        Returns:
            False where only whole images can be deleted; nothing has been done then. See
            `tags_of` for what would go with it.

        Raises:
            RegistryCannot: When the registry lets nothing be deleted.
        """
        return await self._ask(
            reference.host, lambda session, call: deleting.untag(session, call, reference)
        )

    async def delete_image(self, reference: Reference) -> None:
        """Delete what a digest stands for, with every tag that points to it."""
        await self._ask(
            reference.host, lambda session, call: deleting.delete_image(session, call, reference)
        )

    async def tags_of(self, repository: Reference, digest: str) -> Tags:
        """The tags that point to a digest: one question for each tag of the repository."""
        tags = await self.tags(repository)
        names = tags.names[:_MOST_COMPARED]
        found = await asyncio.gather(*(self._points_to(repository.with_tag(it)) for it in names))
        same = tuple(name for name, it in zip(names, found, strict=True) if it == digest)
        return Tags(repository.repository, same, tags.is_complete and names == tags.names)

    async def search(self, term: str, *, room: int = 25) -> tuple[SearchHit, ...]:
        """Find repositories on Docker Hub; by way of the engine where we do not reach it."""
        web = self._hub_web or hub.HUB_WEB
        try:
            return await self._call(
                HUB, lambda call: hub.search(self._transport, call, web, term, room=room)
            )
        except RegistryUnreachable as error:
            if self._engine is None:
                raise
            try:
                return await self._engine.search(term, room=room)
            except EngineError:
                raise error from None

    async def hub_tags(self, repository: Reference, *, page: int = 1) -> tuple[HubTag, ...]:
        """Tags of a repository on Docker Hub, those pushed last first, a hundred at once.

        Unlike `tags` and `image`, it tells sizes and dates of them all, and no pull is counted.
        """
        web = self._hub_web or hub.HUB_WEB
        return await self._call(
            HUB, lambda call: hub.tags(self._transport, call, web, repository, page=page)
        )

    async def _points_to(self, reference: Reference) -> str:
        try:
            return (await self.digest(reference)).digest
        except NotInRegistry:
            return ""
