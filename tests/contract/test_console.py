"""A person's terminal, handed over to a shell in a container."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import select
import struct
import termios
from collections.abc import Iterator
from contextlib import suppress

import pytest

from dockertui.engine import ExecRequest
from dockertui.engine.console import run_console
from tests.contract.subject import Subject


class Window:
    """A terminal window, as the person has it."""

    def __init__(self) -> None:
        self.keys, self.screen = pty.openpty()
        self.resize(80, 24)

    def resize(self, columns: int, rows: int) -> None:
        """Make it another size."""
        fcntl.ioctl(self.keys, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: bytes) -> None:
        """Press keys."""
        os.write(self.keys, text)

    def see(self, text: bytes) -> bytes:
        """Wait until a text is on the screen."""
        seen = b""
        while text not in seen:
            assert select.select([self.keys], [], [], 10)[0], seen
            seen += os.read(self.keys, 65536)
        return seen


@pytest.fixture
def window() -> Iterator[Window]:
    """A terminal window."""
    one = Window()
    yield one
    for fd in (one.keys, one.screen):
        with suppress(OSError):
            os.close(fd)


async def test_a_shell_is_used_as_if_it_were_here(subject: Subject, window: Window) -> None:
    container_id = await subject.make()
    before = termios.tcgetattr(window.screen)
    terminal = await subject.engine.execute(container_id, ExecRequest(command=("sh",)))
    console = asyncio.create_task(
        asyncio.to_thread(run_console, terminal, stdin_fd=window.screen, stdout_fd=window.screen)
    )
    for columns, rows in ((80, 24), (101, 31)):
        window.resize(columns, rows)
        # The new size is looked at ten times a second.
        async with asyncio.timeout(10):
            while True:
                window.type(b"echo [$(stty size)]\r")
                seen = await asyncio.to_thread(window.see, b"\n[")
                seen += await asyncio.to_thread(window.see, b"]") if b"]\r" not in seen else b""
                if b"%d %d]" % (rows, columns) in seen:
                    break
    window.type(b"exit 3\r")
    assert await asyncio.wait_for(console, 10) == 3
    assert termios.tcgetattr(window.screen) == before


async def test_detaching_leaves_the_process_alone(subject: Subject, window: Window) -> None:
    container_id = await subject.make("sh", tty=True, stdin_open=True)
    terminal = await subject.engine.attach(container_id)
    console = asyncio.create_task(
        asyncio.to_thread(run_console, terminal, stdin_fd=window.screen, stdout_fd=window.screen)
    )
    window.type(b"echo $((6*7))\r")
    await asyncio.to_thread(window.see, b"42")
    window.type(b"\x10\x11")
    assert await asyncio.wait_for(console, 10) is None
    assert (await subject.engine.detail(container_id)).pid > 0
