"""A line of the run form that is typed into."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.events import Paste
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from dockertui.model.run.line import is_run_line
from dockertui.secrecy import dotted
from dockertui.text import clean

Complete = Callable[[str], str]
"""What a text may become; empty if nobody knows."""


class LinePasted(Message):
    """Something was pasted that runs a container."""

    def __init__(self, text: str) -> None:
        """Hand it on.

        Args:
            text: The whole of it.
        """
        super().__init__()
        self.text = text


class Completer(Suggester):
    """Completes what is typed, at once."""

    def __init__(self, complete: Complete) -> None:
        """Complete by asking `complete`."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """What a text may become."""
        return self._complete(value) or None


class ValueInput(Input):
    """A value, of which nothing moves a terminal and no secret shows unless asked for."""

    DEFAULT_CSS = "ValueInput { width: 1fr; }"

    revealed = False
    """Do secrets show?"""

    def __init__(self, value: str, *, hint: str, offer: str, complete: Complete) -> None:
        """Show a value.

        Args:
            value: What stands there.
            hint: What to show while nothing does.
            offer: What the right arrow puts there then; empty for nothing.
            complete: Completes what is typed.
        """
        super().__init__(
            value, offer or hint, suggester=Completer(complete), compact=True, select_on_focus=False
        )
        self.offer = offer

    @property
    def _value(self) -> Text:
        shown = clean(self.value if self.revealed else dotted(self.value))
        return Text(shown, no_wrap=True, overflow="ignore", end="")

    def show_offer(self, offer: str, hint: str) -> None:
        """Offer something else."""
        if (offer, offer or hint) != (self.offer, self.placeholder):
            self.offer, self.placeholder = offer, offer or hint

    def reveal(self, revealed: bool) -> None:
        """Show secrets, or mask them."""
        self.revealed = revealed
        self.refresh()

    def action_cursor_right(self, select: bool = False) -> None:
        """Go right; at the end, take what is offered."""
        if not self.value and self.offer and not select:
            self.value = self.offer
            self.cursor_position = len(self.value)
        else:
            super().action_cursor_right(select)

    def _on_paste(self, event: Paste) -> None:
        """Take a line that runs a container for the whole form."""
        if is_run_line(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(LinePasted(event.text))
