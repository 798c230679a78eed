"""A process in a container, wired to a terminal."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from struct import pack

from dockertui.engine import EngineError
from dockertui.engine.address import Address
from dockertui.engine.terminal import WiredTerminal
from dockertui.engine.wire import Wire
from tests.unit.engine.local_server import Serve, serving

TAKEN_OVER = b"HTTP/1.1 101 UPGRADED\r\n\r\n"


def terminal_at(
    address: Address,
    *,
    tty: bool,
    resize: Callable[[int, int], object] = lambda columns, rows: (columns, rows),
) -> WiredTerminal:
    """A terminal on a connection that a server has handed over."""
    wire = Wire(address)
    wire.open("/attach", method="POST")
    return WiredTerminal("sh", wire, tty=tty, resize=resize, exit_code=lambda: 0)


def receives(typed: list[bytes], *, first: bytes = b"") -> Serve:
    """Write something, and then down what is typed."""

    def serve(connection: socket.socket, _: bytes) -> None:
        connection.sendall(TAKEN_OVER + first)
        while piece := connection.recv(4096):
            typed.append(piece)
        typed.append(b"<end>")

    return serve


def until(condition: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_output_without_a_terminal_loses_its_frames() -> None:
    frames = pack(">BxxxL", 1, 3) + b"out" + pack(">BxxxL", 2, 3) + b"err"
    with serving(receives([], first=frames)) as address:
        terminal = terminal_at(address, tty=False)
        assert terminal.recv(4096) == b"outerr"
        terminal.close()


def test_the_end_of_input_leaves_the_output_open() -> None:
    typed: list[bytes] = []

    def serve(connection: socket.socket, _: bytes) -> None:
        connection.sendall(TAKEN_OVER)
        while piece := connection.recv(4096):
            typed.append(piece)
        connection.sendall(pack(">BxxxL", 1, 4) + b"done")

    with serving(serve) as address:
        terminal = terminal_at(address, tty=False)
        terminal.sendall(b"x")
        terminal.sendall(b"\x04")
        assert terminal.recv(4096) == b"done"
        terminal.close()
    assert typed == [b"x"]


def test_an_interrupt_leaves_what_has_no_terminal() -> None:
    typed: list[bytes] = []
    with serving(receives(typed)) as address:
        terminal = terminal_at(address, tty=False)
        terminal.sendall(b"\x03")
        assert terminal.recv(4096) == b""
        until(lambda: typed == [b"<end>"])
        terminal.close()


def test_a_terminal_is_left_even_if_the_engine_does_not_heed_the_keys() -> None:
    typed: list[bytes] = []
    with serving(receives(typed)) as address:
        terminal = terminal_at(address, tty=True)
        terminal.sendall(b"\x03\x10")
        terminal.sendall(b"\x11")
        assert terminal.recv(4096) == b""
        until(lambda: typed[-1:] == [b"<end>"])
        assert b"".join(typed) == b"\x03\x10\x11<end>"
        terminal.close()


def test_a_size_is_told_again_until_the_process_is_there() -> None:
    sizes: list[tuple[int, int]] = []

    def resize(columns: int, rows: int) -> None:
        sizes.append((columns, rows))
        if len(sizes) < 3:
            raise EngineError("no such exec")

    with serving(receives([])) as address:
        terminal = terminal_at(address, tty=True, resize=resize)
        terminal.resize(80, 24)
        assert sizes == [(80, 24)] * 3
        terminal.close()


def test_typing_into_what_has_ended_is_no_error() -> None:
    with serving(receives([])) as address:
        terminal = terminal_at(address, tty=True)
        terminal.close()
        terminal.sendall(b"x")
        assert terminal.recv(10) == b""
