"""Ask something before it is done."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from dockertui.actions.question import Answers, Preview, Question
from dockertui.screens.dialog import Dialog, Frame
from dockertui.screens.fields import CheckBox, EntryField, FieldWidget, PasswordField, drawn
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
        self._previewed = Preview()

    def compose(self) -> ComposeResult:
        """Lay out what will happen, to what, and the two buttons."""
        question = self.question
        with Frame(question.title):
            with Vertical():
                if question.preview is not None:
                    # What follows from the answers stands below them, and moves nothing above.
                    yield from self.fields
                    yield Static(markup=False, classes="sentence preview")
                    yield LineList(())
                else:
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
        boxes_first = bool(self.fields) and isinstance(self.fields[0], CheckBox)
        found = self.query(".refusal" if boxes_first else "Input, OptionList, Button")
        if not found:
            return  # It was closed before it was open: keys may come that fast.
        found.first().focus()
        entries = sum(isinstance(it, EntryField) for it in self.fields)
        self.set_class(entries > 1 and self.question.preview is not None, "-compact")
        self.set_class(self.question.destroys, "-destroys")
        self._show_state()

    def on_descendant_focus(self) -> None:
        """Show the keys that hold now."""
        self._show_state()

    def on_input_changed(self) -> None:
        """Show whether it can be done now."""
        self._show_state()

    def on_checkbox_changed(self) -> None:
        """Show what it would mean now."""
        self._show_state()

    @on(OptionList.OptionHighlighted)
    def _chosen(self) -> None:
        """Show what it would mean now."""
        if self.is_open:
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
        if self._previewed.problem:
            self.query_one(".preview").add_class("-insisting").scroll_visible(animate=False)
            return
        self.dismiss(self.answers)

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
        self._show_preview()
        label = button_label(yes, self._previewed.verb or self.question.verb)
        for verb in self.query(".verb").results(Button):
            if verb.label != label:
                verb.label = label
                verb.refresh(layout=True)
            refusing = any(each.problem for each in self.query(EntryField))
            verb.set_class(refusing or bool(self._previewed.problem), "-refusing")

    @property
    def answers(self) -> Answers:
        """What has been said so far."""
        return {
            each.field.name: each.secret if isinstance(each, PasswordField) else each.answer
            for each in self.fields
        }

    @property
    def _typed_problem(self) -> str:
        """What is wrong with a line, where lines have no place of their own for that."""
        if not self.has_class("-compact"):
            return ""
        typed = (it for it in self.query(EntryField) if it.has_class("-typed") and it.problem)
        return next((f"{it.field.label}: {it.problem}" for it in typed), "")

    def _show_preview(self) -> None:
        """Say what would happen with the answers as they are."""
        if self.question.preview is None or not self.is_mounted:
            return
        self._previewed = now = self.question.preview(self.answers)
        for sentence in self.query(".preview").results(Static):
            problem = self._typed_problem or now.problem
            sentence.update(Content(problem or now.sentence))
            sentence.set_class(bool(problem), "-problem")
            sentence.set_class(bool(self._typed_problem), "-insisting")
        for lines in self.query(LineList):
            lines.show(now.gone)

    BINDINGS = bindings(locals())


def button_label(key: str, words: str) -> Content:
    """What stands on a button: its key, which stays when the words are cut, and the words."""
    return Content.assemble((key, "not bold"), " ", (words, "bold"))
