"""The reading of an image's files, which a person starts and may stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress
from enum import Enum

from dockertui.engine import EngineError
from dockertui.engine.questions import ImageQuestions
from dockertui.model import Image
from dockertui.model.layer_files import FileTable, LayerFiles


class ReadingState(Enum):
    """How far a reading is."""

    UNREAD = "unread"
    """Nobody has asked for it."""
    PACKING = "packing"
    """The engine makes the archive; nothing has come yet."""
    READING = "reading"
    """The archive comes."""
    READ = "read"
    """All of it is there."""
    STOPPED = "stopped"
    """The person has stopped it; what had come by then is there."""
    FAILED = "failed"
    """The engine could not, or did not, send all of it."""


class ImageReading:
    """Reads the files of one image, once: an image never changes."""

    def __init__(
        self, engine: ImageQuestions, image: Image, begins: Callable[[], None] = lambda: None
    ) -> None:
        """Read nothing yet.

        Args:
            engine: Which has the image.
            image: The image.
            begins: Called when it is about to begin.
        """
        self.image = image
        self.state = ReadingState.UNREAD
        """How far it is."""
        self.table = FileTable()
        """What has been read."""
        self.layers: tuple[LayerFiles, ...] = ()
        """The image's layers, the lowest first; none before all is read."""
        self.bytes_read = 0
        """How much of the archive has come."""
        self.problem = ""
        """Why it failed, in a sentence."""
        self.began_s = 0.0
        """When it was started, on the event loop's clock."""
        self.opened = bytearray()
        """Which folders a person has open, by their paths' nodes."""
        self.wanted_layer: int | None = None
        """Which layer somebody wants to look at first, counted from 0."""
        self._engine = engine
        self._begins = begins
        self._task: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_going_on(self) -> bool:
        """Is it at it?"""
        return self.state in {ReadingState.PACKING, ReadingState.READING}

    @property
    def about_bytes(self) -> int:
        """How large the archive will be, roughly: what the files take."""
        return max(self.image.size_bytes, self.bytes_read)

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` whenever there is something new, until the returned function is called.

        That is ten times a second at most.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def start(self) -> None:
        """Begin, unless it is at it or done."""
        if self.is_going_on or self.state is ReadingState.READ:
            return
        self.state, self.problem, self.bytes_read = ReadingState.PACKING, "", 0
        self.table, self.layers, self.opened = FileTable(), (), bytearray()
        self._begins()
        loop = asyncio.get_running_loop()
        self.began_s = loop.time()
        self._task = loop.create_task(self._read())
        self._tell()

    def stop(self) -> None:
        """Leave it at what has come. The engine may go on packing for a moment."""
        task, self._task = self._task, None
        if task is not None and self.is_going_on:
            self.state = ReadingState.STOPPED
            task.cancel()
            self._tell()

    async def wait(self) -> None:
        """Wait until it is not at it any more."""
        if self._task is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.shield(self._task)

    async def _read(self) -> None:
        try:
            async with aclosing(self._engine.image_files(self.image.id)) as all_:
                async for each in all_:
                    self.table, self.bytes_read = each.table, each.bytes_read
                    self.state = ReadingState.READING
                    if each.order:
                        self.layers = tuple(self.table.layers[name] for name in each.order)
                    self._tell()
            self.state = ReadingState.READ
        except EngineError as error:
            self.state, self.problem = ReadingState.FAILED, str(error)
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
