"""The line that does the same as a form."""

from __future__ import annotations

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from dockertui.actions.making.form import RunForm
from dockertui.model.run.resolved import with_paths
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.updates import changes
from dockertui.model.run.written import run_parts, update_parts, wrapped
from dockertui.screens.dialog import MUTED


class Preview(Static):
    """Shows as much of the line as there is room for."""

    def __init__(self, form: RunForm) -> None:
        """Show the line of a form."""
        super().__init__()
        self.revealed = False
        """Do secrets show?"""
        self._form = form
        self._spec = form.spec

    def show(self, spec: RunSpec) -> None:
        """Show the line of a spec."""
        self._spec = spec
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Use the room there is."""
        del event
        self._draw()

    def text(self, spec: RunSpec, *, width: int = 0) -> str:
        """The line, secrets masked unless they show.

        Args:
            spec: What it does.
            width: Where to go on on the next line; 0 for never.
        """
        parts = self._parts(spec)
        return "\n".join(wrapped(parts, width)) if width else " ".join(parts)

    def _draw(self) -> None:
        size = self.content_size
        if size.width < 20 or not size.height:  # noqa: PLR2004 - nothing can be read in less
            return
        lines = wrapped(self._parts(self._spec), size.width)
        if (more := len(lines) - size.height) > 0:
            lines = lines[: size.height - 1]
            rest = Content.styled(f"  and {more + 1} more lines (ctrl+l)", MUTED)
            self.update(Content("\n").join([*map(Content, lines), rest]))
        else:
            self.update(Content("\n".join(lines)))

    def _parts(self, spec: RunSpec) -> list[str]:
        form = self._form
        if form.updates:
            return update_parts(changes(form.declared, spec), (form.updates,))
        return run_parts(with_paths(spec, form.around().here), masked=not self.revealed)
