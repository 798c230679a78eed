"""A program that runs in a container, on a terminal or on pipes."""

from __future__ import annotations

import asyncio
import posixpath
import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from dockertui.sim.frames import STDERR, STDOUT
from dockertui.sim.shell.commands import COMMANDS, Leave
from dockertui.sim.shell.launch import Launch, Streams
from dockertui.sim.shell.shell import Shell
from dockertui.sim.shell.terminal import Terminal

if TYPE_CHECKING:
    from dockertui.sim.container import Container

Emit = Callable[[int, str], None]
SHELLS = frozenset({"sh", "ash", "bash", "dash", "zsh"})
_INTERRUPTED = 130


class Session:
    """One program from its start to its end, with what it reads and writes."""

    def __init__(self, container: Container, launch: Launch, emit: Emit) -> None:
        """Get ready to run.

        Args:
            container: where it runs.
            launch: what runs, and how.
            emit: takes what it writes: the stream and the text.
        """
        self.size = (24, 80)
        self._launch = launch
        self._emit = emit
        self._terminal = Terminal(self._out) if launch.has_terminal else None
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._typed = ""
        read_line = self._terminal.read_line if self._terminal else self._read_line
        streams = Streams(self._out, lambda text: emit(STDERR, self._cooked(text)), read_line)
        self._shell = Shell(container, launch, streams, lambda: self.size)

    def feed(self, data: bytes) -> None:
        """Take what somebody types or sends."""
        text = data.decode(errors="surrogateescape")
        if self._terminal is not None:
            self._terminal.feed(text)
            return
        *whole, self._typed = (self._typed + text).split("\n")
        for line in whole:
            self._lines.put_nowait(f"{line}\n")

    def hang_up(self) -> None:
        """Nothing more will be sent."""
        if self._typed:
            self._lines.put_nowait(self._typed)
        self._lines.put_nowait(None)

    def deliver(self, number: int) -> None:
        """Take a signal; without a trap it has no effect, as for any first process."""
        self._shell.deliver(number)

    async def run(self) -> int:
        """Run to the end; the exit code."""
        try:
            return await self._run()
        finally:
            self._shell.cancel_background()

    async def _run(self) -> int:
        program, *arguments = self._launch.command
        if posixpath.basename(program) not in SHELLS:
            return await self._call(list(self._launch.command))
        script = _script(arguments)
        if script is not None:
            return await self._shell.run(script)
        if self._terminal is not None:
            return await self._interact(self._terminal)
        while self._launch.reads and (line := await self._read_line()) is not None:
            if await self._line_ends_it(line):
                break
        return self._shell.status

    async def _call(self, command: list[str]) -> int:
        try:
            return await self._shell.call(command)
        except Leave as leave:
            return leave.code

    async def _interact(self, terminal: Terminal) -> int:
        if self._shell.name != "bash" and self._launch.reads:
            self._out("\n\nBusyBox v1.36.1 built-in shell (ash)\nEnter 'help' for a list.\n\n")
        while True:
            line = await terminal.edit(self._prompt(), asks_for_cursor=self._shell.name != "bash")
            if line is None:
                self._out("exit\n" if self._shell.name == "bash" else "\n")
                return self._shell.status
            if line.strip() == "help":
                self._out(" ".join(sorted(COMMANDS)) + "\n")
            elif await self._foreground(line, terminal):
                return self._shell.status

    async def _foreground(self, line: str, terminal: Terminal) -> bool:
        """Do a line that ctrl+c can cut short; does it end the shell?"""
        task = asyncio.ensure_future(self._line_ends_it(line))
        interrupted = False

        def interrupt() -> None:
            nonlocal interrupted
            interrupted = True
            task.cancel()

        terminal.interrupt = interrupt
        try:
            return await task
        except asyncio.CancelledError:
            if not interrupted:
                raise
            self._shell.status = _INTERRUPTED
            return False
        finally:
            terminal.interrupt = None
            task.cancel()

    async def _line_ends_it(self, line: str) -> bool:
        await self._shell.run(line)
        return self._shell.is_over

    def _prompt(self) -> str:
        sign = "#" if self._shell.user == "root" else "$"
        if self._shell.name == "bash":
            name = self._shell.variables["HOSTNAME"]
            return f"{self._shell.user}@{name}:{self._shell.directory}{sign} "
        return f"{self._shell.directory} {sign} "

    async def _read_line(self) -> str | None:
        if not self._launch.reads:
            return None
        line = await self._lines.get()
        if line is None:
            self._lines.put_nowait(None)
        return line

    def _out(self, text: str) -> None:
        self._emit(STDOUT, self._cooked(text))

    def _cooked(self, text: str) -> str:
        return text.replace("\n", "\r\n") if self._terminal is not None else text


def _script(arguments: list[str]) -> str | None:
    """Find what follows `-c`, if that is how a shell was called."""
    for option, value in pairwise(arguments):
        if re.fullmatch("-[a-z]*c", option):
            return value
    return None
