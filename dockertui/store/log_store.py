"""The lines of a log, in bounded memory.

A line that arrives is only counted. It is split off, decoded and parsed when somebody looks at
it, because a container can write a hundred thousand lines in the time a person reads one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from dockertui.store.log_chunks import LogChunks
from dockertui.store.log_record import moment_of, split_record

LIMIT_BYTES = 256 << 20
"""How much memory a store may hold unless told otherwise."""

HOT_BYTES = 64 << 20
"""How much of it stays as it came; what is older is packed."""

CHUNK_BYTES = 64 << 10
"""How large a chunk is at least: it ends with the line that fills it."""

_OPEN_CHUNKS = 8
_LINES_AT_ONCE = 256


class LogStore:
    """A ring of lines, each with a number that it keeps for ever.

    It holds whole chunks of lines. Above `hot_bytes` the oldest are packed, which costs a sixth
    of their memory; above `limit_bytes` the oldest sixteenth of all is dropped. Older lines may
    be added before the first: the first line that ever came is number 0, theirs are negative.
    """

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, hot_bytes: int = HOT_BYTES) -> None:
        """Make an empty store.

        Args:
            limit_bytes: How much memory it may hold, give or take a chunk.
            hot_bytes: How much of that is kept unpacked.
        """
        self._chunks = LogChunks(limit_bytes=limit_bytes, hot_bytes=hot_bytes)
        self._tail: list[bytes] = []
        self._tail_bytes = 0
        self._tail_start = 0
        self._total = 0
        self._dropped = 0
        self._revision = 0
        self._open: OrderedDict[int, list[bytes]] = OrderedDict()
        self._open_tail: tuple[int, list[bytes]] = (0, [])

    def __len__(self) -> int:
        return self._total - self.first

    @property
    def first(self) -> int:
        """The number of the oldest line it holds; negative when older ones were added."""
        return self._chunks.starts[0] if self._chunks.starts else self._tail_start

    @property
    def total(self) -> int:
        """One more than the number of the last line."""
        return self._total

    @property
    def dropped(self) -> int:
        """How many of the oldest lines it had to let go."""
        return self._dropped

    @property
    def revision(self) -> int:
        """Grows whenever the lines have changed."""
        return self._revision

    @property
    def held_bytes(self) -> int:
        """How much memory its lines take."""
        return self._chunks.held_bytes + self._tail_bytes

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

    def prepend(self, block: bytes) -> int:
        """Add older records before the first one; no other line's number changes.

        Args:
            block: Whole records, at most some 20,000 at a time: each takes its time.

        Returns:
            How many lines were added: the newest of them, as many as there is room for.
        """
        count = self._chunks.add_older(block, self.first, CHUNK_BYTES)
        self._open.clear()
        self._revision += 1
        return count

    def number(self, place: int) -> int:
        """The number of the line at a place: the same, for in a whole log a place is a number."""
        return place

    def place(self, number: int) -> int:
        """Where a line stands: at its number, or at the nearest that is held, or at the end."""
        return min(max(number, self.first), self._total)

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

    def chunks(self, line: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Go through the lines in large pieces, for a search.

        The store may grow and drop lines between two steps: what comes is found, what was
        dropped is passed over.

        Args:
            line: Begin with the piece that holds this line; `None` for the first.

        Yields:
            The number of the first line of a piece, and its records, each with its line end.
        """
        line = self.first if line is None else line
        while (line := max(line, self.first)) < self._total:
            start, chunk, line = self.chunk(line)
            yield start, chunk

    def chunk(self, line: int) -> tuple[int, bytes, int]:
        """The piece that holds a line, which must be held.

        Returns:
            The number of its first line, its records, each with its line end, and the number
            of the line after it.
        """
        if line >= self._tail_start:
            tail = b"".join(self._tail)
            return self._tail_start, tail[: tail.rfind(b"\n") + 1], self._total
        index, starts = self._chunks.index(line), self._chunks.starts
        after = starts[index + 1] if index + 1 < len(starts) else self._tail_start
        return starts[index], self._chunks.unpacked(index), after

    def at_time(self, stamp: bytes) -> int:
        """Find a time, in a log whose lines are in its order.

        Args:
            stamp: In RFC 3339.

        Returns:
            The number of the first line at or after it; `total` when there is none.
        """
        wanted = moment_of(stamp)
        low, high = self.first, self._total
        while wanted is not None and low < high:
            middle = (low + high) // 2
            line, moment = self._moment_from(middle, high)
            if moment is not None and moment < wanted:
                low = line + 1
            else:
                high = middle
        return low

    def _moment_from(self, line: int, end: int) -> tuple[int, tuple[int, int] | None]:
        """The time of the first line from one on that has a time, and its number."""
        while line < end:
            for raw in self.lines(line, min(end, line + _LINES_AT_ONCE)):
                if (moment := moment_of(split_record(raw).stamp)) is not None:
                    return line, moment
                line += 1
        return line, None

    def _opened(self, line: int) -> tuple[int, list[bytes]]:
        """The number of the first line of a line's chunk, and all its lines."""
        if line >= self._tail_start:
            return self._tail_start, self._opened_tail()
        index = self._chunks.index(line)
        start = self._chunks.starts[index]
        if (lines := self._open.get(start)) is None:
            lines = self._open[start] = self._chunks.unpacked(index).split(b"\n")
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

    def _seal(self) -> None:
        """Make a chunk of the tail, then keep within bounds."""
        self._chunks.add(self._tail_start, b"".join(self._tail))
        self._tail = []
        self._tail_bytes = 0
        self._tail_start = self._total
        if self._chunks.is_full:
            first = self.first
            self._chunks.drop(max(1, len(self._chunks) // 16))
            self._dropped += self.first - first
