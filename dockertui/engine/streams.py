"""A wire that goes on and on, iterated from asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sized
from contextlib import suppress
from threading import Condition, Thread
from typing import Generic, TypeVar

from dockertui.engine.wire import Wire

S = TypeVar("S", bound=Sized)

_BUSY = 8 * 1024
"""So much at once means that more is on its way."""
_BREATH_S = 0.04


class Handover(Generic[S]):
    """Where a thread leaves what it has read, and the event loop fetches it.

    However much the thread leaves, the loop is woken once until it has fetched it all.
    """

    def __init__(self, room: int) -> None:
        """Begin empty, on the running loop.

        Args:
            room: How much may wait, in the sum of `len`, before the thread waits for the loop.
        """
        self._loop = asyncio.get_running_loop()
        self._room = room
        self._pieces: list[S] = []
        self._held = 0
        self._ended = False
        self._failure: BaseException | None = None
        self._abandoned = False
        self._paused = False
        self._changed = Condition()
        self._wake = asyncio.Event()

    def put(self, piece: S) -> bool:
        """Leave a piece, for the thread; false when nobody wants it any more."""
        with self._changed:
            while (self._held >= self._room or self._paused) and not self._abandoned:
                self._changed.wait()
            if self._abandoned:
                return False
            rouse = not self._pieces
            self._pieces.append(piece)
            self._held += len(piece)
        if rouse:
            self._rouse()
        return True

    @property
    def is_full(self) -> bool:
        """Would `put` wait for the loop?"""
        return self._held >= self._room

    def pause(self) -> None:
        """Let the thread wait with what it reads next."""
        with self._changed:
            self._paused = True

    def go_on(self) -> None:
        """End the pause, if there is one."""
        with self._changed:
            self._paused = False
            self._changed.notify()

    def end(self, failure: BaseException | None) -> None:
        """Say that nothing more will come, and why if it is not for the best."""
        with self._changed:
            self._ended = True
            self._failure = failure
        self._rouse()

    def abandon(self) -> None:
        """Say that nothing more is wanted."""
        with self._changed:
            self._abandoned = True
            self._changed.notify()

    async def take(self) -> list[S]:
        """Everything left since the last time, at least one piece; empty at the end.

        Raises:
            BaseException: What the thread ended with.
        """
        while True:
            await self._wake.wait()
            with self._changed:
                pieces, self._pieces = self._pieces, []
                self._held = 0
                self._changed.notify()
                if pieces:
                    return pieces
                if self._ended:
                    break
                self._wake.clear()
        if self._failure is not None:
            raise self._failure
        return []

    async def fills_within(self, wait_s: float) -> bool:
        """Is there something to take, or nothing more to come, before that time is over?"""
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                while True:
                    with self._changed:
                        if self._pieces or self._ended:
                            return True
                        self._wake.clear()
                    await self._wake.wait()
        return False

    def _rouse(self) -> None:
        with suppress(RuntimeError):  # The loop has closed; nobody is left to tell.
            self._loop.call_soon_threadsafe(self._wake.set)


async def follow(
    wire: Wire, read: Callable[[Wire], Iterator[S]], *, room: int, quiet_s: float | None = None
) -> AsyncGenerator[list[S]]:
    """Iterate a stream from asyncio.

    The stream gets a thread of its own, for it may last for days. Closing the generator, or
    cancelling who awaits it, shuts the wire at once and waits for nobody.

    Args:
        wire: What to read; `read` opens it.
        read: Yields what the wire brings; called, and left, on the stream's thread.
        room: How much may wait for the consumer, in the sum of `len`.
        quiet_s: When nothing has come for so long after something had, that is said once; `None`
            for not at all.

    Yields:
        What has come since the last time; nothing when all is quiet.

    Raises:
        BaseException: What `read` raised.
    """
    handover: Handover[S] = Handover(room)
    Thread(target=_read, args=(wire, read, handover), name="engine-stream", daemon=True).start()
    try:
        while pieces := await handover.take():
            if is_flood := sum(map(len, pieces)) >= _BUSY:
                # An engine that is not read from leaves the processor to the work on the pieces.
                handover.pause()
            yield pieces
            handover.go_on()
            if quiet_s is not None and not await handover.fills_within(quiet_s):
                yield []
            if is_flood:
                # A flood is fetched 25 times a second, not two thousand times: at a hundred, the
                # slowest key in twenty waited 7 ms longer for the loop.
                await asyncio.sleep(_BREATH_S)
    finally:
        handover.abandon()
        wire.shut()


def _read(wire: Wire, read: Callable[[Wire], Iterator[S]], handover: Handover[S]) -> None:
    failure: BaseException | None = None
    try:
        for piece in read(wire):
            if piece and not handover.put(piece):
                break
    except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
        failure = error
    finally:
        wire.close()
        handover.end(failure)
