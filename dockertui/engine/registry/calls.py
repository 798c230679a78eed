"""Questions that can be cut off from any thread, with all the requests they take."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, local
from typing import Any, TypeVar

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

# It says what it thinks of an answer's head on the terminal that we draw on.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

T = TypeVar("T")

_INSIDE_TIMEOUT_S = 15.0

_ownership = Lock()
_current = local()


class Call:
    """One question, asked by one thread."""

    def __init__(self) -> None:
        """Begin with no request under way."""
        self._connection: _Cuttable | None = None
        self.is_cut = False

    def cut(self) -> None:
        """End it at once, from any thread: whatever it waits for fails, and so does what follows.

        Only looking up a name and opening a connection go on, until their own time is up.
        """
        with _ownership:
            self.is_cut = True
            connection = self._connection
            # A connection that went back into its pool may serve another call by now.
            if connection is not None and connection.call is self and connection.sock is not None:
                with suppress(OSError):
                    socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    def made(self, work: Callable[[Call], T]) -> T:
        """Do the work, and let go of its last connection, which is for others then."""
        try:
            return work(self)
        finally:
            with _ownership:
                self._connection = None

    @contextmanager
    def here(self) -> Iterator[None]:
        """Let the requests that this thread makes meanwhile be those of the call."""
        _current.call = self
        try:
            yield
        finally:
            _current.call = None

    def take(self, connection: _Cuttable) -> None:
        """Use a connection from now on.

        Raises:
            ConnectionAbortedError: When the call was cut.
        """
        with _ownership:
            if self.is_cut:
                raise ConnectionAbortedError
            connection.call = self
            self._connection = connection


class _Cuttable(HTTPConnection):
    """A connection that the call which uses it can cut."""

    call: Call | None = None

    def request(self, *args: Any, **kwargs: Any) -> None:
        call: Call | None = getattr(_current, "call", None)
        if call is not None:
            call.take(self)
        super().request(*args, **kwargs)


class _CuttableTLS(_Cuttable, HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        # Else urllib3 warns, on the terminal that we draw on, of what the person has allowed.
        self.is_verified = True


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Cuttable


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _CuttableTLS


POOLS = {"http": _PlainPool, "https": _TLSPool}
"""The pools to use instead of urllib3's own."""


def pools_of(sockets: Path) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections go to sockets in a folder, and never to the network.

    Args:
        sockets: Has a socket for each host that there is, e.g. `localhost:5000`; without TLS.
    """

    class Inside(_Cuttable):
        def _new_conn(self) -> socket.socket:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.connect(str(sockets / f"{self.host}:{self.port}"))
            except FileNotFoundError as error:
                connection.close()
                raise socket.gaierror(socket.EAI_NONAME, "no such host") from error
            except OSError:
                connection.close()
                raise
            connection.settimeout(_INSIDE_TIMEOUT_S)
            return connection

    class InsidePool(HTTPConnectionPool):
        ConnectionCls = Inside

    return {"http": InsidePool, "https": InsidePool}
