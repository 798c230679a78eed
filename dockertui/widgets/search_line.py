"""A line in which one types what to search for, at the foot of what is searched."""

from __future__ import annotations

from textual import events
from textual.containers import Vertical
from textual.widgets import Input


class Searched(Vertical):
    """Something that is searched, with the line for it."""

    def leave_search_line(self) -> None:
        """Go from the search line to what is searched; the hits stay marked."""
        raise NotImplementedError

    def action_next_hit(self) -> None:
        """Go to the next hit of the search."""
        raise NotImplementedError

    def action_previous_hit(self) -> None:
        """Go to the previous hit of the search."""
        raise NotImplementedError

    def action_end_search(self) -> None:
        """Mark no hits any more."""
        raise NotImplementedError


class SearchLine(Input):
    """Where one types what to search for."""

    DEFAULT_CSS = """
    SearchLine { dock: bottom; }
    """

    def on_key(self, event: events.Key) -> None:
        """Go through the hits, or back to what is searched; escape ends the search as well."""
        searched = self.parent
        if not isinstance(searched, Searched):
            return
        act = {
            "enter": searched.leave_search_line,
            "tab": searched.leave_search_line,
            "down": searched.action_next_hit,
            "up": searched.action_previous_hit,
            "escape": searched.action_end_search,
        }.get(event.key)
        if act is not None:
            event.stop()
            event.prevent_default()
            act()
