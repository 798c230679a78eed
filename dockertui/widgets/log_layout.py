"""How a line of a log is set on rows of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from dockertui.store.log_pattern import Pattern
from dockertui.store.log_record import STDERR
from dockertui.store.log_source import LogSource
from dockertui.widgets.log_controls import spelled
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_looks import MARKS, PLAIN_LOOKS, Looks, Marks
from dockertui.widgets.log_rows import cells, folded, window
from dockertui.widgets.log_sources import source_cells, source_text
from dockertui.widgets.log_stamps import Stamps
from dockertui.widgets.log_text import arranged, as_fields, with_hits, written

_LEAST_TEXT = 16
# What a cell takes at most: a letter with a colour of its own before it and one behind it.
_BYTES_PER_CELL = 32
_NO_SOURCES: Mapping[bytes, LogSource] = MappingProxyType({})


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
    looks: Looks = PLAIN_LOOKS
    """The styles."""
    marks: Marks = MARKS
    """The glyphs."""
    raw: bool = False
    """Show JSON and the like as they came? Otherwise their fields, so that one can read them."""
    controls: bool = False
    """Spell out control characters, and all else that one does not see?"""
    pattern: Pattern | None = None
    """What is searched for: it is marked wherever it shows."""
    sources: Mapping[bytes, LogSource] = field(default_factory=lambda: _NO_SOURCES, hash=False)
    """Whose lines there are, by their tags; a value: give it another when one has come."""
    stamp_cells: int = field(init=False, compare=False, repr=False)
    """How many cells the time takes: none where it would leave no room for text."""
    source_cells: int = field(init=False, compare=False, repr=False)
    """How many cells the names of the sources take."""
    text_cells: int = field(init=False, compare=False, repr=False)
    """How many cells are left for text."""

    def __post_init__(self) -> None:
        """Divide a row."""
        sources = source_cells(self.sources, self.width)
        room = self.width - 2 - sources
        stamps = self.stamps.cells if room - self.stamps.cells >= _LEAST_TEXT else 0
        object.__setattr__(self, "source_cells", sources)
        object.__setattr__(self, "stamp_cells", stamps)
        object.__setattr__(self, "text_cells", max(1, room - stamps))

    def rows(self, line: LogLine, piece: int) -> list[Strip]:
        """Set one piece of a line; there is always at least one row."""
        if line.is_rule:
            return self._rule(line, piece)
        if self.wrap:
            rows = folded(self._segments(line, piece, line.piece(piece)), self.text_cells)
        else:
            rows = [self._window(line, piece)]
        return [
            self._row(line, row, begins=piece == 0 and index == 0) for index, row in enumerate(rows)
        ]

    def cells(self, line: LogLine, piece: int) -> int:
        """How wide a piece is when nothing of it is cut."""
        return cells(self._text(line, piece, line.piece(piece)))

    def _text(self, line: LogLine, piece: int, text: bytes) -> Iterable[Segment]:
        looks = self.looks
        if self.controls:
            return spelled(text, looks.text, looks.control, looks.key)
        if not self.raw and (parts := as_fields(line)) is not None:
            return arranged(parts, line.level, looks)
        return written(line, piece, text, looks)

    def _segments(self, line: LogLine, piece: int, text: bytes) -> Iterable[Segment]:
        found = self._text(line, piece, text)
        if self.pattern is None:
            return found
        room = None if self.wrap else self.left + self.text_cells
        return with_hits(found, self.pattern, self.looks.hit, room)

    def _window(self, line: LogLine, piece: int) -> list[Segment]:
        """The part of a line that the sideways scroll shows, its end marked where it goes on."""
        text, width = line.piece(piece), self.text_cells
        looked_at = text[: (self.left + width + 1) * _BYTES_PER_CELL]
        shown, goes_on = window(self._segments(line, piece, looked_at), self.left, width)
        if goes_on or len(looked_at) < len(text):
            shown, _ = window(shown, 0, width - 1)
            shown.append(Segment(self.marks.more, self.looks.more))
        return shown

    def _row(self, line: LogLine, text: list[Segment], *, begins: bool) -> Strip:
        looks, row = self.looks, []
        before = " " * self.stamp_cells
        if begins and before and line.stamp:
            before = self.stamps.text(line.stamp, line.before)
        if line.stream == STDERR:
            row.append(Segment(self.marks.stderr, looks.stderr))
        else:
            before = f" {before}"
        if before:
            row.append(Segment(before, looks.stamp))
        if self.source_cells:
            row.append(self._source(line.tag, begins=begins))
        row += text
        row.append(Segment(" " * (self.text_cells - cells(text) + 1), looks.text))
        return Strip(row, self.width)

    def _source(self, tag: bytes, *, begins: bool) -> Segment:
        source = self.sources.get(tag) if begins else None
        style = self._colour(source) if source else self.looks.text
        return Segment(source_text(source, self.source_cells), style)

    def _colour(self, source: LogSource) -> Style:
        styles = self.looks.sources
        return styles[source.number % len(styles)] if styles else self.looks.text

    def _rule(self, line: LogLine, piece: int) -> list[Strip]:
        """A word of ours, in a line from one edge to the other."""
        looks, bar = self.looks, self.marks.rule
        room = max(1, self.width - 1)
        words = "".join(it.text for it in self._text(line, piece, line.piece(piece)))
        head = [Segment(bar * 2, looks.rule_line), Segment(f" {words} ", looks.rule)]
        if source := self.sources.get(line.tag):
            head.insert(1, Segment(f" {source.short}", self._colour(source)))
        rows = folded(head, room) if self.wrap else [window(head, 0, room)[0]]
        for row in rows:
            row.append(Segment(bar * (room - cells(row)), looks.rule_line))
            row.append(Segment(" ", looks.text))
        return [Strip(row, self.width) for row in rows]
