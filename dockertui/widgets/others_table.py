"""Other objects that have to do with one, to go to."""

from __future__ import annotations

from typing import ClassVar

from dockertui.resources.tab import ObjectKey
from dockertui.widgets.command import bindings, command
from dockertui.widgets.detail_table import DetailTable
from dockertui.widgets.row_messages import CopyWanted, ObjectWanted

_NAME = 1
"""Which of the columns says what an object is called."""


class OthersTable(DetailTable):
    """Shows objects; a row leads to its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def open_selected(self) -> None:
        """Go to the selected object."""
        self.action_go()

    @command("enter", "Go to it", show=True)
    def action_go(self) -> None:
        """Select the object in its own list."""
        key = self.selected_key
        if isinstance(key, ObjectKey):
            self.post_message(ObjectWanted(key.kind, key.key))

    @command("space", "In full")
    def action_open(self) -> None:
        """Show the selected row in full, or in one line again."""
        super().action_open()

    @command("y", "Copy name", show=True)
    def action_copy(self) -> None:
        """Copy the name of the selected object."""
        if (row := self.selected) is not None:
            self.post_message(CopyWanted(row.cells[_NAME], f"the name {row.cells[_NAME]}"))

    BINDINGS = bindings(locals())
