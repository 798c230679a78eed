"""The shell: what it knows, and how its commands reach the world."""

from __future__ import annotations

import asyncio
import inspect
import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from dockertui.sim.answers import Refusal
from dockertui.sim.shell import grammar, tools  # noqa: F401 - the tools declare themselves
from dockertui.sim.shell.commands import COMMANDS, Leave
from dockertui.sim.shell.files import Files
from dockertui.sim.shell.interpreter import Interpreter
from dockertui.sim.shell.launch import Launch, Streams

if TYPE_CHECKING:
    from dockertui.sim.container import Container

_NOT_FOUND = 127
_SYNTAX = 2
_DEEPEST = 40
_BUILT_IN = frozenset({"cd", "exit", "export", "trap", "read"})


class Shell:
    """A shell in a container."""

    def __init__(
        self,
        container: Container,
        launch: Launch,
        streams: Streams,
        size: Callable[[], tuple[int, int]],
    ) -> None:
        """Get ready.

        Args:
            container: where it runs.
            launch: how it was started.
            streams: what it reads and writes.
            size: tells the rows and columns of its terminal.
        """
        self.container = container
        self.streams = streams
        self.size = size
        self.name = posixpath.basename(launch.command[0])
        self.user = launch.user or str(container.config.get("User") or "root")
        self.directory = launch.directory or container.config.get("WorkingDir") or "/"
        self.has_terminal = launch.has_terminal
        self.files = Files(container)
        self.variables = self._environment(launch)
        self.traps: dict[int, str] = {}
        self.status = 0
        self.called = ""
        self.pid = 1
        self.is_over = False
        self._pending: list[int] = []
        self._signalled = asyncio.Event()
        self._background: set[asyncio.Task[int]] = set()
        self._depth = 0

    def out(self, text: str) -> None:
        """Write to stdout."""
        self.streams.out(text)

    def err(self, text: str) -> None:
        """Write to stderr."""
        self.streams.err(text)

    async def read_line(self) -> str | None:
        """Read from stdin."""
        return await self.streams.read_line()

    def resolve(self, path: str) -> str:
        """Make a path absolute."""
        return posixpath.normpath(posixpath.join(self.directory, path))

    def program(self, name: str) -> str | None:
        """Say where a program is; `None` if there is none."""
        base = posixpath.basename(name)
        image = self.container.world.images.get(self.container.image_id)
        if base in (image.shells if image else ("sh",)):
            return f"/bin/{base}"
        if base in COMMANDS:
            return base if base in _BUILT_IN else f"/bin/{base}"
        return None

    def deliver(self, number: int) -> bool:
        """Take a signal; `False` if there is no trap for it, so that it has no effect."""
        if number not in self.traps:
            return False
        self._pending.append(number)
        self._signalled.set()
        return True

    def signal_first_process(self, number: int) -> None:
        """Send a signal to the container's first process."""
        self.container.life.receive(number)

    async def wait_for_background(self) -> int:
        """Wait until all in the background is done, or a signal comes."""
        signalled = asyncio.ensure_future(self._signalled.wait())
        try:
            if self._background:
                done = asyncio.ensure_future(asyncio.wait(self._background))
                await asyncio.wait({signalled, done}, return_when=asyncio.FIRST_COMPLETED)
                done.cancel()
        finally:
            signalled.cancel()
        return 0

    def next_signal(self) -> int | None:
        """Take a signal that waits for its trap; `None` if there is none."""
        self._signalled.clear()
        return self._pending.pop(0) if self._pending else None

    def leave_alone(self, task: asyncio.Task[int]) -> None:
        """Let something go on in the background."""
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def run(self, script: str) -> int:
        """Do a script; its exit code."""
        try:
            node = grammar.parse(script)
        except grammar.GrammarError as error:
            self.err(f"{self.name}: {error}\n")
            return _SYNTAX
        try:
            self.status = await Interpreter(self).do(node)
        except Leave as leave:
            self.status = leave.code
            self.is_over = not self._depth
        return self.status

    async def call(self, words: list[str]) -> int:
        """Do one command that is already split into words; its exit code."""
        name, *arguments = words
        base = posixpath.basename(name)
        if base == "exec" and arguments:
            raise Leave(await self.call(arguments))
        if self.program(name) is None:
            self.err(f"{self.name}: {name}: not found\n")
            return _NOT_FOUND
        if base not in COMMANDS:
            return await self._call_shell(arguments)
        self.called = base
        try:
            result = COMMANDS[base](self, arguments)
            code = await result if inspect.isawaitable(result) else result
        except (ValueError, LookupError, Refusal) as error:
            self.err(f"{base}: {error.args[0] if error.args else 'bad usage'}\n")
            return 1
        return code or 0

    def cancel_background(self) -> None:
        """End what runs in the background."""
        for task in self._background:
            task.cancel()

    async def substitute(self, script: str) -> str:
        """Do a script and give what it wrote."""
        written: list[str] = []
        former = self.streams
        self.streams = replace(former, out=written.append)
        try:
            await self._nested(script)
        finally:
            self.streams = former
        return "".join(written).rstrip("\n")

    async def _nested(self, script: str) -> None:
        self._depth += 1
        try:
            if self._depth < _DEEPEST:
                await self.run(script)
        finally:
            self._depth -= 1

    async def _call_shell(self, arguments: list[str]) -> int:
        if len(arguments) > 1 and re.fullmatch("-[a-z]*c", arguments[0]):
            former = dict(self.variables)
            try:
                await self._nested(arguments[1])
            finally:
                self.variables = former
        return self.status

    def _environment(self, launch: Launch) -> dict[str, str]:
        given = [*(self.container.config.get("Env") or ()), *launch.environment]
        pairs = (each.partition("=") for each in given)
        hostname = self.container.config.get("Hostname") or self.container.id[:12]
        found = {"HOSTNAME": hostname, "HOME": "/root" if self.user == "root" else "/"}
        if self.has_terminal:
            found["TERM"] = "xterm"
        return found | {name: value for name, equals, value in pairs if equals}
