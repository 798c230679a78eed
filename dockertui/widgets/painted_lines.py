"""A widget that is drawn line by line, and no line more often than it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class PaintedLines(Widget):
    """Knows what each of its lines showed last.

    Textual asks for all lines of a widget whenever one of them is to be painted; those that are
    as they were cost next to nothing here.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Begin with nothing painted.

        Args:
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self._shown: dict[int, Strip] = {}
        self._finished: dict[int, Strip] = {}

    def draw(self, y: int) -> Strip:
        """Draw a line as it should look now."""
        raise NotImplementedError

    def repaint(self, lines: Sequence[int]) -> None:
        """Have neighbouring lines drawn again."""
        for y in lines:
            self._finished.pop(y, None)
        if lines:
            self.refresh(Region(0, lines[0], self.size.width, len(lines)))

    def repaint_all(self) -> None:
        """Have every line drawn again."""
        self.repaint(range(self.size.height))

    def repaint_if_different(self, lines: Iterable[int]) -> None:
        """Have those of some lines drawn again, in ascending order, that look different now."""
        different = [y for y in lines if (old := self._shown.get(y)) is None or self.draw(y) != old]
        for _, run in groupby(enumerate(different), key=lambda it: it[1] - it[0]):
            self.repaint([y for _, y in run])

    def render_line(self, y: int) -> Strip:
        """Draw a line, and remember it."""
        strip = self._shown[y] = self.draw(y)
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; Textual's way is taken only where it has something to add to them."""
        if not self.is_attached:
            # It was taken away, its styles are gone, and the screen is not laid out anew yet.
            return [Strip.blank(crop.width)] * crop.height
        if self.gutter or self.opacity < 1:
            return super().render_lines(crop)
        strips = [self._finished.get(y) or self._finish(y) for y in crop.line_range]
        left, right = crop.column_span
        whole = right - left == self.size.width
        return strips if whole else [it.crop(left, right) for it in strips]

    def _finish(self, y: int) -> Strip:
        """Do to a line what Textual does to every line just before it is painted."""
        strip = self.render_line(y)
        _, ground = self.background_colors
        for each in self.get_line_filters():
            strip = strip.apply_filter(each, ground)
        self._finished[y] = strip
        return strip
