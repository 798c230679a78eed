"""All the lines of a page of charts, from what one sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment

from dockertui.resources.chart import Chart
from dockertui.widgets.chart_bars import Row
from dockertui.widgets.chart_drawing import Ink, Look, chart_lines, plot_rows
from dockertui.widgets.chart_frame import Saying, head_line, rest_line, time_line
from dockertui.widgets.chart_grid import AROUND, BETWEEN, Layout, Place
from dockertui.widgets.chart_reading import Sight
from dockertui.widgets.chart_scale import Need, Scale, scale_for
from dockertui.widgets.row_view import Line

GUTTER = 7
"""Cells for the numbers of a scale, such as `128K/s`, and a blank."""


class Page(NamedTuple):
    """What is to be painted, besides the figures."""

    layout: Layout
    """Where everything is."""
    width: int
    """The cells there are."""
    chosen: int | None
    """The chart that keys go to; `None` while they go elsewhere."""
    range_name: str
    """The range that one sees."""
    sayings: Sequence[Saying]
    """What is said above the charts."""


class _Plot(NamedTuple):
    """The bars of a chart, and what they were drawn from."""

    sight: Sight
    scale: Scale
    shade: bool
    rows: list[Row]


class ChartPainter:
    """Keeps the scales, so that they hold still, and bars that are drawn already."""

    def __init__(self, charts: Sequence[Chart]) -> None:
        """Paint nothing yet.

        Args:
            charts: The charts.
        """
        self._charts = charts
        self._scales: dict[int, Scale] = {}
        self._plots: dict[int, _Plot] = {}

    def begin_anew(self) -> None:
        """Keep nothing: another object is shown."""
        self._scales.clear()
        self._plots.clear()

    def lines(self, sight: Sight, page: Page, ink: Ink) -> list[Line]:
        """Paint a page, line by line; each is as wide as the page."""
        layout, width = page.layout, page.width
        lines: list[Line] = []
        if layout.has_head:
            lines.append(head_line(page.sayings, page.range_name, width, ink))
        lines += self._grid_lines(sight, page, ink)
        if layout.times_at is not None:
            tops = layout.grid.places[: layout.grid.columns]
            lines.append(time_line(sight, [it.x + GUTTER for it in tops], width, ink))
        if layout.rest_at is not None:
            rest = (self._charts[it] for it in layout.grid.left_out)
            lines.append(rest_line(rest, sight, width, ink))
        return lines

    def _grid_lines(self, sight: Sight, page: Page, ink: Ink) -> list[Line]:
        """The charts, those side by side joined."""
        places, columns = page.layout.grid.places, page.layout.grid.columns
        width = places[0].width
        gap, blank = Segment(" " * BETWEEN, ink.text), Segment(" " * width, ink.text)
        rest = Segment(" " * (page.width - columns * (width + BETWEEN) + BETWEEN), ink.text)
        lines: list[Line] = []
        for first in range(0, len(places), columns):
            drawn = [self._chart(it, sight, page, ink) for it in places[first : first + columns]]
            drawn += [[[blank]] * len(drawn[0])] * (columns - len(drawn))
            for parts in zip(*drawn, strict=True):
                line: Line = []
                for part in parts:
                    line += [gap, *part] if line else part
                lines.append([*line, rest])
        return lines

    def _chart(self, place: Place, sight: Sight, page: Page, ink: Ink) -> list[Line]:
        chart = self._charts[place.chart]
        need = Need(
            [sight.peaks.get(it.metric, 0.0) for it in chart.tracks],
            limit=chart.limit(sight.last),
            least=chart.least,
            binary=chart.binary,
        )
        before, rows = self._scales.get(place.chart), max(1, place.height - AROUND)
        scale = self._scales[place.chart] = scale_for(before, need, rows)
        plot = self._plot(place.chart, sight, scale, shade=ink.shade)
        look = Look(place.width, GUTTER, place.chart == page.chosen, ink)
        return chart_lines(chart, sight, scale, plot, look)

    def _plot(self, number: int, sight: Sight, scale: Scale, *, shade: bool) -> list[Row]:
        """The bars of a chart: the same as before, unless anything of them is another."""
        known = self._plots.get(number)
        if (
            known is None
            or known.sight.tracks is not sight.tracks
            or (known.scale, known.shade) != (scale, shade)
        ):
            rows = plot_rows(self._charts[number], sight, scale, shade=shade)
            known = self._plots[number] = _Plot(sight, scale, shade, rows)
        return known.rows
