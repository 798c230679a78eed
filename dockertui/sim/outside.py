"""What stands in for the world outside of a simulated engine: a home, and registries."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path

import h11

from dockertui.sim.registries import LOCKED, HubWeb, Registry, Said, docker_config
from dockertui.sim.routing import Query, parse_target
from dockertui.sim.shelves import HUB, Shelves
from dockertui.sim.world import World

_SOCKETS, _HOME = "registries", (".docker", ".config")
_PIECE = 1 << 16
Ask = Callable[[str, str, Query, str], Said]


class Outside:
    """Serves registries on sockets in a folder, and keeps a configuration beside them."""

    def __init__(self, world: World, folder: Path) -> None:
        """Get ready.

        Args:
            world: Whose registries these are.
            folder: The home; a folder of sockets in it has one for each host.
        """
        self._world = world
        self._folder = folder
        self._servers: list[asyncio.AbstractServer] = []
        self._clients: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Serve."""
        sockets = self._folder / _SOCKETS
        sockets.mkdir(mode=0o700)
        config = self._folder / _HOME[0] / "config.json"
        config.parent.mkdir(mode=0o700)
        config.write_bytes(docker_config())
        shelves = Shelves(self._world)
        hosts: dict[str, Ask] = {
            "registry-1.docker.io:443": Registry(HUB, shelves).answer,
            "hub.docker.com:443": HubWeb(shelves).answer,
            "localhost:5000": Registry("localhost:5000", shelves).answer,
            "gcr.io:443": Registry("gcr.io", shelves).answer,
            LOCKED: Registry(LOCKED, shelves).answer,
        }
        for host, ask in hosts.items():
            serve = partial(self._serve, ask)
            self._servers.append(await asyncio.start_unix_server(serve, sockets / host))

    async def close(self) -> None:
        """Leave nothing behind."""
        for each in self._servers:
            each.close()
        for client in tuple(self._clients):
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        self._servers = []
        for name in (_SOCKETS, *_HOME):
            shutil.rmtree(self._folder / name, ignore_errors=True)

    async def _serve(
        self, ask: Ask, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(task)
        try:
            with contextlib.suppress(
                ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError
            ):
                await _talk(ask, reader, writer)
        finally:
            self._clients.discard(task)
            writer.close()


async def _talk(ask: Ask, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer what one client asks, one request after the other."""
    http = h11.Connection(h11.SERVER)
    head: h11.Request | None = None
    while True:
        event = http.next_event()
        if event is h11.NEED_DATA:
            http.receive_data(await reader.read(_PIECE))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            writer.write(_answered(http, head, ask))
            await writer.drain()
            if http.our_state is not h11.DONE:
                return
            http.start_next_cycle()
        elif not isinstance(event, h11.Data):
            return


def _answered(http: h11.Connection, head: h11.Request, ask: Ask) -> bytes:
    method = head.method.decode("latin-1")
    path, query = parse_target(head.target.decode("latin-1"))
    named = dict(head.headers)
    said = ask(method, path, query, named.get(b"authorization", b"").decode("latin-1"))
    headers = [*said.headers.items(), ("Content-Length", str(len(said.body)))]
    reason = HTTPStatus(said.status).phrase.encode()
    response = h11.Response(status_code=said.status, headers=headers, reason=reason)
    sent = http.send(response) or b""
    if said.body and method != "HEAD":
        sent += http.send(h11.Data(data=said.body)) or b""
    return sent + (http.send(h11.EndOfMessage()) or b"")
