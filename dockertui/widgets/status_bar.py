"""The top line: which engine, how it is, and what it has; or that it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line, and how it is drawn."""

    text: str
    """What it says; clean."""
    style: str = ""
    """A style, e.g. `bold $danger`."""
    keep: int = 0
    """Its rank when the line is too narrow: the lowest gives way first."""


class StatusBar(Widget):
    """One line of parts: some at the left, some at the right."""

    DEFAULT_CSS = """
    StatusBar {
        height: 1;
        background: $panel;
        color: $foreground;
        &.-lost { background: $error; color: $background; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        """Begin with an empty line."""
        super().__init__()
        self._left: tuple[Part, ...] = ()
        self._right: tuple[Part, ...] = ()

    def show(self, left: Sequence[Part], right: Sequence[Part], *, lost: bool = False) -> None:
        """Say something else, if it is something else."""
        parts = tuple(left), tuple(right)
        if parts != (self._left, self._right) or lost is not self.has_class("-lost"):
            self._left, self._right = parts
            self.set_class(lost, "-lost")
            self.refresh()

    def render(self) -> Content:
        """Draw what fits."""
        left, right = fitting(self._left, self._right, self.size.width)
        gap = self.size.width - _width(left) - _width(right)
        return Content.assemble(*_spans(left), " " * max(0, gap), *_spans(right))


def fitting(
    left: Sequence[Part], right: Sequence[Part], width: int
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Leave out the least important parts until the rest fits, with a blank between both sides.

    >>> fitting([Part("ab", keep=1)], [Part("c"), Part("d", keep=2)], 4)[1]
    (Part(text='d', style='', keep=2),)
    """
    kept_left, kept_right = list(left), list(right)
    while kept_left or kept_right:
        if _width(kept_left) + _width(kept_right) < width:
            break
        least = min([*kept_right, *kept_left], key=lambda part: part.keep)
        (kept_right if least in kept_right else kept_left).remove(least)
    return tuple(kept_left), tuple(kept_right)


def _spans(parts: Sequence[Part]) -> list[tuple[str, str] | str]:
    return [(part.text, part.style) if part.style else part.text for part in parts]


def _width(parts: Sequence[Part]) -> int:
    return sum(Content(part.text).cell_length for part in parts)
