"""The simulated engine, listening on a Unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from dockertui.sim import routes  # noqa: F401 - imported for what it declares
from dockertui.sim.connection import Connection
from dockertui.sim.outside import Outside
from dockertui.sim.trouble import Trouble
from dockertui.sim.world import World

_UNTIL_LET_IN = 3
"""How many rounds of the event loop asyncio takes from a new connection to who serves it."""


class SimulatedEngine:
    """Serves a world on the caller's event loop until the `async with` block ends."""

    def __init__(
        self, world: World, socket_path: str | Path | None = None, *, stand_in: str = ""
    ) -> None:
        """Get ready to serve.

        Args:
            world: what the engine believes in.
            socket_path: where to listen; at most 107 bytes. `None` makes a place of its own.
            stand_in: a folder for a home and registries; empty for none, or that place.
        """
        self.world = world
        self.trouble = Trouble()
        self._own_place = None if socket_path else tempfile.mkdtemp(prefix="dtui-")
        self.socket_path = Path(socket_path or f"{self._own_place}/d.sock")
        self.stand_in = stand_in or self._own_place or ""
        """The folder that stands in for a home and for registries."""
        self._outside = Outside(world, Path(self.stand_in)) if self.stand_in else None
        self._server: asyncio.Server | None = None
        self._clients: dict[asyncio.Task[None], Connection] = {}

    @property
    def base_url(self) -> str:
        """The address, as `DOCKER_HOST` would give it."""
        return f"unix://{self.socket_path}"

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._clients)

    async def __aenter__(self) -> Self:
        """Listen, and let the world's clockwork run."""
        self.world.wake()
        if self._outside is not None:
            await self._outside.open()
        await self.listen()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Be gone, leaving nothing behind."""
        await self.vanish()
        if self._outside is not None:
            await self._outside.close()
        await self.world.rest()
        if self._own_place:
            shutil.rmtree(self._own_place, ignore_errors=True)

    async def listen(self) -> None:
        """Accept connections, for the first time or again."""
        if self._server is None:
            self._server = await asyncio.start_unix_server(self._serve, self.socket_path)

    async def refuse(self) -> None:
        """Stop serving but leave the socket's file, as a killed engine does."""
        server, self._server = self._server, None
        if server is not None:
            # Who was accepted just now is let in first: a closed server would forget the socket.
            for each in server.sockets:
                asyncio.get_running_loop().remove_reader(each.fileno())
            for _ in range(_UNTIL_LET_IN):
                await asyncio.sleep(0)
            server.close()
        await self.drop_connections()

    async def vanish(self) -> None:
        """Stop serving and take the socket's file away, as a stopped engine does."""
        await self.refuse()
        self.socket_path.unlink(missing_ok=True)

    async def drop_connections(self) -> None:
        """Cut every connection in the middle of whatever it was doing."""
        tasks = tuple(self._clients)
        for task, connection in tuple(self._clients.items()):
            connection.abort()
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connection = Connection(reader, writer, self.world, self.trouble)
        self._clients[task] = connection
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await connection.serve()
        finally:
            del self._clients[task]
