"""An HTTP server on the loopback that answers as a test tells it to."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    """Its method."""
    target: str
    """Its path and query."""
    headers: Mapping[str, str]
    """Its headers, found whatever their case."""
    body: bytes = b""
    """What was sent along."""
    port: int = 0
    """Where it came from: each connection has one of its own."""

    @property
    def path(self) -> str:
        """The path."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        """What the query says."""
        return parse_qs(urlsplit(self.target).query)

    @property
    def authorization(self) -> str:
        """What it says of who asks."""
        return self.headers.get("Authorization", "")


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int = 200
    """Its status."""
    body: bytes = b""
    """All of its body."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Its headers, beyond the length."""


Answer = Said | Callable[[socket.socket], None]
"""An answer, or what to do with the connection instead."""


class LocalServer:
    """The server, up as long as `serving` lasts."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.scheme = "http"
        self.asked: list[Asked] = []
        """Everything it was asked, in order."""
        self.ended = Event()
        """Set when the test is over, for answers that wait."""

    @property
    def url(self) -> str:
        """The beginning of its addresses."""
        return f"{self.scheme}://{self.host}"

    def paths(self, method: str = "GET") -> list[str]:
        """What it was asked for."""
        return [it.target for it in self.asked if it.method == method]


def as_json(content: Any, status: int = 200, **headers: str) -> Said:
    """An answer in JSON; underscores in the names of headers are hyphens."""
    named = {name.replace("_", "-"): it for name, it in headers.items()}
    body = json.dumps(content).encode()
    return Said(status, body, {"Content-Type": "application/json", **named})


@contextmanager
def serving(
    answer: Callable[[Asked], Answer],
    *,
    certificates: Path | None = None,
    wants_certificates: bool = False,
) -> Iterator[LocalServer]:
    """Answer every request with what a function makes of it.

    Args:
        answer: Makes the answers.
        certificates: A folder with `server.crt` and `server.key`, to speak TLS.
        wants_certificates: Must who asks have a certificate of `ca.crt` there?
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536  # Head and body at once, or the latter waits 40 ms for the former.

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

        def respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            port = self.client_address[1]
            asked = Asked(self.command, self.path, self.headers, body, port)  # type: ignore[arg-type]
            server.asked.append(asked)
            said = answer(asked)
            if not isinstance(said, Said):
                said(self.connection)
                self.close_connection = True
                return
            self.send_response(said.status)
            headers = {"Content-Length": str(len(said.body)), **said.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(said.body)

        do_GET = do_HEAD = do_POST = do_DELETE = do_PUT = respond

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Listener(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    listener = Listener(("127.0.0.1", 0), Handler)
    server = LocalServer(listener.server_address[1])
    if certificates is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificates / "server.crt", certificates / "server.key")
        if wants_certificates:
            context.load_verify_locations(certificates / "ca.crt")
            context.verify_mode = ssl.CERT_REQUIRED
        listener.socket = context.wrap_socket(
            listener.socket, server_side=True, do_handshake_on_connect=False
        )
        server.scheme = "https"
    thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        listener.shutdown()
        listener.server_close()
