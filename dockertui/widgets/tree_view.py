"""A JSON document, drawn as a tree."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from dockertui.widgets.column_layout import cells_of, fit
from dockertui.widgets.json_nodes import Kind, Node, copied
from dockertui.widgets.json_tree import JsonTree
from dockertui.widgets.row_list import RowList
from dockertui.widgets.row_view import Line
from dockertui.widgets.wrapping import wrapped

_INDENT = 2
_BEFORE_A_HIT = 12
"""Characters that stay left of a hit that would be cut off otherwise."""
_LONGEST_RUN = 8
"""Characters for each cell of room that are looked at: a cell may hold a few combining ones."""
_TINTS = {
    Kind.STRING: "$json-string",
    Kind.NUMBER: "$json-number",
    Kind.WORD: "$json-word",
}


class TreeView(RowList[Node]):
    """Draws the values on show; one that is cut off opens to all of it."""

    DEFAULT_CSS = """
    TreeView > .tree-view--hit { text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tree-view--hit"}

    def __init__(self) -> None:
        """Begin without a document."""
        super().__init__()
        self.document = JsonTree()
        self.words = ""
        self.hits: list[Node] = []
        self._hit = re.compile("")
        self._owner: Hashable = None
        self._whole: set[str] = set()
        self._revealed: set[str] = set()
        self._all_revealed = False

    def show(self, document: object, owner: Hashable) -> None:
        """Show a document.

        Args:
            document: The JSON, decoded.
            owner: Whose it is; for another, secrets are masked again.
        """
        if owner != self._owner:
            self._owner, self._all_revealed = owner, False
            self._revealed.clear()
            self.redraw()
        if self.document.load(document):
            self.hits = self.document.hits(self.words)
            self.show_nodes()

    def show_nodes(self) -> None:
        """Show what is on show by now: something was opened or folded."""
        nodes, path = self.document.shown(), self.selected_key
        self.set_rows(nodes, [it.path for it in nodes], anew=True)
        if self.selected_key != path and isinstance(path, str):
            above = [at for at, it in enumerate(nodes) if it.is_branch and _is_in(path, it.path)]
            self.move_to(above[-1] if above else self.cursor)

    def heights(self, width: int, _: Sequence[int], /) -> Iterable[int]:
        """One line for each value that is not shown in full."""
        if not self._whole:
            return [1] * len(self.rows)
        return [len(self.row_lines(it, width)) if it.path in self._whole else 1 for it in self.rows]

    def row_lines(self, row: Node, width: int) -> list[Line]:
        """Draw a value: its name, and the value behind it, or below in full."""
        quiet, indent = self.looks.part("row-view--quiet"), " " * (_INDENT * max(0, row.depth - 1))
        if row.is_branch:
            return [self._branch_line(row, indent, width)]
        label = f"{row.label}: " if row.label else ""
        head = Segment(f"{indent}  ", quiet)
        name = [head, *self._marked(label, self.looks.text)]
        style = self.looks.tint(_TINTS.get(row.kind, ""))
        if row.path not in self._whole:
            room = width - cells_of(head.text) - cells_of(label)
            return [[*name, *self._marked(self._in_view(self._text(row), room), style)]]
        margin = Segment(f"{head.text}  ", quiet)
        pieces = wrapped(self.text_of(row), width - cells_of(margin.text))
        return [name, *([margin, *self._marked(it, style)] for it in pieces)]

    def text_of(self, node: Node) -> str:
        """A value with all that is in it, as it may be copied now."""
        return copied(self.document.nodes, node, self.is_revealed)

    def is_revealed(self, node: Node) -> bool:
        """May a value be shown as it is, though it looks secret?"""
        return self._all_revealed or node.path in self._revealed

    def reveal(self, node: Node) -> None:
        """Show a value as it is, or mask it again."""
        self._revealed ^= {node.path}
        self.redraw()

    def reveal_all(self) -> None:
        """Show every value as it is, or mask all that look secret again."""
        self._all_revealed = not self._all_revealed
        self._revealed.clear()
        self.redraw()

    def show_in_full(self, node: Node) -> None:
        """Show all of a value in lines of its own, or in one line again."""
        self._whole ^= {node.path}
        self.redraw()
        self.move_to(self.cursor)

    def search(self, words: str) -> None:
        """Mark what contains words."""
        self.words = words
        self._hit = re.compile(re.escape(words), re.IGNORECASE)
        self.hits = self.document.hits(words)
        self.redraw()

    def go_to(self, node: Node) -> None:
        """Select a value, open what hides it, and bring it into view."""
        if self.document.open_to(node):
            self.show_nodes()
        self.move_to(self.placed.place_of(node.path, self.cursor))

    def _branch_line(self, node: Node, indent: str, width: int) -> Line:
        is_open, quiet = self.document.is_open(node), self.looks.part("row-view--quiet")
        head, label = f"{indent}{'▾' if is_open else '▸'} ", f"{node.label} "
        # What an open branch has in it is to be read below.
        inside = node.text.partition(" ")[0] if is_open else node.text
        inside = fit(inside, width - cells_of(head) - cells_of(label))
        return [Segment(head, quiet), *self._marked(label, self.looks.text), Segment(inside, quiet)]

    def _text(self, node: Node) -> str:
        return node.plain if node.plain and self.is_revealed(node) else node.text

    def _in_view(self, text: str, room: int) -> str:
        """As much of a text as there is room for, the first hit in it included."""
        if len(text) <= room and cells_of(text) <= room:
            return text
        hit = self._hit.search(text) if self.words else None
        start = hit.start() - _BEFORE_A_HIT if hit and hit.end() >= room else 0
        if start > 0:
            text = f"…{text[start:]}"
        return fit(text[: max(1, room) * _LONGEST_RUN], room).rstrip()

    def _marked(self, text: str, style: Style) -> Line:
        if not self.words:
            return [Segment(text, style)]
        marked = style + self.looks.alone("tree-view--hit")
        line, at = [], 0
        for hit in self._hit.finditer(text):
            line += [Segment(text[at : hit.start()], style), Segment(hit.group(), marked)]
            at = hit.end()
        return [*line, Segment(text[at:], style)]


def _is_in(path: str, branch: str) -> bool:
    return path.startswith((f"{branch}.", f"{branch}["))
