"""Ask something before it is done."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from dockertui.actions.question import Answers, Question
from dockertui.screens.dialog import Dialog, Frame
from dockertui.screens.fields import CheckBox, EntryField, FieldWidget, drawn
from dockertui.screens.line_list import LineList
from dockertui.widgets.command import bindings, command


class Ask(Dialog[Answers | None]):
    """Draws a question; its result is the answers, or `None` when the person would rather not."""

    AUTO_FOCUS = ""
    CLICK_AWAY = False

    def __init__(self, question: Question) -> None:
        """Ask; `question` is what."""
        super().__init__()
        self.question = question
        self.fields: tuple[FieldWidget, ...] = tuple(drawn(question.fields))

    def compose(self) -> ComposeResult:
        """Lay out what will happen, to what, and the two buttons."""
        question = self.question
        with Frame(question.title):
            with Vertical():
                if question.sentence:
                    yield Static(Content(question.sentence), classes="sentence")
                if question.gone:
                    yield LineList(question.gone)
                yield from self.fields
            with Horizontal(classes="buttons"):
                no, yes = button_label("esc", question.refusal), button_label("y", question.verb)
                yield Button(no, classes="refusal", compact=True)
                yield Button(yes, classes="verb", compact=True)

    def on_mount(self) -> None:
        """Give the focus to the line to type, to the list, or else to the safe button."""
        if not (found := self.query("Input, OptionList, Button")):
            return  # It was closed before it was open: keys may come that fast.
        found.first().focus()
        self.set_class(self.question.destroys, "-destroys")
        self._show_state()

    def on_descendant_focus(self) -> None:
        """Show the keys that hold now."""
        self._show_state()

    def on_input_changed(self) -> None:
        """Show whether it can be done now."""
        self._show_state()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.has_class("verb"):
            self.action_accept()
        else:
            self.action_close()

    def on_input_submitted(self) -> None:
        """Do it on enter, or go to the safe button if something would be lost."""
        self._enter()

    def on_key(self, event: Key) -> None:
        """Tick a box with its letter; take enter in a list, unlike a click, as in a line."""
        if event.key == "enter" and isinstance(self.focused, OptionList):
            event.stop()
            self._enter()
        for box in self.query(CheckBox):
            if box.letter == event.key:
                event.stop()
                box.focus().toggle()

    @command("y", "Yes")
    def action_accept(self) -> None:
        """Do it, unless something that was typed will not do."""
        for field in self.query(EntryField):
            if field.problem:
                field.insist()
                return
        self.dismiss({each.field.name: each.answer for each in self.fields})

    @command("n", "No")
    def action_refuse(self) -> None:
        """Leave everything as it is."""
        self.action_close()

    @command("down,right", "Next")
    def action_forward(self) -> None:
        """Go to the next field or button."""
        self.focus_next()

    @command("up,left", "Previous")
    def action_back(self) -> None:
        """Go to the field or button before."""
        self.focus_previous()

    @command("pagedown", "More")
    def action_more(self) -> None:
        """See more of what it happens to."""
        self._long_part().scroll_page_down(animate=False)

    @command("pageup", "Less")
    def action_less(self) -> None:
        """See what was above it."""
        self._long_part().scroll_page_up(animate=False)

    def _long_part(self) -> Widget:
        """The list, or all of it if that is what does not fit."""
        lists = [each for each in self.query(LineList) if each.max_scroll_y]
        return lists[0] if lists else self.query_one(Frame)

    def _enter(self) -> None:
        if self.question.destroys:
            self.query_one(".refusal", Button).focus()
        else:
            self.action_accept()

    def _show_state(self) -> None:
        """Put the keys that hold now on the buttons, and dim the verb while it would refuse."""
        typing = isinstance(self.focused, Input)
        yes = ("enter, y" if self.question.destroys else "enter") if typing else "y"
        label = button_label(yes, self.question.verb)
        for verb in self.query(".verb").results(Button):
            if verb.label != label:
                verb.label = label
                verb.refresh(layout=True)
            verb.set_class(any(each.problem for each in self.query(EntryField)), "-refusing")

    BINDINGS = bindings(locals())


def button_label(key: str, words: str) -> Content:
    """What stands on a button: its key, which stays when the words are cut, and the words."""
    return Content.assemble((key, "not bold"), " ", (words, "bold"))
