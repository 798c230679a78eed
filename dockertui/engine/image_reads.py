"""What can be read of an image besides what a list says."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING

from dockertui.engine.connection import Connection
from dockertui.engine.errors import EngineError
from dockertui.engine.memory import keep_large_apart
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.wire import Wire

if TYPE_CHECKING:
    from dockertui.model.image_detail import ImageDetail
    from dockertui.model.layer_files import FilesRead

_TOLD_S = 0.1
"""How often it is told how far a reading is."""
_ROOM = 4


class ImageReads(Connection):
    """Questions about one image. What answers them is imported late: no first screen asks."""

    async def image_detail(self, image_id: str) -> ImageDetail:
        """What the list leaves out of an image."""
        from dockertui.engine.payload.image_detail import parse_image_detail

        return await self._call(
            lambda client: parse_image_detail(object_in(client.read("/images/{0}/json", image_id)))
        )

    async def image_files(self, image_id: str) -> AsyncGenerator[FilesRead]:
        """Read the files of an image from what the engine saves of it; see the protocol."""
        async with aclosing(self._stream(self._reads_files(image_id), room=_ROOM)) as batches:
            async for batch in batches:
                yield batch[-1][-1]

    def _reads_files(self, image_id: str) -> Callable[[Wire], Iterator[tuple[FilesRead, ...]]]:
        def read(wire: Wire) -> Iterator[tuple[FilesRead, ...]]:
            keep_large_apart()
            with self._reaching():
                wire.open(self._target("/images/{0}/get", image_id))
            yield from _files(wire, image_id)

        return read


def _files(wire: Wire, image_id: str) -> Iterator[tuple[FilesRead, ...]]:
    """How far the reading of an archive is, now and then, and at its end."""
    from dockertui.engine.payload.saved_image import Abandoned, SavedImage
    from dockertui.engine.payload.tar import BrokenArchive
    from dockertui.model.layer_files import FilesRead, FileTable

    table = FileTable()
    saved = SavedImage(table, lambda: not wire.is_shut)
    count, due_s = 0, 0.0
    try:
        for piece in _pieces(wire):
            saved.feed(piece)
            count += len(piece)
            if (now_s := time.monotonic()) >= due_s:
                due_s = now_s + _TOLD_S
                yield (FilesRead(table, count),)
        if not wire.is_shut:
            order = saved.end(image_id)
            table.paths.seal()
            yield (FilesRead(table, count, order),)
    except Abandoned:
        return
    except BrokenArchive as error:
        raise EngineError(f"What the engine saved of the image is not whole. {error}") from error


def _pieces(wire: Wire) -> Iterator[bytes]:
    """What a wire brings, until it ends; an engine that dies ends it, too."""
    with suppress(OSError):
        while piece := wire.recv():
            yield piece
