"""What views of rows tell those around them."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget

from dockertui.model import Key


class PositionChanged(Message):
    """What a view's `position_text` says has changed."""

    def __init__(self, view: Widget) -> None:
        """Say where.

        Args:
            view: The view.
        """
        super().__init__()
        self.view = view


class GoWanted(Message):
    """A person wants to go to whom a row is about."""

    def __init__(self, target: Key | None) -> None:
        """Say to whom.

        Args:
            target: The container; `None` if the row is about none that is still there.
        """
        super().__init__()
        self.target = target


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
