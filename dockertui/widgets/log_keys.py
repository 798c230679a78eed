"""What keys do to a window onto a log."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from dockertui.store.log_store import LogStore
from dockertui.widgets.command import bindings, command
from dockertui.widgets.log_cursor import LogCursor
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_reader import LogReader

SIDEWAYS_CELLS = 8
"""How far one step sideways goes."""


class OlderWanted(Message):
    """A person has gone on past the top of a log."""


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
        self.cursor = LogCursor(self.reader)

    def after_move(self) -> None:
        """Draw what the reader shows now, if that is something else than before."""
        raise NotImplementedError

    @command("up,k", "Up")
    def action_line_up(self) -> None:
        """Go a line up, and stop following; past the first line, fetch older ones."""
        self.step(-1)

    @command("down,j", "Down")
    def action_line_down(self) -> None:
        """Go a line down; after the last one it follows again."""
        self.step(1)

    @command("pageup,b", "Page up")
    def action_page_up(self) -> None:
        """Go a page up."""
        self.move(-max(1, self.reader.height - 1))

    @command("pagedown,space", "Page down")
    def action_page_down(self) -> None:
        """Go a page down."""
        self.move(max(1, self.reader.height - 1))

    @command("ctrl+u", "Half a page up")
    def action_half_page_up(self) -> None:
        """Go half a page up."""
        self.move(-max(1, self.reader.height // 2))

    @command("ctrl+d", "Half a page down")
    def action_half_page_down(self) -> None:
        """Go half a page down."""
        self.move(max(1, self.reader.height // 2))

    @command("g,home", "First line")
    def action_first_line(self) -> None:
        """Go to the oldest line that is held."""
        first = self.reader.lines.first
        if len(self.reader.lines):
            self.reader.show_at(first, 0)
            self.cursor.go_to(first)
        self.after_move()

    @command("G,end", "Last line")
    def action_last_line(self) -> None:
        """Go to the last line and follow."""
        self.reader.follow()
        self.cursor.keep_within()
        self.after_move()

    @command("f", "Follow", show=True)
    def action_follow(self) -> None:
        """Follow new lines, or stand still."""
        if self.reader.following:
            self.cursor.stand()
        else:
            self.reader.follow()
            self.cursor.keep_within()
        self.after_move()

    @command("w", "Wrap", show=True)
    def action_wrap(self) -> None:
        """Fold long lines, or cut them at the edge."""
        layout = self.reader.layout
        self.set_layout(replace(layout, wrap=not layout.wrap, left=0))

    @command("t", "Time")
    def action_stamps(self) -> None:
        """Show each line's time in another form, or none."""
        layout = self.reader.layout
        self.set_layout(replace(layout, stamps=layout.stamps.next))

    @command("left,h", "Left")
    def action_left(self) -> None:
        """See what is further left in long lines."""
        self.shift(-SIDEWAYS_CELLS)

    @command("right,l", "Right")
    def action_right(self) -> None:
        """See what is further right in long lines."""
        self.shift(SIDEWAYS_CELLS)

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

    @command("v", "Select lines")
    def action_select(self) -> None:
        """Select lines from here to wherever one goes; again: select nothing."""
        if not self.cursor.drop_selection():
            self.cursor.begin_selection()
        self.after_move()

    @command("shift+up", "Select up")
    def action_select_up(self) -> None:
        """Select the line above, too."""
        self._select_on(-1)

    @command("shift+down", "Select down")
    def action_select_down(self) -> None:
        """Select the line below, too."""
        self._select_on(1)

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(locals())]

    def set_layout(self, layout: LogLayout) -> None:
        """Set the lines in another way; the line that one is at stays in sight."""
        self.reader.layout = layout
        if (line := self.cursor.line) is not None:
            self.reader.reveal(line, self.cursor.covered)
        self.after_move()

    def step(self, by: int) -> None:
        """Go a line up or down."""
        if not self.cursor.step(by) and by < 0:
            self.post_message(OlderWanted())
        self.after_move()

    def move(self, rows: int) -> None:
        """Move the window; the cursor stays within."""
        if rows < 0 and self.reader.is_at_start:
            self.post_message(OlderWanted())
        self.reader.move(rows)
        self.cursor.keep_within()
        self.after_move()

    def shift(self, cells: int) -> None:
        """See what is so many cells further right in long lines, or left when negative."""
        self.reader.shift_to(self.reader.layout.left + cells)
        self.after_move()

    def _select_on(self, by: int) -> None:
        if not self.cursor.is_selecting:
            self.cursor.begin_selection()
        self.step(by)
