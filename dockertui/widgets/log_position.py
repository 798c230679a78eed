"""Where one is in a log, in words, for a border."""

from __future__ import annotations

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
