"""What the mouse does in a log: scroll, point at a line, select. The keys do all of this too."""

from __future__ import annotations

from enum import Enum, auto

from textual import events

from dockertui.widgets.log_cursor import Selection
from dockertui.widgets.log_keys import SIDEWAYS_CELLS, LogKeys

_WHEEL_ROWS = 3
_DOUBLE = 2
_SAME_INSTANT_S = 0.05


class _Hold(Enum):
    """What the pressed button has hold of."""

    NOTHING = auto()
    THUMB = auto()
    TEXT = auto()


class LogMouse(LogKeys):
    """A log that answers to clicks and to the wheel; what is selected in it stays in it."""

    _hold = _Hold.NOTHING
    _pressed_at = (0, 0)
    _focused_at = 0.0

    def open(self) -> None:
        """Ask for the whole record of the line that one is at."""
        raise NotImplementedError

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up, or to the left with shift."""
        self._wheel(event, -1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down, or to the right with shift."""
        self._wheel(event, 1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Scroll to the left."""
        event.stop()
        self.shift(-SIDEWAYS_CELLS)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Scroll to the right."""
        event.stop()
        self.shift(SIDEWAYS_CELLS)

    def on_focus(self, event: events.Focus) -> None:
        """Know since when the keys go here."""
        self._focused_at = event.time

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scroll bar, or of the text if the log has the focus already."""
        event.stop()
        if event.button != 1:
            return
        if self.reader.thumb() and event.x == self.size.width - 1:
            self._hold = _Hold.THUMB
            self.capture_mouse()
            self._drag_to(event.y)
        elif event.time - self._focused_at > _SAME_INSTANT_S:
            self._hold, self._pressed_at = _Hold.TEXT, (event.x, event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar, or select: cells within a row, whole lines across rows."""
        if self._hold is _Hold.THUMB:
            self._drag_to(event.y)
        elif self._hold is _Hold.TEXT and (event.x, event.y) != self._pressed_at:
            self._select_to(event.x, event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go; without a move in between, go to the line that was pointed at."""
        hold, self._hold = self._hold, _Hold.NOTHING
        if hold is not _Hold.NOTHING:
            self.release_mouse()
        if hold is _Hold.TEXT and (event.x, event.y) == self._pressed_at:
            self._point_at(event.y)

    def on_click(self, event: events.Click) -> None:
        """Open the line that is clicked twice."""
        if event.chain == _DOUBLE and self.cursor.line is not None:
            self.open()

    def _point_at(self, row: int) -> None:
        rows = self.reader.rows()
        self.cursor.drop_selection()
        if 0 <= row < len(rows):
            self.cursor.go_to(rows[row][0])
        self.after_move()

    def _select_to(self, x: int, y: int) -> None:
        reader, known = self.reader, self.cursor.selection
        reader.stand_still()
        self._scroll_towards(y)
        from_x, from_y = self._pressed_at
        if not (rows := reader.rows()):
            return
        row = max(0, min(y, len(rows) - 1))
        line = rows[row][0]
        if not 0 <= from_y < len(rows) and known is not None:
            selection = Selection(known.anchor, line)
        elif from_y == y:
            cells = range(max(0, min(x, from_x)), max(x, from_x) + 1)
            selection = Selection(line, line, reader.place_at(row), cells)
        else:
            selection = Selection(rows[max(0, min(from_y, len(rows) - 1))][0], line)
        self.cursor.select(selection)
        self.after_move()

    def _scroll_towards(self, y: int) -> None:
        """Bring in what is beyond the edge that the pointer has passed."""
        reader, (from_x, from_y) = self.reader, self._pressed_at
        before = reader.top
        if beyond := min(0, y) or max(0, y - reader.height + 1):
            reader.scroll(beyond)
        if reader.top != before:
            self._pressed_at = from_x, from_y - beyond

    def _drag_to(self, row: int) -> None:
        self.reader.drag(row)
        self.cursor.keep_within()
        self.after_move()

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        event.stop()
        if event.shift or event.ctrl:
            self.shift(direction * SIDEWAYS_CELLS)
        else:
            self.move(direction * _WHEEL_ROWS)
