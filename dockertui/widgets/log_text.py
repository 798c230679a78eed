"""What is drawn of the text of a line, before it is cut to fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.segment import Segment
from rich.style import Style

from dockertui.store.log_fields import Readable, readable
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_words import Level
from dockertui.widgets.ansi import segments
from dockertui.widgets.log_levels import level_word
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_looks import Looks
from dockertui.widgets.log_rows import Overlay, overlaid

_ESCAPE = b"\x1b["
_COLOUR_LOOKED_FOR = 512


def as_fields(line: LogLine) -> Readable | None:
    """The fields of a structured line; a very long one stays as it is."""
    return None if line.pieces > 1 or line.is_rule else readable(line.text)


def written(line: LogLine, piece: int, text: bytes, looks: Looks) -> Iterable[Segment]:
    """A line as it came, in its own colours; without any, its level has one.

    Args:
        line: The line.
        piece: Which of its pieces.
        text: As much of that as is to be drawn.
        looks: The styles.
    """
    pen = line.pen(piece)
    found = segments(text.decode("utf-8", "replace"), looks.text, colour=looks.colour, pen=pen)
    if piece or not line.level or _ESCAPE in line.text[:_COLOUR_LOOKED_FOR]:
        return found
    return _levelled(list(found), line.level, looks)


def arranged(parts: Readable, level: Level, looks: Looks) -> Iterator[Segment]:
    """The fields of a line in one row: its level, what it says, and all else with its name."""
    styles: dict[str, Style] = {
        "level": looks.text + looks.levels[level] if level in looks.levels else looks.text,
        "key": looks.key,
    }
    for kind, text in parts:
        yield from segments(text, styles.get(kind, looks.text), colour=False)


def with_hits(line: Iterable[Segment], pattern: Pattern, looks: Looks) -> list[Segment]:
    """A line with all marked that a search finds in it."""
    row = list(line)
    shown = "".join(it.text for it in row)
    return overlaid(row, [Overlay(*span, looks.hit) for span in pattern.spans(shown)])


def _levelled(row: list[Segment], level: Level, looks: Looks) -> list[Segment]:
    if (look := looks.levels.get(level)) is None:
        return row
    if span := level_word("".join(it.text for it in row), level):
        return overlaid(row, [Overlay(*span, look)])
    if trace := looks.traces.get(level):
        return [Segment(it.text, it.style + trace if it.style else trace) for it in row]
    return row
