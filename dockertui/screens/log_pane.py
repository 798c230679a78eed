"""One container's log, beside others."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from dockertui.widgets.log_page import LogPage, OpenLog
from dockertui.widgets.log_view import LogView
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.titled_pane import TitledPane

MOST = 4
"""How many logs can be read beside each other."""
_TWO_COLUMNS, _THREE_COLUMNS = 100, 150
_LEAST_ROWS = 6


class LogPane(TitledPane):
    """A log in a frame that names it, and says where in it one is."""

    def __init__(self, title: Content, open_log: OpenLog) -> None:
        """Follow nothing yet.

        Args:
            title: Whose log.
            open_log: Begins to follow it.
        """
        super().__init__()
        self.page = LogPage()
        self._title = title
        self._open_log = open_log
        self._is_closed = False

    def compose(self) -> ComposeResult:
        """Fill it with the log."""
        yield self.page

    def on_mount(self) -> None:
        """Follow the log."""
        self.set_title(self._title)
        if not self._is_closed:
            self.page.follow(self._open_log)

    def close(self) -> None:
        """Follow nothing from now on: those around it go, perhaps before it has come."""
        self._is_closed = True
        self.page.let_go()

    @on(LogView.StateChanged)
    @on(PositionChanged)
    def _write_foot(self) -> None:
        """Say where in the log one is."""
        self.set_foot(Content(self.page.position_text))


def columns(panes: int, width: int) -> int:
    """How many logs stand beside each other; the others go below.

    >>> columns(2, 80), columns(2, 120), columns(3, 160), columns(4, 160)
    (1, 2, 3, 2)
    """
    if width < _TWO_COLUMNS:
        return 1
    return 3 if panes == 3 and width >= _THREE_COLUMNS else 2  # noqa: PLR2004


def room_for(width: int, height: int) -> int:
    """How many logs can be read at once in so many cells and rows.

    >>> room_for(80, 24), room_for(120, 35), room_for(60, 15)
    (3, 4, 2)
    """
    below = max(1, (height - 2) // _LEAST_ROWS)
    return min(MOST, max(2, below * columns(MOST, width)))
