"""What a container wrote, and who reads it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from dockertui.sim.behaviour import Line
from dockertui.sim.clock import SECOND, Clock, log_stamp
from dockertui.sim.frames import STDOUT, frame

_ROOM = 20_000
"""Lines kept before the oldest are rotated away."""
_LONGEST = 16 * 1024
"""Longer lines are cut into parts, as the `json-file` driver does."""
_PIECE = 64 * 1024
_NAP_S = 0.05


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which lines a reader wants, and how."""

    follow: bool = False
    """Stay for what is still to come?"""
    stdout: bool = True
    """Want what was written to stdout?"""
    stderr: bool = True
    """Want what was written to stderr?"""
    since_ns: int = 0
    """From when on, that moment included."""
    until_ns: int = 0
    """Up to when; 0 is no end."""
    timestamps: bool = False
    """Begin each line with its time?"""
    tail: int | None = None
    """How many of the last lines to begin with; `None` is all."""
    raw: bool = False
    """Leave out the framing, as for a TTY?"""

    def wants(self, time_ns: int, stream: int) -> bool:
        """Is a line one of those asked for?"""
        if not (self.stdout if stream == STDOUT else self.stderr):
            return False
        return time_ns >= self.since_ns and (not self.until_ns or time_ns <= self.until_ns)

    def write(self, time_ns: int, stream: int, text: bytes) -> bytes:
        """Put a line into the form asked for."""
        if self.timestamps:
            text = f"{log_stamp(time_ns)} ".encode() + text
        return text if self.raw else frame(stream, text)


class Log:
    """The lines of one container, those of its script made only when someone looks.

    A script is a function of time, so lines that nobody reads cost nothing, and those that
    somebody does carry the times at which they were due.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin empty."""
        self._clock = clock
        self._entries: list[tuple[int, int, bytes]] = []
        self._rotated = 0
        self._last_ns = 0
        self._script: Iterator[Line] | None = None
        self._due: Line | None = None
        self._readers: set[asyncio.Event] = set()
        self._runs = 0
        self._unfinished: dict[int, str] = {}
        self.is_live = False

    def begin(self, script: Iterator[Line] | None) -> None:
        """A process has started; `script` is what it will write, if that is known ahead."""
        self.is_live = True
        self._script = script
        self._due = next(script, None) if script else None

    def end(self) -> None:
        """The process has ended; whoever follows has then read all there is."""
        self.catch_up()
        for stream, text in self._unfinished.items():
            if text:
                self.write(text, stream)
        self._unfinished.clear()
        self.is_live = False
        self._runs += 1
        self._script = self._due = None
        self._wake_readers()

    def write(self, text: str, stream: int = STDOUT, time_ns: int | None = None) -> None:
        """Write one line (its line feed included), now or at a time already due.

        No two lines share a time, but the parts of a long one do, as in the engine.
        """
        data = text.encode(errors="surrogateescape")
        now_ns = self._clock.time_ns() if time_ns is None else time_ns
        self._last_ns = max(now_ns, self._last_ns + 1)
        for start in range(0, len(data), _LONGEST):
            self._entries.append((self._last_ns, stream, data[start : start + _LONGEST]))
        if len(self._entries) > _ROOM:
            surplus = _ROOM // 4
            del self._entries[:surplus]
            self._rotated += surplus
        self._wake_readers()

    def feed(self, text: str, stream: int = STDOUT) -> None:
        """Write what may be less than a line, or more; what is unfinished waits for its end."""
        *whole, rest = (self._unfinished.get(stream, "") + text).split("\n")
        for line in whole:
            self.write(f"{line}\n", stream)
        self._unfinished[stream] = rest

    def catch_up(self, until_ns: int = 0) -> None:
        """Write what the script had to write until now, or until it ended before."""
        now_ns = until_ns or self._clock.time_ns()
        while self._due is not None and self._script is not None and self._due[0] <= now_ns:
            time_ns, stream, text = self._due
            if not text.endswith("\n"):
                self._unfinished[stream] = self._unfinished.get(stream, "") + text
            else:
                self.write(self._unfinished.pop(stream, "") + text, stream, time_ns)
            self._due = next(self._script, None)

    async def read(self, query: LogQuery) -> AsyncIterator[bytes]:
        """Yield the lines asked for, in pieces of many lines."""
        self.catch_up()
        run = self._runs
        end = self._rotated + len(self._entries)
        position = 0 if query.tail is None else max(0, end - query.tail)
        while True:
            while position < self._rotated + len(self._entries):
                piece, position = self._piece(position, query)
                if piece:
                    yield piece
            over = query.until_ns and self._clock.time_ns() >= query.until_ns
            if over or not (query.follow and self.is_live and self._runs == run):
                return
            await self._more(query.until_ns)

    def _piece(self, position: int, query: LogQuery) -> tuple[bytes, int]:
        parts: list[bytes] = []
        size = 0
        index = max(0, position - self._rotated)
        while index < len(self._entries) and size < _PIECE:
            time_ns, stream, text = self._entries[index]
            index += 1
            if query.wants(time_ns, stream):
                part = query.write(time_ns, stream, text)
                parts.append(part)
                size += len(part)
        return b"".join(parts), index + self._rotated

    async def _more(self, until_ns: int) -> None:
        moments = [time_ns for time_ns in (until_ns, self._due and self._due[0]) if time_ns]
        nap_s: float | None = None
        if moments and not self._clock.is_frozen:
            nap_s = max(_NAP_S, (min(moments) - self._clock.time_ns()) / SECOND)
        written = asyncio.Event()
        self._readers.add(written)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(nap_s):
                    await written.wait()
        finally:
            self._readers.discard(written)
        self.catch_up()

    def _wake_readers(self) -> None:
        for reader in self._readers:
            reader.set()


class FloodLog:
    """A log that is written as fast as any reader can read, and costs nothing unread.

    Line n is a function of n alone. All lines of one millisecond are made in advance, with gaps
    for the time and for the number of the millisecond, so that a block costs two replacements.
    """

    _TIME = b"<--------time-------->"
    _NUMBER = b"<block-number>"

    def __init__(self, clock: Clock, lines_per_s: int) -> None:
        """Write `lines_per_s`, rounded to thousands, from now on."""
        self._clock = clock
        self._per_ms = max(1, lines_per_s // 1000)
        self._begun_ms = 0
        self.is_live = False

    def begin(self, script: Iterator[Line] | None) -> None:
        """A process has started; a script it needs not."""
        del script
        self.is_live = True
        self._begun_ms = self._clock.time_ns() // 1_000_000

    def end(self) -> None:
        """The process has ended."""
        self.is_live = False

    def write(self, text: str, stream: int = STDOUT, time_ns: int | None = None) -> None:
        """Lose a line: it would drown."""

    def feed(self, text: str, stream: int = STDOUT) -> None:
        """Lose it: it would drown."""

    def catch_up(self, until_ns: int = 0) -> None:
        """Do nothing: every line is always there."""

    async def read(self, query: LogQuery) -> AsyncIterator[bytes]:
        """Yield the lines asked for, in pieces of many lines."""
        if not query.stdout:
            return
        template = self._template(query)
        now_ms = self._now_ms()
        block = self._begun_ms
        if query.tail is not None:
            block = max(block, now_ms - -(-query.tail // self._per_ms))
        block = max(block, query.since_ns // 1_000_000)
        surplus = (now_ms - block) * self._per_ms - query.tail if query.tail is not None else 0
        skip = len(template) // self._per_ms * max(0, surplus)
        until_ms = query.until_ns // 1_000_000 if query.until_ns else 1 << 62
        while block < until_ms:
            most = min(self._now_ms(), until_ms)
            ready = min(most, block + max(1, 1_000_000 // len(template)))
            if block < ready:
                yield b"".join(self._fill(template, each) for each in range(block, ready))[skip:]
                skip = 0
                block = ready
            elif query.follow and self.is_live and not self._clock.is_frozen:
                await asyncio.sleep(0.004)
            else:
                return

    def _now_ms(self) -> int:
        return self._clock.time_ns() // 1_000_000 if self._begun_ms else 0

    def _template(self, query: LogQuery) -> bytes:
        step = 1_000_000 // self._per_ms
        lines: list[bytes] = []
        for index in range(self._per_ms):
            text = b"flood %s.%03d the quick brown fox jumps over the lazy dog\n" % (
                self._NUMBER,
                index,
            )
            if query.timestamps:
                text = b"%s.%06dZ %s" % (self._TIME, index * step, text)
            lines.append(text if query.raw else frame(STDOUT, text))
        return b"".join(lines)

    def _fill(self, template: bytes, block: int) -> bytes:
        """Fill the gaps; what is put in is as long as the gap, so that the frames stay right."""
        stamp = log_stamp(block * 1_000_000)[:23].encode()
        filled = template.replace(self._TIME + b".", stamp)
        return filled.replace(self._NUMBER, b"%014d" % (block - self._begun_ms))
