"""Rows of one or more lines each, one of them selected."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from dockertui.widgets.row_layout import RowLayout

R = TypeVar("R")

Line = list[Segment]
"""One line of a row, of any length."""


class RowView(ScrollView, Generic[R], can_focus=True, inherit_bindings=False):
    """Shows rows whose height depends on their width; draws only what is on show.

    The selection belongs to a row's key, and keeps its place on screen when rows change around
    it. Rows that are the same as before are not drawn again.
    """

    DEFAULT_CSS = """
    RowView {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .row-view--cursor { background: $block-cursor-blurred-background; }
        & > .row-view--quiet { color: $text-muted; }
        & > .row-view--heading { text-style: bold; }
        &:focus > .row-view--cursor { background: $block-cursor-background; }
        &.-stale { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-view--cursor",
        "row-view--quiet",
        "row-view--heading",
    }
    header_height: ClassVar[int] = 0
    """How many lines at the top stay where they are."""

    class PositionChanged(Message):
        """What `position_text` says has changed."""

        def __init__(self, view: RowView[Any]) -> None:
            """Say where.

            Args:
                view: The rows.
            """
            super().__init__()
            self.view = view

        @property
        def control(self) -> RowView[Any]:
            """The rows."""
            return self.view

    def __init__(self) -> None:
        """Begin without rows."""
        super().__init__()
        self.rows: Sequence[R] = ()
        self.cursor = 0
        self.placed = RowLayout()
        self._drawn: dict[int, list[Strip]] = {}
        self._tints: dict[str, Style] = {}
        self._width = 0

    def row_lines(self, row: R, width: int) -> list[Line]:
        """Draw a row, at least one line high; what is wider than `width` is cut off."""
        raise NotImplementedError

    def row_height(self, row: R, width: int) -> int:
        """How many lines `row_lines` makes; override it where that is known without drawing."""
        return len(self.row_lines(row, width))

    def header_line(self, y: int, width: int) -> Line:
        """Draw a line of the header."""
        raise NotImplementedError

    def can_select(self, row: R) -> bool:
        """May the selection rest on this row?"""
        return row is not None

    @property
    def selected(self) -> R | None:
        """The selected row; `None` when there is none."""
        if self.cursor < len(self.rows) and self.can_select(self.rows[self.cursor]):
            return self.rows[self.cursor]
        return None

    @property
    def selected_key(self) -> Hashable:
        """The key of the selected row; `None` when there is none."""
        keys = self.placed.keys
        return keys[self.cursor] if self.cursor < len(keys) else None

    @property
    def position_text(self) -> str:
        """Where in the rows the selection is."""
        places = [it for it, row in enumerate(self.rows) if self.can_select(row)]
        if not places:
            return ""
        return f"{bisect_right(places, self.cursor):,} of {len(places):,}"

    @property
    def page_height(self) -> int:
        """How many lines are on show below the header."""
        return max(1, self.size.height - self.header_height)

    def set_rows(self, rows: Sequence[R], keys: Sequence[Hashable]) -> None:
        """Show other rows.

        Args:
            rows: The rows; those equal to what they replace must look as it did.
            keys: What identifies each, from one call to the next.
        """
        before, starts, key = self.rows, self.placed.starts, self.selected_key
        on_screen = self._line_on_screen
        self.rows = rows
        self._measure(keys)
        self.cursor = self._selectable(self.placed.place_of(key, self.cursor))
        if self.placed.starts == starts:
            self.redraw(*(it for it, row in enumerate(rows) if row != before[it]))
        else:
            self._settle(on_screen)
        self.post_message(self.PositionChanged(self))

    def redraw(self, *places: int) -> None:
        """Draw some rows again, which are as high as before."""
        for place in places:
            self._drawn.pop(place, None)
        self._repaint(*places)

    def redraw_all(self) -> None:
        """Draw every row again, all as high as before."""
        self._drawn.clear()
        self.refresh()

    def relayout(self) -> None:
        """Draw every row again, whose heights may have changed."""
        on_screen = self._line_on_screen
        self._measure(self.placed.keys)
        self._settle(on_screen)

    def move_to(self, place: int) -> None:
        """Select a row, and bring it into view."""
        if not self.rows:
            return
        before, self.cursor = self.cursor, self._selectable(place, forward=place >= self.cursor)
        self._repaint(before, self.cursor)
        self._reveal()
        self.post_message(self.PositionChanged(self))

    def render_line(self, y: int) -> Strip:
        """Draw a line of what is on show."""
        width, base = self.scrollable_content_region.width, self.rich_style
        if y < self.header_height:
            return Strip(self.header_line(y, width)).adjust_cell_length(width, base)
        line = y - self.header_height + self.scroll_offset.y
        if line >= self.placed.height:
            return Strip.blank(width, base)
        place = self.placed.at(line)
        if place not in self._drawn:
            lines = self.row_lines(self.rows[place], width)
            self._drawn[place] = [Strip(it).adjust_cell_length(width, base) for it in lines]
        strip = self._drawn[place][line - self.placed.start(place)]
        if place != self.cursor or not self.can_select(self.rows[place]):
            return strip
        cursor = self.get_component_rich_style("row-view--cursor", partial=True)
        return Strip([Segment(it.text, (it.style or base) + cursor) for it in strip], width)

    def look(self, name: str) -> Style:
        """The style of a component class, on the ground of the widget."""
        return self.rich_style + self.get_component_rich_style(name, partial=True)

    def tint(self, variable: str) -> Style:
        """The usual text in the colour of a theme variable, or as usual if the theme lacks it.

        Args:
            variable: E.g. `$danger`; empty for the usual.
        """
        if variable not in self._tints:
            colour = self.app.theme_variables.get(variable.removeprefix("$"), "")
            usual = not colour or self.has_class("-stale")
            ink = Style.null() if usual else Style(color=Color.parse(colour).rich_color)
            self._tints[variable] = self.rich_style + ink
        return self._tints[variable]

    def notify_style_update(self) -> None:
        """Forget what was drawn in another style."""
        super().notify_style_update()
        self._drawn.clear()
        self._tints.clear()

    def on_resize(self) -> None:
        """Fit the rows to the width there is."""
        if self.scrollable_content_region.width != self._width:
            self.relayout()
        self._reveal()

    def scroll_lines(self, lines: int) -> None:
        """Show what is some lines further down, or up if negative."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)

    @property
    def _line_on_screen(self) -> int:
        return self.placed.start(self.cursor) - self.scroll_offset.y

    def _reveal(self) -> None:
        start, end = self.placed.start(self.cursor), self.placed.end(self.cursor)
        top = self.scroll_offset.y
        if start < top or end - start >= self.page_height:
            self.scroll_to(y=start, animate=False, immediate=True)
        elif end > top + self.page_height:
            self.scroll_to(y=end - self.page_height, animate=False, immediate=True)

    def _measure(self, keys: Sequence[Hashable]) -> None:
        self._width = width = self.scrollable_content_region.width
        # Before the first layout there is no width to fold anything to.
        heights = (self.row_height(it, width) if width else 1 for it in self.rows)
        self.placed = RowLayout(heights, keys)

    def _settle(self, on_screen: int) -> None:
        self._drawn.clear()
        self.virtual_size = Size(self._width, self.placed.height + self.header_height)
        if 0 <= on_screen < self.page_height:
            self.scroll_lines(self._line_on_screen - on_screen)
        self.refresh()

    def _repaint(self, *places: int) -> None:
        top, width = self.scroll_offset.y - self.header_height, self.size.width
        view = Region(0, self.header_height, width, self.page_height)
        rows = [
            Region(0, start - top, width, self.placed.end(place) - start)
            for place in places
            for start in (self.placed.start(place),)
        ]
        if seen := [part for it in rows if (part := it.intersection(view))]:
            self.refresh(*seen)

    def _selectable(self, place: int, *, forward: bool = True) -> int:
        place = max(0, min(place, len(self.rows) - 1))
        onward = range(place, len(self.rows)) if forward else range(place, -1, -1)
        back = range(place, -1, -1) if forward else range(place, len(self.rows))
        return next((it for it in (*onward, *back) if self.can_select(self.rows[it])), 0)
