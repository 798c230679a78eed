"""A terminal without a person: a program runs in it, and every byte that it paints is kept.

What is painted is only recorded as it comes, with its time. It is emulated when somebody looks
at the screen, so emulation never slows what is being measured.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from shutil import rmtree, which
from typing import Any

import pyte

Predicate = Callable[["Picture"], bool]

UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1bP[^\x1b]*\x1b\\")
"""The kitty keyboard protocol, which pyte takes for cursor moves, and device control strings."""
OTHER_SCREEN = re.compile(rb"(\x1b\[\?1049[hl])")
UNFINISHED = re.compile(rb"\x1b(?:\[[<>=?]?[0-9;]*|P[^\x1b]*\x1b?)?\Z")
QUESTIONS = re.compile(rb"\x1b\[(?:6n|0?c)")
KEPT_FOR_QUESTIONS = 4
"""The bytes of a question that may still lack its end."""
MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
ON_AT_FIRST = {7, 25}
"""Private modes that a terminal begins with (wrapping, the cursor); all others start off."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A piece of output, as it was read."""

    at_s: float
    """When, by `time.perf_counter`."""
    data: bytes
    """What was written; it may end inside an escape sequence."""


class Picture:
    """An emulated screen that is fed with what was painted."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = self._main = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._unfinished = b""

    def feed(self, data: bytes) -> None:
        """Draw one more piece."""
        data = self._unfinished + data
        cut = UNFINISHED.search(data)
        self._unfinished = data[cut.start() :] if cut else b""
        whole = data[: cut.start()] if cut else data
        for part in OTHER_SCREEN.split(UNKNOWN_TO_PYTE.sub(b"", whole)):
            if OTHER_SCREEN.fullmatch(part):
                self._switch(to_other=part.endswith(b"h"))
            else:
                self._stream.feed(part)

    def _switch(self, *, to_other: bool) -> None:
        """Go to the empty other screen, or back to the main one as it was left."""
        if to_other is (self.screen is self._main):
            size = self._main.columns, self._main.lines
            self.screen = pyte.Screen(*size) if to_other else self._main
            self._stream = pyte.ByteStream(self.screen)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of what is seen, and of what is behind it."""
        for screen in {id(each): each for each in (self._main, self.screen)}.values():
            screen.resize(rows, columns)

    @property
    def lines(self) -> list[str]:
        """The text of every line, as wide as the screen."""
        return list(self.screen.display)

    @property
    def text(self) -> str:
        """The whole text, a line each, without the blanks at their ends."""
        return "\n".join(line.rstrip() for line in self.lines)

    def __contains__(self, text: str) -> bool:
        return any(text in line for line in self.lines)

    def state(self, columns: int | None = None) -> tuple[tuple[Any, ...], ...]:
        """All that can be seen, colours too, to be compared with another moment's.

        Args:
            columns: Look at so many columns from the left; `None` at all.
        """
        width = range(columns or self.screen.columns)
        return tuple(
            tuple(line[column] for column in width)
            for line in (self.screen.buffer[row] for row in range(self.screen.lines))
        )


class Terminal:
    """A program in a pseudo-terminal, from construction to `close`.

    It answers where the cursor is and what kind of terminal it is, as real ones do.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 160,
        rows: int = 50,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Start a program.

        Args:
            command: The program and its arguments; the program is looked for in PATH.
            columns: The terminal's width.
            rows: Its height.
            env: Variables on top of a small, fixed environment with an empty home.
        """
        self.home = tempfile.mkdtemp(prefix="term-")
        self.painted: list[Painted] = []
        self.status: int | None = None
        self._news = threading.Condition()
        self._drawing = threading.Lock()
        self._ended = False
        self._picture = Picture(columns, rows)
        self._drawn = 0
        self._master, self._slave = os.openpty()
        self._set_size(columns, rows)
        self.modes_before = termios.tcgetattr(self._slave)
        self.started_s = time.perf_counter()
        self.pid = self._spawn(command, {**self._environment(), **(env or {})})
        self._wake_read, self._wake_write = os.pipe()
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What a person does.

    def send(self, keys: str) -> float:
        """Type; returns the time at which the keys were in."""
        at_s = time.perf_counter()
        os.write(self._master, keys.encode())
        return at_s

    def resize(self, columns: int, rows: int) -> None:
        """Change the size; what is on the screen stays until it is painted over."""
        self.look().resize(columns, rows)
        self._set_size(columns, rows)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Take the terminal away, as a lost connection does; nothing can be read any more."""
        self.drain()
        os.close(self._master)
        self._master = -1

    # What a person sees.

    def look(self) -> Picture:
        """The screen as it is now."""
        while self._draw_next():
            pass
        return self._picture

    def text(self) -> str:
        """The text on the screen now."""
        return self.look().text

    def line(self, number: int) -> str:
        """One line of it, from 0, without the blanks at its end."""
        return self.look().lines[number].rstrip()

    def wait_for(self, wanted: str | Predicate, timeout_s: float = 10.0) -> float:
        """Wait until a text, or anything else, can be seen.

        Args:
            wanted: A text on one line, or a question to the picture.
            timeout_s: When to give up.

        Returns:
            The time of the piece of output that showed it, by `time.perf_counter`; of the last
            one so far if it could be seen already.

        Raises:
            TimeoutError: It did not appear; the message holds the screen.
        """
        holds = sees(wanted)
        end_s = time.perf_counter() + timeout_s
        checked = self._drawn
        if holds(self.look()):
            return self.painted[-1].at_s if self.painted else self.started_s
        while self._await_news(checked, end_s):
            while piece := self._draw_next():
                if holds(self._picture):
                    return piece.at_s
            # Answering a question draws, too, so the last pieces may have been drawn there.
            checked = self._drawn
            if holds(self._picture):
                return self.painted[-1].at_s
        reason = "the program ended" if self._ended else f"not within {timeout_s} s"
        raise TimeoutError(f"{wanted!r}: {reason}. On screen:\n{self._picture.text}")

    def wait_for_bytes(self, wanted: bytes, timeout_s: float = 10.0, *, since: int = 0) -> float:
        """Wait until the program has written something, without emulating it.

        Args:
            wanted: What to look for.
            timeout_s: When to give up.
            since: The number of pieces to pass over, as `len(terminal.painted)` told earlier.

        Returns:
            The time of the piece that completed it.
        """
        end_s = time.perf_counter() + timeout_s
        tail = b""
        while self._await_news(since, end_s):
            for piece in self.painted[since:]:
                tail += piece.data
                if wanted in tail:
                    return piece.at_s
                tail = tail[-len(wanted) :]
                since += 1
        raise TimeoutError(f"{wanted!r} was not written. On screen:\n{self.text()}")

    def wait_for_quiet(self, quiet_s: float = 0.3, timeout_s: float = 10.0) -> bool:
        """Wait until nothing was painted for a while; returns whether that came to pass."""
        end_s = time.perf_counter() + timeout_s
        while self._await_news(len(self.painted), time.perf_counter() + quiet_s):
            if time.perf_counter() > end_s:
                return False
        return True

    # What stays of it.

    @property
    def raw(self) -> bytes:
        """Everything the program wrote."""
        return b"".join([piece.data for piece in self.painted])

    def wait_ended(self, timeout_s: float = 10.0) -> int:
        """Wait until the program has ended; returns its exit code, or minus what killed it."""
        end_s = time.perf_counter() + timeout_s
        while not self.has_ended():
            if time.perf_counter() > end_s:
                raise TimeoutError(f"still running after {timeout_s} s:\n{self.text()}")
            time.sleep(0.002)
        self.drain()
        assert self.status is not None
        return self.status

    def has_ended(self) -> bool:
        """Has the program ended? Its exit code is in `status` then."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def modes(self) -> list[Any]:
        """The line discipline's settings, as `termios.tcgetattr` gives them."""
        return termios.tcgetattr(self._slave)

    def private_modes_left(self) -> set[int]:
        """The private modes that are not as the program found them.

        Among them are 1049 (the other screen), 25 (the cursor), 1000 to 1006 and 1015 (the mouse),
        1004 (focus) and 2004 (paste). Empty after a clean end.
        """
        last: dict[int, bool] = {}
        for numbers, letter in MODES.findall(self.raw):
            for number in map(int, numbers.split(b";")):
                last[number] = letter == b"h"
        return {number for number, on in last.items() if on is not (number in ON_AT_FIRST)}

    def assert_usable(self) -> None:
        """Check that a shell could go on in this terminal."""
        assert self.private_modes_left() == set(), "private modes were left changed"
        assert self.modes() == self.modes_before, "the line discipline was left changed"

    def drain(self) -> None:
        """Read what is left of the output of a program that has ended."""
        os.write(self._wake_write, b"x")
        self._reader.join()

    def close(self) -> None:
        """End the program, and forget it; once is enough."""
        if self.status is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.wait_ended()
        for descriptor in {self._master, self._slave, self._wake_read, self._wake_write} - {-1}:
            os.close(descriptor)
        # The numbers may be somebody else's by the next time.
        self._master = self._slave = self._wake_read = self._wake_write = -1
        rmtree(self.home, ignore_errors=True)

    # How it is done.

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return {
            **kept,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "HOME": self.home,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _spawn(self, command: Sequence[str], env: Mapping[str, str]) -> int:
        program = which(command[0], path=env.get("PATH"))
        if program is None:
            raise FileNotFoundError(command[0])
        # A session leader that opens a terminal gets it as its controlling one.
        return os.posix_spawn(
            program,
            list(command),
            env,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.ttyname(self._slave), os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
            ],
            setsid=True,
            setsigdef=[signal.SIGPIPE, signal.SIGINT, signal.SIGXFSZ],
        )

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self) -> None:
        """Record until nothing more can come."""
        asked = b""
        while True:
            ready, _, _ = select.select([self._master, self._wake_read], [], [])
            if self._master not in ready:
                break
            data = os.read(self._master, 262_144)
            self.painted.append(Painted(time.perf_counter(), data))
            with self._news:
                self._news.notify_all()
            asked = self._answer(asked + data)
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _answer(self, asked: bytes) -> bytes:
        """Answer the questions in a piece of output; returns what may be the start of one."""
        end = 0
        for question in QUESTIONS.finditer(asked):
            end = question.end()
            if question[0].endswith(b"c"):
                os.write(self._master, b"\x1b[?62;c")
            else:
                cursor = self.look().screen.cursor
                os.write(self._master, b"\x1b[%d;%dR" % (cursor.y + 1, cursor.x + 1))
        return asked[max(end, len(asked) - KEPT_FOR_QUESTIONS + 1) :]

    def _await_news(self, known: int, end_s: float) -> bool:
        """Wait for more than the known number of pieces; false if there will be none in time."""
        with self._news:
            self._news.wait_for(
                lambda: len(self.painted) > known or self._ended, end_s - time.perf_counter()
            )
        return len(self.painted) > known

    def _draw_next(self) -> Painted | None:
        """Draw the next piece, if another thread has not drawn the last one meanwhile."""
        with self._drawing:
            if self._drawn == len(self.painted):
                return None
            piece = self.painted[self._drawn]
            self._drawn += 1
            self._picture.feed(piece.data)
            return piece


def sees(wanted: str | Predicate) -> Predicate:
    """The question that a text stands for."""
    return (lambda picture: wanted in picture) if isinstance(wanted, str) else wanted
