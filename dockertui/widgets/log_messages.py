"""What a log asks of those around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

if TYPE_CHECKING:
    from dockertui.store.log_filter import LogFilter
    from dockertui.store.log_reading import LogReading


class RecordWanted(Message):
    """A person wants to read a line's whole record: its fields as a tree, or its text in full."""

    def __init__(self, raw: bytes) -> None:
        """Say which.

        Args:
            raw: The record, as the store holds it.
        """
        super().__init__()
        self.raw = raw


class SaveWanted(Message):
    """A person wants to keep what the filters leave of a log in a file."""

    def __init__(self, reading: LogReading, title: str) -> None:
        """Say what.

        Args:
            reading: What is read.
            title: Whose log, for the file's name.
        """
        super().__init__()
        self.reading = reading
        self.title = title


class ProgramWanted(Message):
    """A person wants to read on in a program of their own."""

    def __init__(self, reading: LogReading, program: str, place: int) -> None:
        """Say in which.

        Args:
            reading: What is read.
            program: `PAGER` or `EDITOR`, the variable that names it.
            place: Where in `reading.lines` one is.
        """
        super().__init__()
        self.reading = reading
        self.program = program
        self.place = place


class Switching(Protocol):
    """What can switch filters and sources, and stays where one is; the log's page does."""

    def set_filters(self, filters: Sequence[LogFilter]) -> None:
        """Have these filters, some of them off perhaps."""
        ...

    def set_hidden(self, tags: Collection[bytes]) -> None:
        """Leave out the lines of the sources with these tags."""
        ...


class SourcesWanted(Message):
    """A person wants to switch filters or sources off and on."""

    def __init__(self, reading: LogReading, page: Switching | None = None) -> None:
        """Say of what.

        Args:
            reading: What is read.
            page: What switches them; without it, they are switched in `reading` itself.
        """
        super().__init__()
        self.reading = reading
        self.page = page
