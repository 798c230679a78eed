"""A container that is started with a terminal wired to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from dockertui.engine.address import Address
from dockertui.engine.connection import Connection
from dockertui.engine.errors import EngineError, ObjectNotFound, ReadOnlyRefused
from dockertui.engine.payload.container import has_tty
from dockertui.engine.payload.fields import is_true, table, text
from dockertui.engine.protocol import Terminal
from dockertui.engine.terminal import WiredTerminal
from dockertui.engine.wire import Wire

if TYPE_CHECKING:
    from dockertui.engine.client import Client

_ANSWER_S = 10.0
_END_LAG_S = 1.0
"""An engine may take a moment to say how a process ended whose output has ended."""
_CODE = re.compile(rb'"StatusCode":\s*(\d+)')


class RunTerminals:
    """Starts containers that are typed to."""

    def __init__(self, connection: Connection, address: Address) -> None:
        """Work on an engine.

        Args:
            connection: Reaches it.
            address: Where it is.
        """
        self._connection = connection
        self._address = address

    async def start_attached(self, container_id: str) -> Terminal:
        """Wire a terminal to a container that does not run, and start it; see the protocol."""
        if self._connection.read_only:
            raise ReadOnlyRefused("Nothing is changed here: this session is read-only.")
        return await self._connection.change(lambda client: self._start(client, container_id))

    def _start(self, client: Client, container_id: str) -> Terminal:
        seen = client.inspection(container_id)
        ways = ("stream", "stdin", "stdout", "stderr")
        attached = self._opened("attach", container_id, **dict.fromkeys(ways, "1"))
        waiting: Wire | None = None
        try:
            waiting = self._opened("wait", container_id, condition="next-exit")
            client.start(container_id)
        except EngineError:
            attached.close()
            if waiting is not None:
                waiting.close()
            raise
        return StartedTerminal(
            text(seen.get("Name")).removeprefix("/"),
            attached,
            tty=has_tty(seen),
            resize=lambda columns, rows: client.resize(container_id, height=rows, width=columns),
            exit_code=lambda: _exit_code(client, container_id, waiting),
            waiting=waiting,
        )

    def _opened(self, verb: str, container_id: str, **params: str) -> Wire:
        wire = Wire(self._address)
        target = self._connection.target(f"/containers/{{0}}/{verb}", container_id, **params)
        try:
            with self._connection.reaching():
                wire.open(target, method="POST", answer_timeout_s=_ANSWER_S)
        except EngineError:
            wire.close()
            raise
        return wire


class StartedTerminal(WiredTerminal):
    """Knows how its container ended, even one that is removed as soon as it has."""

    def __init__(
        self,
        title: str,
        wire: Wire,
        *,
        tty: bool,
        resize: Callable[[int, int], object],
        exit_code: Callable[[], int | None],
        waiting: Wire,
    ) -> None:
        """Take two open wires over.

        Args:
            title: What runs.
            wire: Carries what is typed and written.
            tty: Has the process a terminal?
            resize: Tells the engine how many columns and rows there are.
            exit_code: Asks how the process ended.
            waiting: On which the engine will say it.
        """
        super().__init__(title, wire, tty=tty, resize=resize, exit_code=exit_code)
        self._waiting = waiting
        self._code: int | None = None

    def exit_code(self) -> int | None:
        """How it ended; `None` while it runs, or if the engine does not say."""
        return self._code

    def close(self) -> None:
        """Let go of it, and learn how it ended if it has."""
        if self._ended and self._waiting.fileno() >= 0:
            self._code = super().exit_code()
        self._waiting.close()
        super().close()


def _exit_code(client: Client, container_id: str, waiting: Wire) -> int | None:
    """Ask at once, for it may have been left while it runs; what is gone has said it before."""
    with suppress(ObjectNotFound):
        state = table(client.inspection(container_id).get("State"))
        if is_true(state.get("Running")):
            return None
    said = b""
    with suppress(OSError):
        while waiting.is_ready(_END_LAG_S) and (piece := waiting.recv()):
            said += piece
            if found := _CODE.search(said):
                return int(found[1])
    return None
