"""How a line of a log is set on rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from dockertui.store.log_record import STDERR, time_of
from dockertui.widgets.ansi import segments
from dockertui.widgets.log_line import LogLine

_LEAST_TEXT = 16
# What a cell takes at most: a letter with a colour of its own before it and one behind it.
_BYTES_PER_CELL = 32


class Stamps(StrEnum):
    """How much of a line's time is shown."""

    OFF = "off"
    TIME = "time"
    FULL = "full"

    @property
    def next(self) -> Stamps:
        """The one that a key goes on to."""
        order = (Stamps.TIME, Stamps.FULL, Stamps.OFF)
        return order[(order.index(self) + 1) % len(order)]


_STAMP = re.compile(rb"(.{19})(?:\.([0-9]+))?(.*)")
_STAMP_CELLS = {Stamps.OFF: 0, Stamps.TIME: 9, Stamps.FULL: 24}


@dataclass(frozen=True, slots=True)
class Marks:
    """The glyphs of a log view, each one cell wide."""

    stderr: str = "▌"
    """Stands before what was written to stderr."""
    more: str = "…"
    """Stands where a line goes on beyond the edge."""
    thumb: str = "▐"
    """The moving part of the scroll bar."""
    rule: str = "─"
    """Between the parts of what is said of the position."""
    below: str = "↓"
    """Says that there are new lines below."""


ASCII_MARKS = Marks(stderr="!", more=">", thumb="#", rule="-", below="v")
"""Glyphs that every terminal has."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a log view."""

    text: Style = field(default_factory=Style)
    """Text that brings no style of its own."""
    stamp: Style = field(default_factory=Style)
    """The time before a line."""
    stderr: Style = field(default_factory=Style)
    """The mark of a line written to stderr."""
    more: Style = field(default_factory=Style)
    """The mark of a line that goes on."""
    thumb: Style = field(default_factory=Style)
    """The moving part of the scroll bar."""
    colour: bool = True
    """Do lines keep their own colours?"""


@dataclass(frozen=True, slots=True)
class LogLayout:
    """The one way in which all lines of a view are set."""

    width: int
    """Cells of a row; the last stays empty, for the scroll bar."""
    wrap: bool = False
    """Fold long lines? Otherwise a row shows a window onto its line."""
    left: int = 0
    """How many cells that window is shifted to the right."""
    stamps: Stamps = Stamps.TIME
    """Which time stands before a line."""
    looks: Looks = Looks()
    """The styles."""
    marks: Marks = Marks()
    """The glyphs."""

    @property
    def stamp_cells(self) -> int:
        """How many cells the time takes: none where it would leave no room for text."""
        cells = _STAMP_CELLS[self.stamps]
        return cells if self.width - 2 - cells >= _LEAST_TEXT else 0

    @property
    def text_cells(self) -> int:
        """How many cells are left for text."""
        return max(1, self.width - 2 - self.stamp_cells)

    def rows(self, line: LogLine, piece: int) -> list[Strip]:
        """Set one piece of a line; there is always at least one row."""
        text = line.piece(piece)
        rows = folded(self._segments(text), self.text_cells) if self.wrap else [self._window(text)]
        return [
            self._row(line, row, begins=piece == 0 and index == 0) for index, row in enumerate(rows)
        ]

    def cells(self, line: LogLine, piece: int) -> int:
        """How wide a piece is when nothing of it is cut."""
        return sum(cell_len(each.text) for each in self._segments(line.piece(piece)))

    def _segments(self, text: bytes) -> Iterable[Segment]:
        return segments(text.decode("utf-8", "replace"), self.looks.text, colour=self.looks.colour)

    def _window(self, text: bytes) -> list[Segment]:
        """The part of a line that the sideways scroll shows, its end marked where it goes on."""
        width, end = self.text_cells, self.left + self.text_cells
        head = text[: end + 1]
        looked_at = text[: (end + 1) * _BYTES_PER_CELL]
        if head.isascii() and (simple := head.decode("ascii")).isprintable():
            shown = [Segment(simple[self.left : end], self.looks.text)]
            goes_on = len(simple) > end
        else:
            shown, goes_on = window(self._segments(looked_at), self.left, width)
        if goes_on or len(looked_at) < len(text):
            shown, _ = window(shown, 0, width - 1)
            shown.append(Segment(self.marks.more, self.looks.more))
        return shown

    def _row(self, line: LogLine, text: list[Segment], *, begins: bool) -> Strip:
        looks, row = self.looks, []
        before = self._stamp(line.stamp) if begins else ""
        before = before.ljust(self.stamp_cells)
        if line.stream == STDERR:
            row.append(Segment(self.marks.stderr, looks.stderr))
        else:
            before = f" {before}"
        if before:
            row.append(Segment(before, looks.stamp))
        used = sum(cell_len(each.text) for each in text)
        row += text
        row.append(Segment(" " * (self.text_cells - used + 1), looks.text))
        return Strip(row, self.width)

    def _stamp(self, stamp: bytes) -> str:
        if not self.stamp_cells or not (parts := _STAMP.fullmatch(stamp)):
            return ""
        second, fraction, zone = parts.groups(b"")
        here = _local(second + zone)
        if self.stamps is Stamps.TIME:
            return here[-8:]
        return f"{here}.{fraction[:3].decode():0<3}" if here else ""


@lru_cache(1024)
def _local(second: bytes) -> str:
    """A time to the second, where we are; many lines share one. Empty when it is none."""
    when = time_of(second)
    return f"{when.astimezone():%Y-%m-%d %H:%M:%S}" if when else ""


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
