"""The line above a log that says what of it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that leaves lines out, or could."""

    label: str
    """What it is."""
    name: str
    """By what it is known to who shows it."""
    on: bool = True
    """Does it leave lines out now?"""
    fault: bool = False
    """Is something wrong with it?"""


class LogChips(Widget):
    """Chips side by side; a click on one switches it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LogChips { height: 1; display: none; }
    """

    class Clicked(Message):
        """A chip was clicked."""

        def __init__(self, name: str) -> None:
            """Say which.

            Args:
                name: The chip's.
            """
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        """Begin without chips."""
        super().__init__()
        self._chips: tuple[Chip, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def show(self, chips: Sequence[Chip]) -> None:
        """Show these chips; without any, the line is gone."""
        if tuple(chips) != self._chips:
            self._chips = tuple(chips)
            self.display = bool(chips)
            self.refresh()

    def render(self) -> Content:
        """Draw as many chips as fit, and how many there are besides."""
        self._places = []
        parts: list[Content | str] = []
        x, width = 0, self.size.width
        for at, chip in enumerate(self._chips):
            drawn = _drawn(chip)
            rest = len(self._chips) - at - 1
            room = width - x - (len(f" +{rest}") if rest else 0)
            if drawn.cell_length > room and at:
                parts.append(Content.styled(f" +{rest + 1}", "$text-muted"))
                break
            drawn = drawn.truncate(max(1, room), ellipsis=True)
            self._places.append((x, x + drawn.cell_length, chip.name))
            parts += [drawn, " "]
            x += drawn.cell_length + 1
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Switch the chip that was clicked."""
        event.stop()
        for start, end, name in self._places:
            if start <= event.x < end:
                self.post_message(self.Clicked(name))


def _drawn(chip: Chip) -> Content:
    if chip.fault:
        return Content.assemble((f" ✖ {chip.label} ", "$text-error on $panel"))
    if chip.on:
        return Content.assemble((" ●", "$primary on $panel"), (f" {chip.label} ", "on $panel"))
    return Content.assemble((f" ○ {chip.label} ", "$text-muted on $panel"))
