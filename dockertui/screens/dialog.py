"""The frame that every dialog stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeVar

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.timer import Timer

from dockertui.widgets.command import bindings, command

Result = TypeVar("Result")

MUTED = "auto 60%"
"""The style of what is said on the side, on any background."""


class Frame(Vertical):
    """The box of a dialog, with its title in the border and its keys under it."""

    DEFAULT_CSS = """
    Frame {
        height: auto;
        max-height: 100%;
        width: 72;
        max-width: 100%;
        overflow-y: auto;
    }
    """

    def __init__(self, title: str, *, classes: str = "") -> None:
        """Draw a box.

        Args:
            title: What the dialog is about; as it stands, whatever it contains.
            classes: How wide and high it is, by the name of a style.
        """
        super().__init__(classes=classes)
        self.border_title = Content(title)

    def show_keys(self, *keys: tuple[str, str]) -> None:
        """Say in the lower border what keys do: the key as it is on the keyboard, then a word."""
        self.border_subtitle = key_line(keys) if keys else None


class Dialog(ModalScreen[Result]):
    """A frame over a dimmed screen; what it is closed with is its result."""

    CSS_PATH = "../styles/dialogs.tcss"
    # Textual declares these on the instance.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BACKDROP_S = 1.0
    """How often the screen behind is drawn anew, in seconds, when things go on there."""

    _backdrop: Timer | None = None

    @command("escape", "Close")
    def action_close(self) -> None:
        """Close it and change nothing."""
        self.dismiss(None)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw again what has changed, but what is behind only now and then.

        The screen below asks with the regions that changed on it, for every sample and log line,
        and each time all of it is drawn and dimmed again: 30 ms at 160x50.
        """
        if not regions:
            return super().refresh(repaint=repaint, layout=layout, recompose=recompose)
        if self._backdrop is None:
            self._backdrop = self.set_timer(self.BACKDROP_S, self._draw_backdrop)
        return self

    def _draw_backdrop(self) -> None:
        self._backdrop = None
        self.refresh()

    BINDINGS = bindings(locals())


def key_line(keys: Iterable[tuple[str, str]]) -> Content:
    """Keys and what they do, on one line."""
    words = (Content.assemble((key, "bold"), " ", (does, MUTED)) for key, does in keys)
    return Content("  ").join(words)
