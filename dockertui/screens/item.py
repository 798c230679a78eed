"""Things to choose from, and the list that shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from dockertui.widgets.command import bindings, command, key_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that can be done, as the menu, the palette and the help show it."""

    id: str
    """What the menu or the palette answers when it is chosen."""
    key: str
    """The keys that do it anywhere, as Textual spells them; empty for none."""
    label: str
    """What it is called: a word or two."""
    help: str = ""
    """What it does, in a sentence."""
    group: str = ""
    """What it is done to, or where it belongs."""
    enabled: bool = True
    """Can it be done now?"""
    why_not: str = ""
    """Why it cannot, in a few words."""
    note: str = ""
    """What else to know of it while it can, in a few words."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Each key by itself."""
        return tuple(each.strip() for each in self.key.split(",") if each.strip())


class ItemOption(Option):
    """A row of a list, which knows what it stands for whatever the list shows by now."""

    def __init__(self, item: Item, prompt: Content) -> None:
        """Show an item.

        Args:
            item: What is chosen with it.
            prompt: How it reads.
        """
        super().__init__(prompt, disabled=not item.enabled)
        self.item = item


class WordList(OptionList):
    """A list of one-line options that `j` and `k` move through as well."""

    def on_click(self, event: Click) -> None:
        """Choose nothing with a click on a line that has gone since."""
        if event.style.meta.get("option", 0) >= self.option_count:
            event.prevent_default()

    @command("j", "Next")
    def action_next(self) -> None:
        """Go one down."""
        self.action_cursor_down()

    @command("k", "Previous")
    def action_previous(self) -> None:
        """Go one up."""
        self.action_cursor_up()

    @command("pagedown", "Next page")
    def action_page_down(self) -> None:
        """Go as many down as are on show."""
        self._go_near((self.highlighted or 0) + self.size.height)

    @command("pageup", "Previous page")
    def action_page_up(self) -> None:
        """Go as many up as are on show."""
        self._go_near((self.highlighted or 0) - self.size.height)

    def _go_near(self, index: int) -> None:
        """Highlight what is nearest to a place; the stock list highlights nothing at its ends."""
        enabled = [at for at, each in enumerate(self.options) if not each.disabled]
        if enabled:
            self.highlighted = min(enabled, key=lambda at: abs(at - index))

    BINDINGS = bindings(locals())


def key_width(items: Iterable[Item]) -> int:
    """How many cells the longest key takes."""
    return max((Content(key_name(each.key)).cell_length for each in items), default=0)


def padded(text: str | Content, width: int) -> Content:
    """Text with as many spaces as it takes to be so many cells wide."""
    content = Content(text) if isinstance(text, str) else text
    return content.pad_right(max(0, width - content.cell_length))


def option(item: Item, *parts: Content, keys: int) -> ItemOption:
    """A row of a list: the key, in so many cells, then what follows it."""
    key = Content.styled(padded(key_name(item.key), keys).plain, "bold" if item.enabled else "")
    return ItemOption(item, Content("  ").join((key, *parts)))
