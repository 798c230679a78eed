"""The person's own terminal, wired to one elsewhere."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import socket
import struct
import termios
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from dockertui.engine.console import run_console


class FakeTerminal:
    """A process at the other end of a pair of sockets."""

    def __init__(self, *, tty: bool = True) -> None:
        self.near, self.far = socket.socketpair()
        self.sizes: list[tuple[int, int]] = []
        self.tty = tty
        self.title = "sh"

    def recv(self, most: int) -> bytes:
        """Read some output."""
        try:
            return self.near.recv(most)
        except OSError:
            return b""

    def sendall(self, data: bytes) -> None:
        """Write what was typed."""
        self.near.sendall(data)

    def resize(self, columns: int, rows: int) -> None:
        """Remember the size."""
        self.sizes.append((columns, rows))

    def exit_code(self) -> int | None:
        """It always ends with 3."""
        return 3

    def close(self) -> None:
        """Let go of it."""
        with suppress(OSError):
            self.near.shutdown(socket.SHUT_RDWR)
        self.near.close()


class Person:
    """Somebody at a terminal that runs a console."""

    def __init__(self, terminal: FakeTerminal) -> None:
        self.terminal = terminal
        self.keys, self.screen = pty.openpty()
        self.set_size(80, 24)
        self.mode = termios.tcgetattr(self.screen)
        self.done: Future[int | None] = Future()
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            code = run_console(
                self.terminal, before="Leave: ^D", stdin_fd=self.screen, stdout_fd=self.screen
            )
            self.done.set_result(code)
        except BaseException as error:  # noqa: BLE001 - raised again where it is asked for
            self.done.set_exception(error)

    def set_size(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        fcntl.ioctl(self.keys, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def sees(self, text: bytes) -> bytes:
        """Read the screen until a text is there."""
        seen = b""
        while text not in seen:
            assert select.select([self.keys], [], [], 5)[0], seen
            seen += os.read(self.keys, 4096)
        return seen


def until(condition: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


@contextmanager
def at_a_terminal(terminal: FakeTerminal) -> Iterator[Person]:
    """Somebody at a terminal, until the block ends."""
    someone = Person(terminal)
    try:
        yield someone
    finally:
        terminal.far.close()
        someone.done.exception(5)
        for fd in (someone.keys, someone.screen):
            with suppress(OSError):
                os.close(fd)


@pytest.fixture
def person() -> Iterator[Person]:
    """Somebody at a terminal wired to a process with one."""
    with at_a_terminal(FakeTerminal()) as someone:
        yield someone


def test_keys_go_there_and_output_comes_back_untouched(person: Person) -> None:
    until(lambda: person.terminal.sizes != [])
    os.write(person.keys, b"\x03\x04\x1b[Ax\r")
    typed = b""
    while len(typed) < 7:
        typed += person.terminal.far.recv(100)
    assert typed == b"\x03\x04\x1b[Ax\r"
    person.sees("sh ─ Leave: ^D\x1b[0m\r\n".encode())
    person.terminal.far.sendall(b"\x1b[31mred\r\n")
    assert person.sees(b"red\r\n") == b"\x1b[31mred\r\n"


def test_the_exit_code_comes_back_and_the_mode_too(person: Person) -> None:
    person.terminal.far.close()
    assert person.done.result(5) == 3
    assert termios.tcgetattr(person.screen) == person.mode
    person.sees(b"\x1b[?25h")


def test_the_size_is_told_at_once_and_followed(person: Person) -> None:
    until(lambda: person.terminal.sizes == [(80, 24)])
    person.set_size(100, 30)
    until(lambda: person.terminal.sizes == [(80, 24), (100, 30)])


def test_what_is_typed_too_late_is_thrown_away(person: Person) -> None:
    until(lambda: person.terminal.sizes != [])
    person.terminal.far.shutdown(socket.SHUT_RDWR)
    assert person.done.result(5) == 3
    os.set_blocking(person.screen, False)
    with pytest.raises(BlockingIOError):
        os.read(person.screen, 100)


def test_a_person_who_hangs_up_ends_it(person: Person) -> None:
    until(lambda: person.terminal.sizes != [])
    os.close(person.keys)
    assert person.done.result(5) == 3


def test_without_a_terminal_there_the_keys_are_echoed_here() -> None:
    with at_a_terminal(FakeTerminal(tty=False)) as person:
        until(lambda: not termios.tcgetattr(person.screen)[3] & termios.ICANON)
        os.write(person.keys, b"hi\r")
        assert person.terminal.far.recv(100)[:1] == b"h"
        person.sees(b"hi\r\n")


def test_an_error_restores_the_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = FakeTerminal()

    def broken(columns: int, rows: int) -> None:
        raise RuntimeError((columns, rows))

    monkeypatch.setattr(terminal, "resize", broken)
    with at_a_terminal(terminal) as person:
        with pytest.raises(RuntimeError):
            person.done.result(5)
        assert termios.tcgetattr(person.screen) == person.mode


def test_a_flood_and_a_paste_do_not_lock_each_other_up(person: Person) -> None:
    until(lambda: person.terminal.sizes != [])
    flood, paste = b"o" * 300_000, b"i" * 200_000
    person.sees(b"Leave: ^D\x1b[0m\r\n")

    def far_side() -> None:
        person.terminal.far.sendall(flood)

    def type_it() -> None:
        rest = paste
        while rest:
            rest = rest[os.write(person.keys, rest[:1024]) :]

    Thread(target=far_side, daemon=True).start()
    Thread(target=type_it, daemon=True).start()
    typed = written = 0
    while typed < len(paste) or written < len(flood):
        if written < len(flood):
            written += len(os.read(person.keys, 65536))
        if typed < len(paste):
            typed += len(person.terminal.far.recv(65536))
