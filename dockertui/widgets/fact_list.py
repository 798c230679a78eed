"""Labels and values, one below the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from typing import ClassVar

from rich.segment import Segment

from dockertui.resources.tab import Fact
from dockertui.widgets.column_layout import cells_of, fit
from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_list import RowList
from dockertui.widgets.row_messages import CopyWanted
from dockertui.widgets.row_view import Line
from dockertui.widgets.wrapping import wrapped

_WIDEST_LABEL = 18
"""Cells for labels at most; a longer one shares its line only with a value that fits behind it."""
_LABEL_PART = 3
"""Labels get one of so many parts of the width at most."""
_GAP = 2


class FactList(RowList[Fact]):
    """Shows facts whole: a value that is too long goes on in the next line, below itself.

    Secrets stay masked until one asks, and are masked again for the next object.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        """Begin without facts."""
        super().__init__()
        self._owner: Hashable = None
        self._revealed: set[Hashable] = set()
        self._all_revealed = False
        self._label_width = 0

    def show(self, facts: Iterable[Fact], owner: Hashable) -> None:
        """Show facts.

        Args:
            facts: What there is to know.
            owner: Whose they are; for another, nothing is revealed any more.
        """
        rows = tuple(facts)
        anew = owner != self._owner and (bool(self._revealed) or self._all_revealed)
        if owner != self._owner:
            self._owner = owner
            self._conceal()
        labels = (cells_of(it.label) for it in rows if not it.heading)
        widest = max((it for it in labels if it <= _WIDEST_LABEL), default=0)
        anew |= widest != self._label_width
        self._label_width = widest
        self.set_rows(rows, _keys(rows), anew=anew)

    def skipped(self) -> Collection[int]:
        """Headings are passed over."""
        return {place for place, it in enumerate(self.rows) if it.heading}

    def row_lines(self, row: Fact, width: int) -> list[Line]:
        """Draw a fact: its label, and beside it as many lines as its value needs."""
        if row.heading:
            heading = [Segment(row.label, self.looks.part("row-view--heading"))]
            return [heading] if row is self.rows[0] else [[], heading]
        room = min(self._label_width, width // _LABEL_PART)
        quiet, style = self.looks.part("row-view--quiet"), self.looks.tint(row.style)
        head, value = row.label, self.shown(row)
        above: list[Line] = []
        if cells_of(head) > room and cells_of(head) + _GAP + cells_of(value) > width:
            above = [[Segment(it, quiet)] for it in wrapped(head, width)]
            head = ""
        first, *others = wrapped(value, width - max(room, cells_of(head)) - _GAP)
        beside = [
            Segment(fit(head, max(room, cells_of(head)) + _GAP), quiet),
            Segment(first, style),
        ]
        margin = Segment(" " * (room + _GAP), quiet)
        return [*above, beside, *([margin, Segment(it, style)] for it in others)]

    def shown(self, fact: Fact) -> str:
        """The value of a fact as it may be shown now."""
        return fact.value if self._is_open(fact) else fact.masked

    @command("v", "Reveal", show=True)
    def action_reveal(self) -> None:
        """Show the selected value if it is masked, or mask it again."""
        if (fact := self.selected) is not None and fact.masked:
            self._revealed ^= {fact}
            self.redraw()

    @command("V", "Reveal all")
    def action_reveal_all(self) -> None:
        """Show every value that is masked, or mask them all again."""
        revealed = self._all_revealed
        self._conceal()
        self._all_revealed = not revealed
        self.redraw()

    @command("y", "Copy", show=True)
    def action_copy(self) -> None:
        """Copy the selected value, as it is shown."""
        if (fact := self.selected) is None:
            return
        what = fact.label or "the line"
        if not self._is_open(fact):
            what += ", masked; v reveals it first"
        self.post_message(CopyWanted(self.shown(fact), what))

    def _is_open(self, fact: Fact) -> bool:
        return not fact.masked or self._all_revealed or fact in self._revealed

    def _conceal(self) -> None:
        self._revealed.clear()
        self._all_revealed = False

    BINDINGS = bindings(locals())


def _keys(facts: Iterable[Fact]) -> list[Hashable]:
    """Identify facts by heading and label; of those that share both, by their order."""
    heading, seen = "", Counter[tuple[str, str]]()
    keys: list[Hashable] = []
    for fact in facts:
        heading = fact.label if fact.heading else heading
        seen[heading, fact.label] += 1
        keys.append((heading, fact.label, seen[heading, fact.label]))
    return keys
