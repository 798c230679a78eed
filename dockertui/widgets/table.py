"""A table of many rows, and what the keys do in it."""

from __future__ import annotations

from typing import TypeVar

from dockertui.widgets.command import bindings, command
from dockertui.widgets.table_mouse import TableMouse

T = TypeVar("T")


class VirtualTable(TableMouse[T], can_focus=True):
    """Shows rows in columns, one of them selected and some perhaps marked.

    Only the lines in view are ever drawn, so that ten thousand rows cost as much as fifty.
    """

    DEFAULT_CSS = """
    VirtualTable {
        & > .table--heading { color: $text-muted; }
        & > .table--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .table--resting-cursor { background: $block-cursor-blurred-background; }
        & > .table--stale, & > .table--empty { color: $text-muted; }
        & > .table--thumb { color: $scrollbar; }
        &:focus > .table--thumb { color: $scrollbar-hover; }
        &:nocolor > .table--cursor { text-style: reverse; }
        &:nocolor > .table--resting-cursor { text-style: bold; }
        &:ansi > .table--cursor {
            background: ansi_default;
            color: ansi_default;
            text-style: reverse;
        }
        &:ansi > .table--resting-cursor { background: ansi_default; text-style: bold; }
        &:ansi > .table--heading, &:ansi > .table--stale { text-style: dim; }
    }
    """

    @command("up,k", "Up")
    def action_up(self) -> None:
        """Select the row above."""
        self._go(-1)

    @command("down,j", "Down")
    def action_down(self) -> None:
        """Select the row below."""
        self._go(1)

    @command("pageup", "Page up")
    def action_page_up(self) -> None:
        """Go a page up."""
        self._leaf(-self.page)

    @command("pagedown", "Page down")
    def action_page_down(self) -> None:
        """Go a page down."""
        self._leaf(self.page)

    @command("ctrl+u", "Half a page up")
    def action_half_page_up(self) -> None:
        """Go half a page up."""
        self._leaf(-(self.page // 2))

    @command("ctrl+d", "Half a page down")
    def action_half_page_down(self) -> None:
        """Go half a page down."""
        self._leaf(self.page // 2)

    @command("home,g", "First")
    def action_first(self) -> None:
        """Select the first row."""
        self._go(-self.shown_count)

    @command("end,G", "Last")
    def action_last(self) -> None:
        """Select the last row."""
        self._go(self.shown_count)

    @command("enter", "Open")
    def action_open(self) -> None:
        """See what can be done with the selected row."""
        self.open()

    @command("space", "Mark")
    def action_mark(self) -> None:
        """Mark the selected row, or take its mark away, and go on to the next."""
        self.model.toggle_mark()
        self._go(1)

    @command("ctrl+space,ctrl+@", "Mark to here")
    def action_mark_range(self) -> None:
        """Mark all rows from the one marked last to the selected one."""
        self.model.mark_range()
        self._go(0)

    @command("asterisk", "Invert marks")
    def action_invert_marks(self) -> None:
        """Mark what is not marked, and the other way round; with no marks that is everything."""
        self.model.invert_marks()
        self._go(0)

    @command("less_than_sign", "Sort by column to the left")
    def action_sort_left(self) -> None:
        """Sort by the column to the left; left of the first is the usual order."""
        self._sort_along(-1)

    @command("greater_than_sign", "Sort by column to the right")
    def action_sort_right(self) -> None:
        """Sort by the column to the right; right of the last is the usual order."""
        self._sort_along(1)

    @command("I", "Invert order")
    def action_invert_order(self) -> None:
        """Turn the order round."""
        self.touch()
        self.sort_by(self.sorting.column, descending=not self.sorting.descending)

    def _go(self, rows: int) -> None:
        self.touch()
        self.model.select_at(self.model.position + rows)
        self.moved()

    def _leaf(self, rows: int) -> None:
        """Move the page and the selection together, so that the eye finds it where it was."""
        self.touch()
        position = self.model.position
        self.scroll_to_row(self._top + rows)
        self.model.select_at(position + rows)
        self.moved()

    def _sort_along(self, step: int) -> None:
        self.touch()
        choices = [None, *(it.number for it in self._grid.slots if it.column.title)]
        now = choices.index(self.sorting.column) if self.sorting.column in choices else 0
        column = choices[(now + step) % len(choices)]
        self.sort_by(column, descending=column is not None and self.columns[column].descending)

    BINDINGS = bindings(locals())
