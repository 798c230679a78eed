"""How work goes on that takes a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from dockertui.screens.dialog import Dialog, Frame

_LOOK_S = 0.1


class Following(Dialog[None]):
    """Says how far work is; closing it calls the work off."""

    CLICK_AWAY = False

    def __init__(self, title: str, sentence: Callable[[], str], work: asyncio.Task[None]) -> None:
        """Follow work.

        Args:
            title: What is done.
            sentence: How far it is.
            work: Who does it.
        """
        super().__init__()
        self.heading = title
        self.sentence = sentence
        self.work = work

    def compose(self) -> ComposeResult:
        """Leave a line for how far it is."""
        with Frame(self.heading, classes="following") as frame:
            frame.show_keys(("esc", "stop"))
            yield Static(markup=False, classes="sentence")

    def on_mount(self) -> None:
        """Look how far it is, now and then."""
        self.set_interval(_LOOK_S, self._look)
        self._look()

    def action_close(self) -> None:
        """Stop it."""
        self.work.cancel()

    def _look(self) -> None:
        for line in self.query(".sentence").results(Static):
            line.update(Content(self.sentence() or "Waiting for the engine."))
        if self.work.done():
            self.dismiss(None)
