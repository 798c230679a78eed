"""The line that names an object and the tabs of what can be read about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from dockertui.widgets.column_layout import cells_of, fit

_SHORTEST_NAME = 8
_RULE = " ─ "


class TabStrip(NamedTuple):
    """The line, and where in it the tabs are."""

    line: Content
    """The name and the titles, the active one marked."""
    places: tuple[tuple[int, int, int], ...]
    """For each tab on show: its first cell, the cell behind it, and its number."""

    def at(self, x: int) -> int | None:
        """The number of the tab at a cell of the line."""
        return next((tab for start, end, tab in self.places if start <= x < end), None)


def tab_strip(name: str, titles: Sequence[str], active: int, room: int) -> TabStrip:
    """Write the line: all tabs if they fit beside a legible name, or else those that do.

    Args:
        name: What the object is called; it is cut in its middle if need be.
        titles: The tabs.
        active: The number of the tab that is open.
        room: How many cells there are.
    """
    if not titles:
        return TabStrip(Content(""), ())
    labels = {tab: f" {title} " for tab, title in enumerate(titles)}
    name_cells = cells_of(name)
    space = room - len(_RULE) - min(name_cells, _SHORTEST_NAME)
    if sum(map(len, labels.values())) > space:
        place = len(f" {len(titles)}/{len(titles)}")
        labels = {it: labels[it] for it in _fitting(labels, active, space - place)}
    rest = f" {active + 1}/{len(titles)}" if len(labels) < len(titles) else ""
    left = room - sum(map(len, labels.values())) - len(_RULE) - len(rest)
    if name_cells > left:
        name = fit(name, max(0, left), cut_middle=True)
    parts: list[str | Content | tuple[str, str]] = [(name, "bold"), (_RULE, "$text-muted")]
    places = []
    at = cells_of(name) + len(_RULE)
    for tab, label in labels.items():
        parts.append((label, "bold reverse" if tab == active else "$text-muted"))
        places.append((at, at + len(label), tab))
        at += len(label)
    if rest:
        parts.append((rest, "$text-muted"))
    return TabStrip(Content.assemble(*parts), tuple(places))


def _fitting(labels: Mapping[int, str], active: int, space: int) -> range:
    """The tabs to show where not all fit: from the first on, or so many before the active one."""
    start, end = active, active + 1
    left = space - len(labels[active])
    while start > 0 and len(labels[start - 1]) <= left:
        start -= 1
        left -= len(labels[start])
    while start == 0 and end < len(labels) and len(labels[end]) <= left:
        left -= len(labels[end])
        end += 1
    return range(start, end)
