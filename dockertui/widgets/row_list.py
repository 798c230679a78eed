"""Rows to go through by key and mouse."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events

from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.row_view import RowView

R = TypeVar("R")

_DOUBLE = 2
_WHEEL_LINES = 3


class RowList(RowView[R], Generic[R]):
    """Rows with the keys to move among them. A row higher than the view scrolls before it ends."""

    _is_dragging = False

    def on_click(self, event: events.Click) -> None:
        """Select the row that was clicked; a second click at once opens it."""
        if (at := event.get_content_offset(self)) is None:
            return
        line = at.y - self.header_height + self.top
        if self.top <= line < self.placed.height and at.x < self.line_width:
            self.move_to(self.placed.at(line))
            if event.chain == _DOUBLE:
                self.open_selected()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scroll bar."""
        at = event.get_content_offset(self)
        if at is not None and at.x == self.line_width and self.placed.height > self.page_height:
            self._is_dragging = True
            self.capture_mouse()
            self._drag_to(at.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        if self._is_dragging:
            self._drag_to(event.y - self.gutter.top)

    def on_mouse_up(self) -> None:
        """Let go of the scroll bar."""
        if self._is_dragging:
            self._is_dragging = False
            self.release_mouse()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.scroll_lines(-_WHEEL_LINES)

    def scroll_lines(self, lines: int) -> None:
        """Scroll; the selection is taken along only as far as it must be to stay in view."""
        self._go_to_line(self.top + lines)

    def open_selected(self) -> None:
        """Show more or less of the selected row; nothing where rows are always whole."""

    @command("up,k", "Up")
    def action_up(self) -> None:
        """Select the row above, or show more of this one."""
        start, end = self.placed.start(self.cursor), self.placed.end(self.cursor)
        if (
            start < self.top < end
            or self.placed.resting(self.cursor - 1, forward=False) >= self.cursor
        ):
            self.scroll_to_line(self.top - 1)
        else:
            self.move_to(self.cursor - 1)

    @command("down,j", "Down")
    def action_down(self) -> None:
        """Select the row below, or show more of this one."""
        if self.placed.end(self.cursor) > self.top + self.page_height:
            self.scroll_to_line(self.top + 1)
        else:
            self.move_to(self.cursor + 1)

    @command("pageup", "Page up")
    def action_page_up(self) -> None:
        """Go a page up."""
        self._page(-self.page_height)

    @command("pagedown", "Page down")
    def action_page_down(self) -> None:
        """Go a page down."""
        self._page(self.page_height)

    @command("ctrl+u", "Half a page up")
    def action_half_page_up(self) -> None:
        """Go half a page up."""
        self._page(-(self.page_height // 2))

    @command("ctrl+d", "Half a page down")
    def action_half_page_down(self) -> None:
        """Go half a page down."""
        self._page(self.page_height // 2)

    @command("home,g", "First")
    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)
        self.scroll_to_line(0)

    @command("end,G", "Last")
    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(len(self.rows) - 1)

    def _page(self, lines: int) -> None:
        aim = self.placed.start(self.cursor) + lines
        self.scroll_to_line(self.top + lines)
        self.move_to(self.placed.at(aim))

    def _drag_to(self, y: int) -> None:
        share = (y - self.header_height) / max(1, self.page_height - 1)
        self._go_to_line(round(share * (self.placed.height - self.page_height)))

    def _go_to_line(self, line: int) -> None:
        if self.scroll_to_line(line):
            first, last = self.placed.at(self.top), self.placed.at(self.top + self.page_height - 1)
            kept = self.placed.resting(max(first, min(self.cursor, last)))
            if kept != self.cursor:
                self.cursor = kept
                self.post_message(PositionChanged(self))

    BINDINGS = bindings(locals())
