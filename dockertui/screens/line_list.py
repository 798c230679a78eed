"""Lines to look through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class LineList(ScrollView, can_focus=False):
    """Lines of text, the last place saying how many more there are.

    There may be as many as an engine has objects, so only what is on show is drawn.
    """

    DEFAULT_CSS = """
    LineList {
        height: auto;
        max-height: 10;
        overflow-x: hidden;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--more"}

    def __init__(self, lines: Sequence[str]) -> None:
        """Show lines; they are drawn as they stand, cut where they are too long."""
        super().__init__()
        self.lines = lines

    def show(self, lines: Sequence[str]) -> None:
        """Show other lines."""
        if tuple(lines) != tuple(self.lines):
            self.lines = lines
            self.scroll_to(y=0, animate=False)
            self.virtual_size = Size(self.scrollable_content_region.width, len(lines))
            self.refresh(layout=True)

    def on_resize(self) -> None:
        """Fit what is on show to the room there is."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.lines))

    def get_content_height(self, *_: object) -> int:
        """As high as there are lines."""
        return len(self.lines)

    @property
    def below(self) -> int:
        """How many lines are below what is on show."""
        return max(0, len(self.lines) - self.scroll_offset.y - self.size.height)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        style = self.rich_style
        index = y + self.scroll_offset.y
        text = self.lines[index] if index < len(self.lines) else ""
        if self.below and y == self.size.height - 1:
            text = f"and {self.below + 1:,} more (pgdn)"
            style = self.get_component_rich_style("line-list--more")
        width = self.scrollable_content_region.width
        strip = Strip([Segment(text, style)])
        if strip.cell_length > width:
            strip = Strip([*strip.crop(0, max(0, width - 1)), Segment("…", style)])
        return strip.adjust_cell_length(width, style)
