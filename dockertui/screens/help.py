"""The keys, and what they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from dockertui.screens.dialog import Dialog, Frame
from dockertui.widgets.command import bindings, command, key_name

GAP = "  "
LABEL = 16
"""How wide labels may make their column; a longer one has the line to itself."""
Row = tuple[tuple[str, str], ...]
"""The parts of a row: the style of each, and its text."""


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
        keys = max((len(key_name(key)) for key, _, _ in every), default=0)
        labels = min(LABEL, max((len(label) for _, label, _ in every), default=0))
        with Frame("Keys", classes="keys") as frame:
            frame.show_keys(("↑↓", "scroll"), ("esc", "close"))
            with Container(classes="columns"):
                for column in columns(self.groups):
                    yield KeyColumn(column, keys, labels)

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


class KeyColumn(Widget):
    """Some groups of keys under each other; a sentence that is too long goes on under itself."""

    DEFAULT_CSS = "KeyColumn { height: auto; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"key-column--{part}" for part in ("title", "key", "label", "help")
    }

    def __init__(self, groups: Sequence[KeyGroup], key_width: int, label_width: int) -> None:
        """Draw groups, with keys and labels as wide as those of the other column."""
        super().__init__()
        self.groups = groups
        self.widths = key_width, label_width
        self._rows: list[Row] = []
        self._rows_width = 0

    def rows(self, width: int) -> list[Row]:
        """What to draw in so many cells."""
        if width != self._rows_width:
            self._rows_width = width
            self._rows = [row for group in self.groups for row in self._rows_of(group, width)]
        return self._rows

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As high as there are rows."""
        return len(self.rows(width))

    def render_line(self, y: int) -> Strip:
        """Draw a row."""
        rows = self.rows(self.size.width)
        parts = rows[y] if y < len(rows) else ()
        strip = Strip(
            Segment(text, self.get_component_rich_style(f"key-column--{part}"))
            for part, text in parts
        )
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    def _rows_of(self, group: KeyGroup, width: int) -> Iterator[Row]:
        key_width, label_width = self.widths
        before = key_width + label_width + 2 * len(GAP)
        yield (("title", group.title),)
        for key, label, help_ in group.keys:
            lines = wrap(help_, max(LABEL, width - before))
            first, *others = lines if lines and len(label) <= label_width else ("", *lines)
            yield (
                ("key", key_name(key).ljust(key_width) + GAP),
                ("label", label.ljust(label_width) + GAP),
                ("help", first),
            )
            yield from ((("help", " " * before + each),) for each in others)
        yield ()


def columns(groups: Sequence[KeyGroup]) -> tuple[Sequence[KeyGroup], Sequence[KeyGroup]]:
    """Divide groups into two columns that are about as high, without changing their order."""
    heights = [len(each.keys) + 2 for each in groups]
    at = min(
        range(len(groups) + 1), key=lambda it: abs(sum(heights[:it]) - sum(heights[it:])), default=0
    )
    return groups[:at], groups[at:]
