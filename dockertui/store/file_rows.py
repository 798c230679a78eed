"""Which files of a view are on show, in order: those that no folded folder hides."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from dockertui.model.path_table import ROOT
from dockertui.store.image_files import FileView, Mark

_FEW = 64
"""Folders whose sorted content is remembered."""


class Order(StrEnum):
    """What files of a folder are sorted by."""

    SIZE = "size"
    """The largest first."""
    NAME = "name"
    """By the bytes of their names, folders and files alike."""


class FileRows:
    """The rows of a tree of files. A row is a path's node; that costs six bytes."""

    def __init__(self, view: FileView, opened: bytearray, order: Order, shown: Mark) -> None:
        """List the rows.

        Args:
            view: The files.
            opened: For each path, whether its folder is open; kept up to date here.
            order: How to sort them.
            shown: Only paths with one of these marks are listed, and the folders they are in.
        """
        self.view = view
        self.order = order
        self.shown = shown
        self.opened = opened
        opened.extend(bytes(max(0, len(view) - len(opened))))
        self._sorted: dict[int, list[int]] = {}
        self._key = self._key_of_order()
        self.nodes, self.depths = array("I"), array("H")
        """The node of each row, and in how many folders it is."""
        self._list()

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.nodes)

    def is_open(self, node: int) -> bool:
        """Is what is in a folder on show, as far as the folder is?"""
        return bool(self.opened[node])

    def has_content(self, node: int) -> bool:
        """Is there anything to show in a folder?"""
        marks, shown = self.view.marks, self.shown
        return any(marks[it] & shown for it in self.view.children.of(node))

    def content(self, node: int) -> list[int]:
        """What is to be shown in a folder, in order."""
        if (found := self._sorted.get(node)) is None:
            marks, shown = self.view.marks, int(self.shown)
            found = [it for it in self.view.children.of(node) if marks[it] & shown]
            found.sort(key=self._key)
            if len(self._sorted) >= _FEW:
                del self._sorted[next(iter(self._sorted))]
            self._sorted[node] = found
        return found

    def size(self, node: int) -> int:
        """What is told of the size of a path: what can be seen of it, or what is wasted."""
        view = self.view
        return view.wasted[node] if self.tells_waste else view.totals[node]

    @property
    def tells_waste(self) -> bool:
        """Are sizes those of what is stored and cannot be seen?"""
        return not self.shown & (Mark.SAME | Mark.ADDED | Mark.CHANGED)

    def cost(self, place: int) -> int:
        """How many rows more there are at least, if a row's folder is opened."""
        return self.view.children.count(self.nodes[place])

    def open(self, place: int) -> None:
        """Show what is in the folder of a row."""
        node = self.nodes[place]
        if self.opened[node]:
            return
        self.opened[node] = 1
        nodes, depths = self._below(node, self.depths[place] + 1)
        self.nodes[place + 1 : place + 1] = nodes
        self.depths[place + 1 : place + 1] = depths

    def fold(self, place: int) -> None:
        """Hide what is in the folder of a row."""
        self.opened[self.nodes[place]] = 0
        end = self.end(place)
        del self.nodes[place + 1 : end]
        del self.depths[place + 1 : end]

    def end(self, place: int) -> int:
        """The place of the first row that is not in the folder of a row."""
        depth = self.depths[place]
        rest = enumerate(self.depths[place + 1 :], place + 1)
        return next((at for at, it in rest if it <= depth), len(self.depths))

    def parent(self, place: int) -> int | None:
        """The place of the folder that a row is in; `None` at the top."""
        parent = self.view.table.paths.parents[self.nodes[place]]
        return None if parent == ROOT else self.nodes[:place].index(parent)

    def open_levels(self, levels: int) -> None:
        """Open every folder up to so many levels below the top, and fold the others."""
        parents, opened = self.view.table.paths.parents, self.opened
        depths = array("H", bytes(2 * len(self.view)))
        for node in range(1, len(self.view)):
            depths[node] = depth = depths[parents[node]] + 1
            opened[node] = depth <= levels
        self._list()

    def open_marked(self) -> None:
        """Open every folder in which there is something to show."""
        marks, shown = self.view.marks, int(self.shown)
        for node in range(1, len(self.view)):
            if marks[node] & shown:
                self.opened[node] = 1
        self._list()

    def open_to(self, node: int) -> bool:
        """Open all folders that a path is in; says whether any was not."""
        parents = self.view.table.paths.parents
        folded = []
        while (node := parents[node]) != ROOT:
            if not self.opened[node]:
                folded.append(node)
        for each in reversed(folded):
            if (place := self.place(each)) is not None:
                self.open(place)
        return bool(folded)

    def place(self, node: int) -> int | None:
        """Where a path is among the rows; `None` if it is not."""
        try:
            return self.nodes.index(node)
        except ValueError:
            return None

    def nearest(self, node: int) -> int:
        """Where a path is, or else the first folder that it is in and that is on show."""
        parents = self.view.table.paths.parents
        while node != ROOT and node < len(self.view):
            if (place := self.place(node)) is not None:
                return place
            node = parents[node]
        return 0

    def _list(self) -> None:
        self.nodes, self.depths = self._below(ROOT, 0)

    def _below(self, node: int, depth: int) -> tuple[array[int], array[int]]:
        nodes, depths = array("I"), array("H")
        waiting: list[Iterator[int]] = [iter(self.content(node))]
        opened = self.opened
        while waiting:
            for child in waiting[-1]:
                nodes.append(child)
                depths.append(depth + len(waiting) - 1)
                if opened[child] and (content := self.content(child)):
                    waiting.append(iter(content))
                    break
            else:
                waiting.pop()
        return nodes, depths

    def _key_of_order(self) -> Callable[[int], Any]:
        view = self.view
        if self.order is Order.NAME:
            return view.table.paths.name
        totals, wasted = view.totals, view.wasted
        if self.tells_waste:
            return lambda node: (-wasted[node], node)
        return lambda node: (-totals[node], -wasted[node], node)
