"""Rows to go through by key and mouse."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events
from textual.message import Message

from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_view import RowView

R = TypeVar("R")

DOUBLE = 2
"""Clicks in a row that open what is clicked."""


class RowList(RowView[R], Generic[R]):
    """Rows with the keys to move among them. A row higher than the view scrolls before it ends."""

    class CopyWanted(Message):
        """A person wants something in the clipboard."""

        def __init__(self, text: str, what: str) -> None:
            """Say what.

            Args:
                text: The text to copy.
                what: What it is, to be named when it is done.
            """
            super().__init__()
            self.text = text
            self.what = what

    def on_click(self, event: events.Click) -> None:
        """Select the row that was clicked; a second click at once opens it."""
        line = event.y - self.header_height + self.scroll_offset.y
        if event.y < self.header_height or line >= self.placed.height:
            return
        self.move_to(self.placed.at(line))
        if event.chain == DOUBLE:
            self.open_selected()

    def open_selected(self) -> None:
        """Show more or less of the selected row; nothing where rows are always whole."""

    @command("up,k", "Up")
    def action_up(self) -> None:
        """Select the row above, or show more of this one."""
        if self.placed.start(self.cursor) < self.scroll_offset.y:
            self.scroll_lines(-1)
        elif self._selectable(self.cursor - 1, forward=False) >= self.cursor:
            self.scroll_lines(-self.page_height)
        else:
            self.move_to(self.cursor - 1)

    @command("down,j", "Down")
    def action_down(self) -> None:
        """Select the row below, or show more of this one."""
        if self.placed.end(self.cursor) > self.scroll_offset.y + self.page_height:
            self.scroll_lines(1)
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
        self.scroll_lines(-self.placed.height)

    @command("end,G", "Last")
    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(len(self.rows) - 1)

    def _page(self, lines: int) -> None:
        if self.rows:
            self.scroll_lines(lines)
            self.move_to(self.placed.at(self.placed.start(self.cursor) + lines))

    BINDINGS = bindings(locals())
