"""Segments folded, cut and overlaid, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style


class Overlay(NamedTuple):
    """A stretch of a line that looks other than the line itself."""

    start: int
    """The number of its first character."""
    end: int
    """One more than that of its last."""
    style: Style
    """What is laid over the style that the characters have."""


def cells(row: Iterable[Segment]) -> int:
    """How many cells a row fills."""
    return sum(len(text) if text.isascii() else cell_len(text) for text, _, _ in row)


def overlaid(line: Iterable[Segment], overlays: Sequence[Overlay]) -> list[Segment]:
    """Lay styles over stretches of a line; they are in order and do not overlap."""
    found: list[Segment] = []
    rest = iter(overlays)
    here = next(rest, None)
    at = 0
    for text, style, _ in line:
        end, start = at + len(text), at
        while here is not None and here.start < end:
            if here.start > start:
                found.append(Segment(text[start - at : here.start - at], style))
            first, last = max(start, here.start), min(end, here.end)
            laid = style + here.style if style else here.style
            found.append(Segment(text[first - at : last - at], laid))
            start = last
            if here.end > end:
                break
            here = next(rest, None)
        if start < end:
            found.append(Segment(text[start - at :], style) if start > at else Segment(text, style))
        at = end
    return found


def folded(line: Iterable[Segment], width: int) -> list[list[Segment]]:
    """Fold a line into rows; a wide character that no longer fits begins the next one."""
    rows: list[list[Segment]] = [[]]
    used = 0
    for each in line:
        text, style = each.text, each.style
        while text:
            fits, cells = _fitting(text, width - used)
            if fits:
                rows[-1].append(Segment(text[:fits], style))
                used += cells
                text = text[fits:]
            elif used:
                rows.append([])
                used = 0
            else:
                text = text[1:]  # Wider than the row itself.
    return rows


def window(line: Iterable[Segment], left: int, width: int) -> tuple[list[Segment], bool]:
    """The cells of a line from `left` on, and whether it goes on after `width` of them.

    Half a wide character is drawn as a blank. Nothing after the window is looked at.
    """
    shown: list[Segment] = []
    skip, room = left, width
    for each in line:
        text, style = each.text, each.style
        if skip:
            passed, cells = _fitting(text, skip)
            skip -= cells
            text = text[passed:]
            if skip and text:
                half = get_character_cell_size(text[0]) - skip
                text, skip = " " * half + text[1:], 0
        if not text:
            continue
        fits, cells = _fitting(text, room)
        if fits:
            shown.append(Segment(text[:fits], style))
            room -= cells
        if fits < len(text):
            return shown, True
    return shown, False


def _fitting(text: str, cells: int) -> tuple[int, int]:
    """How many characters of a text fit into so many cells, and how many they fill."""
    if text.isascii():
        count = min(len(text), max(0, cells))
        return count, count
    used = 0
    for index, character in enumerate(text):
        size = get_character_cell_size(character)
        if used + size > cells:
            return index, used
        used += size
    return len(text), used
