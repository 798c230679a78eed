"""Where one is in a log, in words, for a border."""

from __future__ import annotations

from dockertui.store.log_reading import LogReading
from dockertui.text import counted
from dockertui.widgets.log_cursor import LogCursor
from dockertui.widgets.log_reader import LogReader


def position(reader: LogReader, cursor: LogCursor, filtered: str = "") -> str:
    """Where one is; empty when there are no lines.

    Args:
        reader: The window.
        cursor: The line that one is at.
        filtered: What filters leave, if there are any; it stands in place of the count.
    """
    lines, marks = reader.lines, reader.layout.marks
    if not len(lines):
        return filtered
    if reader.following:
        words = ["following", filtered or counted(len(lines), "line")]
    else:
        words = [_selected(cursor) or _line(reader, cursor)]
        if reader.new_lines:
            words.append(f"{marks.below} {counted(reader.new_lines, 'new line')}")
        if filtered:
            words.append(filtered)
    if lines.dropped:
        words.append(f"{counted(lines.dropped, 'older line')} dropped")
    return f" {marks.rule} ".join(words)


def search_words(reading: LogReading, here: int | None) -> str:
    """What a search has found, and which of the hits one is at; empty without a search.

    Args:
        reading: What is read.
        here: The number of the line that one is at, if there is one.
    """
    if (search := reading.search) is None:
        return ""
    if search.problem:
        return search.problem
    text = f"/{search.pattern.text}"
    if not search.count:
        return f"{text}: nothing found" if search.complete else f"{text}: searching"
    found = counted(search.count, "hit")
    if here is not None and search.hit_from(here - 1, 1) == here:
        found = f"{search.position(here):,} of {search.count:,}"
    return f"{text} {found}{'' if search.complete else f', searching {reading.scanned:.0%}'}"


def _line(reader: LogReader, cursor: LogCursor) -> str:
    line = reader.top.line if cursor.line is None else cursor.line
    place = max(1, line - reader.lines.first + 1)
    return f"line {place:,} of {len(reader.lines):,}"


def _selected(cursor: LogCursor) -> str:
    selection = cursor.selection
    if selection is None:
        return ""
    if selection.row is not None:
        return f"{counted(len(selection.cells), 'cell')} selected"
    return f"{counted(len(selection.lines), 'line')} selected"
