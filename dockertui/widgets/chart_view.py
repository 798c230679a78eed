"""Charts of what an object uses, drawn line by line, and no line more often than it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.screen import ModalScreen
from textual.strip import Strip

from dockertui.model import Container, DockerObject
from dockertui.resources.chart import Chart
from dockertui.widgets.chart_drawing import Ink
from dockertui.widgets.chart_frame import Saying, happened
from dockertui.widgets.chart_grid import Layout, lay_out
from dockertui.widgets.chart_ink import ChartInk
from dockertui.widgets.chart_painter import GUTTER, ChartPainter, Page
from dockertui.widgets.chart_reading import ChartReading, Sight
from dockertui.widgets.chart_span import span_text
from dockertui.widgets.column_layout import fit
from dockertui.widgets.looks import Looks
from dockertui.widgets.measurements import Measurements
from dockertui.widgets.painted_lines import PaintedLines
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.row_view import Line
from dockertui.widgets.wrapping import wrapped

_BEGUN = "Measuring has just begun."
_NOTHING = "Nothing was measured of it yet."
_BEFORE = "This is what it used before."


class ChartView(PaintedLines, can_focus=True):
    """Shows the charts that have room, or one of them large."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = ChartInk.COMPONENTS
    DEFAULT_CSS = f"ChartView {{ {ChartInk.CSS} }}"

    def __init__(self, charts: Sequence[Chart]) -> None:
        """Show nothing yet.

        Args:
            charts: The charts, the most important first.
        """
        super().__init__()
        self.charts = charts
        self.reading = ChartReading()
        self.chosen = 0
        self.is_large = False
        self.layout_now: Layout | None = None
        self.sight: Sight | None = None
        self._ink = ChartInk(Looks(self))
        self._painter = ChartPainter(charts)
        self._lines: list[Strip] | None = None
        self._drawn_for: tuple[Size, bool] | None = None
        self._let_go: Callable[[], None] | None = None
        self._is_shown = False
        self._position = ""

    def follow(self, target: DockerObject, measurements: Measurements, idle: str) -> None:
        """Show what an object uses, and go on as it is measured.

        Args:
            target: The object.
            measurements: Where to find what was measured of it.
            idle: Why nothing is measured of it now, in a sentence; empty when it is.
        """
        known = self.reading.target
        if self._let_go is None or known is None or known.key != target.key:
            self.let_go()
            self._painter.begin_anew()
            self._let_go = measurements.subscribe(target, self.renew)
        self.reading.begin(target, measurements, idle)
        self.redraw()

    def let_go(self) -> None:
        """Follow no more; what is shown stays."""
        if self._let_go is not None:
            self._let_go()
            self._let_go = None

    def on_unmount(self) -> None:
        """Hear of nothing any more."""
        self.let_go()

    def on_show(self) -> None:
        """Show what came while nobody saw it."""
        self._is_shown = True
        self.renew()

    def on_hide(self) -> None:
        """Draw nothing that nobody sees."""
        self._is_shown = False

    def on_focus(self) -> None:
        """Show which chart the keys go to."""
        self.redraw()

    def on_blur(self) -> None:
        """Show it no more."""
        self.redraw()

    def notify_style_update(self) -> None:
        """Take up the colours of another theme."""
        super().notify_style_update()
        self._ink.forget()
        self._lines = None

    @property
    def position_text(self) -> str:
        """The time that one sees, and that of a bar."""
        return self._position

    @property
    def is_seen(self) -> bool:
        """Can anybody see it, if only behind a dialog?"""
        screens = self.app.screen_stack
        above = screens[screens.index(self.screen) + 1 :] if self.screen in screens else screens
        return self._is_shown and all(isinstance(it, ModalScreen) for it in above)

    def renew(self) -> None:
        """Take up what was measured or has happened."""
        self.reading.refresh()
        self.redraw()

    def redraw(self) -> None:
        """Draw what should look different now from what is on the screen."""
        if not self.is_seen:
            self._lines = None
        elif self._lines is None:
            self.refresh()
        else:
            self._paint()
            self.repaint_if_different(range(self.size.height))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; all of them anew if what they show, or their looks, are others."""
        if self._lines is None or self._drawn_for != (self.size, self.has_focus):
            self._paint()
            self._finished.clear()
        return super().render_lines(crop)

    def draw(self, y: int) -> Strip:
        """Draw a line."""
        lines = self._lines or []
        return lines[y] if y < len(lines) else Strip.blank(self.size.width, self.rich_style)

    def _paint(self) -> None:
        """Paint all lines anew, as they should look now."""
        size, ink = self.size, self._ink.of(shade=self.app.no_color)
        self.layout_now = layout = lay_out(
            len(self.charts),
            self.chosen,
            large=self.is_large,
            width=size.width,
            height=size.height,
        )
        self.sight = sight = self.reading.sight(layout.grid.places[0].width - GUTTER)
        if sight is None:
            lines = self._sentence_lines(ink)
        else:
            chosen = self.chosen if self.has_focus else None
            sayings = self._sayings(sight, ink)
            page = Page(layout, size.width, chosen, self.reading.range_name, sayings)
            lines = self._painter.lines(sight, page, ink)
        self._lines = [Strip(it, size.width) for it in lines]
        self._drawn_for = size, self.has_focus
        self._tell()

    def _sayings(self, sight: Sight, ink: Ink) -> list[Saying]:
        """What is said above the charts: what is the matter, and what has happened."""
        sayings = []
        if hindrance := self.reading.hindrance:
            sayings.append(Saying(hindrance, ink.hindrance))
        elif self.reading.idle and sight.cursor is None:
            sayings.append(Saying(self.reading.idle, ink.text))
            sayings.append(Saying(_BEFORE, ink.text))
        named = not isinstance(self.reading.target, Container)
        return sayings + happened(sight, ink, named=named)

    def _sentence_lines(self, ink: Ink) -> list[Line]:
        """Why there is nothing to see."""
        width, reading = self.size.width, self.reading
        text = f"{reading.idle} {_NOTHING}" if reading.idle else _BEGUN
        text = reading.hindrance or text
        rows = wrapped(text, max(1, width - 2))
        return [[Segment(fit(f" {row}", width), ink.quiet)] for row in rows]

    def _tell(self) -> None:
        """Say which time one sees, if that is another."""
        said = ""
        if self.sight is not None:
            span = self.sight.span
            said = f"{span_text(span)} ─ {_each(span.step_s)}"
        if said != self._position:
            self._position = said
            self.post_message(PositionChanged(self))


def _each(step_s: int) -> str:
    minutes, seconds = divmod(step_s, 60)
    return f"{minutes}m a bar" if minutes and not seconds else f"{step_s}s a bar"
