"""Short lists under headings, one below the other."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from enum import Enum, auto
from typing import ClassVar, NamedTuple

from rich.segment import Segment

from dockertui.model import Key
from dockertui.resources.overview.section import Section
from dockertui.widgets.column_layout import ColumnLayout, Slot, cells_of, fit
from dockertui.widgets.command import bindings, command
from dockertui.widgets.row_list import RowList
from dockertui.widgets.row_messages import CopyWanted, GoWanted
from dockertui.widgets.row_view import Line
from dockertui.widgets.wrapping import wrapped


class Role(Enum):
    """Role a line is for."""

    HEADING = auto()
    TITLES = auto()
    """Those of the columns."""
    CELLS = auto()
    SENTENCE = auto()


class SectionRow(NamedTuple):
    """A line of a section, or several."""

    role: Role
    """Role it is for."""
    section: str
    """Whose."""
    cells: tuple[str, ...]
    """Role it says."""
    styles: tuple[str, ...] = ()
    """The theme variable of each cell."""
    target: Key | None = None
    """Whom it is about."""


class SectionList(RowList[SectionRow]):
    """Shows sections; of a row's cells the flexible one takes as many lines as it needs."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        """Begin without sections."""
        super().__init__()
        self._sections: Sequence[Section] = ()
        self._grids: dict[str, ColumnLayout] = {}

    def show(self, sections: Sequence[Section]) -> None:
        """Show sections; what is as before is not drawn again."""
        self._sections = sections
        rows, keys = [], []
        anew = False
        for each in sections:
            lines = [*_lines(each)]
            anew |= self._make_room(each, lines)
            rows += lines
            keys += [*_keys(each, lines)]
        self.set_rows(rows, keys, anew=anew)

    def skipped(self) -> Collection[int]:
        """Only what is in a list is gone through."""
        return {place for place, it in enumerate(self.rows) if it.role is not Role.CELLS}

    def row_lines(self, row: SectionRow, width: int) -> list[Line]:
        """Draw a line, or as many as a cell needs."""
        match row.role:
            case Role.HEADING:
                return self._heading(row, width)
            case Role.TITLES:
                slots = self._grids[row.section].slots
                cells = (fit(it.column.title, it.width, right=it.column.right) for it in slots)
                return [[Segment(" ".join(cells), self.looks.part("row-view--quiet"))]]
            case Role.SENTENCE:
                quiet = self.looks.part("row-view--quiet")
                return [[Segment(it, quiet)] for it in wrapped(row.cells[0], width)]
            case Role.CELLS:
                return self._cells(row)

    def fit(self) -> None:
        """Lay the columns out in the width there is."""
        if any(it.room != self.line_width for it in self._grids.values()):
            for each in self._grids.values():
                each.start_anew(self.line_width)
            for section in self._sections:
                self._make_room(section, [*_lines(section)])
            self.redraw()
        super().fit()

    def open_selected(self) -> None:
        """Go to whom the selected row is about."""
        self.action_go()

    @command("enter", "Go there", show=True)
    def action_go(self) -> None:
        """Go to the container that the selected row is about."""
        if (row := self.selected) is not None:
            self.post_message(GoWanted(row.target))

    @command("y", "Copy", show=True)
    def action_copy(self) -> None:
        """Copy what the selected row says."""
        if (row := self.selected) is not None:
            self.post_message(CopyWanted("  ".join(filter(None, row.cells)), "the line"))

    def _make_room(self, section: Section, lines: Sequence[SectionRow]) -> bool:
        """Lay out the columns of a section; says if anything moved."""
        grid = self._grids.get(section.title)
        if grid is None:
            grid = self._grids[section.title] = ColumnLayout(section.columns)
            grid.start_anew(self.line_width)
        cells = (it.cells for it in lines if it.role is Role.CELLS)
        return grid.need((place, text) for row in cells for place, text in enumerate(row))

    def _heading(self, row: SectionRow, width: int) -> list[Line]:
        title, note = row.cells
        line = [Segment(title, self.looks.part("row-view--heading"))]
        if note and cells_of(title) + cells_of(note) + 2 <= width:
            line.append(Segment(f"  {note}", self.looks.part("row-view--quiet")))
        return [line] if row is self.rows[0] else [[], line]

    def _cells(self, row: SectionRow) -> list[Line]:
        slots = self._grids[row.section].slots
        long = next((it for it in slots if it.column.flexible), None)
        if long is None or long.column.cut_middle:
            return [[*self._one_line(row, slots)]]
        pieces = wrapped(row.cells[long.number], long.width)
        lines: list[Line] = []
        for place, piece in enumerate(pieces):
            if place == 0:
                lines.append([*self._one_line(row, slots, long, piece)])
            else:
                margin = Segment(" " * long.left, self.looks.text)
                style = self.looks.tint(row.styles[long.number])
                lines.append([margin, Segment(piece.lstrip(), style)])
        return lines

    def _one_line(
        self, row: SectionRow, slots: Sequence[Slot], long: Slot | None = None, piece: str = ""
    ) -> Iterator[Segment]:
        for slot in slots:
            column = slot.column
            text = piece if slot is long else row.cells[slot.number]
            cell = fit(text, slot.width, right=column.right, cut_middle=column.cut_middle)
            yield Segment(f"{cell} ", self.looks.tint(row.styles[slot.number]))

    BINDINGS = bindings(locals())


def _lines(section: Section) -> Iterator[SectionRow]:
    title, columns = section.title, section.columns
    yield SectionRow(Role.HEADING, title, (title, section.note))
    if section.rows and any(it.title for it in columns):
        yield SectionRow(Role.TITLES, title, tuple(it.title for it in columns))
    for row in section.rows:
        yield SectionRow(
            Role.CELLS,
            title,
            tuple(it.read(row, section.now)[0] for it in columns),
            tuple(it.style(row) for it in columns),
            section.target(row),
        )
    if not section.rows and section.empty:
        yield SectionRow(Role.SENTENCE, title, (section.empty,))
    if section.more:
        yield SectionRow(Role.SENTENCE, title, (section.more,))


def _keys(section: Section, lines: Sequence[SectionRow]) -> Iterator[Hashable]:
    """Identify lines: those of rows by the rows, others by their place from the nearest end."""
    rows = iter(section.rows)
    for line in lines:
        if line.role is Role.CELLS:
            yield section.title, section.key(next(rows))
        else:
            yield section.title, line.role
