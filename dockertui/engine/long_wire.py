"""A connection for work that lasts: it may send much, and knows whether the answer is whole."""

from __future__ import annotations

import select
import socket
from collections.abc import Mapping
from contextlib import suppress

from dockertui.engine.chunks import CutShortError, Dechunker, chunk
from dockertui.engine.translate import error_for
from dockertui.engine.wire import PIECE, NotHTTPError, Wire, content_length, dial

_ERROR = 400
_AT_ONCE = 64 * 1024


class LongWire(Wire):
    """One request with a body of any size, and its answer.

    The methods are to be called in the order in which they are written, on one thread.
    """

    _chunks: Dechunker | None = None
    _left: int | None = None
    _is_chunked_body = False
    _is_answered = False
    _unread = b""

    def begin(
        self,
        target: str,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        size: int | None = 0,
        timeout_s: float = 2.5,
    ) -> None:
        """Connect, and send the head of the request.

        Args:
            target: Path and query.
            method: The method.
            headers: More headers.
            size: How long the body will be; `None` if that is not known.
            timeout_s: How long connecting may take.

        Raises:
            OSError: When nobody answers.
        """
        self._socket = sock = dial(self._address, timeout_s)
        if self._shut:
            raise ConnectionAbortedError
        sock.settimeout(None)
        self._is_chunked_body = size is None
        length = "Transfer-Encoding: chunked" if size is None else f"Content-Length: {size}"
        lines = [f"{method} {target} HTTP/1.1", "Host: docker", "Connection: close"]
        lines += [] if method == "GET" else [length]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        sock.sendall("\r\n".join([*lines, "", ""]).encode())

    def send(self, piece: bytes) -> None:
        """Send some of the body.

        An engine that answers early is heard at once: it refuses, or it would stand still with
        more to say than the connection holds.

        Raises:
            OSError: When the connection is gone.
            EngineError: When the engine refuses.
        """
        data = memoryview(chunk(piece) if self._is_chunked_body else piece)
        while data and not self._is_whole:
            if self._hears_first():
                self._hear()
                continue
            try:
                data = data[self._send_some(data[:_AT_ONCE]) :]
            except BlockingIOError:
                continue
            except OSError:
                self._hear_refusal()
                raise

    def answer(self) -> None:
        """End the body, and wait for the answer to begin.

        Raises:
            OSError: When the connection ends.
            NotHTTPError: When what answers is not an HTTP server.
            EngineError: When the engine refuses.
        """
        if self._is_chunked_body:
            with suppress(OSError):  # If it is gone, what it said before will tell.
                self.sendall(chunk(b""))
        self._take_head()

    def recv(self, most: int = PIECE) -> bytes:
        """Read some of the answer; empty at its end alone.

        Raises:
            CutShortError: When the connection ends before that, or was shut.
        """
        while True:
            if self._unread:
                piece, self._unread = self._unread[:most], self._unread[most:]
                return piece
            if self._is_whole:
                return b""
            data = super().recv(most)
            if not data:
                if self._left is None and self._chunks is None and not self._shut:
                    return b""
                raise CutShortError("the connection ended in the middle of the answer")
            self._unread = self._bare(data)

    def _bare(self, data: bytes) -> bytes:
        if self._chunks is not None:
            return self._chunks.feed(data)
        if self._left is not None:
            self._left -= len(data)
        return data

    @property
    def _is_whole(self) -> bool:
        """Has all of the answer come?"""
        return self._left == 0 or (self._chunks is not None and self._chunks.is_over)

    def _hears_first(self) -> bool:
        """Wait until something can be sent; says whether the engine speaks before that."""
        # What comes over TLS may be no word of the engine's, and reading would wait for one.
        if self._socket is None or self._turn is not None:
            return False
        poll = select.poll()
        poll.register(self._socket, select.POLLIN | select.POLLOUT)
        return any(events & select.POLLIN for _, events in poll.poll())

    def _send_some(self, data: memoryview) -> int:
        assert self._socket is not None
        flags = socket.MSG_DONTWAIT if self._turn is None else 0
        return self._socket.send(data, flags)

    def _hear(self) -> None:
        """Take in what the engine says while it is still being told."""
        if not self._is_answered:
            self._take_head()
        elif not (data := super().recv()):
            raise CutShortError("the connection ended in the middle of the request")
        else:
            self._unread += self._bare(data)

    def _hear_refusal(self) -> None:
        """Raise what the engine has said before it hung up, if anything."""
        if not self._is_answered:
            with suppress(OSError, NotHTTPError):
                self._take_head()

    def _take_head(self) -> None:
        if self._is_answered:
            return
        status, head = self._read_head()
        self._is_answered = True
        length = content_length(head)
        is_chunked = b"\r\ntransfer-encoding: chunked" in head.lower()
        self._chunks, self._left = (Dechunker(), None) if is_chunked else (None, length)
        early, self._early = self._early, b""
        if early:
            self._unread = self._bare(early)
        if status >= _ERROR:
            raise error_for(status, self._error_body())

    def _error_body(self) -> bytes:
        said = b""
        with suppress(OSError):
            while len(said) < _AT_ONCE and (piece := self.recv()):
                said += piece
        return said
