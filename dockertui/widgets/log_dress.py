"""What lies over a row that is already set: the cursor, the selection, a bookmark.

It is laid on last, so that a cursor which moves sets no line anew.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from dockertui.widgets.contrast import readable
from dockertui.widgets.log_looks import MARKS, Looks, Marks


def dressed(
    strip: Strip,
    *,
    cursor: bool = False,
    selected: bool = False,
    bookmarked: bool = False,
    focused: bool = True,
    looks: Looks,
    marks: Marks = MARKS,
) -> Strip:
    """Lay over a row what it is besides its line.

    Args:
        strip: As `LogLayout.rows` made it.
        cursor: Is the cursor in its line?
        selected: Is its line selected?
        bookmarked: Has its line a bookmark?
        focused: Do the keys go to this log?
        looks: The styles.
        marks: The glyphs.
    """
    row = list(strip)
    if bookmarked or selected:
        row = _marked(row, marks.bookmark if bookmarked else marks.selected, looks)
    if cursor:
        over = looks.cursor if focused else looks.resting_cursor
        row = [Segment(it.text, _under_cursor(it.style, over, looks)) for it in row]
    elif selected:
        row = [Segment(it.text, _laid(it.style, looks.selected, looks.text)) for it in row]
    elif not bookmarked:
        return strip
    return Strip(row, strip.cell_length)


def _marked(row: list[Segment], mark: str, looks: Looks) -> list[Segment]:
    """The row with a mark in its first cell; it is reversed where that of stderr stood."""
    first, *rest = row
    style = looks.bookmark
    if first.text[:1] != " " and first.style == looks.stderr:
        style = looks.stderr + Style(reverse=True)
    behind = [Segment(first.text[1:], first.style)] if first.text[1:] else []
    return [Segment(mark, style), *behind, *rest]


def _under_cursor(style: Style | None, over: Style, looks: Looks) -> Style:
    if style is not None and _is_hit(style, looks.hit):
        return _reversed_hit(style, looks.hit_here)
    return _laid(style, over, looks.text)


def _is_hit(style: Style, hit: Style) -> bool:
    if hit.bgcolor is None:
        return bool(style.reverse) and bool(hit.reverse)
    return style.bgcolor == hit.bgcolor


@lru_cache(1024)
def _reversed_hit(style: Style, here: Style) -> Style:
    """A hit in the line of the cursor; where the line is reversed, it is not."""
    return style + here + Style(reverse=False) if style.reverse else style + here


@lru_cache(4096)
def _laid(style: Style | None, over: Style, text: Style) -> Style:
    """A style on another ground, unless it brings its own; what would drown there does not."""
    own = style or text
    if over.reverse and own.reverse:
        return own + over + Style(reverse=False)
    if own.bgcolor != text.bgcolor:
        return own + Style(underline=over.underline)
    laid = own + over
    return laid + Style(color=text.color, dim=False) if _drowns(own, laid) else laid


def _drowns(before: Style, laid: Style) -> bool:
    """Can what could be read before be read no more?"""
    if laid.bgcolor == before.bgcolor:
        return False
    could, can = (
        readable(Color.from_rich_color(it.color), Color.from_rich_color(it.bgcolor))
        for it in (before, laid)
    )
    return could and not can
