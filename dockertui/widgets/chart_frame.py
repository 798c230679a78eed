"""The lines around charts: what one looks at, the times below, and the figures left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from dockertui.resources.chart import Chart
from dockertui.widgets.chart_drawing import Ink
from dockertui.widgets.chart_marks import summed_up
from dockertui.widgets.chart_reading import Sight
from dockertui.widgets.chart_span import RANGES, clock, ticks
from dockertui.widgets.chart_titles import NAME, QUIET, UNKNOWN, VALUE
from dockertui.widgets.column_layout import cells_of, fit
from dockertui.widgets.row_view import Line

_ALL_RANGES_FROM = 56
"""How wide a page must be for all ranges to be named."""
_LEAST_WORDS = 8


class Chip(NamedTuple):
    """A range that can be clicked."""

    name: str
    """Which."""
    start: int
    """Its first cell."""
    end: int
    """The cell behind it."""


def chips(active: str, width: int) -> list[Chip]:
    """Where the ranges stand, at the right end of a line."""
    names = list(RANGES) if width >= _ALL_RANGES_FROM else [active]
    at = width - sum(len(it) + 2 for it in names)
    found = []
    for name in names:
        found.append(Chip(name, at, at + len(name) + 2))
        at += len(name) + 2
    return found


class Saying(NamedTuple):
    """A part of what is said above charts."""

    text: str
    """What it says."""
    style: Style
    """How it is drawn."""
    sign: str = ""
    """What stands before it."""
    sign_style: Style | None = None
    """How that is drawn."""


def head_line(sayings: Iterable[Saying], active: str, width: int, ink: Ink) -> Line:
    """Words at the left, and the ranges at the right.

    Args:
        sayings: What to say; what has no room is left out.
        active: The range that one sees.
        width: The cells there are.
        ink: What to draw with.
    """
    at_right = chips(active, width)
    left = at_right[0].start - 1
    line: Line = []
    for it in sayings:
        lead = "  " if line else " "
        cells = cells_of(lead + it.sign + it.text)
        if cells > left and (line or left < _LEAST_WORDS):
            break
        text = it.text if cells <= left else fit(it.text, left - cells_of(lead + it.sign))
        line += [
            Segment(lead, ink.text),
            Segment(it.sign, it.sign_style or ink.text),
            Segment(text, it.style),
        ]
        left -= cells_of(lead + it.sign + text)
    line.append(Segment(" " * (left + 1), ink.text))
    for chip in at_right:
        style = ink.here if chip.name == active else ink.quiet
        line.append(Segment(f" {chip.name} ", style))
    return line


def happened(sight: Sight, ink: Ink, *, named: bool) -> list[Saying]:
    """What happened in the time that one sees, or at the moment that one looks at.

    Args:
        sight: What one sees.
        ink: What to draw with.
        named: Say to which container?
    """
    if sight.cursor is None:
        signs = summed_up(mark for its in sight.marks.values() for mark in its)
        return [Saying(f" {words}", ink.quiet, it.glyph, ink.tints[it.tint]) for it, words in signs]
    return [
        Saying(
            f" {it.happening.name} {it.words}" if named else f" {it.words}",
            ink.text,
            it.sign.glyph,
            ink.tints[it.sign.tint],
        )
        for it in sight.marks.get(sight.cursor, ())
    ]


def time_line(sight: Sight, lefts: Sequence[int], width: int, ink: Ink) -> Line:
    """The times under charts.

    Args:
        sight: What one sees.
        lefts: Where the bars of each chart begin.
        width: The cells there are.
        ink: What to draw with.
    """
    span = sight.span
    labels = [(cell, text, ink.quiet) for cell, text in ticks(span)]
    if sight.cursor is not None:
        text = clock(span.moment_of(sight.cursor), seconds=span.by_second)
        labels.insert(0, (span.middle_of(sight.cursor), text, ink.here))
    taken: list[tuple[int, str, Style]] = []
    for left in lefts:
        for cell, text, style in labels:
            start = max(0, min(left + cell - len(text) // 2, width - len(text)))
            if all(start > at + len(its) or start + len(text) < at for at, its, _ in taken):
                taken.append((start, text, style))
    line: Line = []
    at = 0
    for start, text, style in sorted(taken, key=lambda it: it[0]):
        line += [Segment(" " * (start - at), ink.quiet), Segment(text, style)]
        at = start + len(text)
    return [*line, Segment(" " * (width - at), ink.quiet)]


def rest_line(charts: Iterable[Chart], sight: Sight, width: int, ink: Ink) -> Line:
    """The figures of the charts for which there is no room."""
    line, left = [Segment(" ", ink.text)], width - 1
    for chart in charts:
        parts = [(f"{chart.title} ", ink.words[NAME])]
        for track in chart.tracks:
            part = sight.at(track.metric)
            label = f"{track.label} " if track.label else ""
            value = UNKNOWN if part is None else chart.text(part.mean)
            parts += [(label, ink.words[QUIET]), (f"{value}  ", ink.words[VALUE])]
        cells = sum(cells_of(text) for text, _ in parts)
        if cells > left:
            break
        line += [Segment(text, style) for text, style in parts]
        left -= cells
    return [*line, Segment(" " * left, ink.text)]
