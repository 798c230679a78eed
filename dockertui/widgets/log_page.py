"""The live log of a selected container."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dockertui.store.log_store import LogStore
from dockertui.widgets.log_view import LogView


class LogFeed(Protocol):
    """A container's log, followed into a store until it is closed."""

    store: LogStore
    """The lines so far."""
    explanation: str
    """Why there are none; empty when there are, or when that is not known yet."""

    def close(self) -> None:
        """Follow no more."""
        ...


OpenLog = Callable[[Callable[[], None]], LogFeed]
"""Begins to follow a log; what it is given is called whenever the feed changes."""


class LogPage(LogView):
    """A log view that follows one feed at a time."""

    def __init__(self) -> None:
        """Follow nothing yet."""
        super().__init__()
        self._feed: LogFeed | None = None

    def follow(self, open_log: OpenLog) -> None:
        """Show another log, and keep to it as it grows."""
        self.let_go()
        self._feed = feed = open_log(self._changed)
        self.show(feed.store)
        self.explain(feed.explanation)

    def let_go(self) -> None:
        """Follow no more; the lines stay to be read."""
        if self._feed is not None:
            self._feed.close()
            self._feed = None

    def on_unmount(self) -> None:
        """Leave no stream behind."""
        self.let_go()

    def _changed(self) -> None:
        if self._feed is not None:
            self.explain(self._feed.explanation)
            self.grew()
