"""The keys, and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult, RenderResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from dockertui.screens.dialog import Dialog, Frame
from dockertui.widgets.command import bindings, command, key_name


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together."""

    title: str
    """Where they hold."""
    keys: tuple[tuple[str, str, str], ...]
    """Each key as Textual spells it, its label, and what it does in a sentence."""


class Help(Dialog[None]):
    """Every key there is, those of what has the focus first."""

    def __init__(self, groups: Sequence[KeyGroup]) -> None:
        """Show groups, in this order."""
        super().__init__()
        self.groups = groups

    def compose(self) -> ComposeResult:
        """Put the groups into two columns, under each other where it is narrow."""
        every = [each for group in self.groups for each in group.keys]
        keys = max((Content(key_name(key)).cell_length for key, _, _ in every), default=0)
        labels = max((Content(label).cell_length for _, label, _ in every), default=0)
        with Frame("Keys", classes="keys") as frame:
            frame.show_keys(("↑↓", "scroll"), ("esc", "close"))
            with Container(classes="columns"):
                for column in columns(self.groups):
                    with Vertical():
                        for group in column:
                            yield Static(Content(group.title), classes="title")
                            yield KeyTable(group, keys, labels)

    @command("question_mark,q", "Close")
    def action_leave(self) -> None:
        """Go back to what it was about."""
        self.action_close()

    @command("down,j", "Down")
    def action_down(self) -> None:
        """Scroll one line down."""
        self.query_one(Frame).scroll_down(animate=False)

    @command("up,k", "Up")
    def action_up(self) -> None:
        """Scroll one line up."""
        self.query_one(Frame).scroll_up(animate=False)

    @command("pagedown,space", "Page down")
    def action_page_down(self) -> None:
        """Scroll one page down."""
        self.query_one(Frame).scroll_page_down(animate=False)

    @command("pageup", "Page up")
    def action_page_up(self) -> None:
        """Scroll one page up."""
        self.query_one(Frame).scroll_page_up(animate=False)

    @command("home", "Top")
    def action_top(self) -> None:
        """Scroll to the first key."""
        self.query_one(Frame).scroll_home(animate=False)

    @command("end", "Bottom")
    def action_bottom(self) -> None:
        """Scroll to the last key."""
        self.query_one(Frame).scroll_end(animate=False)

    BINDINGS = bindings(locals())


class KeyTable(Widget):
    """The keys of one group, each with its label and what it does."""

    DEFAULT_CSS = "KeyTable { height: auto; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-table--key", "key-table--help"}

    def __init__(self, group: KeyGroup, key_width: int, label_width: int) -> None:
        """Draw a group, with columns as wide as those of the other groups."""
        super().__init__()
        self.group = group
        self.widths = key_width, label_width

    def render(self) -> RenderResult:
        """Draw the table; a sentence that is too long goes on under itself."""
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        key_width, label_width = self.widths
        table.add_column(no_wrap=True, width=key_width, style=self._style("key"))
        table.add_column(no_wrap=True, width=label_width)
        table.add_column(ratio=1, style=self._style("help"))
        for key, label, help_ in self.group.keys:
            table.add_row(Text(key_name(key)), Text(label), Text(help_))
        return table

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"key-table--{part}")


def columns(groups: Sequence[KeyGroup]) -> tuple[Sequence[KeyGroup], Sequence[KeyGroup]]:
    """Divide groups into two columns that are about as high, without changing their order."""
    heights = [len(each.keys) + 2 for each in groups]
    at = min(
        range(len(groups) + 1), key=lambda it: abs(sum(heights[:it]) - sum(heights[it:])), default=0
    )
    return groups[:at], groups[at:]
