"""What gives a person a terminal in a container. What wires it is imported when it is wanted."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from dockertui.engine.changes import Changes
from dockertui.engine.errors import (
    EngineError,
    EngineUnavailable,
    ObjectNotFound,
    ReadOnlyRefused,
    StateConflict,
    TimedOut,
)
from dockertui.engine.payload.container import has_tty
from dockertui.engine.payload.fields import is_true, table, text, whole
from dockertui.engine.protocol import ExecRequest, Terminal
from dockertui.engine.wire import Wire

if TYPE_CHECKING:
    from dockertui.engine.client import Client

_SHELLS = ("bash", "ash", "sh")
_ASK_A_SHELL = " || ".join(f"command -v {shell}" for shell in _SHELLS)
_ANSWER_TIMEOUT_S = 10.0
_NO_SUCH_COMMAND = 127
_END_LAG_S = 1.0
"""An engine may say for a moment that a command still runs whose output has ended."""


class Terminals(Changes):
    """The ways to get a terminal in a container."""

    async def find_shell(self, container_id: str, *, user: str = "") -> str:
        """The first of bash, ash and sh that the container has; empty when it has none."""
        return await self._change(lambda client: self._find_shell(client, container_id, user))

    async def execute(self, container_id: str, request: ExecRequest) -> Terminal:
        """Run a command in a container, wired to a terminal."""
        return await self._change(lambda client: self._execute(client, container_id, request))

    async def attach(self, container_id: str) -> Terminal:
        """Wire a terminal to a container's main process; ctrl-p ctrl-q leaves it running."""
        if self._read_only:
            raise ReadOnlyRefused("Nothing is typed here: this session is read-only.")
        return await self._change(lambda client: self._attach(client, container_id))

    def _find_shell(self, client: Client, container_id: str, user: str) -> str:
        """Ask sh, which nearly always is there, for the best; without it, try each."""
        code, said = self._run(client, container_id, ("sh", "-c", _ASK_A_SHELL), user)
        if code == 0:
            found = said.decode(errors="replace").strip().rpartition("/")[2]
            return found if found in _SHELLS else "sh"
        for shell in _SHELLS[:-1]:
            if self._run(client, container_id, (shell, "-c", "exit"), user)[0] == 0:
                return shell
        return ""

    def _run(
        self, client: Client, container_id: str, command: tuple[str, ...], user: str
    ) -> tuple[int, bytes]:
        """Run a command to its end; its exit code and what it wrote."""
        from dockertui.engine.frames import Demux

        started = client.execution(container_id, command, user=user)
        demux = Demux()
        try:
            wire = self._exec_wire(started, tty=False)
            try:
                said = demux.feed(wire.read_all(_ANSWER_TIMEOUT_S))
            finally:
                wire.close()
        except (StateConflict, ObjectNotFound, EngineUnavailable, TimedOut, ReadOnlyRefused):
            raise
        except EngineError:  # Newer engines refuse to start what is not there.
            return _NO_SUCH_COMMAND, b""
        code = _exec_exit_code(client, started)
        return _NO_SUCH_COMMAND if code is None else code, said

    def _execute(self, client: Client, container_id: str, request: ExecRequest) -> Terminal:
        from dockertui.engine.terminal import WiredTerminal

        started = client.execution(
            container_id,
            request.command,
            stdin=True,
            tty=True,
            user=request.user,
            workdir=request.working_dir or None,
        )
        return WiredTerminal(
            " ".join(request.command),
            self._exec_wire(started, tty=True),
            tty=True,
            resize=lambda columns, rows: client.exec_resize(started, height=rows, width=columns),
            exit_code=lambda: _exec_exit_code(client, started),
        )

    def _attach(self, client: Client, container_id: str) -> Terminal:
        from dockertui.engine.terminal import WiredTerminal

        seen = client.inspection(container_id)
        state, tty = table(seen.get("State")), has_tty(seen)
        if not is_true(state.get("Running")) or is_true(state.get("Paused")):
            raise StateConflict("It does not run, so there is nothing to attach to.")
        both_ways = dict.fromkeys(("stream", "stdin", "stdout", "stderr"), "1")
        return WiredTerminal(
            text(seen.get("Name")).removeprefix("/"),
            self._taken_over(self._target("/containers/{0}/attach", container_id, **both_ways)),
            tty=tty,
            resize=lambda columns, rows: client.resize(container_id, height=rows, width=columns),
            exit_code=lambda: _container_exit_code(client, container_id),
        )

    def _exec_wire(self, exec_id: str, *, tty: bool) -> Wire:
        body = json.dumps({"Detach": False, "Tty": tty}).encode()
        return self._taken_over(self._target("/exec/{0}/start", exec_id), body)

    def _taken_over(self, target: str, body: bytes = b"") -> Wire:
        """A connection that the engine has handed over."""
        wire = Wire(self._address)
        try:
            with self._reaching():
                wire.open(target, method="POST", body=body, answer_timeout_s=_ANSWER_TIMEOUT_S)
        except EngineError:
            wire.close()
            raise
        return wire


def _exec_exit_code(client: Client, exec_id: str) -> int | None:
    patience = time.monotonic() + _END_LAG_S
    while True:
        seen = table(client.exec_inspect(exec_id))
        if not is_true(seen.get("Running")):
            return whole(seen.get("ExitCode"))
        if time.monotonic() > patience:
            return None
        time.sleep(0.02)


def _container_exit_code(client: Client, container_id: str) -> int | None:
    state = table(client.inspection(container_id).get("State"))
    return None if is_true(state.get("Running")) else whole(state.get("ExitCode"))
