"""Rows of one or more lines each, one of them selected."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from functools import partial
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dockertui.widgets.looks import Looks
from dockertui.widgets.row_layout import RowLayout, differing
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.table_view import thumb_rows

R = TypeVar("R")

Line = list[Segment]
"""One line of a row, of any length."""

_THUMB = "▐"

_LOOKS = """
RowView {
    padding-left: 1;
    & > .row-view--cursor { background: $block-cursor-blurred-background; }
    & > .row-view--quiet { color: $text-muted; }
    & > .row-view--heading { text-style: bold; }
    & > .row-view--thumb { color: $scrollbar; }
    &:focus > .row-view--cursor { background: $block-cursor-background; }
    &.-stale { color: $text-muted; }
}
"""


class RowView(Widget, Generic[R], can_focus=True):
    """Shows rows whose height depends on their width; draws only what is on show.

    The selection belongs to a row's key, and keeps its place on screen when rows change around
    it. Rows that are the same as before are not drawn again. It scrolls by itself: Textual's own
    scrolling lays the whole screen out anew whenever a row opens or folds.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = _LOOKS
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-view--cursor",
        "row-view--quiet",
        "row-view--heading",
        "row-view--thumb",
    }
    header_height: ClassVar[int] = 0
    """How many lines at the top stay where they are."""

    def __init__(self) -> None:
        """Begin without rows."""
        super().__init__()
        self.rows: Sequence[R] = ()
        self.cursor = 0
        self.top = 0
        self.placed = RowLayout()
        self._drawn: dict[int, list[Strip]] = {}
        self.looks = Looks(self)
        self._width = 0

    def row_lines(self, row: R, width: int) -> list[Line]:
        """Draw a row, at least one line high; what is wider than `width` is cut off."""
        raise NotImplementedError

    def heights(self, width: int, known: Sequence[int], /) -> Iterable[int]:
        """How many lines each row takes; override it where that is known without drawing.

        `known` has the heights of the first rows, 0 where it must be found out.
        """
        for place, row in enumerate(self.rows):
            height = known[place] if place < len(known) else 0
            yield height or len(self.row_lines(row, width))

    def header_line(self, y: int, width: int) -> Line:
        """Draw a line of the header."""
        raise NotImplementedError

    def skipped(self) -> Collection[int]:
        """The rows that the selection passes over."""
        return ()

    @property
    def selected(self) -> R | None:
        """The selected row; `None` when there is none."""
        return self.rows[self.cursor] if self.placed.can_rest(self.cursor) else None

    @property
    def selected_key(self) -> Hashable:
        """The key of the selected row; `None` when there is none."""
        return self.placed.keys[self.cursor] if self.cursor < len(self.placed) else None

    @property
    def position_text(self) -> str:
        """Where in the rows the selection is."""
        place, count = self.placed.ordinal(self.cursor)
        return f"{place:,} of {count:,}" if place else ""

    @property
    def page_height(self) -> int:
        """How many lines are on show below the header; before the first layout, all of them."""
        height = self.size.height or self.placed.height + self.header_height
        return max(1, height - self.header_height)

    @property
    def line_width(self) -> int:
        """How many cells a line has: the last column is the scroll bar's."""
        return max(0, self.size.width - 1)

    def set_rows(self, rows: Sequence[R], keys: Sequence[Hashable], *, anew: bool = False) -> None:
        """Show other rows.

        Args:
            rows: The rows.
            keys: What identifies each, from one call to the next.
            anew: Draw all of them, as those that are equal may look otherwise than before.
        """
        # Heights that were found for another width are of no use.
        anew |= self._width != self.line_width
        before, placed, key = (() if anew else self.rows), self.placed, self.selected_key
        changed = differing(before, rows)
        as_many = len(rows) == len(before)
        if as_many and not changed and keys == placed.keys:
            return
        on_screen, cursor = placed.start(self.cursor) - self.top, self.cursor
        self.rows = rows
        self._place(keys, placed.heights(without=changed) if before else [])
        self.cursor = self.placed.resting(self.placed.place_of(key, cursor))
        if not placed.can_rest(cursor):  # What is above the first row of all is to be seen, too.
            on_screen = self.placed.start(self.cursor)
        if as_many and self.placed.starts == placed.starts:
            self._repaint({*changed, cursor, self.cursor} if cursor != self.cursor else changed)
        else:
            self._settle(on_screen)
        self.post_message(PositionChanged(self))

    def redraw(self) -> None:
        """Draw every row again, whose heights may have changed."""
        on_screen = self.placed.start(self.cursor) - self.top
        self._place(self.placed.keys)
        self._settle(on_screen)

    def move_to(self, place: int) -> None:
        """Select a row, and bring it into view."""
        if not self.rows:
            return
        before, self.cursor = self.cursor, self.placed.resting(place, forward=place >= self.cursor)
        if not self._reveal():
            self._repaint((before, self.cursor))
        self.post_message(PositionChanged(self))

    def scroll_to_line(self, line: int) -> bool:
        """Have a line first on the page, as far as lines fill it; says whether that scrolls."""
        before, self.top = self.top, max(0, min(line, self.placed.height - self.page_height))
        if moved := self.top != before:
            self.refresh()
        return moved

    def render_line(self, y: int) -> Strip:
        """Draw a line of what is on show, and its part of the scroll bar."""
        # A resize is told late, and never to a widget that does not run yet.
        self.fit()
        width, text = self.line_width, self.looks.text
        line = y - self.header_height + self.top
        if line < self.top:
            return Strip(self.header_line(y, width)).adjust_cell_length(width + 1, text)
        bar = Segment(" ", text)
        if y - self.header_height in thumb_rows(self.top, self.page_height, self.placed.height):
            bar = Segment(_THUMB, self.looks.part("row-view--thumb"))
        if line >= self.placed.height:
            return Strip([Segment(" " * width, text), bar], width + 1)
        place = self.placed.at(line)
        strip = self._strips(place)[line - self.placed.start(place)]
        if place != self.cursor or not self.placed.can_rest(place):
            return Strip([*strip, bar], width + 1)
        under = partial(self.looks.under, "row-view--cursor")
        return Strip([*(Segment(it.text, under(it.style or text)) for it in strip), bar], width + 1)

    def notify_style_update(self) -> None:
        """Draw in the styles there are now."""
        super().notify_style_update()
        self._drawn.clear()
        self.looks.forget()

    def on_resize(self) -> None:
        """Fit the rows to the room there is."""
        self.fit()
        self.scroll_to_line(self.top)
        self._reveal()

    def fit(self) -> None:
        """Draw every row again if the width is another than when their heights were found."""
        if self.line_width != self._width:
            self.redraw()

    def _strips(self, place: int) -> list[Strip]:
        if place not in self._drawn:
            lines = self.row_lines(self.rows[place], self.line_width)
            self._drawn[place] = [
                Strip(it).adjust_cell_length(self.line_width, self.looks.text) for it in lines
            ]
        return self._drawn[place]

    def _place(self, keys: Sequence[Hashable], known: Sequence[int] = ()) -> None:
        self._width = width = self.line_width
        # Before the first layout there is no width to fold anything to.
        heights = self.heights(width, known) if width else [1] * len(self.rows)
        self.placed = RowLayout(heights, keys, self.skipped())

    def _settle(self, on_screen: int) -> None:
        """Draw everything, the selected row on the line of the screen that it was on."""
        self._drawn.clear()
        keep = 0 <= on_screen < self.page_height
        self.scroll_to_line(self.placed.start(self.cursor) - on_screen if keep else self.top)
        self.refresh()

    def _reveal(self) -> bool:
        """Scroll as little as brings the selected row into view; says whether that scrolls."""
        start, end = self.placed.start(self.cursor), self.placed.end(self.cursor)
        if start < self.top or end - start >= self.page_height:
            return self.scroll_to_line(start)
        return self.scroll_to_line(max(self.top, end - self.page_height))

    def _repaint(self, places: Iterable[int]) -> None:
        above, width = self.top - self.header_height, self.size.width
        view = Region(0, self.header_height, width, self.page_height)
        for place in places:
            self._drawn.pop(place, None)
            start, end = self.placed.start(place), self.placed.end(place)
            if seen := Region(0, start - above, width, end - start).intersection(view):
                self.refresh(seen)
