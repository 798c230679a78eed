"""What a route may answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

JSON = dict[str, Any]


class Refusal(Exception):
    """An HTTP error, in the engine's own words."""

    def __init__(self, status: int, message: str) -> None:
        """Refuse with `status`, saying `message`."""
        super().__init__(message)
        self.status = status
        self.message = message


class Channel(Protocol):
    """Both directions of a connection that has left HTTP behind."""

    async def read(self) -> bytes:
        """Wait for what the client says; nothing at all once it has said its last."""
        ...

    def write(self, data: bytes) -> None:
        """Say something to the client."""
        ...

    async def drain(self) -> None:
        """Wait while the client has too much unread."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is whole."""

    body: bytes | None = None
    """What to send, if there is a body at all."""
    status: int = 200
    """The HTTP status code."""
    content_type: str = "application/json"
    """What the body is."""
    headers: tuple[tuple[str, str], ...] = ()
    """More headers than every answer has."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer that goes on until it ends or the client leaves."""

    pieces: AsyncIterator[bytes]
    """What to send, each piece as soon as it is there."""
    content_type: str | None = None
    """What the body is; `None` leaves the header out, as the engine does for logs."""


@dataclass(frozen=True, slots=True)
class Hijack:
    """The end of HTTP on this connection: from here on both sides just talk."""

    talk: Callable[[Channel], Awaitable[None]]
    """What to do with the connection; it is closed afterwards."""
    headers: tuple[tuple[str, str], ...] = ()
    """Headers for the last HTTP answer."""


Answer = Reply | Stream | Hijack


def dumps(value: object) -> bytes:
    """Write JSON as the engine does: compact, in UTF-8."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def ok(value: object, status: int = 200) -> Reply:
    """Answer with JSON, ended by a line feed as Go's encoder does."""
    return Reply(dumps(value) + b"\n", status)


NO_CONTENT = Reply(None, 204)
NOT_MODIFIED = Reply(None, 304)
NOTHING = Reply(b"", 200)
