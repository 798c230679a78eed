"""Moving about in the run form."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widgets import Button, Input

from dockertui.model.run.spec import RunSpec
from dockertui.screens.dialog import Dialog
from dockertui.screens.run_input import ValueInput
from dockertui.screens.run_rows import FieldRow, GroupHead, Switch
from dockertui.widgets.command import bindings, command


class FormBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The rows; it scrolls to what has the focus, and heeds no keys itself."""


class GoingAbout(Dialog[RunSpec | None]):
    """Rows that the arrow keys go through, whatever one types in."""

    AUTO_FOCUS = ""
    CLICK_AWAY = False

    @command("enter", "Do it")
    def action_accept(self) -> None:
        """Do it, unless something that was typed would fail."""
        raise NotImplementedError

    @command("down", "Next")
    def action_forward(self) -> None:
        """Go to the next field."""
        self.focus_next()

    @command("up", "Previous")
    def action_back(self) -> None:
        """Go to the field before."""
        self.focus_previous()

    @command("pagedown", "Further down")
    def action_page_down(self) -> None:
        """Go some fields down."""
        self._leap(1)

    @command("pageup", "Further up")
    def action_page_up(self) -> None:
        """Go some fields up."""
        self._leap(-1)

    def on_input_submitted(self) -> None:
        """Do it on enter, wherever one types."""
        self.action_accept()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.has_class("verb"):
            self.action_accept()
        else:
            self.action_close()

    def row(self, name: str) -> FieldRow | None:
        """The row of a field, if it is there."""
        return next((it for it in self.query(FieldRow) if it.field.name == name), None)

    def go_to(self, name: str) -> None:
        """Go to the row of a field."""
        row = self.row(name)
        for line in row.query(ValueInput) if row is not None else ():
            line.focus()
            return

    def _leap(self, way: int) -> None:
        chain = [it for it in self.focus_chain if isinstance(it, Input | Switch | GroupHead)]
        if self.focused in chain:
            step = max(1, self.query_one(FormBody).size.height - 2)
            place = chain.index(self.focused) + way * step
            chain[max(0, min(place, len(chain) - 1))].focus()

    BINDINGS = bindings(locals())
