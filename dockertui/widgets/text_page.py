"""Lines of text to read, to copy and to save."""

from __future__ import annotations

from typing import ClassVar

from dockertui.widgets.command import bindings, command
from dockertui.widgets.fact_list import FactList
from dockertui.widgets.row_messages import CopyWanted, TextToSave


class TextPage(FactList):
    """Shows lines whole; what looks secret in them stays masked until one asks."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        self.file = ""
        """What a file of the lines may be called."""

    @property
    def text(self) -> str:
        """All lines, as they are shown."""
        return "".join(f"{self.shown(it)}\n" for it in self.rows)

    @command("Y", "Copy all", show=True)
    def action_copy_all(self) -> None:
        """Copy all lines, as they are shown."""
        self.post_message(CopyWanted(self.text, f"all of {self.file}"))

    @command("S", "Save", show=True)
    def action_save(self) -> None:
        """Save all lines in a file, as they are shown."""
        self.post_message(TextToSave(self.text, self.file, self.file))

    BINDINGS = bindings(locals())
