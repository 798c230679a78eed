"""One raw connection to an engine: for streams, for terminals, and for the first questions.

docker-py's pooled connections serve the calls. A stream wants more than they give: it must be
cancellable from another thread even before the engine has answered, and it is read fastest in
large pieces, unchunked, which is what an engine sends to an HTTP/1.0 client. Standard library
only, so that the first screen need not wait for the SDK's import (about 100 ms).
"""

from __future__ import annotations

import select
import socket
from contextlib import nullcontext, suppress
from threading import Lock
from typing import TYPE_CHECKING

from dockertui.engine.address import Address
from dockertui.engine.translate import error_for

if TYPE_CHECKING:
    from ssl import SSLContext

PIECE = 256 * 1024
"""The most that is read at once, in bytes."""
_HEAD_LIMIT = 64 * 1024
_ERROR_LIMIT = 64 * 1024


class NotHTTPError(Exception):
    """What answered does not speak HTTP; the argument is how its answer begins."""


class Wire:
    """A connection of its own to an engine, for one request."""

    def __init__(self, address: Address) -> None:
        """Prepare; nothing is sent yet.

        Args:
            address: Where the engine is.
        """
        self._address = address
        self._socket: socket.socket | None = None
        self._early = b""
        self._shut = False
        # One thread may read while another writes, which a TLS connection does not stand.
        self._turn = Lock() if address.tls else None

    def open(
        self,
        target: str,
        *,
        method: str = "GET",
        body: bytes = b"",
        timeout_s: float = 2.5,
        answer_timeout_s: float | None = None,
    ) -> None:
        """Connect, send the request, and read the head of the answer.

        Args:
            target: Path and query.
            method: `GET` asks in HTTP/1.0; anything else asks to take the connection over.
            body: JSON to send along.
            timeout_s: How long connecting may take.
            answer_timeout_s: How long the answer may take to begin, `None` for ever.

        Raises:
            OSError: When nobody answers.
            NotHTTPError: When what answers is not an HTTP server.
            EngineError: When the engine refuses.
        """
        self._socket = sock = dial(self._address, timeout_s)
        sock.settimeout(answer_timeout_s)
        if self._shut:
            raise ConnectionAbortedError
        sock.sendall(_request(method, target, body))
        status, head = self._read_head()
        if status >= 400:  # noqa: PLR2004
            sock.settimeout(timeout_s)
            raise error_for(status, self._rest(content_length(head)))
        sock.settimeout(None)

    def recv(self, most: int = PIECE) -> bytes:
        """Read some of the answer; empty at its end, or once shut."""
        if self._early:
            early, self._early = self._early[:most], self._early[most:]
            return early
        if self._shut or self._socket is None:
            return b""
        try:
            return self._socket.recv(most) if self._turn is None else self._recv_in_turn(most)
        except OSError:
            if self._shut:
                return b""
            raise

    def read_all(self, timeout_s: float) -> bytes:
        """Read the answer to its end; the time is that between two pieces."""
        if self._socket is not None:
            self._socket.settimeout(timeout_s)
        return b"".join(iter(self.recv, b""))

    def sendall(self, data: bytes) -> None:
        """Write to the connection."""
        if self._socket is not None:
            with self._turn or nullcontext():
                self._socket.sendall(data)

    def end_input(self) -> None:
        """Say that nothing more will be written, if that can be said without ending it all."""
        if self._socket is not None and self._turn is None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_WR)

    def is_ready(self, timeout_s: float | None) -> bool:
        """Is there something to read within that time, which is endless when `None`?"""
        if self._early or self._socket is None or getattr(self._socket, "pending", int)():
            return True
        try:
            poll = select.poll()
            poll.register(self._socket, select.POLLIN)
            return bool(poll.poll(None if timeout_s is None else timeout_s * 1000))
        except (OSError, ValueError):  # It has been closed meanwhile; reading will tell.
            return True

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return self._socket.fileno() if self._socket is not None else -1

    @property
    def is_shut(self) -> bool:
        """Has it been ended from this side?"""
        return self._shut

    def shut(self) -> None:
        """End it from any thread, at once; whoever is reading then sees its end."""
        self._shut = True
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the connection; for the thread that reads."""
        self.shut()
        if self._socket is not None:
            self._socket.close()

    def _recv_in_turn(self, most: int) -> bytes:
        import ssl  # Costs time that only an engine behind TLS is worth.

        assert self._socket is not None
        assert self._turn is not None
        timeout_s = self._socket.gettimeout()
        while self.is_ready(timeout_s):
            with self._turn:
                self._socket.settimeout(0)
                try:
                    return self._socket.recv(most)
                except ssl.SSLWantReadError:
                    pass  # It was a matter between the two ends of TLS.
                finally:
                    self._socket.settimeout(timeout_s)
        raise TimeoutError

    def _read_head(self) -> tuple[int, bytes]:
        assert self._socket is not None
        head = b""
        while b"\r\n\r\n" not in head:
            if len(head) > _HEAD_LIMIT:
                raise NotHTTPError(head[:16])
            piece = self._socket.recv(PIECE)
            head += piece
            if head and not head.startswith(b"HTTP/1."[: len(head)]):
                raise NotHTTPError(head[:16])
            if not piece:
                raise ConnectionResetError("the connection ended before the answer")
        head, _, self._early = head.partition(b"\r\n\r\n")
        status = head[9:12]
        if not status.isdigit():
            raise NotHTTPError(head[:16])
        return int(status), head

    def _rest(self, length: int | None) -> bytes:
        limit = _ERROR_LIMIT if length is None else min(length, _ERROR_LIMIT)
        rest = b""
        with suppress(OSError):
            while len(rest) < limit and (piece := self.recv(limit - len(rest))):
                rest += piece
        return rest


def dial(address: Address, timeout_s: float) -> socket.socket:
    """Connect to an engine, with TLS if its address asks for it.

    Raises:
        OSError: When nobody answers; `ssl.SSLError` is one.
    """
    if address.socket_path:
        return dial_unix(address.socket_path, timeout_s)
    sock = socket.create_connection(address.host_port, timeout_s)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        context = tls_context(address)
        if context is None:
            return sock
        return context.wrap_socket(sock, server_hostname=address.host_port[0])
    except OSError:
        sock.close()
        raise


def dial_unix(path: str, timeout_s: float) -> socket.socket:
    """Connect to a Unix socket.

    Raises:
        OSError: When nobody answers.
    """
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.settimeout(timeout_s)
        sock.connect(path)
    except OSError:
        sock.close()
        raise
    return sock


def fetch(address: Address, target: str, *, timeout_s: float) -> bytes:
    """Ask one question on a connection of its own, and return the whole answer.

    Raises:
        OSError: When nobody answers in time.
        NotHTTPError: When what answers is not an HTTP server.
        EngineError: When the engine refuses.
    """
    wire = Wire(address)
    try:
        wire.open(target, timeout_s=timeout_s, answer_timeout_s=timeout_s)
        return wire.read_all(timeout_s)
    finally:
        wire.close()


def tls_context(address: Address) -> SSLContext | None:
    """How to speak TLS with an engine; `None` to speak plainly."""
    files = address.tls
    if files is None:
        return None
    import ssl

    context = ssl.create_default_context(cafile=files.ca or None)
    if not files.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if files.cert:
        context.load_cert_chain(files.cert, files.key)
    return context


def _request(method: str, target: str, body: bytes) -> bytes:
    if method == "GET":
        return f"GET {target} HTTP/1.0\r\nHost: docker\r\nAccept: */*\r\n\r\n".encode()
    head = (
        f"{method} {target} HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def content_length(head: bytes) -> int | None:
    """How long the head of an answer says that its body is; `None` if it does not say."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return None
