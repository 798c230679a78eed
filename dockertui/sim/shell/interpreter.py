"""The shell: does what a script says."""

from __future__ import annotations

import asyncio
import inspect
import posixpath
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dockertui.sim.answers import Refusal
from dockertui.sim.shell import grammar, tools  # noqa: F401 - the tools declare themselves
from dockertui.sim.shell.commands import COMMANDS, Leave
from dockertui.sim.shell.expansion import expand
from dockertui.sim.shell.files import Files

if TYPE_CHECKING:
    from dockertui.sim.container import Container

_NOT_FOUND = 127
_SYNTAX = 2
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Streams:
    """What a command reads and writes."""

    out: Callable[[str], None]
    """Takes what goes to stdout."""
    err: Callable[[str], None]
    """Takes what goes to stderr."""
    read_line: Callable[[], Awaitable[str | None]]
    """Gives the next line; `None` at the end."""


class Shell:
    """A shell in a container."""

    def __init__(
        self,
        container: Container,
        streams: Streams,
        *,
        name: str = "sh",
        user: str = "",
        directory: str = "",
        environment: list[str] | None = None,
        size: Callable[[], tuple[int, int]] | None = None,
    ) -> None:
        """Get ready.

        Args:
            container: where it runs.
            streams: what it reads and writes.
            name: how it was called.
            user: who runs it; empty is the container's own.
            directory: where it begins; empty is the container's own.
            environment: more than the container's own, as `NAME=value`.
            size: tells the rows and columns of its terminal; `None` if it has none.
        """
        self.container = container
        self.name = name
        self.user = user or str(container.config.get("User") or "root")
        self.directory = directory or container.config.get("WorkingDir") or "/"
        self.files = Files(container)
        self.status = 0
        self.called = ""
        self.is_over = False
        self.pid = 1
        self.traps: dict[int, str] = {}
        self.has_terminal = size is not None
        self.size = size or (lambda: (0, 0))
        self.streams = streams
        self.variables = self._environment(environment or [])
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
            return base if base in {"cd", "exit", "export", "trap", "read"} else f"/bin/{base}"
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

    async def run(self, script: str) -> int:
        """Do a script; its exit code."""
        try:
            node = grammar.parse(script)
        except grammar.GrammarError as error:
            self.err(f"{self.name}: {error}\n")
            return _SYNTAX
        try:
            self.status = await self._do(node)
            await self._do_traps()
        except Leave as leave:
            self.status = leave.code
            self.is_over = not self._depth
        return self.status

    async def call(self, words: list[str]) -> int:
        """Do one command that is already split into words."""
        try:
            return await self._call(words)
        except Leave as leave:
            return leave.code

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

    async def _do(self, node: grammar.Node) -> int:
        match node:
            case grammar.Sequence(steps):
                return await self._do_steps(steps)
            case grammar.Simple():
                return await self._do_simple(node)
            case grammar.Pipe(parts, negated):
                code = await self._do_pipe(parts)
                return int(not code) if negated else code
            case grammar.If(condition, then, otherwise):
                chosen = then if await self._do(condition) == 0 else otherwise
                return await self._do(chosen) if chosen is not None else 0
            case grammar.Loop() | grammar.For():
                await self._do_again_and_again(node)
            case grammar.Background(inner):
                task = asyncio.ensure_future(self._do(inner))
                self._background.add(task)
                task.add_done_callback(self._background.discard)
        return 0

    async def _do_again_and_again(self, node: grammar.Loop | grammar.For) -> None:
        """Let others have their turn after each round: a loop may be endless."""
        if isinstance(node, grammar.Loop):
            while (await self._do(node.condition) == 0) != node.negated:
                await self._do(node.body)
                await asyncio.sleep(0)
            return
        for word in [value for each in node.words for value in await expand(self, each)]:
            self.variables[node.name] = word
            await self._do(node.body)
            await asyncio.sleep(0)

    async def _do_steps(self, steps: tuple[tuple[str, grammar.Node], ...]) -> int:
        for joint, step in steps:
            if (joint == "&&" and self.status) or (joint == "||" and not self.status):
                continue
            self.status = await self._do(step)
            await self._do_traps()
        return self.status

    async def _do_traps(self) -> None:
        while self._pending:
            script = self.traps.get(self._pending.pop(0), "")
            self._signalled.clear()
            if script:
                self.status = await self._do(grammar.parse(script))

    async def _do_pipe(self, parts: tuple[grammar.Node, ...]) -> int:
        former = self.streams
        code, text = 0, ""
        try:
            for index, part in enumerate(parts):
                written: list[str] = []
                is_last = index == len(parts) - 1
                given = iter(text.splitlines(keepends=True))
                self.streams = Streams(
                    former.out if is_last else written.append,
                    former.err,
                    _reader(given) if index else former.read_line,
                )
                code = await self._do(part)
                text = "".join(written)
        finally:
            self.streams = former
        return code

    async def _do_simple(self, node: grammar.Simple) -> int:
        for name, value in node.assignments:
            self.variables[name] = " ".join(await expand(self, value, splits=False))
        words = [value for each in node.words for value in await expand(self, each)]
        former = self.streams
        files: dict[str, list[str]] = {}
        try:
            for redirect in node.redirects:
                await self._redirect(redirect, files)
            return await self._call(words) if words else 0
        finally:
            self.streams = former
            for path, written in files.items():
                self.files.write(path, "".join(written))

    async def _redirect(self, redirect: grammar.Redirect, files: dict[str, list[str]]) -> None:
        target = "".join(await expand(self, redirect.target, splits=False))
        if redirect.stream == 0:
            content = self.files.read(self.resolve(target)) or ""
            reader = _reader(iter(content.splitlines(keepends=True)))
            self.streams = replace(self.streams, read_line=reader)
            return
        if target in {"&1", "&2"}:
            sink = self.streams.out if target == "&1" else self.streams.err
        elif target == "/dev/null":
            sink = _drop
        elif target in {"/dev/stdout", "/proc/1/fd/1"}:
            sink = self.streams.out
        elif target in {"/dev/stderr", "/proc/1/fd/2"}:
            sink = self.streams.err
        else:
            path = self.resolve(target)
            before = (self.files.read(path) or "") if redirect.appends else ""
            sink = files.setdefault(path, [before]).append
        if redirect.stream == 1:
            self.streams = replace(self.streams, out=sink)
        else:
            self.streams = replace(self.streams, err=sink)

    async def _call(self, words: list[str]) -> int:
        name, *arguments = words
        base = posixpath.basename(name)
        if base == "exec" and arguments:
            raise Leave(await self._call(arguments))
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

    async def _call_shell(self, arguments: list[str]) -> int:
        if len(arguments) > 1 and re.fullmatch("-[a-z]*c", arguments[0]):
            former = dict(self.variables)
            try:
                await self._nested(arguments[1])
            finally:
                self.variables = former
        return self.status

    def _environment(self, more: list[str]) -> dict[str, str]:
        given = [*(self.container.config.get("Env") or ()), *more]
        pairs = (each.partition("=") for each in given)
        hostname = self.container.config.get("Hostname") or self.container.id[:12]
        found = {"HOSTNAME": hostname, "HOME": "/root" if self.user == "root" else "/"}
        if self.has_terminal:
            found["TERM"] = "xterm"
        return found | {name: value for name, equals, value in pairs if equals}


def _reader(lines: Iterator[str]) -> Callable[[], Awaitable[str | None]]:
    async def read_line() -> str | None:
        return next(lines, None)

    return read_line


def _drop(_text: str) -> None:
    """Take it and lose it."""
