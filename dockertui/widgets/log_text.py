"""What is drawn of the text of a line, before it is cut to fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.segment import Segment
from rich.style import Style

from dockertui.store.log_fields import Readable, readable
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_words import Level
from dockertui.widgets.ansi import segments
from dockertui.widgets.log_heads import level_word, time_span
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_looks import Looks
from dockertui.widgets.log_rows import Overlay, overlaid, window

_ESCAPE = b"\x1b["
_OBJECT = b"{"
_PAIRS = re.compile(rb'(?:\s*+[\w.@/-]++=(?:"(?:[^"\\]|\\.)*+"|[^\s"]*+)(?=\s|$))++\s*')
_COLOUR_LOOKED_FOR = 512
_TIME_BEGINS = b"0123456789:[(JFMASOND"
_LEVEL_CELLS = 5
_LOOK_AHEAD = 256


def as_fields(line: LogLine) -> Readable | None:
    """The fields of a line that consists of them; `None` if it is to be shown as it came.

    So is one in which words stand between the fields, one with colours of its own, and a very
    long one.
    """
    text = line.text
    if line.pieces > 1 or line.is_rule or _ESCAPE in text:
        return None
    if _OBJECT not in text and not (b"=" in text and _PAIRS.fullmatch(text)):
        return None
    return readable(text) or None


def written(line: LogLine, piece: int, text: bytes, looks: Looks) -> Iterable[Segment]:
    """A line as it came, in its own colours; without any, its time and its level have some.

    Args:
        line: The line.
        piece: Which of its pieces.
        text: As much of that as is to be drawn.
        looks: The styles.
    """
    pen = line.pen(piece)
    found = segments(text.decode("utf-8", "replace"), looks.text, colour=looks.colour, pen=pen)
    if piece or _ESCAPE in text[:_COLOUR_LOOKED_FOR]:
        return found
    if not line.level and text[:1] not in _TIME_BEGINS:
        return found
    return _headed(list(found), line.level, looks)


def arranged(parts: Readable, level: Level, looks: Looks) -> Iterator[Segment]:
    """The fields of a line in one row: its level, what it says, and all else with its name."""
    styles: dict[str, Style] = {
        "level": looks.text + looks.levels[level] if level in looks.levels else looks.text,
        "key": looks.key,
    }
    for kind, part in parts:
        text = part.ljust(_LEVEL_CELLS) if kind == "level" else part
        yield from segments(text, styles.get(kind, looks.text), colour=False)


def with_hits(
    line: Iterable[Segment], pattern: Pattern, look: Style, room: int | None
) -> list[Segment]:
    """A line with all marked that a search finds in it.

    Args:
        line: The line.
        pattern: What is searched for.
        look: Laid over what is found.
        room: How many cells of the line can be seen, and not much more of it is looked at; with
            `None` it is the whole line.
    """
    row = list(line) if room is None else window(line, 0, room + _LOOK_AHEAD)[0]
    shown = "".join(it.text for it in row)
    return overlaid(row, [Overlay(*span, look) for span in pattern.spans(shown)])


def _headed(row: list[Segment], level: Level, looks: Looks) -> list[Segment]:
    """Let the time that a line begins with step back, and the word for its level stand out."""
    shown = "".join(it.text for it in row)
    found: list[Overlay] = []
    if time := time_span(shown):
        found.append(Overlay(*time, looks.own_time))
    if (look := looks.levels.get(level)) and (word := level_word(shown, level)):
        found.append(Overlay(*word, look))
    return overlaid(row, sorted(found)) if found else row
