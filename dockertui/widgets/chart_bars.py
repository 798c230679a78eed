"""Bars as characters: eight steps to a cell, upwards or down.

A row is two strings of the same length: what stands in each cell, and how it is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

EIGHTHS = 8
"""How many steps a cell has from bottom to top."""

BLANK, BAR, PEAK, BAR_ON_PEAK = " ", "b", "p", "B"
"""Nothing; a bar; what was reached for a while above it; a bar's end, and that behind it."""
DOWN, DOWN_END, DOWN_PEAK, DOWN_ON_PEAK = "d", "e", "q", "D"
"""The same in a bar that grows downwards; all but whole cells are drawn the other way round."""
RULE, LIMIT, WORDS = "r", "l", "w"
"""A line at a number of the scale; one at the limit; a sentence in place of bars."""

_UP = " ▁▂▃▄▅▆▇█"
_SHADE = "░"
_FULL = "█"
_TOP_LINE, _MIDDLE_LINE, _BOTTOM_LINE = "▔", "━", "▁"
_HALF = 4
_KEPT = 4_096
"""How many bars are kept as they were drawn."""


class Row(NamedTuple):
    """A row of cells."""

    text: str
    """What stands in them."""
    looks: str
    """How each is drawn."""


class Height(NamedTuple):
    """How far a bar reaches, in eighths of a cell."""

    mean: int
    """On average."""
    peak: int
    """At most."""


_NOTHING = Height(0, 0)


def rising(bars: Sequence[Height | None], rows: int, *, shade: bool = False) -> list[Row]:
    """Draw bars that stand on a line, one cell each.

    Args:
        bars: How high they are; `None` where nothing is known.
        rows: How many rows they may take.
        shade: Draw peaks as a pattern? Otherwise they differ from bars by colour alone.
    """
    return _rows([_standing(it or _NOTHING, rows, shade) for it in bars], rows)


def hanging(bars: Sequence[Height | None], rows: int, *, shade: bool = False) -> list[Row]:
    """Draw bars that hang from a line, one cell each."""
    return _rows([_hung(it or _NOTHING, rows, shade) for it in bars], rows)


class _Way(NamedTuple):
    """How the cells of a bar look that grows in one direction."""

    glyphs: str
    bar_whole: str
    bar: str
    peak: str
    bar_on_peak: str


_RISING = _Way(_UP, BAR, BAR, PEAK, BAR_ON_PEAK)
_HANGING = _Way(_UP[::-1], DOWN, DOWN_END, DOWN_PEAK, DOWN_ON_PEAK)


def _rows(columns: Sequence[Row], rows: int) -> list[Row]:
    """Turn columns into rows."""
    if not columns:
        return [Row("", "")] * rows
    texts = zip(*(it.text for it in columns), strict=True)
    looks = zip(*(it.looks for it in columns), strict=True)
    return [Row("".join(text), "".join(its)) for text, its in zip(texts, looks, strict=True)]


@lru_cache(_KEPT)
def _standing(bar: Height, rows: int, shade: bool) -> Row:
    """The cells of a bar from top to bottom; most bars are as high as one before."""
    cells = [_cell(bar, (rows - 1 - it) * EIGHTHS, _RISING, shade=shade) for it in range(rows)]
    return Row("".join(it[0] for it in cells), "".join(it[1] for it in cells))


@lru_cache(_KEPT)
def _hung(bar: Height, rows: int, shade: bool) -> Row:
    cells = [_cell(bar, it * EIGHTHS, _HANGING, shade=shade) for it in range(rows)]
    return Row("".join(it[0] for it in cells), "".join(it[1] for it in cells))


def _cell(bar: Height, base: int, way: _Way, *, shade: bool) -> tuple[str, str]:
    mean, peak = bar.mean - base, bar.peak - base
    if mean >= EIGHTHS:
        return _FULL, way.bar_whole
    if mean > 0:
        on_peak = peak >= EIGHTHS and not shade
        return way.glyphs[mean], way.bar_on_peak if on_peak else way.bar
    if shade:
        return (_SHADE, PEAK) if peak >= _HALF else (BLANK, BLANK)
    if peak >= EIGHTHS:
        return _FULL, PEAK
    return (way.glyphs[peak], way.peak) if peak > 0 else (BLANK, BLANK)


def widened(row: Row, cells: int) -> Row:
    """The same with so many cells for each bar."""
    if cells == 1:
        return row
    return Row("".join(it * cells for it in row.text), "".join(it * cells for it in row.looks))


def ruled(row: Row, *, at_bottom: bool = False) -> Row:
    """Draw a line along the upper or the lower edge of a row, where it is blank."""
    return _lined(row, _BOTTOM_LINE if at_bottom else _TOP_LINE, RULE)


def limited(row: Row, *, is_top: bool) -> Row:
    """Draw the line of a limit across a row, where it is blank.

    Args:
        row: The row.
        is_top: Is the limit at its upper edge, or within it?
    """
    return _lined(row, _TOP_LINE if is_top else _MIDDLE_LINE, LIMIT)


def _lined(row: Row, line: str, look: str) -> Row:
    if BLANK not in row.looks:
        return row
    cells = zip(row.text, row.looks, strict=True)
    text = "".join(line if its == BLANK else it for it, its in cells)
    return Row(text, row.looks.replace(BLANK, look))
