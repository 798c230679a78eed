"""What an image's layers come to: which files there are, and what each layer did to them.

Pure, and made for half a million files: whoever has so many calls it in a thread.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag

from dockertui.model.layer_files import FileEntry, FileKind, FileTable, LayerFiles
from dockertui.model.path_table import ROOT
from dockertui.store.layer_stack import LayerStack
from dockertui.store.node_children import NodeChildren

_FOLDER = int(FileKind.FOLDER)


class Change(IntEnum):
    """What became of a path."""

    ABSENT = 0
    """There is nothing, and never was."""
    SAME = 1
    """It is there, and there is no more to tell."""
    ADDED = 2
    """It is there, and came with one layer."""
    CHANGED = 3
    """It is there, in the place of what a lower layer has."""
    HIDDEN = 4
    """A lower layer has it, and it is not to be seen any more."""


class Mark(IntFlag):
    """What can be found in a path, or below it."""

    SAME = 1
    ADDED = 2
    CHANGED = 4
    HIDDEN = 8
    WASTED = 16
    """Bytes that are stored and cannot be seen."""
    ANY = 31


_MARK_OF = bytes((0, Mark.SAME, Mark.ADDED, Mark.CHANGED, Mark.HIDDEN))


@dataclass(frozen=True, slots=True)
class FileSums:
    """The files of a view, counted. Folders are none."""

    added: int = 0
    """How many came with one layer."""
    changed: int = 0
    """How many are in the place of what a lower layer has."""
    hidden: int = 0
    """How many are not to be seen any more."""
    same: int = 0
    """How many there are besides."""
    size_bytes: int = 0
    """What can be seen."""
    wasted_bytes: int = 0
    """What is stored and cannot be seen."""

    @property
    def seen(self) -> int:
        """How many can be seen."""
        return self.added + self.changed + self.same

    @property
    def efficiency(self) -> float:
        """Which part of all that is stored can be seen, from 0 to 1."""
        stored = self.size_bytes + self.wasted_bytes
        return self.size_bytes / stored if stored else 1.0


class FileView:
    """Files as they lie in their folders, and what became of each."""

    __slots__ = ("changes", "children", "marks", "stack", "sums", "totals", "wasted")

    def __init__(self, stack: LayerStack) -> None:
        """Begin with nothing to be seen.

        Args:
            stack: The layers that it is about.
        """
        count = len(stack)
        self.stack = stack
        """Where the entries are."""
        self.children = NodeChildren(stack.table.paths.parents, count)
        """What is in each folder."""
        self.changes = bytearray(count)
        """What became of each path, as a number of `Change`."""
        self.marks = bytearray(count)
        """What there is in each path and below it, as bits of `Mark`."""
        self.totals = array("Q", bytes(8 * count))
        """What can be seen of each path and below it, in bytes."""
        self.wasted = array("Q", bytes(8 * count))
        """What is stored there and cannot be seen."""
        self.sums = FileSums()
        """All files, counted."""

    def __len__(self) -> int:
        """How many paths there are, on show or not."""
        return len(self.changes)

    @property
    def table(self) -> FileTable:
        """Where the paths are."""
        return self.stack.table

    def change(self, node: int) -> Change:
        """What became of a path."""
        return Change(self.changes[node])

    def entry(self, node: int) -> FileEntry | None:
        """What is last said of a path; `None` for a folder that no layer names."""
        stack = self.stack
        place = stack.places[node]
        if not place:
            return None
        return stack.table.entry(stack.layers[place - 1], stack.last[node])

    def is_folder(self, node: int) -> bool:
        """May there be something in it?"""
        return self.stack.kinds[node] == _FOLDER or self.children.count(node) > 0

    def sum_up(self) -> None:
        """Add up what is in each folder, once what is in it is known."""
        changes, marks, totals, wasted = self.changes, self.marks, self.totals, self.wasted
        kinds, parents = self.stack.kinds, self.table.paths.parents
        counts = [0] * len(Change)
        for node in range(len(self) - 1, ROOT, -1):
            change = changes[node]
            mark = marks[node] | _MARK_OF[change]
            if change and kinds[node] != _FOLDER:
                counts[change] += 1
            parent = parents[node]
            if waste := wasted[node]:
                mark |= 16
                wasted[parent] += waste
            totals[parent] += totals[node]
            marks[node] = mark
            marks[parent] |= mark
        marks[ROOT] |= Mark.SAME
        for folder in range(len(self)):
            if marks[folder] and not changes[folder]:
                changes[folder] = Change.SAME
        self.sums = FileSums(
            counts[Change.ADDED],
            counts[Change.CHANGED],
            counts[Change.HIDDEN],
            counts[Change.SAME],
            totals[ROOT],
            wasted[ROOT],
        )


def whole_view(table: FileTable, layers: Sequence[LayerFiles]) -> FileView:
    """What one sees of an image, and what it stores besides.

    Args:
        table: Where the paths are.
        layers: Its layers up to the one in question, the lowest first.
    """
    stack = _stacked(table, layers)
    view = FileView(stack)
    changes, totals, wasted = view.changes, view.totals, view.wasted
    for node in range(len(view)):
        if not stack.places[node]:
            continue
        if stack.is_seen(node):
            totals[node] = stack.size(node)
            wasted[node] = stack.covered(node)
            changes[node] = Change.CHANGED if stack.many[node] else Change.ADDED
        else:
            wasted[node] = stack.covered(node) + stack.size(node)
            changes[node] = Change.HIDDEN
    view.sum_up()
    return view


def layer_view(table: FileTable, layers: Sequence[LayerFiles]) -> FileView:
    """What the topmost of some layers added, changed and hid.

    Args:
        table: Where the paths are.
        layers: The layer, last, and all below it.
    """
    below = _stacked(table, layers[:-1])
    stack = LayerStack(table, len(below))
    stack.add(layers[-1])
    stack.spread()
    view = FileView(stack)
    changes, totals, wasted = view.changes, view.totals, view.wasted
    for node in range(len(view)):
        was_seen = below.is_seen(node)
        if stack.places[node]:
            totals[node] = stack.size(node)
            if not was_seen:
                changes[node] = Change.ADDED
            elif _is_as_before(below, stack, node):
                changes[node] = Change.SAME
            else:
                changes[node] = Change.CHANGED
                wasted[node] = below.size(node)
        elif was_seen and stack.seen_in[node]:
            changes[node] = Change.HIDDEN
            wasted[node] = below.size(node)
            # The layer itself has nothing of it to tell.
            stack.kinds[node] = below.kinds[node]
    view.sum_up()
    return view


def partial_view(table: FileTable) -> FileView:
    """What has been read of an image whose layers' order is not known yet."""
    layers = tuple(table.layers.values())
    stack = LayerStack(table, len(table.paths))
    for layer in layers:
        stack.add(layer, hides=False)
    view = FileView(stack)
    for node in range(len(view)):
        if stack.places[node]:
            view.changes[node] = Change.SAME
            view.totals[node] = stack.size(node)
    view.sum_up()
    return view


def _stacked(table: FileTable, layers: Sequence[LayerFiles]) -> LayerStack:
    stack = LayerStack(table, len(table.paths))
    for layer in layers:
        stack.add(layer)
    stack.spread()
    return stack


def _is_as_before(below: LayerStack, stack: LayerStack, node: int) -> bool:
    """Is it a folder that a layer names only because of what is in it?"""
    if not stack.kinds[node] == below.kinds[node] == _FOLDER:
        return False
    before = below.layers[below.places[node] - 1].owner(below.last[node])
    return before == stack.layers[-1].owner(stack.last[node])
