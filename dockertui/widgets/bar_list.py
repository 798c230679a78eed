"""Bars below each other: how far each part of something is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from dockertui.widgets.column_layout import fit
from dockertui.widgets.painted_lines import PaintedLines

_FULL, _EMPTY = "━", "╌"
_NAME, _STATUS, _AMOUNT = 14, 20, 15
_LEAST_BAR = 8


@dataclass(frozen=True, slots=True)
class BarRow:
    """A part, and how far it is."""

    name: str
    """What it is called; clean."""
    status: str
    """What it is at; clean."""
    share: float | None = None
    """How much of that is done, from 0 to 1; `None` if nobody can tell."""
    amount: str = ""
    """How much that is, in words."""
    is_over: bool = False
    """Is nothing left to do?"""


class BarList(PaintedLines):
    """As many bars as fit; of those that are over only the count where there are more."""

    DEFAULT_CSS = """
    BarList {
        height: auto;
        & > .bar-list--name { color: $text-muted; }
        & > .bar-list--full { color: $busy; }
        & > .bar-list--over { color: $container-running; }
        & > .bar-list--empty { color: $scrollbar; }
        &.-still > .bar-list--full { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"bar-list--{part}" for part in ("name", "full", "over", "empty")
    }

    def __init__(self) -> None:
        """Begin without bars."""
        super().__init__()
        self.rows: tuple[BarRow | str, ...] = ()
        self._all: tuple[BarRow, ...] = ()
        self._most = 0

    def show(self, rows: Sequence[BarRow], most: int, *, is_still: bool = False) -> None:
        """Show bars.

        Args:
            rows: All there are.
            most: How many lines they may take.
            is_still: Will those that are not over never be?
        """
        if is_still is not self.has_class("-still"):
            self.set_class(is_still, "-still")
            self.repaint_all()
        if (tuple(rows), most) == (self._all, self._most):
            return
        self._all, self._most = tuple(rows), most
        before, self.rows = self.rows, shown_rows(self._all, most)
        if len(before) != len(self.rows):
            self.styles.height = len(self.rows)
            self.display = bool(self.rows)
            self.repaint_all()
        else:
            self.repaint_if_different(range(len(self.rows)))

    def notify_style_update(self) -> None:
        """Draw with the styles there are now."""
        super().notify_style_update()
        self.repaint_all()

    def draw(self, y: int) -> Strip:
        """Draw a bar, or the line that counts those that are not shown."""
        width, plain = self.size.width, self.rich_style
        if y >= len(self.rows):
            return Strip.blank(width, plain)
        row = self.rows[y]
        name = self.get_component_rich_style("bar-list--name")
        if isinstance(row, str):
            return Strip([Segment(f" {row}", name)]).adjust_cell_length(width, name)
        cells = max(_LEAST_BAR, width - _NAME - _STATUS - _AMOUNT - 5)
        filled = int((row.share or 0.0) * cells)
        full = self.get_component_rich_style(f"bar-list--{'over' if row.is_over else 'full'}")
        empty = self.get_component_rich_style("bar-list--empty")
        return Strip(
            [
                Segment(f" {fit(row.name, _NAME, cut_middle=True)} ", name),
                Segment(_FULL * filled, full),
                Segment(_EMPTY * (cells - filled), empty),
                Segment(f" {fit(row.amount, _AMOUNT, right=True)} ", name),
                Segment(f" {fit(row.status, _STATUS)}", plain),
            ]
        ).adjust_cell_length(width, plain)


def shown_rows(rows: Sequence[BarRow], most: int) -> tuple[BarRow | str, ...]:
    """Choose what fits: all, or else those that go on, between counts of the others.

    >>> rows = [BarRow("a", "", is_over=True), BarRow("b", ""), BarRow("c", ""), BarRow("d", "")]
    >>> [it if isinstance(it, str) else it.name for it in shown_rows(rows, 3)]
    ['1 done', 'b', '2 more wait']
    """
    if len(rows) <= most:
        return tuple(rows)
    open_ = [it for it in rows if not it.is_over]
    over = len(rows) - len(open_)
    head = (f"{over} done",) if over else ()
    room = max(0, most - len(head))
    if len(open_) <= room:
        return (*head, *open_)
    # Those that move are of more interest than those that wait for their turn.
    moving = sorted(open_, key=lambda it: it.share is None)[: max(0, room - 1)]
    kept = [it for it in open_ if it in moving]
    return (*head, *kept, f"{len(open_) - len(kept)} more wait")
