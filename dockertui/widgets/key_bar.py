"""The bottom line: the keys that matter for what is selected now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

_AT_THE_END = 2
"""Hints that are always there: how to get help, and how to get out."""


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
    """One line of key hints in order of use, the last two at the right end; all can be clicked."""

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
        """Draw as many hints as fit; the last two always do."""
        if not self._hints:
            return Content("")
        first, last = self._hints[:-_AT_THE_END], self._hints[-_AT_THE_END:]
        end = self.size.width - sum(map(_width, last))
        self._places = []
        drawn: list[Content] = []
        x = 0
        for hint in first:
            if x + _width(hint) >= end:
                break
            drawn.append(self._place(hint, x))
            x += _width(hint)
        drawn.append(Content(" " * (end - x)))
        for hint in last:
            drawn.append(self._place(hint, end))
            end += _width(hint)
        return Content.assemble(*drawn)

    def _place(self, hint: KeyHint, x: int) -> Content:
        self._places.append((x, x + _width(hint), hint.press))
        return Content.assemble(" ", (hint.key, "bold $key"), f" {hint.label} ")

    def on_click(self, event: events.Click) -> None:
        """Press the key whose hint was clicked."""
        for start, end, key in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(key))


def _width(hint: KeyHint) -> int:
    return len(hint.key) + len(hint.label) + 3
