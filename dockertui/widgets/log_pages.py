"""Where one is in a log, counted in rows on screen, without ever counting all of them."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from textual.strip import Strip

from dockertui.store.log_lines import Lines
from dockertui.store.log_record import split_record
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_levels import LineLevels
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_stamps import Stamps


class Place(NamedTuple):
    """A row of a log."""

    line: int
    """The place of its line."""
    piece: int = 0
    """Which piece of that line."""
    row: int = 0
    """Which row of that piece."""


class Rows(Protocol):
    """What it takes to walk through a log row by row."""

    @property
    def first(self) -> int:
        """The place of the oldest line."""
        ...

    @property
    def total(self) -> int:
        """One more than the place of the last line."""
        ...

    def pieces(self, line: int) -> int:
        """How many pieces a line has."""
        ...

    def height(self, line: int, piece: int) -> int:
        """How many rows a piece has."""
        ...


def moved(rows: Rows, place: Place, by: int) -> Place:
    """The place so many rows further down, or up when negative; it stays within the log."""
    line, piece, row = place
    row += by
    while row < 0:
        if piece:
            piece -= 1
        elif line > rows.first:
            line -= 1
            piece = rows.pieces(line) - 1
        else:
            return Place(line)
        row += rows.height(line, piece)
    while line < rows.total and row >= (height := rows.height(line, piece)):
        row -= height
        piece += 1
        if piece == rows.pieces(line):
            line, piece = line + 1, 0
    return Place(line, piece, row) if line < rows.total else Place(max(rows.total, rows.first))


def bottom(rows: Rows, height: int) -> Place:
    """The place at the top of the screen when the last row is at its bottom."""
    return moved(rows, Place(rows.total), -height)


class LogPages:
    """The lines of a log, set for the screen: only those near the window, each of them once."""

    def __init__(self, log: Lines, layout: LogLayout) -> None:
        """Set nothing yet.

        Args:
            log: Where the lines are.
            layout: How to set them.
        """
        self.log = log
        self._layout = layout
        self._lines: dict[int, LogLine] = {}
        self._rows: dict[tuple[int, int], list[Strip]] = {}
        self._levels = LineLevels(log)
        self._first = log.first

    @property
    def layout(self) -> LogLayout:
        """How lines are set."""
        return self._layout

    @layout.setter
    def layout(self, layout: LogLayout) -> None:
        before, self._layout = self._layout, layout
        self._rows.clear()
        if (before.controls, before.stamps) != (layout.controls, layout.stamps):
            self._lines = {it: self._taken(it, each.raw) for it, each in self._lines.items()}

    @property
    def first(self) -> int:
        """The place of the oldest line."""
        return self.log.first

    @property
    def total(self) -> int:
        """One more than the place of the last line."""
        return self.log.total

    def pieces(self, line: int) -> int:
        """How many pieces a line has."""
        return self.line(line).pieces

    def height(self, line: int, piece: int) -> int:
        """How many rows a piece has."""
        return len(self._set(line, piece)) if self._layout.wrap else 1

    def window(self, top: Place, height: int) -> list[tuple[int, Strip]]:
        """The rows on screen, each with its line's place.

        It lets go of all other lines, but not of these: the store may drop them, and who reads
        them reads on.
        """
        self._look_further_back()
        shown: list[tuple[int, Strip]] = []
        used: set[tuple[int, int]] = set()
        line, piece, skip = top
        while len(shown) < height and self.has(line):
            used.add((line, piece))
            shown += [(line, row) for row in self._set(line, piece)[skip:]]
            skip, piece = 0, piece + 1
            if piece >= self.pieces(line):
                line, piece = line + 1, 0
        lines = {line for line, _ in used}
        self._lines = {key: value for key, value in self._lines.items() if key in lines}
        self._rows = {key: value for key, value in self._rows.items() if key in used}
        return shown[:height]

    def has(self, line: int) -> bool:
        """Can a line be shown: does the log hold it, or is it still on screen?"""
        return line in self._lines or self.first <= line < self.total

    def line(self, place: int) -> LogLine:
        """The line at a place; an empty one if the log does not hold it."""
        if (line := self._lines.get(place)) is None:
            found = self.log.lines(place, place + 1)
            line = self._lines[place] = self._taken(place, found[0] if found else b"")
        return line

    def lines(self) -> list[LogLine]:
        """The lines that it holds on to, from top to bottom."""
        return [self._lines[place] for place in sorted(self._lines)]

    def _taken(self, place: int, raw: bytes) -> LogLine:
        before = b""
        if self._layout.stamps is Stamps.RELATIVE:
            found = self.log.lines(place - 1, place)
            before = split_record(found[0]).stamp if found else b""
        line = LogLine(raw, before=before, as_written=self._layout.controls)
        line.level = self._levels.level(place, line)
        return line

    def _set(self, line: int, piece: int) -> list[Strip]:
        if (rows := self._rows.get((line, piece))) is None:
            rows = self._rows[line, piece] = self._layout.rows(self.line(line), piece)
        return rows

    def _look_further_back(self) -> None:
        """Of the lines at the old end one knows more when older ones have come."""
        if self.first < self._first:
            self._levels.forget()
            self._lines = {it: self._taken(it, each.raw) for it, each in self._lines.items()}
            self._rows.clear()
        self._first = self.first
