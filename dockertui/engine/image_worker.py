"""What images are called, what they are made of, and what BuildKit keeps: short questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dockertui.engine.builds import Builds
from dockertui.engine.payload.bodies import object_in, objects_in
from dockertui.engine.payload.cache import freed_by, parse_cache
from dockertui.engine.payload.image import parse_layer_sizes, parse_references
from dockertui.model.cache_record import CacheRecord
from dockertui.model.reference import Reference

if TYPE_CHECKING:
    from dockertui.engine.client import Client

_SLOW_S = 120.0


class ImageWorker(Builds):
    """The `ImageWork` of the protocol."""

    async def tag(self, image_id: str, reference: Reference) -> None:
        """Let one more reference mean an image; it means no other any more."""
        named = reference.tagged()
        await self._connection.change(
            lambda client: client.tag(image_id, named.familiar_name, named.tag)
        )

    async def references(self, image_id: str) -> tuple[str, ...]:
        """Every tag and digest by which an image is known at this moment.

        Raises:
            ObjectNotFound: It is gone.
        """
        return await self._connection.call(
            lambda client: parse_references(object_in(client.read("/images/{0}/json", image_id)))
        )

    async def layer_sizes(self, image_id: str) -> tuple[tuple[str, int], ...]:
        """An image's layers, the lowest first: the digest of each, and its size on disk.

        A size that cannot be told is -1.
        """

        def ask(client: Client) -> tuple[tuple[str, int], ...]:
            inspected = object_in(client.read("/images/{0}/json", image_id))
            history = objects_in(client.read("/images/{0}/history", image_id))
            return parse_layer_sizes(inspected, history)

        return await self._connection.call(ask)

    async def build_cache(self) -> tuple[CacheRecord, ...]:
        """What BuildKit keeps; it may cost an engine seconds to say."""
        # Newer engines can leave out what else takes room, and takes long to add up.
        params = {"type": "build-cache"}
        body = await self._connection.call(
            lambda client: client.read("/system/df", params=params), timeout_s=_SLOW_S
        )
        return parse_cache(object_in(body))

    async def prune_build_cache(self, *, everything: bool) -> int:
        """Remove what BuildKit keeps and does not use, the dangling alone unless `everything`.

        Returns:
            How many bytes it freed.
        """
        params = {"all": "1" if everything else "0", "filters": json.dumps({})}
        body = await self._connection.change(
            lambda client: client.change("/build/prune", params=params, timeout_s=_SLOW_S),
            timeout_s=_SLOW_S,
        )
        return freed_by(object_in(body))
