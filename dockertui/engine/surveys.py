"""What is asked of an engine as a whole: rarely, and some of it takes long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dockertui.engine.errors import EngineError
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.terminals import Terminals
from dockertui.engine.threads import in_thread
from dockertui.engine.wire import Wire

if TYPE_CHECKING:
    from dockertui.engine.client import Client
    from dockertui.model.disk import DiskUsage
    from dockertui.model.host import Host

_ROOM = 4 * 1024 * 1024


class Surveys(Terminals):
    """Questions about the engine itself, its machine and its disk."""

    async def host(self) -> Host:
        """The machine that the engine runs on, and the engine's own settings."""
        # Not for the first screen.
        from dockertui.engine.payload.host import parse_host

        def ask(client: Client) -> Host:
            said = object_in(client.read("/info"))
            return parse_host(said, engine=self.name, now=datetime.now(UTC))

        return await self._call(ask)

    async def disk_usage(self) -> DiskUsage:
        """What images, containers, volumes and the build cache take on the engine's disk.

        Goes over a wire of its own, so that whoever no longer wants to wait ends the engine's
        search, too: it looks at every file, which takes seconds, and on some hosts minutes.
        """

        def read(wire: Wire) -> Iterator[bytes]:
            with self._reaching():
                wire.open(self._target("/system/df", verbose="1"))
            yield from iter(wire.recv, b"")

        body = bytearray()
        async with aclosing(self._stream(read, room=_ROOM)) as batches:
            async for batch in batches:
                body += b"".join(batch)
        return await in_thread(lambda: _parsed(bytes(body)))


def _parsed(body: bytes) -> DiskUsage:
    from dockertui.engine.payload.disk import parse_disk_usage

    # An answer cut short must not pass for one that says that there is nothing.
    try:
        payload = json.loads(body.decode(errors="replace"))
    except ValueError as error:
        raise EngineError("The engine's answer broke off, or is not JSON.") from error
    return parse_disk_usage(payload if isinstance(payload, dict) else {})
