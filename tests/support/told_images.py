"""An engine with images, which tells of them when a test lets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import cast

from dockertui.engine import Engine, EngineError
from dockertui.model import Image, Layer
from dockertui.model.image_detail import ImageDetail
from dockertui.model.layer_files import FilesRead, FileTable
from dockertui.sync.image_reading import ImageReading
from tests.support.layers import BUILT, layer_of

IMAGE = Image(id="sha256:1", name="web:1", engine="e", size_bytes=4000)


class ToldEngine:
    """Sends what a test tells it to, when it tells it to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0
        self.pace = asyncio.Event()
        self.pace.set()
        self.error: EngineError | None = None
        self.closed = 0
        self.holds_at = 0
        self.table = FileTable()

    async def image_detail(self, image_id: str) -> ImageDetail:
        self.asked.append(image_id)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.pace.wait()
            await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        if self.error is not None:
            raise self.error
        return ImageDetail(id=image_id, layers=("base", image_id))

    async def history(self, image_id: str) -> tuple[Layer, ...]:
        self.asked.append(f"history {image_id}")
        return ()

    async def image_files(self, image_id: str) -> AsyncGenerator[FilesRead]:
        """A layer after the other, each when the test lets it go on."""
        self.table = FileTable()
        try:
            await self.pace.wait()
            for number, said in enumerate(BUILT, 1):
                layer_of(self.table, said)
                if number == self.holds_at:
                    self.pace.clear()
                yield FilesRead(self.table, 1000 * number)
                await self.pace.wait()
                if self.error is not None:
                    raise self.error
            yield FilesRead(self.table, 4000, tuple(self.table.layers))
        finally:
            self.closed += 1


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


def reading_of(engine: ToldEngine) -> ImageReading:
    return ImageReading(cast("Engine", engine), IMAGE)
