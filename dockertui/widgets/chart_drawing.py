"""One chart: its title, its bars beside their scale, and the line under them with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from dockertui.resources.chart import Chart
from dockertui.widgets import chart_bars
from dockertui.widgets.chart_bars import BLANK, EIGHTHS, RULE, Row, hanging, rising, widened
from dockertui.widgets.chart_marks import worst
from dockertui.widgets.chart_reading import Sight
from dockertui.widgets.chart_scale import Scale
from dockertui.widgets.chart_titles import NAME, fitted, title_words
from dockertui.widgets.column_layout import fit
from dockertui.widgets.row_view import Line

MARK_LINE, CURSOR, CURSOR_ON_BAR, CURSOR_ON_OTHER = "m", "c", "C", "O"
"""A line at what went wrong; one where one looks, also across bars of the one or the other kind."""

_CURSOR_LINE, _MARK_LINE = "│", "┊"
_TOP_LINE, _MIDDLE_LINE, _UNKNOWN_LINE = "▔", "─", " "
_APART = {2: 2, 4: 3}
"""How many rows there are from one number of a scale to the next, at least, by their count."""
_FROM_HALF = "▄▅▆▇█"
_EMPTY = BLANK + RULE
_RUN = re.compile(r"(.)\1*")
_ON = {
    chart_bars.BAR: CURSOR_ON_BAR,
    chart_bars.BAR_ON_PEAK: CURSOR_ON_BAR,
    chart_bars.DOWN: CURSOR_ON_OTHER,
}


class Ink(NamedTuple):
    """What charts are drawn with."""

    cells: Mapping[str, Style]
    """The styles of a chart's cells, by how they look."""
    words: Mapping[str, Style]
    """Those of the words of a title, by how they look."""
    tints: Mapping[str, Style]
    """Those of the signs, by their theme variables."""
    text: Style
    """What one reads."""
    quiet: Style
    """What repeats."""
    hindrance: Style
    """What keeps anything from being measured."""
    here: Style
    """The range, and the moment that one looks at."""
    chosen: Style
    """The title of the chart that the keys go to."""
    shade: bool
    """Are peaks a pattern, and lines left out? There may be no colours to tell them by."""


class Look(NamedTuple):
    """How a chart is to be drawn."""

    width: int
    """Its cells."""
    gutter: int
    """How many of its cells are for the numbers of the scale."""
    is_chosen: bool
    """Do keys go to it?"""
    ink: Ink
    """With what."""


def chart_lines(
    chart: Chart, sight: Sight, scale: Scale, plot: Sequence[Row], look: Look
) -> list[Line]:
    """Draw a chart, row by row; each is as wide as it should be.

    Args:
        chart: The chart.
        sight: What one sees.
        scale: What its bars were drawn to.
        plot: Its bars.
        look: How to draw it.
    """
    ink = look.ink
    room = Segment(" " * (look.width - look.gutter - sight.span.width), ink.text)
    labels = _labels(chart, scale) if _knows(sight, chart) else {}
    lines, here = _lines(sight)
    bars = [
        [
            *_number(labels.get(at), look),
            *_segments(_laid_over(row, lines, here), ink.cells),
            room,
        ]
        for at, row in enumerate(plot)
    ]
    base = [*_number(Label("0"), look), *_base(chart, sight, look), room]
    return [[*_title(chart, sight, look), room], *bars[: scale.up], base, *bars[scale.up :]]


def _number(label: Label | None, look: Look) -> Line:
    """What stands beside a row."""
    text, is_limit = label or ("", False)
    style = look.ink.cells[chart_bars.LIMIT] if is_limit else look.ink.quiet
    return [Segment(fit(text, look.gutter - 1, right=True) + " ", style)]


def _title(chart: Chart, sight: Sight, look: Look) -> Line:
    left, right = title_words(chart, sight)
    lead = "▸" if look.is_chosen else " "
    name = look.ink.chosen if look.is_chosen else look.ink.words[NAME]
    words = fitted(left, right, look.gutter + sight.span.width - 1)
    return [
        Segment(lead, name),
        *(Segment(it.text, name if it.look == NAME else look.ink.words[it.look]) for it in words),
    ]


def plot_rows(chart: Chart, sight: Sight, scale: Scale, *, shade: bool) -> list[Row]:
    """The bars above 0, and those below; with the lines of the scale where there are none.

    Args:
        chart: The chart.
        sight: What one sees.
        scale: What to draw to.
        shade: Are there no colours to tell peaks and lines from bars?
    """
    if not _knows(sight, chart):
        return _sentence(f" {chart.lacking}", sight.span.width, scale)
    first, *others = [sight.tracks[it.metric] for it in chart.tracks]
    plot = rising(scale.heights(first), scale.up, shade=shade)
    for each in others:
        plot += hanging(scale.depths(each), scale.down, shade=shade)
    plot = [widened(it, sight.span.cells) for it in plot]
    if scale.limit is not None:
        at = _limit_row(scale)
        plot[at] = chart_bars.limited(plot[at], is_top=scale.limit >= scale.top)
    if not shade:
        for at in _labels(chart, scale):
            plot[at] = chart_bars.ruled(plot[at], at_bottom=at >= scale.up)
    return plot


def _knows(sight: Sight, chart: Chart) -> bool:
    """Was anything of it measured in the time that one sees?"""
    return any(it.metric in sight.peaks for it in chart.tracks)


def _sentence(text: str, width: int, scale: Scale) -> list[Row]:
    """Words in place of bars."""
    blank = Row(BLANK * width, BLANK * width)
    said = Row(fit(text, width), chart_bars.WORDS * width)
    return [said if it == scale.up - 1 else blank for it in range(scale.up + scale.down)]


class Label(NamedTuple):
    """A number of a scale."""

    text: str
    """How it reads."""
    is_limit: bool = False
    """Is it that of the limit?"""


def _labels(chart: Chart, scale: Scale) -> dict[int, Label]:
    """The numbers beside the rows of bars, each of them that of an edge of its row."""
    parts = next((it for it in (4, 2) if not scale.up % it and scale.up // it >= _APART[it]), 1)
    found = {
        scale.up * it // parts: Label(chart.text(scale.top * (parts - it) / parts))
        for it in range(parts)
    }
    if scale.down:
        found[scale.up + scale.down - 1] = Label(chart.text(scale.bottom))
    if scale.limit is not None:
        found[_limit_row(scale)] = Label(chart.text(scale.limit), is_limit=True)
    return found


def _limit_row(scale: Scale) -> int:
    return scale.up - 1 - (scale.height(scale.limit or 0.0) - 1) // EIGHTHS


def _laid_over(row: Row, lines: Iterable[int], here: int | None) -> Row:
    """Lay lines over the bars: at what went wrong, and where one looks."""
    text, looks = row
    for cell in lines:
        if looks[cell] in _EMPTY:
            text, looks = _put(text, cell, _MARK_LINE), _put(looks, cell, MARK_LINE)
    if here is not None:
        look = _ON.get(looks[here], CURSOR) if text[here] in _FROM_HALF else CURSOR
        text, looks = _put(text, here, _CURSOR_LINE), _put(looks, here, look)
    return Row(text, looks)


def _put(text: str, at: int, character: str) -> str:
    return f"{text[:at]}{character}{text[at + 1 :]}"


def _lines(sight: Sight) -> tuple[list[int], int | None]:
    """The cells in which something went wrong, and the one at which one looks."""
    span = sight.span
    bad = [
        span.middle_of(bar)
        for bar, marks in sight.marks.items()
        if any(it.happening.what.is_bad for it in marks)
    ]
    return bad, None if sight.cursor is None else span.middle_of(sight.cursor)


def _base(chart: Chart, sight: Sight, look: Look) -> Iterator[Segment]:
    """The line at 0: broken where nothing was measured, with the marks on it."""
    span, ink = sight.span, look.ink
    tracks = [sight.tracks[it.metric] for it in chart.tracks]
    line = _MIDDLE_LINE if len(tracks) > 1 else _TOP_LINE
    known = tracks[0] if len(tracks) == 1 else map(any, zip(*tracks, strict=True))
    text = "".join((line if it else _UNKNOWN_LINE) * span.cells for it in known)
    signs = {
        span.middle_of(bar): Segment((it := worst(marks).sign).glyph, ink.tints[it.tint])
        for bar, marks in sight.marks.items()
    }
    if sight.cursor is not None:
        here = span.middle_of(sight.cursor)
        signs.setdefault(here, Segment(_CURSOR_LINE, ink.cells[CURSOR]))
    at = 0
    for cell, sign in sorted(signs.items()):
        if cell > at:
            yield Segment(text[at:cell], ink.quiet)
        yield sign
        at = cell + 1
    yield Segment(text[at:], ink.quiet)


def _segments(row: Row, styles: Mapping[str, Style]) -> Iterator[Segment]:
    text = row.text
    for run in _RUN.finditer(row.looks):
        yield Segment(text[run.start() : run.end()], styles[run[1]])
