"""Large pieces of a log in bounded memory: the older ones are packed, the oldest dropped."""

from __future__ import annotations

import zlib
from bisect import bisect_right

_PACKED_AT_ONCE = 8
_KEPT_UNPACKED = 8


class LogChunks:
    """Whole chunks of records, each with the number of its first line."""

    def __init__(self, *, limit_bytes: int, hot_bytes: int) -> None:
        """Hold none.

        Args:
            limit_bytes: How much memory they may take, give or take a chunk.
            hot_bytes: How much of that is kept unpacked, give or take what is added at once.
        """
        self.starts: list[int] = []
        """The number of the first line of each, in order."""
        self.held_bytes = 0
        """How much memory they take."""
        self._limit_bytes = limit_bytes
        self._hot_limit_bytes = hot_bytes
        self._hot_bytes = 0
        self._chunks: list[bytes] = []
        self._is_packed = bytearray()
        self._next_to_pack = 0
        self._unpacked: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._chunks)

    @property
    def is_full(self) -> bool:
        """Do they take more memory than they may, though there are several?"""
        return self.held_bytes > self._limit_bytes and len(self._chunks) > 1

    def index(self, line: int) -> int:
        """Which chunk holds a line, if it is in one of them."""
        return bisect_right(self.starts, line) - 1

    def unpacked(self, index: int) -> bytes:
        """The records of a chunk."""
        if not self._is_packed[index]:
            return self._chunks[index]
        start = self.starts[index]
        if (chunk := self._unpacked.get(start)) is None:
            chunk = self._unpacked[start] = zlib.decompress(self._chunks[index])
            if len(self._unpacked) > _KEPT_UNPACKED:
                del self._unpacked[next(iter(self._unpacked))]
        return chunk

    def add(self, start: int, chunk: bytes) -> None:
        """Add the newest one."""
        self.starts.append(start)
        self._chunks.append(chunk)
        self._is_packed.append(False)
        self._grow(len(chunk))

    def add_older(self, block: bytes, end: int, chunk_bytes: int) -> int:
        """Add as many records of a block before the oldest as there is room for.

        Args:
            block: Whole records.
            end: The number of the line after them.
            chunk_bytes: How large a chunk is made at least.

        Returns:
            How many lines were added: the newest of them.
        """
        if (excess := len(block) + self.held_bytes - self._limit_bytes) > 0:
            block = block[block.find(b"\n", excess - 1) + 1 :] if excess < len(block) else b""
        starts, chunks, at = list[int](), list[bytes](), 0
        first = number = end - block.count(b"\n")
        while at < len(block):
            after = block.find(b"\n", at + chunk_bytes - 1) + 1 or len(block)
            starts.append(number)
            chunks.append(block[at:after])
            number += block.count(b"\n", at, after)
            at = after
        self.starts[:0], self._chunks[:0] = starts, chunks
        self._is_packed[:0] = bytes(len(chunks))
        self._next_to_pack = 0
        self._unpacked.clear()
        self._grow(len(block))
        return end - first

    def drop(self, count: int) -> None:
        """Let go of so many of the oldest."""
        for chunk, is_packed in zip(self._chunks[:count], self._is_packed, strict=False):
            self.held_bytes -= len(chunk)
            self._hot_bytes -= 0 if is_packed else len(chunk)
        del self._chunks[:count], self.starts[:count], self._is_packed[:count]
        self._next_to_pack = max(0, self._next_to_pack - count)

    def _grow(self, size_bytes: int) -> None:
        """Count what was added, and pack some of the oldest if there is too much unpacked."""
        self.held_bytes += size_bytes
        self._hot_bytes += size_bytes
        for _ in range(_PACKED_AT_ONCE):
            index = self._is_packed.find(False, self._next_to_pack, len(self._chunks) - 1)
            if self._hot_bytes <= self._hot_limit_bytes or index < 0:
                return
            chunk = self._chunks[index]
            packed = self._chunks[index] = zlib.compress(chunk, 1)
            self._is_packed[index] = True
            self._next_to_pack = index + 1
            self._hot_bytes -= len(chunk)
            self.held_bytes -= len(chunk) - len(packed)
