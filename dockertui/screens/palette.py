"""Everything that can be done, found by typing a few letters of its name."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from dockertui.screens.dialog import MUTED, Dialog, Frame
from dockertui.screens.item import Item, ItemOption, WordList, key_width, option, padded
from dockertui.widgets.command import bindings, command

LABEL = 20
"""How wide labels may make their column; what follows a longer one stands out of line."""


class FoundList(WordList, can_focus=False):
    """What was found; it is moved through while the line above has the focus."""


class Palette(Dialog[str | None]):
    """A line to type and what it finds; its result is the id of what was chosen."""

    AUTO_FOCUS = "Input"

    def __init__(self, items: Sequence[Item]) -> None:
        """Offer items, in this order while nothing is typed."""
        super().__init__()
        self.items = items
        self._found: Sequence[Item] = ()
        self._keys = key_width(items)
        longest = max((Content(it.label).cell_length for it in items), default=0)
        self._labels = min(longest, LABEL)
        self._search = FuzzySearch()

    def compose(self) -> ComposeResult:
        """Put the line on top, what it finds under it, and what the highlighted one does last."""
        with Frame("Actions", classes="palette") as frame:
            frame.show_keys(("↑↓", "move"), ("enter", "do it"), ("esc", "close"))
            yield Input(placeholder="type a few letters of what to do")
            yield FoundList(*self._find(""), compact=True, markup=False)
            yield Static("Nothing is called that.", markup=False, classes="empty")
            yield Static(markup=False, classes="help")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find anew."""
        options = self.query_one(FoundList)
        options.set_options(self._find(event.value))
        options.action_first()
        self.set_class(not self._found, "-empty")

    def on_input_submitted(self) -> None:
        """Choose what is highlighted."""
        self.query_one(FoundList).action_select()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what it does."""
        if isinstance(event.option, ItemOption):
            self.query_one(".help", Static).update(Content(event.option.item.help))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose it, though more may have been typed and something else be in its place."""
        if isinstance(event.option, ItemOption):
            self.dismiss(event.option.item.id)

    @command("down,ctrl+n", "Next")
    def action_next(self) -> None:
        """Go one down."""
        self.query_one(FoundList).action_cursor_down()

    @command("up", "Previous")
    def action_previous(self) -> None:
        """Go one up."""
        self.query_one(FoundList).action_cursor_up()

    @command("pagedown", "Next page")
    def action_next_page(self) -> None:
        """Go a page down."""
        self.query_one(FoundList).action_page_down()

    @command("pageup", "Previous page")
    def action_previous_page(self) -> None:
        """Go a page up."""
        self.query_one(FoundList).action_page_up()

    def _find(self, query: str) -> list[Option]:
        words = query.split()
        matches = [(it, *self._match(it, words)) for it in self.items]
        matches = [each for each in matches if each[1] > 0]
        matches.sort(key=lambda each: (not each[0].enabled, -each[1]))
        self._found = [it for it, _, _ in matches]
        return [self._option(it, places) for it, _, places in matches]

    def _match(self, item: Item, words: Sequence[str]) -> tuple[float, set[int]]:
        """How well an item matches every word, and where in its label and group."""
        total, places = 1.0, set[int]()
        for word in words:
            score, at = self._search.match(word, f"{item.label} {item.group}")
            if not score and word.lower() not in item.help.lower():
                return 0.0, set()
            total += score
            places.update(at)
        return total, places

    def _option(self, item: Item, places: set[int]) -> Option:
        name = Content(f"{item.label} {item.group}")
        for at in places:
            name = name.stylize("underline", at, at + 1)
        label, group = name[: len(item.label)], name[len(item.label) + 1 :]
        return option(
            item,
            padded(label, self._labels),
            group.stylize_before(MUTED) if item.enabled else group,
            Content(item.why_not),
            keys=self._keys,
        )

    BINDINGS = bindings(locals())
