"""What is learned of an engine's images when somebody looks closely at one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from dockertui.engine import EngineError, EngineUnavailable, TimedOut
from dockertui.engine.questions import ImageQuestions
from dockertui.model import Image, Layer
from dockertui.model.image_detail import ImageDetail
from dockertui.store import Store
from dockertui.store.image_kin import ImageKin
from dockertui.sync.image_reading import ImageReading, ReadingState

T = TypeVar("T")

_AT_ONCE = 4
"""How many images are inspected at the same time."""
_MOMENT_S = 0.06
_REMEMBERED = 64
_READINGS = 3
_MANY = 100_000
_FILES = 600_000
"""How many files of images that nobody looks at are kept, for when somebody comes back."""


class ImageStudy:
    """Asks about images, each once, for they never change; and reads their files.

    Which layers images share is known only when all have been inspected, which goes on behind
    what is on the screen.
    """

    def __init__(self, engine: ImageQuestions, store: Store) -> None:
        """Ask nothing yet.

        Args:
            engine: Whom to ask.
            store: Which images there are.
        """
        self.kin = ImageKin()
        """Which images share layers."""
        self._engine = engine
        self._store = store
        self._details: dict[str, ImageDetail] = {}
        self._histories: dict[str, tuple[Layer, ...]] = {}
        self._readings: dict[str, ImageReading] = {}
        self._hopeless: set[str] = set()
        self._is_lost = False
        self._learning: asyncio.Task[None] | None = None

    @property
    def knows_all(self) -> bool:
        """Have all images been inspected that can be?"""
        return not self._unknown()

    async def detail(self, image_id: str) -> ImageDetail:
        """What an inspection says of an image."""
        found = await _remembered(self._details, image_id, self._engine.image_detail)
        if image_id not in self.kin:
            self.kin.learn(image_id, found)
        return found

    async def history(self, image_id: str) -> tuple[Layer, ...]:
        """The steps that made an image, newest first."""
        return await _remembered(self._histories, image_id, self._engine.history)

    async def learn_soon(self) -> None:
        """Learn, and wait a moment for the end of it: a few images take no longer."""
        self.learn()
        if self._learning is not None:
            await asyncio.wait({self._learning}, timeout=_MOMENT_S)

    def learn(self) -> None:
        """Inspect, in the background, all images that were not yet; forget those that are gone."""
        images = self._store.snapshot(Image)
        for image_id in self.kin:
            if image_id not in images:
                self.kin.forget(image_id)
        if self._unknown() and (self._learning is None or self._learning.done()):
            self._learning = asyncio.get_running_loop().create_task(self._learn())

    def reading(self, image: Image) -> ImageReading:
        """The reading of an image's files, as far as it is."""
        reading = self._readings.pop(image.id, None) or ImageReading(
            self._engine, image, lambda: self._make_room(image.id)
        )
        self._readings[image.id] = reading
        self._let_go_of_old()
        return reading

    def close(self) -> None:
        """Ask no more, and read no more."""
        if self._learning is not None:
            self._learning.cancel()
        for reading in self._readings.values():
            reading.stop()

    def image(self, image_id: str) -> Image | None:
        """An image by its ID; `None` if it is gone."""
        return self._store.snapshot(Image).get(image_id)

    def names(self, image_ids: Iterable[str]) -> tuple[str, ...]:
        """What images are called, of those that are still there, in order."""
        found = map(self.image, image_ids)
        return tuple(sorted(it.name for it in found if it is not None))

    def _unknown(self) -> list[str]:
        images = self._store.snapshot(Image)
        return [it for it in images if it not in self.kin and it not in self._hopeless]

    async def _learn(self) -> None:
        gate = asyncio.Semaphore(_AT_ONCE)
        self._is_lost = False
        while not self._is_lost and (unknown := self._unknown()):
            await asyncio.gather(*(self._learn_one(it, gate) for it in unknown))

    async def _learn_one(self, image_id: str, gate: asyncio.Semaphore) -> None:
        async with gate:
            if self._is_lost:
                return
            try:
                self.kin.learn(image_id, await self._engine.image_detail(image_id))
            except (EngineUnavailable, TimedOut):
                self._is_lost = True
            except EngineError:
                self._hopeless.add(image_id)

    def _make_room(self, image_id: str) -> None:
        """Keep none that has many files beside one that is about to be read: it may have more."""
        for other in [it for it in self._readings if it != image_id]:
            if self._readings[other].table.count > _MANY:
                self._readings.pop(other).stop()

    def _let_go_of_old(self) -> None:
        """Keep the files of a few images, of those looked at last."""
        *older, _ = self._readings
        files = sum(it.table.count for it in self._readings.values())
        for image_id in older:
            reading = self._readings[image_id]
            too_many = len(self._readings) > _READINGS or files > _FILES
            if reading.state is ReadingState.UNREAD or too_many:
                files -= reading.table.count
                reading.stop()
                del self._readings[image_id]


async def _remembered(known: dict[str, T], image_id: str, ask: Callable[[str], Awaitable[T]]) -> T:
    """An answer that was given before, or is given now."""
    if (found := known.get(image_id)) is None:
        found = known[image_id] = await ask(image_id)
        if len(known) > _REMEMBERED:
            del known[next(iter(known))]
    return found
