"""What the mouse does in charts. The keys do all of this too."""

from __future__ import annotations

from textual import events

from dockertui.widgets.chart_frame import chips
from dockertui.widgets.chart_painter import GUTTER
from dockertui.widgets.chart_view import ChartView

_DOUBLE = 2


class ChartMouse(ChartView):
    """Charts that answer to clicks, to a pointer that is drawn across them, and to the wheel."""

    _is_held = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Look at the moment that is pointed at, or choose a range."""
        if event.button != 1:
            return
        if event.y == 0 and self.layout_now is not None and self.layout_now.has_head:
            found = chips(self.reading.range_name, self.size.width)
            if name := next((it.name for it in found if it.start <= event.x < it.end), ""):
                self.see(name)
            return
        self._is_held = True
        self.capture_mouse()
        self._point_at(event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go with the pointer while its button is held."""
        if self._is_held:
            self._point_at(event.x, event.y)

    def on_mouse_up(self) -> None:
        """Stay where one is."""
        if self._is_held:
            self._is_held = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """See the chart that is clicked twice large, or all of them again."""
        if event.chain == _DOUBLE and self.layout_now and self.layout_now.grid.at(event.x, event.y):
            self.toggle_large()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go to the next chart."""
        event.stop()
        self.choose(self.chosen + 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go to the chart before."""
        event.stop()
        self.choose(self.chosen - 1)

    def _point_at(self, x: int, y: int) -> None:
        if self.layout_now is None or self.sight is None:
            return
        if (place := self.layout_now.grid.at(x, y)) is None:
            return
        self.chosen = place.chart
        cell = x - place.x - GUTTER
        if 0 <= cell < self.sight.span.width:
            self.look_at(self.sight.span.bar_at(cell))
        else:
            self.redraw()

    def look_at(self, bar: int) -> None:
        """Look at a bar; at one before the first, or after the last, as well."""
        if self.sight is not None:
            self.reading.look_at(self.sight.span.moment_of(bar), self.sight)
            self.redraw()

    def choose(self, chart: int) -> None:
        """Have the keys go to another chart, if there is one."""
        if 0 <= chart < len(self.charts) and chart != self.chosen:
            self.chosen = chart
            self.redraw()

    def see(self, name: str) -> None:
        """See another range."""
        if name != self.reading.range_name:
            self.reading.see(name)
            self.redraw()

    def toggle_large(self) -> None:
        """See the chart that keys go to alone, or all of them again."""
        self.is_large = not self.is_large
        self.redraw()
