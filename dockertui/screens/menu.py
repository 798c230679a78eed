"""What can be done to the selected object."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dockertui.screens.dialog import MUTED, Dialog, Frame
from dockertui.screens.item import Item, WordList, key_width, option, padded

_MOVES = frozenset(("j", "k", "up", "down", "enter", "escape"))


class Menu(Dialog[str | None]):
    """A list of what can be done; its result is the id of what was chosen.

    Each item can be chosen with its own key as well, so that people learn it.
    """

    def __init__(self, title: str, items: Sequence[Item]) -> None:
        """Offer items.

        Args:
            title: What they can be done to.
            items: In the order of use; those that cannot be done now are shown last.
        """
        super().__init__()
        self.heading = title
        self.items = sorted(items, key=lambda it: not it.enabled)

    def compose(self) -> ComposeResult:
        """List the items, and keep a place for what the highlighted one does."""
        with Frame(self.heading, classes="menu") as frame:
            frame.show_keys(("enter", "do it"), ("esc", "close"))
            yield WordList(*self._options(), compact=True, markup=False)
            yield Static(markup=False, classes="help")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what it does."""
        self._say(self.items[event.option_index].help)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what is highlighted."""
        self.dismiss(self.items[event.option_index].id)

    def on_key(self, event: Key) -> None:
        """Choose the item that has this key, or say why it cannot be."""
        if event.key in _MOVES or not self.is_open:
            return
        having = [it for it in self.items if event.key in it.keys]
        if not having:
            return
        event.stop()
        if having[0].enabled:
            self.dismiss(having[0].id)
        else:
            self._say(having[0].why_not, "$text-warning")

    def _say(self, sentence: str, style: str = MUTED) -> None:
        self.query_one(".help", Static).update(Content.styled(sentence, style))

    def _options(self) -> list[Option]:
        keys = key_width(self.items)
        labels = max((Content(it.label).cell_length for it in self.items), default=0)
        return [
            option(
                it,
                padded(it.label, labels),
                Content.styled(it.note, MUTED) if it.enabled else Content(it.why_not),
                keys=keys,
            )
            for it in self.items
        ]
