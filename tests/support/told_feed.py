"""A log that a test writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dockertui.model import Container
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.log_span import LogSpan


class ToldFeed:
    """A log that a test writes."""

    def __init__(self, container: Container, changed: Callable[[], None]) -> None:
        self.container = container
        self.store = LogStore()
        self.sources: Mapping[bytes, LogSource] = {}
        self.explanation = ""
        self.status = ""
        self.span = LogSpan()
        self.title = container.name
        self.older = b""
        self.lives: list[str] = []
        self.closed = False
        self._changed = changed
        self._live = self.store

    @property
    def has_older(self) -> bool:
        """Are there lines that a test has kept back?"""
        return bool(self.older)

    def set_span(self, span: LogSpan) -> None:
        """Begin with an empty store."""
        self.span, self.store = span, LogStore()
        self._changed()

    def load_older(self) -> None:
        """Give what was kept back."""
        self.store.prepend(self.older)
        self.older = b""
        self._changed()

    def previous_life(self) -> bool:
        """Show the next of the lives that a test made up."""
        if not self.lives:
            return False
        self.title = f"{self.container.name}, previous life"
        self.store = LogStore()
        self.store.append(self.lives.pop().encode())
        self._changed()
        return True

    def next_life(self) -> bool:
        """Show the log that is written."""
        if self.store is self._live:
            return False
        self.title, self.store = self.container.name, self._live
        self._changed()
        return True

    def write(self, line: str) -> None:
        """Add a line, and say so."""
        self.append(f"12026-01-01T00:00:00.000000000Z {line}\n")

    def append(self, records: str) -> None:
        """Add records, and say so."""
        self.store.append(records.encode())
        self.explanation = ""
        self._changed()

    def say(self, status: str) -> None:
        """Say what keeps it from being up to date."""
        self.status = status
        self._changed()

    def explain(self, sentence: str) -> None:
        """Say why there are no lines."""
        self.explanation = sentence
        self._changed()

    def close(self) -> None:
        """Be let go."""
        self.closed = True
