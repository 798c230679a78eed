"""Two images beside each other, what is different in them first of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from dockertui.store.image_compare import Compared
from dockertui.widgets.column_layout import cells_of, fit
from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_list import RowList
from dockertui.widgets.row_messages import CopyWanted
from dockertui.widgets.row_view import Line
from dockertui.widgets.wrapping import wrapped

_LEAST_LABEL, _WIDEST_LABEL, _LABEL_PART = 12, 40, 5
_GAP = 2
_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A row: something to compare, or a heading."""

    heading: str
    """The group; for a heading, what it says."""
    compared: Compared | None = None
    """What is compared; `None` for a heading."""


class CompareTable(RowList[CompareRow]):
    """Shows what two images are, side by side; a value goes on below itself."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    header_height: ClassVar[int] = 1

    def __init__(self) -> None:
        """Begin without images."""
        super().__init__()
        self.names = "", ""
        """What the two are called."""
        self.shows_all = False
        """Is what is the same in both shown, too?"""
        self._compared: tuple[Compared, ...] = ()
        self._label = 0
        self._revealed = False

    def show(self, names: tuple[str, str], compared: Iterable[Compared]) -> None:
        """Show two images.

        Args:
            names: What they are called.
            compared: What there is to know of both.
        """
        self.names = names
        self._compared = tuple(compared)
        self._label = max((cells_of(it.label) for it in self._compared), default=0)
        self._list()

    @property
    def differences(self) -> int:
        """How many things are different."""
        return sum(it.differs for it in self._compared)

    def skipped(self) -> Collection[int]:
        """Headings are passed over."""
        return {place for place, it in enumerate(self.rows) if it.compared is None}

    def header_line(self, _: int, width: int) -> Line:
        """Draw what the two are called."""
        label, value = self._widths(width)
        bold = self.looks.part("row-view--heading")
        names = (fit(it, value, cut_middle=True) for it in self.names)
        return [Segment(" " * (label + _GAP), bold), Segment((" " * _GAP).join(names), bold)]

    def row_lines(self, row: CompareRow, width: int) -> list[Line]:
        """Draw something to compare, in as many lines as the longer of both values needs."""
        if row.compared is None:
            return [[], [Segment(row.heading, self.looks.part("row-view--heading"))]]
        it = row.compared
        label, value = self._widths(width)
        quiet = self.looks.part("row-view--quiet")
        labels = wrapped(it.label, label)
        cells = self.shown(it)
        columns = [wrapped(_NOTHING if cell is None else cell, value) for cell in cells]
        styles = self._styles(it)
        lines = list[Line]()
        for name, *pieces in zip_longest(labels, *columns, fillvalue=""):
            line = [
                Segment(
                    f"{fit(name, label)}{' ' * _GAP}", quiet if not it.differs else self.looks.text
                )
            ]
            for piece, style in zip(pieces, styles, strict=True):
                line += [Segment(fit(piece, value), style), Segment(" " * _GAP, quiet)]
            lines.append(line)
        return lines

    def shown(self, it: Compared) -> tuple[str | None, str | None]:
        """Both values as they may be shown now."""
        if self._revealed:
            return it.one, it.other
        return it.shown_one or it.one, it.shown_other or it.other

    @command("a", "All or different", show=True)
    def action_all(self) -> None:
        """Show all there is to know of both, or only what is different."""
        self.shows_all = not self.shows_all
        self._list()

    @command("v", "Reveal")
    def action_reveal(self) -> None:
        """Show every value that is masked, or mask them again."""
        self._revealed = not self._revealed
        self.redraw()

    @command("y", "Copy", show=True)
    def action_copy(self) -> None:
        """Copy both values, a line each, as they are shown."""
        if self.selected is not None and (it := self.selected.compared) is not None:
            values = "\n".join(value or "" for value in self.shown(it))
            self.post_message(CopyWanted(values, f"{it.label} of both"))

    def _list(self) -> None:
        shown = [it for it in self._compared if it.differs or it.always or self.shows_all]
        rows = list[CompareRow]()
        for heading, group in groupby(shown, key=lambda it: it.heading):
            if heading:
                rows.append(CompareRow(heading))
            rows += (CompareRow(heading, it) for it in group)
        keys = [(it.heading, it.compared.label if it.compared else None) for it in rows]
        self.set_rows(rows, keys, anew=True)

    def _widths(self, width: int) -> tuple[int, int]:
        """How many cells the labels and each of the values get."""
        label = min(max(_LEAST_LABEL, self._label), _WIDEST_LABEL, max(1, width // _LABEL_PART))
        return label, max(1, (width - label - 2 * _GAP) // 2)

    def _styles(self, it: Compared) -> tuple[Style, Style]:
        quiet, text, only = (
            self.looks.part("row-view--quiet"),
            self.looks.text,
            self.looks.tint("$file-added"),
        )
        if not it.differs:
            return quiet, quiet
        if it.one is None or it.other is None:
            return (only, quiet) if it.other is None else (quiet, only)
        return text, self.looks.tint("$file-changed")

    BINDINGS = bindings(locals())
