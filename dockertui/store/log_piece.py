"""A piece of a log, as a filter looks at it."""

from __future__ import annotations

from collections.abc import Mapping
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
