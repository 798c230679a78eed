"""A log that grows while it is read, as its page sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.log_span import LogSpan


class Feed(Protocol):
    """One container's log, or that of several, followed into a store until it is closed."""

    @property
    def store(self) -> LogStore:
        """The lines so far; another store after another part of the log was asked for."""
        ...

    @property
    def sources(self) -> Mapping[bytes, LogSource]:
        """Whose lines they are, by tag; empty where there is one source alone."""
        ...

    @property
    def explanation(self) -> str:
        """Why there are no lines; empty when there are, or when that is not known yet."""
        ...

    @property
    def status(self) -> str:
        """What keeps it from being up to date, in words; empty at rest."""
        ...

    @property
    def span(self) -> LogSpan:
        """Which part of the log it began with."""
        ...

    @property
    def title(self) -> str:
        """Whose log it is, and of which life."""
        ...

    @property
    def has_older(self) -> bool:
        """Are there lines before the first one that can be had?"""
        ...

    def set_span(self, span: LogSpan) -> None:
        """Begin again with another part of the log, in a new store."""
        ...

    def load_older(self) -> None:
        """Put older lines before the first one."""
        ...

    def previous_life(self) -> bool:
        """Show the container that stood in the place before; false when none is known."""
        ...

    def next_life(self) -> bool:
        """Show the container that came after; false when this is the last."""
        ...

    def close(self) -> None:
        """Follow no more."""
        ...


OpenLog = Callable[[Callable[[], None]], Feed]
"""Begins to follow a log; what it is given is called whenever the feed changes."""
