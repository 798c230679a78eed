"""Something to read: an engine's error, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from dockertui.screens.dialog import Dialog, Frame
from dockertui.widgets.command import bindings, command
from dockertui.widgets.message_bar import Report


class Message(Dialog[None]):
    """A text of any length, and what to do about it."""

    AUTO_FOCUS = "VerticalScroll"

    def __init__(
        self, title: str, text: str, *, when: datetime | None = None, advice: str = ""
    ) -> None:
        """Show a text.

        Args:
            title: What it is about.
            text: The text as it is, of as many lines as it has.
            when: When it was said; shown in the person's own time.
            advice: What to do next, in a sentence.
        """
        super().__init__()
        self.heading = title
        self.text = text
        self.when = when
        self.advice = advice

    def compose(self) -> ComposeResult:
        """Put the text between its time and what to do next."""
        with Frame(self.heading, classes="message") as frame:
            frame.show_keys(("y", "copy"), ("esc", "close"))
            if self.when:
                yield Static(Content(f"{self.when.astimezone():%A %H:%M:%S}"), classes="when")
            with VerticalScroll():
                yield Static(Content(self.text))
            if self.advice:
                yield Static(Content(self.advice), classes="advice")

    @command("y", "Copy")
    def action_copy(self) -> None:
        """Put the text in the clipboard."""
        self.app.copy_to_clipboard(self.text)
        self.query_one(Frame).show_keys(("y", "copied"), ("esc", "close"))

    @command("q", "Close")
    def action_leave(self) -> None:
        """Go back to what it was about."""
        self.action_close()

    @command("j", "Down")
    def action_down(self) -> None:
        """Scroll one line down."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    @command("k", "Up")
    def action_up(self) -> None:
        """Scroll one line up."""
        self.query_one(VerticalScroll).scroll_up(animate=False)

    BINDINGS = bindings(locals())


def failures(reports: Sequence[Report]) -> Message | None:
    """All that has failed, the last first; `None` if nothing has."""
    if not reports:
        return None
    texts = [
        f"{it.at.astimezone():%H:%M:%S}  {it.sentence}\n{it.detail}" if it.at else it.detail
        for it in reversed(reports)
    ]
    return Message("Failures, the last first", "\n\n".join(texts))
