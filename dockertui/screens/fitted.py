"""Screens that fit the terminal as it is now."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.events import Event, Resize
from textual.screen import Screen

Result = TypeVar("Result")


class FittedScreen(Screen[Result]):
    """A screen that heeds no size which the terminal has no longer.

    Textual tells a screen of its new layout by the very message that tells it of a new size. With
    two sizes on their way, each would be laid out, told, and laid out again, without an end.
    """

    SHOWS_ALL_FIGURES: ClassVar[bool] = False
    """Do all containers' figures matter while it is shown?"""

    async def on_event(self, event: Event) -> None:
        """Take what happens, but for a size that is out of date."""
        if not isinstance(event, Resize) or event.size == self.app.size:
            await super().on_event(event)
