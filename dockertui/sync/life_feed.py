"""The log of a container that is gone: what was kept of it, as a feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.log_span import LogSpan

if TYPE_CHECKING:
    from dockertui.sync.last_words import Life


class LifeFeed:
    """Holds the last lines of one life. Nothing comes of it any more, and nothing is asked."""

    def __init__(self, life: Life) -> None:
        """Show a life.

        Args:
            life: What was kept.
        """
        self.store = LogStore()
        """The lines that were kept."""
        self.store.append(life.records)
        self.sources: Mapping[bytes, LogSource] = {}
        """Nobody: its lines need no telling apart."""
        self.explanation = "" if life.records else "Nothing that it wrote was kept."
        """Why there are no lines."""
        self.status = ""
        """Empty: nothing keeps it from being up to date."""
        self.span = LogSpan(tail=None)
        """All there is."""
        self.title = life.title
        """Who it was, and how it ended."""
        self.has_older = False
        """Older lines were not kept."""

    def set_span(self, span: LogSpan) -> None:
        """Do nothing: there is no other part."""

    def load_older(self) -> None:
        """Do nothing: there are none."""

    def previous_life(self) -> bool:
        """Say that there is none: each life is chosen by itself."""
        return False

    def next_life(self) -> bool:
        """Say that there is none: each life is chosen by itself."""
        return False

    def close(self) -> None:
        """Do nothing: nothing is followed."""
