"""A server on a Unix socket that says what a test tells it to, and nothing else."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from dockertui.engine.address import Address

Serve = Callable[[socket.socket, bytes], None]
"""Answers on a connection; it is given the head of the request."""

OK = b"HTTP/1.0 200 OK\r\n\r\n"


def answer(status: int, body: bytes) -> bytes:
    """A whole answer."""
    head = f"HTTP/1.1 {status} Said\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def says(data: bytes) -> Serve:
    """Send this, and end."""
    return lambda connection, _: connection.sendall(data)


def holds(data: bytes = b"") -> Serve:
    """Send this, and then wait until the other side ends."""

    def serve(connection: socket.socket, _: bytes) -> None:
        connection.sendall(data)
        while connection.recv(4096):
            pass

    return serve


@contextmanager
def serving(serve: Serve) -> Iterator[Address]:
    """Serve every connection in a thread of its own, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="srv-") as folder:
        path = Path(folder) / "s"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen(16)

        def handle(connection: socket.socket) -> None:
            with suppress(OSError), connection:
                serve(connection, connection.recv(65536))

        def accept() -> None:
            with suppress(OSError):
                while True:
                    Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        try:
            yield Address("test", f"unix://{path}")
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
