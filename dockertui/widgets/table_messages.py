"""What a table tells its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from dockertui.widgets.table_view import TableView


class TableMessage(Message):
    """Something happened in a table."""

    def __init__(self, table: TableView[Any]) -> None:
        """Say where.

        Args:
            table: Where.
        """
        super().__init__()
        self.table = table
        # Textual takes for the sender whoever acts, and tells nobody beyond it: a pane that
        # filters its table would keep from the screen what is selected then.
        self.set_sender(table)

    @property
    def control(self) -> TableView[Any]:
        """The table, for `@on` with a selector."""
        return self.table


class RowMessage(TableMessage):
    """Something happened to a row."""

    def __init__(self, table: TableView[Any], row: object) -> None:
        """Say to which.

        Args:
            table: Where.
            row: The row; `None` when there is none.
        """
        super().__init__(table)
        self.row: Any = row


class Selected(RowMessage, namespace="virtual_table"):
    """Another row is selected, or none is."""


class Opened(RowMessage, namespace="virtual_table"):
    """Somebody wants to do something with the selected row."""


class Counted(TableMessage, namespace="virtual_table"):
    """There are more rows than before, or fewer, or others are shown."""


class MarksChanged(TableMessage, namespace="virtual_table"):
    """Other rows are marked than before."""
