"""The files of an image, drawn as a tree of half a million rows if need be."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from dockertui.resources.image_pages.file_texts import MARKS, link_text, mode_text, owner_text
from dockertui.store.file_rows import FileRows
from dockertui.store.image_files import Change
from dockertui.sync.file_browsing import Sight
from dockertui.text import decimal_size
from dockertui.widgets.column_layout import cells_of, fit
from dockertui.widgets.even_layout import EvenLayout
from dockertui.widgets.row_list import RowList
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.row_view import Line
from dockertui.widgets.wrapping import wrapped

_INDENT = 2
_SIZE_CELLS, _MODE_CELLS, _OWNER_CELLS = 9, 10, 9
_INDENT_PART = 3
"""Folders within folders indent a row by one of so many parts of the width at most."""
_ROOM_FOR_MODE, _ROOM_FOR_OWNER = 56, 68
"""From how many cells on a line says so much."""

Told = Callable[[int], Iterable[tuple[str, str]]]
"""From a path's node, what there is to tell of it: lines, each with the variable of its colour."""


class FileTree(RowList[int]):
    """Draws paths; one that is opened in full tells what each layer did to it."""

    DEFAULT_CSS = """
    FileTree > .file-tree--hit { text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"file-tree--hit"}
    header_height: ClassVar[int] = 1

    def __init__(self, told: Told, opened: Callable[[], None]) -> None:
        """Begin without files.

        Args:
            told: Tells all of a path.
            opened: Called when the selected path is opened with the mouse.
        """
        super().__init__()
        self._opened = opened
        self.sight: Sight | None = None
        self.sentence: Sequence[str] = ()
        """What to say while there are no rows."""
        self._told = told
        self._whole: set[int] = set()

    def show(self, sight: Sight | None) -> None:
        """Show what is to be seen now; where one is among it stays where it is on the screen."""
        on_screen = self.placed.start(self.cursor) - self.top
        node = self.node
        self.sight = sight
        self.rows = sight.rows.nodes if sight is not None else ()
        self.cursor = sight.rows.nearest(node) if sight is not None and node is not None else 0
        self._place(self.rows)
        self._settle(on_screen)
        self.post_message(PositionChanged(self))

    def say(self, *lines: str) -> None:
        """Say something in place of rows."""
        if lines != self.sentence:
            self.sentence = lines
            self.refresh()

    def forget(self) -> None:
        """Show no row in full any more: other files are about to be shown."""
        self._whole.clear()
        self.cursor = self.top = 0
        self.show(None)

    @property
    def node(self) -> int | None:
        """The selected path; `None` when there is none."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def path(self) -> str:
        """The selected path, in full."""
        if self.sight is None or self.node is None:
            return ""
        return self.sight.view.table.path(self.node)

    def open_selected(self) -> None:
        """Do what opening the selected path does."""
        self._opened()

    def turn_whole(self) -> None:
        """Tell all of the selected path, or show it in one line again."""
        if (node := self.node) is not None:
            self._whole ^= {node}
            self.redraw()
            self.move_to(self.cursor)

    def go_to(self, node: int) -> None:
        """Select a path, open what hides it, and bring it into view."""
        if self.sight is None:
            return
        if self.sight.rows.open_to(node):
            self.show(self.sight)
        self.move_to(self.sight.rows.nearest(node))

    def render_line(self, y: int) -> Strip:
        """Draw a line, or what is said in place of rows."""
        if self.rows:
            return super().render_line(y)
        self.fit()
        width = self.size.width
        lines = [piece for it in self.sentence for piece in wrapped(it, max(1, width))]
        said = lines[y] if y < len(lines) else ""
        quiet = self.looks.part("row-view--quiet")
        return Strip([Segment(said, quiet)]).adjust_cell_length(width, self.looks.text)

    def header_line(self, _: int, width: int) -> Line:
        """Draw the headings."""
        assert self.sight is not None
        quiet = self.looks.part("row-view--quiet")
        size = "Wasted" if self.sight.rows.tells_waste else "Size"
        parts = [f"  {size:>{_SIZE_CELLS}}"]
        if width >= _ROOM_FOR_MODE:
            parts.append(f"{'Mode':{_MODE_CELLS}}")
        if width >= _ROOM_FOR_OWNER:
            parts.append(f"{'Owner':{_OWNER_CELLS}}")
        return [Segment(f"{'  '.join(parts)}    Name", quiet)]

    def row_lines(self, row: int, width: int) -> list[Line]:
        """Draw a path."""
        assert self.sight is not None
        rows, table = self.sight.rows, self.sight.view.table
        change = rows.view.change(row)
        style = self._style(change)
        head = self._head(row, change, width)
        name = f"{table.name(row)}{'/' if self._is_folder(row) else ''}"
        entry = rows.view.entry(row)
        link = link_text(entry) if entry is not None else ""
        room = max(1, width - sum(cells_of(it.text) for it in head))
        shown = fit(name, min(cells_of(name), room), cut_middle=True)
        is_hit = self.sight.search is not None and self.sight.search.is_hit(row)
        line = [
            *head,
            Segment(shown, style + self.looks.alone("file-tree--hit") if is_hit else style),
        ]
        if link and (left := room - cells_of(shown)) > 1:
            quiet = self.looks.part("row-view--quiet")
            line.append(Segment(fit(link, min(cells_of(link), left)), quiet))
        if row not in self._whole:
            return [line]
        margin = Segment(" " * (_SIZE_CELLS + 4), style)
        told = [(table.path(row), ""), *self._told(row)]
        return [line] + [
            [margin, Segment(piece, self.looks.tint(tint) if tint else self.looks.text)]
            for text, tint in told
            for piece in wrapped(text, width - len(margin.text))
        ]

    def _head(self, row: int, change: Change, width: int) -> Line:
        """What stands before a name."""
        assert self.sight is not None
        rows = self.sight.rows
        quiet = self.looks.part("row-view--quiet")
        sign, tint = self._sign(change)
        is_hidden = change is Change.HIDDEN
        size = rows.size(row) or (rows.view.wasted[row] if is_hidden else 0)
        written = fit(decimal_size(size) if size else "", _SIZE_CELLS, right=True)
        line = [
            Segment(f"{sign} ", self.looks.tint(tint)),
            Segment(f"{written}  ", quiet if is_hidden else self.looks.text),
        ]
        entry = rows.view.entry(row)
        if width >= _ROOM_FOR_MODE:
            mode = mode_text(entry) if entry is not None else ""
            line.append(Segment(f"{mode:{_MODE_CELLS}}  ", quiet))
        if width >= _ROOM_FOR_OWNER:
            owner = owner_text(entry) if entry is not None else ""
            line.append(Segment(f"{fit(owner, _OWNER_CELLS)}  ", quiet))
        depth = rows.view.table.paths.depth(row)
        indent = " " * min(_INDENT * depth, width // _INDENT_PART)
        line.append(Segment(f"{indent}{_fold(rows, row)} ", quiet))
        return line

    def _place(self, keys: Sequence[Hashable], _: Sequence[int] = ()) -> None:
        self._width = width = self.line_width
        tall = {}
        if self.sight is not None and width:
            for node in self._whole:
                if (place := self.sight.rows.place(node)) is not None:
                    tall[place] = len(self.row_lines(node, width))
        self.placed = EvenLayout(keys, tall)

    def _is_folder(self, row: int) -> bool:
        return self.sight is not None and self.sight.view.is_folder(row)

    def _sign(self, change: Change) -> tuple[str, str]:
        """The sign of what became of a path; that all of an image was added once goes unsaid."""
        assert self.sight is not None
        if change is Change.ADDED and not self.sight.is_of_layer:
            return " ", ""
        return MARKS.get(change, (" ", ""))

    def _style(self, change: Change) -> Style:
        return self.looks.tint(self._sign(change)[1])


def _fold(rows: FileRows, row: int) -> str:
    """Tells whether a folder is open; nothing of what has no content to be shown."""
    if not rows.view.is_folder(row) or not rows.has_content(row):
        return " "
    return "▾" if rows.is_open(row) else "▸"
