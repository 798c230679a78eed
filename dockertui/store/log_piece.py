"""A piece of a log, as a filter looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from dockertui.store.log_source import LogSource


class Piece:
    """Some records in a row; what costs something is worked out when somebody asks for it."""

    def __init__(self, chunk: bytes, sources: Mapping[bytes, LogSource]) -> None:
        """Take a chunk.

        Args:
            chunk: Whole records, each with its line end.
            sources: Whose records they are, by tag.
        """
        self.chunk = chunk
        """The records."""
        self.sources = sources
        """Whose they are, by tag."""

    @cached_property
    def records(self) -> list[bytes]:
        """The records, each without its line end."""
        records = self.chunk.split(b"\n")
        records.pop()
        return records

    @property
    def all(self) -> range:
        """The numbers of all records, counted from 0."""
        return range(len(self.records))

    def part(self, which: Sequence[int]) -> Piece:
        """Some of the records, as a piece of its own.

        Args:
            which: Counted from 0, in order.
        """
        if len(which) == len(self.records):
            return self
        return Piece(chunk_of(self.records[it] for it in which), self.sources)


def chunk_of(records: Iterable[bytes]) -> bytes:
    r"""A chunk of some records.

    >>> chunk_of([b"1one", b"1two"])
    b'1one\n1two\n'
    """
    return b"".join(it + b"\n" for it in records)
