"""Does what a script says, node by node."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dockertui.sim.shell import grammar
from dockertui.sim.shell.expansion import expand
from dockertui.sim.shell.launch import Streams

if TYPE_CHECKING:
    from dockertui.sim.shell.shell import Shell


class Interpreter:
    """Walks through the tree of a script."""

    def __init__(self, shell: Shell) -> None:
        """Do what it says in `shell`."""
        self._shell = shell

    async def do(self, node: grammar.Node) -> int:
        """Do a script, and what is trapped meanwhile; its exit code."""
        self._shell.status = await self._do(node)
        await self._do_traps()
        return self._shell.status

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
                self._shell.leave_alone(asyncio.ensure_future(self._do(inner)))
        return 0

    async def _do_again_and_again(self, node: grammar.Loop | grammar.For) -> None:
        """Let others have their turn after each round: a loop may be endless."""
        if isinstance(node, grammar.Loop):
            while (await self._do(node.condition) == 0) != node.negated:
                await self._do(node.body)
                await asyncio.sleep(0)
            return
        for word in [value for each in node.words for value in await expand(self._shell, each)]:
            self._shell.variables[node.name] = word
            await self._do(node.body)
            await asyncio.sleep(0)

    async def _do_steps(self, steps: tuple[tuple[str, grammar.Node], ...]) -> int:
        for joint, step in steps:
            if (joint == "&&" and self._shell.status) or (joint == "||" and not self._shell.status):
                continue
            self._shell.status = await self._do(step)
            await self._do_traps()
        return self._shell.status

    async def _do_traps(self) -> None:
        while (number := self._shell.next_signal()) is not None:
            script = self._shell.traps.get(number, "")
            if script:
                self._shell.status = await self._do(grammar.parse(script))

    async def _do_pipe(self, parts: tuple[grammar.Node, ...]) -> int:
        former = self._shell.streams
        code, text = 0, ""
        try:
            for index, part in enumerate(parts):
                written: list[str] = []
                is_last = index == len(parts) - 1
                given = iter(text.splitlines(keepends=True))
                self._shell.streams = Streams(
                    former.out if is_last else written.append,
                    former.err,
                    _reader(given) if index else former.read_line,
                )
                code = await self._do(part)
                text = "".join(written)
        finally:
            self._shell.streams = former
        return code

    async def _do_simple(self, node: grammar.Simple) -> int:
        for name, value in node.assignments:
            self._shell.variables[name] = " ".join(await expand(self._shell, value, splits=False))
        words = [value for each in node.words for value in await expand(self._shell, each)]
        former = self._shell.streams
        files: dict[str, list[str]] = {}
        try:
            for redirect in node.redirects:
                await self._redirect(redirect, files)
            return await self._shell.call(words) if words else 0
        finally:
            self._shell.streams = former
            for path, written in files.items():
                self._shell.files.write(path, "".join(written))

    async def _redirect(self, redirect: grammar.Redirect, files: dict[str, list[str]]) -> None:
        target = "".join(await expand(self._shell, redirect.target, splits=False))
        if redirect.stream == 0:
            content = self._shell.files.read(self._shell.resolve(target)) or ""
            reader = _reader(iter(content.splitlines(keepends=True)))
            self._shell.streams = replace(self._shell.streams, read_line=reader)
            return
        if target in {"&1", "&2"}:
            sink = self._shell.streams.out if target == "&1" else self._shell.streams.err
        elif target == "/dev/null":
            sink = _drop
        elif target in {"/dev/stdout", "/proc/1/fd/1"}:
            sink = self._shell.streams.out
        elif target in {"/dev/stderr", "/proc/1/fd/2"}:
            sink = self._shell.streams.err
        else:
            path = self._shell.resolve(target)
            before = (self._shell.files.read(path) or "") if redirect.appends else ""
            sink = files.setdefault(path, [before]).append
        if redirect.stream == 1:
            self._shell.streams = replace(self._shell.streams, out=sink)
        else:
            self._shell.streams = replace(self._shell.streams, err=sink)


def _reader(lines: Iterator[str]) -> Callable[[], Awaitable[str | None]]:
    async def read_line() -> str | None:
        return next(lines, None)

    return read_line


def _drop(_text: str) -> None:
    """Take it and lose it."""
