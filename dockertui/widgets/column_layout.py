"""How wide the columns of a table are, and which give way when there is little room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len, set_cell_size

from dockertui.resources.resource import Column

_LONGEST_RUN = 8
"""Characters for each cell that are looked at: a cell may hold a few combining ones."""


class Slot(NamedTuple):
    """A column that has a place on the screen."""

    number: int
    """Which of the table's columns it is."""
    column: Column[Any]
    """What it shows."""
    left: int
    """The cells before it."""
    width: int
    """Its own cells."""


class ColumnLayout:
    """Gives columns the room that their texts need, as far as there is room.

    What a column needs only grows, so that nothing shifts back and forth under a reader's eyes.
    """

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        """Begin with what the headings need.

        Args:
            columns: The columns from left to right.
        """
        self._columns = columns
        self._room = 0
        self._needed: list[int] = []
        self.absent: tuple[int, ...] = ()
        """The columns that are left out until they have something to say."""
        self.slots: tuple[Slot, ...] = ()
        self.start_anew(0)

    @property
    def room(self) -> int:
        """The cells there are for all columns."""
        return self._room

    def start_anew(self, room: int) -> None:
        """Forget what texts needed, and lay the columns out in so many cells."""
        self._room = room
        self._needed = [_least(each) for each in self._columns]
        self.absent = tuple(place for place, it in enumerate(self._columns) if it.late)
        self._lay_out()

    def need(self, texts: Iterable[tuple[int, str]]) -> bool:
        """Make room for texts, each with the index of its column; says if anything moved."""
        needed, grown = self._needed, False
        for index, text in texts:
            if text and index in self.absent:
                self.absent = tuple(it for it in self.absent if it != index)
                grown = True
            if len(text) * 2 <= needed[index]:
                continue
            if (cells := cells_of(text)) > needed[index]:
                needed[index], grown = cells, True
        return grown and self._lay_out()

    def at(self, x: int) -> Slot | None:
        """The column that a cell belongs to, with the blank behind it."""
        return next((it for it in self.slots if it.left <= x <= it.left + it.width), None)

    def _lay_out(self) -> bool:
        before = self.slots
        kept = self._kept()
        widths = self._widths(kept)
        slots, left = [], 0
        for index in kept:
            slots.append(Slot(index, self._columns[index], left, widths[index]))
            left += widths[index] + 1
        self.slots = tuple(slots)
        return self.slots != before

    def _kept(self) -> list[int]:
        """The columns for whose least there is room: those with the lowest `keep` are left out."""
        kept = [it for it in range(len(self._columns)) if it not in self.absent]
        least = sum(_least(self._columns[it]) for it in kept) + len(kept) - 1
        while len(kept) > 1 and least > self._room:
            leaving = min(reversed(kept), key=lambda it: self._columns[it].keep)
            kept.remove(leaving)
            least -= _least(self._columns[leaving]) + 1
        return kept

    def _widths(self, kept: Sequence[int]) -> dict[int, int]:
        columns, needed = self._columns, self._needed
        widths = {it: _least(columns[it]) for it in kept}
        left = self._room - sum(widths.values()) - len(kept) + 1
        if left < 0:
            return {it: max(0, self._room) for it in kept}
        modest = {it: min(needed[it], columns[it].most or needed[it]) for it in kept}
        left = _share(left, widths, modest)
        left = _share(left, widths, {it: needed[it] for it in kept})
        if flexible := [it for it in kept if columns[it].flexible]:
            widths[flexible[0]] += left
        return widths


def _least(column: Column[Any]) -> int:
    return column.width or cells_of(column.title) or 1


def _share(left: int, widths: dict[int, int], wanted: Mapping[int, int]) -> int:
    """Widen columns towards what they want, each as much as the others; returns what is left."""
    lacking = sorted(
        (it for it in widths if wanted[it] > widths[it]), key=lambda it: wanted[it] - widths[it]
    )
    for place, it in enumerate(lacking):
        more = min(wanted[it] - widths[it], left // (len(lacking) - place))
        widths[it] += more
        left -= more
    return left


def cells_of(text: str) -> int:
    """How many cells of the terminal a text takes.

    >>> cells_of("web"), cells_of("数据")
    (3, 4)
    """
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, width: int, *, right: bool = False, cut_middle: bool = False) -> str:
    """Make a text take exactly so many cells; what is cut out is replaced by an ellipsis.

    >>> fit("web", 5), fit("web", 5, right=True), fit("worker-1", 5), fit("数据库", 4)
    ('web  ', '  web', 'work…', '数… ')
    """
    cells = len(text) if text.isascii() else cell_len(text)
    if cells > width:
        text = _cut(text, width, width // 2 if cut_middle else 0)
        cells = cells_of(text)
    blank = " " * (width - cells)
    return blank + text if right else text + blank


def _cut(text: str, width: int, tail: int) -> str:
    if width <= 1:
        return "…"[: max(0, width)]
    if text.isascii():
        return f"{text[: width - 1 - tail]}…{text[len(text) - tail :]}"
    head = set_cell_size(text[: width * _LONGEST_RUN], width - 1 - tail).rstrip()
    return f"{head}…{_last_cells(text, tail)}"


def _last_cells(text: str, width: int) -> str:
    """As much of a text's end as fits; no combining character is left without its letter."""
    text = text[len(text) - min(len(text), width * _LONGEST_RUN) :]
    while text and (cell_len(text) > width or not cell_len(text[0])):
        text = text[1:]
    return text
