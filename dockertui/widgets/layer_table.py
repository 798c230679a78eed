"""The layers of an image, from which one goes on to their files."""

from __future__ import annotations

from typing import ClassVar

from dockertui.model import Key
from dockertui.resources.image_pages.layers import Step
from dockertui.resources.tab import LayersFound
from dockertui.widgets.command import bindings, command
from dockertui.widgets.detail_table import DetailTable
from dockertui.widgets.row_messages import TabWanted


class LayerTable(DetailTable):
    """Shows the steps that made an image."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._found: LayersFound | None = None

    def show_layers(self, found: LayersFound, owner: Key) -> None:
        """Show layers.

        Args:
            found: What is known of them.
            owner: Whose they are.
        """
        self._found = found
        self.show(found.sheet, owner)

    @property
    def position_text(self) -> str:
        """Where in the steps the selection is, and what all of them come to."""
        summary = self._found.summary if self._found is not None else ""
        return " ─ ".join(filter(None, (super().position_text, summary)))

    @command("f", "Files", show=True)
    def action_files(self) -> None:
        """See which files the layer added, changed and hid; they are read for that."""
        if self._found is None or self.cursor >= len(self._found.sheet.rows):
            return
        step = self._found.sheet.rows[self.cursor]
        reading = self._found.reading
        reading.wanted_layer = step.place if isinstance(step, Step) else None
        reading.start()
        self.post_message(TabWanted("Files"))

    BINDINGS = bindings(locals())
