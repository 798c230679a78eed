"""A connection that never blocks, so that one thread can have hundreds."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from selectors import EVENT_READ, EVENT_WRITE, BaseSelector
from typing import TYPE_CHECKING, Any

from dockertui.engine.address import Address
from dockertui.engine.wire import dial_unix, tls_context

if TYPE_CHECKING:
    from ssl import SSLContext, SSLSocket

Dial = Callable[[Callable[[], None]], "Channel"]
"""Begins to connect; what it is given is called whenever something may be read."""

_PIECE = 64 * 1024
_WANTS = {"SSLWantReadError": EVENT_READ, "SSLWantWriteError": EVENT_READ | EVENT_WRITE}


@dataclass(frozen=True, slots=True)
class Peer:
    """Whom to connect to, with the host's name looked up."""

    family: int
    """The socket's family."""
    place: Any
    """The socket's address."""
    context: SSLContext | None = None
    """How to speak TLS; `None` to speak plainly."""
    host: str = ""
    """Whose certificate is expected."""


def reach(address: Address, timeout_s: float) -> tuple[Peer, socket.socket]:
    """Find an engine, once: looking up a name blocks.

    Returns:
        How to connect to it, and a first connection, which does not speak TLS yet.

    Raises:
        OSError: When nobody answers.
    """
    if path := address.socket_path:
        return Peer(socket.AF_UNIX, path), dial_unix(path, timeout_s)
    context = tls_context(address)
    sock = socket.create_connection(address.host_port, timeout_s)
    return Peer(sock.family, sock.getpeername(), context, address.host_port[0]), sock


class Channel:
    """A connection to an engine; `ready` is called when `read` may have something to say."""

    def __init__(
        self,
        peer: Peer,
        selector: BaseSelector,
        ready: Callable[[], None],
        sock: socket.socket | None = None,
    ) -> None:
        """Begin to connect.

        Args:
            peer: To whom.
            selector: What waits; it finds what to call as the data.
            ready: What to call.
            sock: A connection there is already.

        Raises:
            OSError: When nobody listens.
        """
        self._peer = peer
        self._selector = selector
        self._ready = ready
        self._unsent = b""
        self._is_connected = self._is_open = False
        self._tls: SSLSocket | None = None
        self.sent_s: float | None = None
        """Since when everything is sent, by the monotonic clock."""
        self._sock = sock or socket.socket(peer.family, socket.SOCK_STREAM)
        self._events = EVENT_READ | EVENT_WRITE
        try:
            self._sock.setblocking(False)
            if sock is not None or self._connect():
                self._connected()
        except OSError:
            self._sock.close()
            raise
        selector.register(self._sock, self._events, self._woken)

    def ask(self, target: str, *, is_kept: bool) -> None:
        """Ask for a path and query, as soon as there is a connection.

        Args:
            target: What to ask for.
            is_kept: Is something else to be asked afterwards? What streams is asked for without,
                for an engine cuts up what it sends to a client of HTTP/1.1.

        Raises:
            OSError: When the connection is lost, or never came to be.
        """
        version = "1.1" if is_kept else "1.0"
        head = f"GET {target} HTTP/{version}\r\nHost: docker\r\nAccept: */*\r\n\r\n"
        self._unsent, self.sent_s = head.encode(), None
        self._get_on()

    def read(self) -> bytes | None:
        """What has come; empty at the end, `None` if nothing has.

        Raises:
            OSError: When the connection is lost, or never came to be.
        """
        if self._unsent or not self._is_open:
            self._get_on()
        if not self._is_open:
            return None
        try:
            return self._sock.recv(_PIECE)
        except OSError as error:
            if self._is_to_come(error):
                return None
            raise

    def close(self) -> None:
        """End it, at once."""
        with suppress(KeyError, ValueError):
            self._selector.unregister(self._sock)
        self._sock.close()

    def _woken(self) -> None:
        # What was woken in the same moment may have closed this one.
        if self._sock.fileno() != -1:
            self._ready()

    def _connect(self) -> bool:
        try:
            self._sock.connect(self._peer.place)
        except BlockingIOError:
            if self._peer.family == socket.AF_UNIX:  # Too many wait there; it has not begun.
                raise
            return False
        return True

    def _connected(self) -> None:
        self._is_connected = True
        self._events = EVENT_READ
        if self._peer.family != socket.AF_UNIX:
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if (context := self._peer.context) is None:
            self._is_open = True
            return
        self._sock = self._tls = context.wrap_socket(
            self._sock, server_hostname=self._peer.host, do_handshake_on_connect=False
        )

    def _get_on(self) -> None:
        """Connect, agree on TLS and send, as far as that goes without waiting."""
        events = EVENT_READ | EVENT_WRITE
        try:
            if not self._is_connected:
                self._check_connected()
            if self._tls is not None and not self._is_open:
                self._tls.do_handshake()
                self._is_open = True
            if self._unsent:
                self._unsent = self._unsent[self._sock.send(self._unsent) :]
                self.sent_s = None if self._unsent else time.monotonic()
            events = EVENT_READ | (EVENT_WRITE if self._unsent else 0)
        except OSError as error:
            if (events := self._is_to_come(error)) == 0:
                raise
        if events != self._events:
            self._events = events
            self._selector.modify(self._sock, events, self._woken)

    def _check_connected(self) -> None:
        if error := self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(error, os.strerror(error))
        try:
            self._sock.getpeername()
        except OSError:
            raise BlockingIOError from None
        self._selector.unregister(self._sock)
        self._connected()
        self._selector.register(self._sock, self._events, self._woken)

    @staticmethod
    def _is_to_come(error: OSError) -> int:
        """What to wait for; 0 if it is a real failure."""
        if isinstance(error, BlockingIOError):
            return EVENT_READ | EVENT_WRITE
        return _WANTS.get(type(error).__name__, 0)
