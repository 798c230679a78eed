"""A process in a container, wired to a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

from dockertui.engine.errors import EngineError
from dockertui.engine.frames import Demux
from dockertui.engine.wire import Wire

_DETACH = b"\x10\x11"  # ctrl-p ctrl-q
_INTERRUPT = b"\x03"  # ctrl-c
_END_OF_INPUT = b"\x04"  # ctrl-d
_DETACHED_AFTER_S = 0.3
_PATIENCE_S = (0.01, 0.02, 0.04, 0.08, 0.1)


class WiredTerminal:
    """The `Terminal` of the protocol, over a wire that an engine has handed over."""

    def __init__(
        self,
        title: str,
        wire: Wire,
        *,
        tty: bool,
        resize: Callable[[int, int], object],
        exit_code: Callable[[], int | None],
    ) -> None:
        """Take an open wire over.

        Args:
            title: What runs.
            wire: Carries what is typed and written.
            tty: Has the process a terminal? Then the engine itself heeds the detach keys.
            resize: Tells the engine how many columns and rows there are.
            exit_code: Asks it how the process ended.
        """
        self._title = title
        self._wire = wire
        self._tty = tty
        self._resize = resize
        self._exit_code = exit_code
        self._demux = Demux()
        self._typed_last = b""
        self._ended = False

    @property
    def title(self) -> str:
        """What runs, for the line above it."""
        return self._title

    @property
    def tty(self) -> bool:
        """Has the process a terminal? Otherwise it neither echoes nor heeds control keys."""
        return self._tty

    def recv(self, most: int) -> bytes:
        """Read some output; empty when the process has ended or was left."""
        with suppress(OSError):
            while piece := self._wire.recv(most):
                output = piece if self._tty else self._demux.feed(piece)
                if output:
                    return output
        self._ended = True
        return b""

    def sendall(self, data: bytes) -> None:
        """Write what was typed."""
        with suppress(OSError):  # It has ended meanwhile, which `recv` tells.
            if self._tty:
                self._send_to_terminal(data)
            else:
                self._send_to_pipe(data)

    def resize(self, columns: int, rows: int) -> None:
        """Tell the process how large its terminal is. Never raises for a process that ended."""
        if not self._tty:
            return
        # An engine hands the connection over a moment before the process has its terminal.
        for wait_s in _PATIENCE_S:
            with suppress(EngineError):
                self._resize(columns, rows)
                return
            if self._ended:
                return
            time.sleep(wait_s)

    def exit_code(self) -> int | None:
        """How it ended; `None` while it runs, or if the engine does not say."""
        try:
            return self._exit_code()
        except EngineError:
            return None

    def close(self) -> None:
        """Let go of it."""
        self._wire.close()

    def _send_to_terminal(self, data: bytes) -> None:
        self._wire.sendall(data)
        if self._asks_to_detach(data):
            # Docker has left by then. Podman 4 may not heed the keys.
            leave = Timer(_DETACHED_AFTER_S, self._wire.shut)
            leave.daemon = True
            leave.start()

    def _send_to_pipe(self, data: bytes) -> None:
        """Heed the control keys here, for no terminal does on the other side."""
        if self._asks_to_detach(data) or _INTERRUPT in data:
            self._wire.shut()
        elif data == _END_OF_INPUT:
            self._wire.end_input()
        else:
            self._wire.sendall(data)

    def _asks_to_detach(self, data: bytes) -> bool:
        typed = self._typed_last + data
        self._typed_last = data[-1:]
        return _DETACH in typed
