"""The words of a chart's title: its figures now, or at the moment that one looks at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dockertui.resources.cells import percent
from dockertui.resources.chart import Chart
from dockertui.widgets.chart_reading import Sight
from dockertui.widgets.chart_span import clock
from dockertui.widgets.column_layout import cells_of, fit

UNKNOWN = "–"
"""Stands for a figure that is not known."""

NAME, VALUE, QUIET, HERE = "name", "value", "quiet", "here"
_WIDEST = 6
"""Cells of a value that another one follows, so that this one stays in place."""


class Word(NamedTuple):
    """A piece of a title."""

    text: str
    """What it says."""
    look: str
    """How it is drawn: one of `NAME`, `VALUE`, `QUIET`, `HERE`."""
    keep: int
    """Its rank when there is little room: the lowest gives way first."""


def title_words(chart: Chart, sight: Sight | None) -> tuple[list[Word], list[Word]]:
    """What stands at the left and at the right above a chart."""
    left, right = [Word(chart.title, NAME, 100)], list[Word]()
    if sight is None:
        return left, right
    for place, track in enumerate(chart.tracks):
        part = sight.at(track.metric)
        value = UNKNOWN if part is None else chart.text(part.mean)
        if track.label:
            left.append(Word(f" {track.label}", QUIET, 80))
        if place < len(chart.tracks) - 1:
            value = value.ljust(_WIDEST)
        left.append(Word(f" {value}", VALUE, 90))
    left += _of_limit(chart, sight)
    if peak := _peak(chart, sight):
        right.append(Word(f"peak {peak}", QUIET, 60))
    if sight.cursor is not None:
        moment = clock(sight.span.moment_of(sight.cursor), seconds=sight.span.by_second)
        right.append(Word(f"  {moment}", HERE, 70))
    return left, right


def _of_limit(chart: Chart, sight: Sight) -> Iterable[Word]:
    """The limit, and how much of it is taken."""
    if not (limit := chart.limit(sight.last)):
        return
    yield Word(f" of {chart.text(limit)}", QUIET, 50)
    if (part := sight.at(chart.tracks[0].metric)) is not None:
        yield Word(f" {percent(100 * part.mean / limit)}", QUIET, 40)


def _peak(chart: Chart, sight: Sight) -> str:
    """The highest value in sight, or in the bar that one looks at; empty if that says nothing."""
    peaks = {it: sight.peaks[it.metric] for it in chart.tracks if it.metric in sight.peaks}
    if sight.cursor is not None:
        parts = {it: part for it in peaks if (part := sight.at(it.metric))}
        peaks = {it: part.peak for it, part in parts.items()}
    if not peaks:
        return ""
    track = max(peaks, key=peaks.__getitem__)
    text = chart.text(peaks[track])
    if sight.cursor is not None and text == chart.text(parts[track].mean):
        return ""
    return f"{track.label} {text}".strip()


def fitted(left: Sequence[Word], right: Sequence[Word], width: int) -> list[Word]:
    """What there is room for, with a gap between both sides; its cells are as many as there are."""
    kept = sorted((*left, *right), key=lambda it: -it.keep)
    while len(kept) > 1 and sum(cells_of(it.text) for it in kept) + 1 > width:
        kept.pop()
    at_left, at_right = ([it for it in side if it in kept] for side in (left, right))
    gap = width - sum(cells_of(it.text) for it in kept)
    if gap < 0:
        return [Word(fit(at_left[0].text, width), at_left[0].look, 0)] if at_left else []
    return [*at_left, Word(" " * gap, QUIET, 0), *at_right]
