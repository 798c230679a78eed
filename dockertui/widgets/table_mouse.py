"""What the mouse does in a table. Nothing needs it: the keys do all of this too."""

from __future__ import annotations

from typing import TypeVar

from textual import events

from dockertui.widgets.table_rows import TableRows

T = TypeVar("T")

_WHEEL_ROWS = 3
_DOUBLE = 2


class TableMouse(TableRows[T]):
    """A table that answers to clicks and to the wheel."""

    _is_dragging = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select the row, sort by the heading, or take hold of the scroll bar."""
        if (at := event.get_content_offset(self)) is None or event.button != 1:
            return
        self.touch()
        slot = self._grid.at(at.x - 1)
        if at.x == self.size.width - 1 and self.shown_count > self.page:
            self._is_dragging = True
            self.capture_mouse()
            self._drag_to(at.y)
        elif at.y == 0:
            if slot is not None:
                self.sort_by_title(slot.number)
        elif at.y <= len(self._entries):
            self.model.select_at(self._top + at.y - 1)
            self.moved()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        if self._is_dragging:
            self._drag_to(event.y - self.gutter.top)

    def on_mouse_up(self) -> None:
        """Let go of the scroll bar."""
        if self._is_dragging:
            self._is_dragging = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Open the row that is clicked twice."""
        at = event.get_content_offset(self)
        if event.chain == _DOUBLE and at is not None and 0 < at.y <= len(self._entries):
            self.open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        self._wheel(event, -_WHEEL_ROWS)

    def open(self) -> None:
        """Ask what can be done with the selected row."""
        self.touch()
        if self.selected is not None:
            self.post_message(self.Opened(self, self.selected))

    def sort_by_title(self, column: int) -> None:
        """Sort by a column as its heading does: once in its own direction, again in the other."""
        chosen, descending = self.sorting
        self.sort_by(
            column,
            descending=not descending if chosen == column else self.columns[column].descending,
        )

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        event.prevent_default()
        self.touch()
        self._scroll(self._top + rows)

    def _drag_to(self, y: int) -> None:
        share = (y - 1) / max(1, self.page - 1)
        self._scroll(round(share * (self.shown_count - self.page)))

    def _scroll(self, top: int) -> None:
        """Scroll; the selected row is taken along only as far as it must be to stay in view."""
        self.scroll_to_row(top)
        last = self._top + self.page - 1
        self.model.select_at(max(self._top, min(self.model.position, last)))
        self.moved()
