"""The first questions, asked before anything else is imported.

Importing Textual and docker-py takes a quarter of a second, in which an engine can answer: a
thread asks it meanwhile, over raw sockets. So the first list is there when the first frame is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread

from dockertui.engine.address import Address
from dockertui.engine.errors import EngineError
from dockertui.engine.wire import NotHTTPError, fetch

VERSION = "/version"
CONTAINERS = "/containers/json?all=1"
IMAGES = "/images/json"
_QUESTIONS = (VERSION, CONTAINERS, IMAGES)
_TIMEOUT_S = 2.0
_FRESH_S = 2.0


@dataclass(frozen=True, slots=True)
class Opening:
    """What an engine answered to the first questions, as JSON."""

    answers: dict[str, bytes]
    """By what was asked: `VERSION`, `CONTAINERS` and `IMAGES`."""
    at: float
    """When, on the monotonic clock."""

    @property
    def is_fresh(self) -> bool:
        """Are they young enough to pass for answers given now?"""
        return time.monotonic() - self.at < _FRESH_S

    def take(self, target: str) -> bytes | None:
        """An answer, once and while it is fresh."""
        return self.answers.pop(target, None) if self.is_fresh else None


class Prefetch:
    """Asks an engine the first questions, in the background. Never raises."""

    def __init__(self, address: Address) -> None:
        """Prepare; nothing is sent until `start`.

        Args:
            address: Where the engine is.
        """
        self._address = address
        self._lock = Lock()
        self._done = False
        self._opening: Opening | None = None
        self._waiting: list[Callable[[], None]] = []

    def start(self) -> None:
        """Begin to ask."""
        Thread(target=self._run, name="engine-prefetch", daemon=True).start()

    async def take(self) -> Opening | None:
        """Wait for the answers, 2 s at most; `None` when they failed or are no longer fresh."""
        loop = asyncio.get_running_loop()
        came = asyncio.Event()

        def tell() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(came.set)

        with self._lock:
            if self._done:
                came.set()
            else:
                self._waiting.append(tell)
        await came.wait()
        opening, self._opening = self._opening, None
        return opening if opening is not None and opening.is_fresh else None

    def _run(self) -> None:
        opening = None
        try:
            answers = {it: fetch(self._address, it, timeout_s=_TIMEOUT_S) for it in _QUESTIONS}
            opening = Opening(answers, time.monotonic())
        except (OSError, NotHTTPError, EngineError):
            pass  # The ordinary way will meet the same trouble, and say what it is.
        with self._lock:
            self._opening, self._done = opening, True
        for tell in self._waiting:
            tell()
