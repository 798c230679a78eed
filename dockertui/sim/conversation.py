"""Talking over a hijacked connection: keys in, output out, until either side has had enough."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from dockertui.sim.answers import Channel
from dockertui.sim.frames import STDERR, STDOUT, frame

_DETACH = b"\x10\x11"
"""ctrl+p, ctrl+q."""


class Conversation:
    """Between a client and a program."""

    def __init__(
        self, channel: Channel, *, raw: bool, stdout: bool = True, stderr: bool = True
    ) -> None:
        """Talk over `channel`.

        Args:
            channel: the connection.
            raw: leave out the framing, as for a terminal?
            stdout: want what was written to stdout?
            stderr: want what was written to stderr?
        """
        self._channel = channel
        self._raw = raw
        self._wanted = {STDOUT: stdout, STDERR: stderr}
        self._kept = b""
        self.is_over = asyncio.Event()
        """Set once the client has left."""
        self.was_detached = False
        """Did the client leave by the keys for it?"""

    def emit(self, stream: int, text: str) -> None:
        """Pass on what the program wrote; nobody may be there any more."""
        if self._wanted.get(stream) and not self.is_over.is_set():
            data = text.encode(errors="surrogateescape")
            self._channel.write(data if self._raw else frame(stream, data))

    async def listen(
        self, feed: Callable[[bytes], None] | None, hang_up: Callable[[], None] | None
    ) -> None:
        """Pass on what the client sends, until it has said its last.

        Args:
            feed: takes it; `None` lets it fall.
            hang_up: told once when nothing more will come.
        """
        while data := await self._channel.read():
            text, detached = self._watch_for_detaching(data)
            if feed is not None and text:
                feed(text)
            if detached:
                self.was_detached = True
                break
        if hang_up is not None and not self.was_detached and not self._raw:
            hang_up()
            return
        self.is_over.set()

    async def drain(self) -> None:
        """Wait while the client has too much unread."""
        await self._channel.drain()

    def _watch_for_detaching(self, data: bytes) -> tuple[bytes, bool]:
        if not self._raw:
            return data, False
        data, self._kept = self._kept + data, b""
        if _DETACH in data:
            return data[: data.index(_DETACH)], True
        if data.endswith(_DETACH[:1]):
            data, self._kept = data[:-1], data[-1:]
        return data, False
