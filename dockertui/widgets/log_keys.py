"""What keys, wheel and mouse do to a log."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from dockertui.store.log_store import LogStore
from dockertui.widgets.command import bindings, command
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_reader import LogReader

_WHEEL_ROWS = 3
_SIDEWAYS_CELLS = 8


class LogKeys(Widget, can_focus=True):
    """A widget with a log's reader in it, moved by hand."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Read an empty log.

        Args:
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self.reader = LogReader(LogStore(), LogLayout(1))
        self._dragging = False

    def after_move(self) -> None:
        """Draw what the reader shows now, if that is something else than before."""
        raise NotImplementedError

    @command("up,k", "Up")
    def action_line_up(self) -> None:
        """Go a row up, and stop following."""
        self._move(-1)

    @command("down,j", "Down")
    def action_line_down(self) -> None:
        """Go a row down; at the end it follows again."""
        self._move(1)

    @command("pageup,b", "Page up")
    def action_page_up(self) -> None:
        """Go a page up."""
        self._move(-max(1, self.reader.height - 1))

    @command("pagedown,space", "Page down")
    def action_page_down(self) -> None:
        """Go a page down."""
        self._move(max(1, self.reader.height - 1))

    @command("ctrl+u", "Half a page up")
    def action_half_page_up(self) -> None:
        """Go half a page up."""
        self._move(-max(1, self.reader.height // 2))

    @command("ctrl+d", "Half a page down")
    def action_half_page_down(self) -> None:
        """Go half a page down."""
        self._move(max(1, self.reader.height // 2))

    @command("g,home", "First line")
    def action_first_line(self) -> None:
        """Go to the oldest line that is held."""
        self.reader.go_to(self.reader.store.first)
        self.after_move()

    @command("G,end", "Last line")
    def action_last_line(self) -> None:
        """Go to the last line and follow."""
        self.reader.follow()
        self.after_move()

    @command("f", "Follow", show=True)
    def action_follow(self) -> None:
        """Follow new lines, or stand still."""
        if self.reader.following:
            self.reader.stand_still()
        else:
            self.reader.follow()
        self.after_move()

    @command("w", "Wrap", show=True)
    def action_wrap(self) -> None:
        """Fold long lines, or cut them at the edge."""
        layout = self.reader.layout
        self.set_layout(replace(layout, wrap=not layout.wrap, left=0))

    @command("t", "Time", show=True)
    def action_stamps(self) -> None:
        """Show each line's local time, then date and milliseconds, then none."""
        layout = self.reader.layout
        self.set_layout(replace(layout, stamps=layout.stamps.next))

    @command("left,h", "Left")
    def action_left(self) -> None:
        """See what is further left in long lines."""
        self._shift(-_SIDEWAYS_CELLS)

    @command("right,l", "Right")
    def action_right(self) -> None:
        """See what is further right in long lines."""
        self._shift(_SIDEWAYS_CELLS)

    @command("0", "Line start")
    def action_line_start(self) -> None:
        """See long lines from their start."""
        self.reader.shift_to(0)
        self.after_move()

    @command("dollar_sign", "Line end")
    def action_line_end(self) -> None:
        """See the end of the longest line in the window."""
        self.reader.shift_to_end()
        self.after_move()

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    def set_layout(self, layout: LogLayout) -> None:
        """Set the lines in another way."""
        self.reader.layout = layout
        self.after_move()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up, or to the left with shift."""
        self._wheel(event, -1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down, or to the right with shift."""
        self._wheel(event, 1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Scroll to the left."""
        event.stop()
        self.action_left()

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Scroll to the right."""
        event.stop()
        self.action_right()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scroll bar."""
        if self.reader.thumb() and event.x == self.size.width - 1:
            event.stop()
            self.capture_mouse()
            self._dragging = True
            self._drag_to(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        if self._dragging:
            self._drag_to(event.y)

    def on_mouse_up(self) -> None:
        """Let go of the scroll bar."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, row: int) -> None:
        self.reader.drag(row)
        self.after_move()

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        event.stop()
        if event.shift or event.ctrl:
            self._shift(direction * _SIDEWAYS_CELLS)
        else:
            self._move(direction * _WHEEL_ROWS)

    def _move(self, rows: int) -> None:
        self.reader.move(rows)
        self.after_move()

    def _shift(self, cells: int) -> None:
        self.reader.shift_to(self.reader.layout.left + cells)
        self.after_move()
