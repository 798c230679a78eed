"""What can be filled in within a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Checkbox, Input, Static
from textual.widgets.option_list import Option

from dockertui.actions.question import Check, Choice, Entry, Field, Password
from dockertui.engine.threads import in_thread
from dockertui.screens.dialog import MUTED
from dockertui.screens.item import WordList, padded

if TYPE_CHECKING:
    from dockertui.engine.registry.secret import Secret

_BUTTONS = frozenset("yn")
_MOVES = frozenset("jk")


class CheckBox(Checkbox):
    """A box that is ticked with space, or with the letter that is underlined in its label."""

    BUTTON_INNER = "✓"

    def __init__(self, field: Check, letter: str) -> None:
        """Draw a check.

        Args:
            field: What it asks.
            letter: The key that ticks it; underlined where it stands in the label.
        """
        super().__init__(underlined(field.label, letter), field.ticked, compact=True)
        self.field = field
        self.letter = letter
        self._draw_tick()

    @property
    def answer(self) -> bool:
        """Is it ticked?"""
        return self.value

    def watch_value(self) -> None:
        """Show by more than colour whether it is ticked."""
        self._draw_tick()
        super().watch_value()

    def _draw_tick(self) -> None:
        self.BUTTON_INNER = "✓" if self.value else " "


class ChoiceField(Vertical):
    """One of several words, in a list."""

    def __init__(self, field: Choice) -> None:
        """Draw a choice; `field` is what it asks."""
        super().__init__()
        self.field = field

    def compose(self) -> ComposeResult:
        """Name it, and list the words with what they mean."""
        yield Static(Content(self.field.label), classes="label")
        width = max((Content(word).cell_length for word, _ in self.field.options), default=0)
        words = WordList(*(_option(each, width) for each in self.field.options), compact=True)
        names = [word for word, _ in self.field.options]
        if self.field.chosen in names:
            words.highlighted = names.index(self.field.chosen)
        yield words

    @property
    def answer(self) -> str:
        """The word that is highlighted."""
        index = self.query_one(WordList).highlighted
        return self.field.options[index][0] if index is not None else self.field.chosen


class Suggestions(Suggester):
    """What a text may go on as, looked for where that holds nobody up."""

    def __init__(self, suggest: Callable[[str], str]) -> None:
        """Suggest; `suggest` finds it, or gives an empty text."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggest = suggest

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text that may be meant."""
        return await in_thread(partial(self._suggest, value)) or None


class EntryField(Vertical):
    """A line to type, with what is wrong with it said under it."""

    def __init__(self, field: Entry) -> None:
        """Draw a line; `field` is what it asks."""
        super().__init__()
        self.field = field

    def compose(self) -> ComposeResult:
        """Name it, give the line, and keep a place for its problem."""
        yield Static(Content(self.field.label), classes="label")
        suggest = self.field.suggest
        suggester = None if suggest is None else Suggestions(suggest)
        yield Input(self.field.text, self.field.hint, suggester=suggester)
        yield Static(Content(self.problem), classes="problem")

    @property
    def answer(self) -> str:
        """What has been typed."""
        lines = self.query(Input)
        return lines.first().value if lines else self.field.text

    @property
    def problem(self) -> str:
        """What is wrong with it, in a sentence; empty when it will do."""
        return self.field.problem(self.answer)

    def on_input_changed(self) -> None:
        """Say at once what is wrong."""
        self.query_one(".problem", Static).update(Content(self.problem))
        if self.answer != self.field.text:
            self.add_class("-typed")

    def insist(self) -> None:
        """Take the focus back, and make what is wrong stand out."""
        self.add_class("-typed")
        self.query_one(Input).focus()


class PasswordInput(Input):
    """A line whose text is shown by dots alone, goes to no clipboard, and tells nobody itself."""

    def validate_value(self, value: str) -> str:
        """Keep it as text that does not show when whatever holds it is looked at."""
        from dockertui.engine.registry.secret import Hidden

        return Hidden(value)

    def action_copy(self) -> None:
        """Copy nothing."""

    def action_cut(self) -> None:
        """Delete what is selected, and copy nothing."""
        self.delete_selection()


class PasswordField(EntryField):
    """A line to type that nobody is to see."""

    def __init__(self, field: Password) -> None:
        """Draw a line; `field` is what it asks."""
        said = Entry(field.name, field.label, hint=field.hint, problem=_nothing_typed)
        super().__init__(said)

    def compose(self) -> ComposeResult:
        """Name it, give the line, and keep a place for its problem."""
        yield Static(Content(self.field.label), classes="label")
        yield PasswordInput("", self.field.hint, password=True)
        yield Static(Content(self.problem), classes="problem")

    @property
    def secret(self) -> Secret:
        """What has been typed."""
        from dockertui.engine.registry.secret import Secret

        return Secret(self.answer)


FieldWidget = CheckBox | ChoiceField | EntryField


def drawn(fields: Sequence[Field]) -> Iterable[FieldWidget]:
    """The widgets of a question's fields, in order."""
    taken = set(_BUTTONS)
    if any(isinstance(each, Choice) for each in fields):
        taken |= _MOVES
    for field in fields:
        match field:
            case Check():
                letter = free_letter(field.label, taken)
                taken.add(letter)
                yield CheckBox(field, letter)
            case Choice():
                yield ChoiceField(field)
            case Entry():
                yield EntryField(field)
            case Password():
                yield PasswordField(field)


def free_letter(label: str, taken: Iterable[str]) -> str:
    """The key that ticks a box: a letter of its label, or a digit, that nothing else has.

    >>> free_letter("Force", ()), free_letter("Force", "f"), free_letter("yny", "yn")
    ('f', 'o', '1')
    """
    starts = (word[0] for word in label.lower().split())
    wanted = (*starts, *label.lower(), *"123456789")
    return next(
        (each for each in wanted if each.isascii() and each.isalnum() and each not in taken), ""
    )


def underlined(label: str, letter: str) -> Content:
    """A label whose key is underlined in it, or stands in front of it."""
    lowered = label.lower()
    at = 0 if lowered.startswith(letter) else lowered.find(f" {letter}") + 1 or lowered.find(letter)
    if not letter or at < 0 or len(lowered) != len(label):
        return Content.assemble((letter, "underline"), " " if letter else "", label)
    return Content(label).stylize("underline", at, at + 1)


def _nothing_typed(text: str) -> str:
    return "" if text else "Which password?"


def _option(option: tuple[str, str], width: int) -> Option:
    word, meaning = option
    return Option(Content.assemble(padded(word, width), "  ", (meaning, MUTED)))
