"""The bottom line: the keys that matter for what is selected now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key, and what it does now."""

    key: str
    """The key as it stands on the keyboard."""
    label: str
    """What it does, in a word or two."""
    press: str
    """The key as Textual spells it, to press it with the mouse."""


class KeyBar(Widget):
    """One line of key hints, in order of use, the last at the right end. They can be clicked."""

    DEFAULT_CSS = """
    KeyBar { height: 1; background: $background; color: $dim; }
    """

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, key: str) -> None:
            """Say which.

            Args:
                key: As Textual spells it.
            """
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        """Begin with an empty line."""
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show other hints, if they are others."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def render(self) -> Content:
        """Draw as many hints as fit; the last always does."""
        if not self._hints:
            return Content("")
        *first, last = self._hints
        room = self.size.width - _width(last) - 1
        self._places = []
        drawn: list[Content] = []
        x = 0
        for hint in first:
            if x + _width(hint) > room:
                break
            drawn.append(_drawn(hint))
            self._places.append((x, x + _width(hint), hint.press))
            x += _width(hint)
        end = self.size.width - _width(last)
        self._places.append((end, self.size.width, last.press))
        return Content.assemble(*drawn, " " * max(0, end - x), _drawn(last))

    def on_click(self, event: events.Click) -> None:
        """Press the key whose hint was clicked."""
        for start, end, key in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(key))


def _width(hint: KeyHint) -> int:
    return len(hint.key) + len(hint.label) + 3


def _drawn(hint: KeyHint) -> Content:
    return Content.assemble(" ", (hint.key, "bold $key"), f" {hint.label} ")
