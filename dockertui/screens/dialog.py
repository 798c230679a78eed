"""The frame that every dialog stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeVar

from rich.console import RenderableType
from rich.segment import Segments
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.timer import Timer

from dockertui.screens.fitted import FittedScreen
from dockertui.widgets.command import bindings, command

Result = TypeVar("Result")

MUTED = "auto 70%"
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


class Dialog(ModalScreen[Result], FittedScreen[Result]):
    """A frame over a dimmed screen; what it is closed with is its result."""

    CSS_PATH = "../styles/dialogs.tcss"
    WIDE = 120
    """From how many columns on it is shown as on a wide screen."""
    SHORT = 20
    """Below how many rows it leaves blanks out."""
    BEHIND_S = 1.0
    """How often the screen behind is drawn anew, in seconds, when things go on there."""

    CLICK_AWAY = True
    """Does a click beside it close it? Not where something that was typed would be lost."""

    _room = Size()
    _behind: Segments | None = None
    _due: Timer | None = None

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close it once: keys may come faster than it goes, and must not close what is behind."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    @property
    def is_open(self) -> bool:
        """Is everything in it there, and not closed yet? Keys may come before, and after."""
        return self.is_mounted and self.is_active

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Heed no key but escape before everything is there."""
        ready = action == "close" or self.is_open
        return super().check_action(action, parameters) if ready else False

    @command("escape", "Close")
    def action_close(self) -> None:
        """Close it and change nothing."""
        self.dismiss(None)

    def on_mount(self) -> None:
        """Know how much room there is before the first frame."""
        self._measure(self.app.size)

    def on_resize(self, event: Resize) -> None:
        """Fit the room there is now, and draw what is behind anew when it has done so too."""
        if event.size != self._room:
            self._measure(event.size)
            self.call_after_refresh(self._draw_behind)

    def on_click(self, event: Click) -> None:
        """Close it with a click on what is behind."""
        if self.CLICK_AWAY and event.widget is self:
            self.action_close()

    def render(self) -> RenderableType:
        """Draw what is behind, or what was there a moment ago."""
        if self._behind is None:
            behind = super().render()
            if not isinstance(behind, BackgroundScreen):
                return behind
            self._behind = Segments(self.app.console.render(behind))
        return self._behind

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw again what has changed, but what is behind only now and then.

        The screen below asks with the regions that changed on it, for every sample and log line,
        and each time all of it would be drawn and dimmed again.
        """
        if not regions:
            return super().refresh(repaint=repaint, layout=layout, recompose=recompose)
        if self._due is None:
            self._due = self.set_timer(self.BEHIND_S, self._draw_behind)
        return self

    def _draw_behind(self) -> None:
        self._due = self._behind = None
        self.refresh()

    def _measure(self, size: Size) -> None:
        self._room = size
        self.set_class(size.width >= self.WIDE, "-wide")
        self.set_class(size.height < self.SHORT, "-short")

    BINDINGS = bindings(locals())


def key_line(keys: Iterable[tuple[str, str]]) -> Content:
    """Keys and what they do, on one line."""
    words = (Content.assemble((key, "bold"), " ", (does, MUTED)) for key, does in keys)
    return Content("  ").join(words)
