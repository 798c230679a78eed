"""What views of rows tell those around them."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget

from dockertui.model import DockerObject, Key


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


class ObjectWanted(Message):
    """A person wants to go to another object."""

    def __init__(self, kind: type[DockerObject], key: Key) -> None:
        """Say to which.

        Args:
            kind: What it is.
            key: Which.
        """
        super().__init__()
        self.kind = kind
        self.key = key


class TabWanted(Message):
    """A person wants to read something else about the same object."""

    def __init__(self, title: str) -> None:
        """Say what.

        Args:
            title: The tab's.
        """
        super().__init__()
        self.title = title


class TextToSave(Message):
    """A person wants a text in a file."""

    def __init__(self, text: str, file: str, what: str) -> None:
        """Say what.

        Args:
            text: The text.
            file: What the file may be called.
            what: What the text is, to be named in the question.
        """
        super().__init__()
        self.text = text
        self.file = file
        self.what = what
