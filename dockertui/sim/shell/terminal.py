"""A terminal's line: what is typed, echoed and corrected before a program reads it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^\[O])")
_CTRL_C, _CTRL_D, _CTRL_L, _CTRL_U = "\x03", "\x04", "\x0c", "\x15"
_ASK_FOR_CURSOR = "\x1b[6n"


class Terminal:
    """Turns keys into lines, as a shell's own editor does."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """Echo by `write`."""
        self._write = write
        self._keys: asyncio.Queue[str] = asyncio.Queue()
        self._unfinished = ""
        self._history: list[str] = []
        self.interrupt: Callable[[], None] | None = None
        """What ctrl+c does while a command runs; `None` while a line is edited."""

    def feed(self, text: str) -> None:
        """Take what was typed."""
        text, self._unfinished = self._unfinished + text, ""
        position = 0
        while position < len(text):
            match = _SEQUENCE.match(text, position)
            if match is None and text[position] == "\x1b":
                self._unfinished = text[position:]
                return
            key = match[0] if match else text[position]
            position += len(key)
            if key == _CTRL_C and self.interrupt is not None:
                self._write("^C\n")
                self.interrupt()
            else:
                self._keys.put_nowait(key)

    async def edit(self, prompt: str, *, asks_for_cursor: bool = False) -> str | None:
        """Let a line be typed.

        Args:
            prompt: what stands before it.
            asks_for_cursor: ask the terminal where its cursor is, as BusyBox does.

        Returns:
            The line; `None` for ctrl+d on an empty one.
        """
        self._write(prompt + (_ASK_FOR_CURSOR if asks_for_cursor else ""))
        line, recalled = "", len(self._history)
        while True:
            key = await self._keys.get()
            if key in {"\r", "\n"}:
                self._write("\n")
                self._remember(line)
                return line
            if key == _CTRL_D and not line:
                return None
            if key == _CTRL_C:
                self._write("^C\n" + prompt)
                line = ""
            elif key in {"\x7f", "\b"}:
                self._write("\b \b" if line else "")
                line = line[:-1]
            elif key == _CTRL_U:
                self._write("\b \b" * len(line))
                line = ""
            elif key == _CTRL_L:
                self._write("\x1b[H\x1b[J" + prompt + line)
            elif key in {"\x1b[A", "\x1b[B", "\x1bOA", "\x1bOB"}:
                recalled = max(0, min(len(self._history), recalled + (1 if key[-1] == "B" else -1)))
                self._write("\b \b" * len(line))
                line = [*self._history, ""][recalled]
                self._write(line)
            elif key.isprintable():
                self._write(key)
                line += key

    async def read_line(self) -> str | None:
        """Let a line be typed for a program; `None` at ctrl+d."""
        line = await self.edit("")
        return None if line is None else f"{line}\n"

    def _remember(self, line: str) -> None:
        if line.strip():
            self._history.append(line)
