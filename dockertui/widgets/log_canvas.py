"""How a log is drawn: the rows of its reader, and what lies over them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from textwrap import wrap
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from dockertui.text import clean
from dockertui.widgets.log_looks import looks_of
from dockertui.widgets.log_mouse import LogMouse
from dockertui.widgets.log_overlay import Overlay, covered, overlays

_LEAST_CELLS = 4


class LogCanvas(LogMouse):
    """A log that draws only what is not drawn yet."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log-view--stamp",
        "log-view--stderr",
        "log-view--more",
        "log-view--thumb",
        "log-view--explanation",
    }

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Draw nothing yet.

        Args:
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self.auto_links = False
        self._bookmarks: Collection[int] = ()
        self._explanation = ""
        self._looks_are_old = True
        self._thumb = range(0)
        self._strips: list[Strip] | None = None
        self._set_for = Size()
        self._drawn: tuple[object, ...] = ()
        self._drawn_rows = 0
        self._overlays: list[Overlay] = []
        self._drawn_revision = -1
        self._cost_s = 0.0

    @property
    def stale(self) -> bool:
        """Are these lines what was, rather than what is?"""
        return self.has_class("-stale")

    @stale.setter
    def stale(self, stale: bool) -> None:
        self.set_class(stale, "-stale")

    def tell(self) -> None:
        """Say what one sees of the log now."""
        raise NotImplementedError

    def after_move(self) -> None:
        """Draw what the reader shows now, if that is something else than before."""
        count = len(self.reader.rows())
        is_more = self._is_on_screen and count != self._drawn_rows
        if self.reader.view != self._drawn or is_more:
            self._draw()
        else:
            self._lay_over()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some rows, all set for the size and theme of now."""
        if not self.is_attached:
            # It was taken away, its styles are gone, and the screen is not laid out anew yet.
            return [Strip.blank(crop.width)] * crop.height
        if self._strips is None or self._looks_are_old or self._set_for != self.size:
            start_s = monotonic()
            self._strips = self._set_rows()
            self._cost_s = monotonic() - start_s
        self._overlays = self._find_overlays()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row, what lies over it, and its part of the scroll bar."""
        strips, layout = self._strips or [], self.reader.layout
        strip = strips[y] if y < len(strips) else Strip.blank(layout.width, layout.looks.text)
        if y < len(self._overlays) and y < len(strips):
            strip = covered(strip, self._overlays[y], layout)
        if y in self._thumb:
            thumb = Segment(layout.marks.thumb, layout.looks.thumb)
            return Strip([*strip.crop(0, layout.width - 1), thumb], layout.width)
        return strip

    def notify_style_update(self) -> None:
        """Take up the colours of another theme."""
        super().notify_style_update()
        self._looks_are_old = True

    @property
    def _is_on_screen(self) -> bool:
        """Has what was last to be drawn been drawn?"""
        return self._strips is not None

    def _draw(self) -> None:
        self._drawn_revision = self.reader.lines.revision
        self._drawn = self.reader.view
        self._strips = None
        self.refresh()
        self.tell()

    def _lay_over(self) -> None:
        """Draw the rows over which something else lies now; the lines are where they were."""
        before, self._overlays = self._overlays, self._find_overlays()
        if len(before) != len(self._overlays):
            self._draw()
            return
        width = self.size.width
        both = zip(before, self._overlays, strict=True)
        if changed := [Region(0, y, width, 1) for y, (old, new) in enumerate(both) if old != new]:
            self.refresh(*changed)
            self.tell()

    def _find_overlays(self) -> list[Overlay]:
        return overlays(self.cursor, self._bookmarks, focused=self.has_focus)

    def _set_rows(self) -> list[Strip]:
        reader, size = self.reader, self.size
        reader.height = size.height
        width = max(_LEAST_CELLS, size.width)
        if self._looks_are_old or reader.layout.width != width:
            looks = looks_of(self, stale=self.stale)
            reader.layout = replace(reader.layout, width=width, looks=looks)
        self._looks_are_old, self._set_for = False, size
        rows = reader.rows()
        self._thumb = reader.thumb()
        self._drawn, self._drawn_rows = reader.view, len(rows)
        return [row for _, row in rows] if len(reader.lines) else self._explained(width)

    def _explained(self, width: int) -> list[Strip]:
        style = self.get_component_rich_style("log-view--explanation")
        rows = wrap(clean(self._explanation), max(1, width - 2))
        return [Strip([Segment(f" {row}", style)]).adjust_cell_length(width, style) for row in rows]
