"""What lies over the rows of a log: the cursor, the selection, bookmarks."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from dockertui.widgets.log_cursor import LogCursor
from dockertui.widgets.log_dress import dressed
from dockertui.widgets.log_layout import LogLayout

_REVERSE = Style(reverse=True)


class Overlay(NamedTuple):
    """What lies over one row."""

    cursor: bool = False
    """Is the cursor in its line?"""
    selected: bool = False
    """Is its line selected?"""
    bookmarked: bool = False
    """Has its line a bookmark?"""
    cells: range = range(0)
    """Which of its cells are selected alone."""
    focused: bool = False
    """If the cursor is here: do the keys go to it?"""


_NOTHING = Overlay()


def overlays(cursor: LogCursor, bookmarks: Collection[int], *, focused: bool) -> list[Overlay]:
    """What lies over each row of the window.

    Args:
        cursor: The line that one is at, and the selection.
        bookmarks: The numbers of the lines that have one.
        focused: Do the keys go to this log?
    """
    reader, line, selection = cursor.reader, cursor.line, cursor.selection
    rows = reader.rows()
    if line is None and selection is None and not bookmarks:
        return [_NOTHING] * len(rows)
    whole = selection.lines if selection and selection.row is None else range(0)
    number = reader.lines.number
    found = [
        Overlay(it == line, it in whole, bool(bookmarks) and number(it) in bookmarks)
        for it, _ in rows
    ]
    found = [it._replace(focused=focused) if it.cursor else it for it in found]
    if selection is not None and selection.row is not None:
        for row, (it, _) in enumerate(rows):
            if it == selection.head and reader.place_at(row) == selection.row:
                found[row] = found[row]._replace(cells=selection.cells)
    return found


def covered(strip: Strip, overlay: Overlay, layout: LogLayout) -> Strip:
    """A row with what lies over it."""
    if overlay == _NOTHING:
        return strip
    strip = dressed(
        strip,
        cursor=overlay.cursor,
        selected=overlay.selected,
        bookmarked=overlay.bookmarked,
        focused=overlay.focused,
        looks=layout.looks,
        marks=layout.marks,
    )
    if not overlay.cells:
        return strip
    start, end = overlay.cells.start, min(overlay.cells.stop, layout.width - 1)
    before, chosen, after = strip.divide([start, end, layout.width])
    return Strip.join([before, chosen.apply_style(_REVERSE), after])
