"""The lines of a log, in bounded memory.

A line that arrives is only counted. It is split off, decoded and parsed when somebody looks at
it, because a container can write a hundred thousand lines in the time a person reads one.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator

from dockertui.store.log_record import split_record

LIMIT_BYTES = 256 << 20
"""How much memory a store may hold unless told otherwise."""

HOT_BYTES = 64 << 20
"""How much of it stays as it came; what is older is packed."""

CHUNK_BYTES = 64 << 10
"""How large a chunk is at least: it ends with the line that fills it."""

_OPEN_CHUNKS = 8


class LogStore:
    """A ring of lines, each with a number that it keeps for ever.

    It holds whole chunks of lines. Above `hot_bytes` the oldest are packed, which costs a sixth
    of their memory; above `limit_bytes` the oldest sixteenth of all is dropped.
    """

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, hot_bytes: int = HOT_BYTES) -> None:
        """Make an empty store.

        Args:
            limit_bytes: How much memory it may hold, give or take a chunk.
            hot_bytes: How much of that is kept unpacked.
        """
        self._limit_bytes = limit_bytes
        self._hot_limit_bytes = hot_bytes
        self._chunks: list[bytes] = []
        self._starts: list[int] = []
        self._packed = 0
        self._packed_bytes = 0
        self._hot_bytes = 0
        self._tail: list[bytes] = []
        self._tail_bytes = 0
        self._tail_start = 0
        self._total = 0
        self._revision = 0
        self._open: OrderedDict[int, list[bytes]] = OrderedDict()
        self._open_tail: tuple[int, list[bytes]] = (0, [])

    def __len__(self) -> int:
        return self._total - self.first

    @property
    def first(self) -> int:
        """The number of the oldest line it holds, which is also how many it has dropped."""
        return self._starts[0] if self._starts else self._tail_start

    @property
    def total(self) -> int:
        """How many lines it was ever given: one more than the number of the last."""
        return self._total

    @property
    def revision(self) -> int:
        """Grows whenever the lines have changed."""
        return self._revision

    @property
    def held_bytes(self) -> int:
        """How much memory its lines take."""
        return self._packed_bytes + self._hot_bytes + self._tail_bytes

    @property
    def last_stamp(self) -> str:
        """The engine's time stamp of the last line; empty when there is none."""
        last = self.lines(self._total - 1, self._total)
        return split_record(last[0]).stamp.decode("ascii", "replace") if last else ""

    def append(self, block: bytes) -> None:
        """Add records. One that has no line end yet counts as a line when that has come."""
        start = 0
        while start < len(block):
            room = max(1, CHUNK_BYTES - self._tail_bytes)
            end = block.find(b"\n", start + room - 1) + 1 or len(block)
            piece = block[start:end]
            self._tail.append(piece)
            self._tail_bytes += len(piece)
            self._total += piece.count(b"\n")
            if self._tail_bytes >= CHUNK_BYTES and piece.endswith(b"\n"):
                self._seal()
            start = end
        self._revision += 1

    def lines(self, start: int, end: int) -> list[bytes]:
        """The records numbered from `start` to before `end`, without those that are not held."""
        line, end = max(start, self.first), min(end, self._total)
        found: list[bytes] = []
        while line < end:
            first, lines = self._opened(line)
            part = lines[line - first : end - first]
            found += part
            line += len(part)
        return found

    def chunks(self, line: int = 0) -> Iterator[tuple[int, bytes]]:
        """Go through the lines in large pieces, for a search.

        The store may grow and drop lines between two steps: what comes is found, what was
        dropped is passed over.

        Args:
            line: Begin with the piece that holds this line.

        Yields:
            The number of the first line of a piece, and its records, each with its line end.
        """
        while (line := max(line, self.first)) < self._total:
            if line >= self._tail_start:
                tail = b"".join(self._tail)
                line = self._total
                yield self._tail_start, tail[: tail.rfind(b"\n") + 1]
                continue
            index = bisect_right(self._starts, line) - 1
            line = self._start_after(index)
            yield self._starts[index], self._unpacked(index)

    def _start_after(self, index: int) -> int:
        return self._starts[index + 1] if index + 1 < len(self._starts) else self._tail_start

    def _opened(self, line: int) -> tuple[int, list[bytes]]:
        """The number of the first line of a line's chunk, and all its lines."""
        if line >= self._tail_start:
            return self._tail_start, self._opened_tail()
        index = bisect_right(self._starts, line) - 1
        start = self._starts[index]
        if (lines := self._open.get(start)) is None:
            lines = self._open[start] = self._unpacked(index).split(b"\n")
            lines.pop()
            if len(self._open) > _OPEN_CHUNKS:
                self._open.popitem(last=False)
        else:
            self._open.move_to_end(start)
        return start, lines

    def _opened_tail(self) -> list[bytes]:
        revision, lines = self._open_tail
        if revision != self._revision:
            lines = b"".join(self._tail).split(b"\n")
            lines.pop()
            self._open_tail = (self._revision, lines)
        return lines

    def _unpacked(self, index: int) -> bytes:
        chunk = self._chunks[index]
        return zlib.decompress(chunk) if index < self._packed else chunk

    def _seal(self) -> None:
        """Make a chunk of the tail, then keep within bounds."""
        self._chunks.append(b"".join(self._tail))
        self._starts.append(self._tail_start)
        self._hot_bytes += self._tail_bytes
        self._tail = []
        self._tail_bytes = 0
        self._tail_start = self._total
        while self._hot_bytes > self._hot_limit_bytes and self._packed < len(self._chunks) - 1:
            self._pack_next()
        if self.held_bytes > self._limit_bytes and len(self._chunks) > 1:
            self._drop(max(1, len(self._chunks) // 16))

    def _pack_next(self) -> None:
        chunk = self._chunks[self._packed]
        packed = zlib.compress(chunk, 1)
        self._chunks[self._packed] = packed
        self._packed += 1
        self._hot_bytes -= len(chunk)
        self._packed_bytes += len(packed)

    def _drop(self, count: int) -> None:
        cold = min(count, self._packed)
        self._packed_bytes -= sum(map(len, self._chunks[:cold]))
        self._hot_bytes -= sum(map(len, self._chunks[cold:count]))
        del self._chunks[:count], self._starts[:count]
        self._packed -= cold
