"""Layers laid on each other: which entry of which layer counts for each path."""

from __future__ import annotations

from array import array
from itertools import islice

from dockertui.model.layer_files import FileKind, FileTable, LayerFiles

_FOLDER, _WHITEOUT = int(FileKind.FOLDER), int(FileKind.WHITEOUT)


class LayerStack:
    """Takes layer after layer, the lowest first.

    Nothing is looked up below a path that is hidden: a layer that hides a million files costs as
    much as one that hides a single one, so that a thousand such layers are no trouble.
    """

    __slots__ = (
        *("_folders_hidden", "_hidden", "_stored", "kinds", "last", "layers"),
        *("many", "places", "seen_in", "table"),
    )

    def __init__(self, table: FileTable, count: int) -> None:
        """Begin without layers.

        Args:
            table: Where the paths are.
            count: How many of them there are.
        """
        self.table = table
        self.layers: list[LayerFiles] = []
        self.last = array("I", bytes(4 * count))
        """The place of the entry that was last for each path, in its layer."""
        self.places = array("H", bytes(2 * count))
        """The number of that layer, counted from 1; 0 for none."""
        self.kinds = bytearray(count)
        """The kind of that entry."""
        self.many = bytearray(count)
        """Does more than one layer say something of it?"""
        self.seen_in = array("H")
        """From which layer on an entry of each path is to be seen; after `spread`."""
        self._stored = array("Q")
        self._hidden = array("H", bytes(2 * count))
        self._folders_hidden = array("H", bytes(2 * count))

    def __len__(self) -> int:
        """How many paths there are."""
        return len(self.last)

    def add(self, layer: LayerFiles, *, hides: bool = True) -> None:
        """Lay one more on top.

        Args:
            layer: The layer; it may go on growing.
            hides: Heed what it says of files that are gone.
        """
        self.layers.append(layer)
        number, count = len(self.layers), len(layer)
        # A path is there before any entry that names it.
        entries = zip(islice(layer.nodes, count), layer.kinds, strict=False)
        last, places, kinds = self.last, self.places, self.kinds
        folders_hidden, limit = self._folders_hidden, len(last)
        for place, (node, kind) in enumerate(entries):
            if node >= limit:
                continue
            if kind >= _WHITEOUT:
                if hides:
                    (self._hidden if kind == _WHITEOUT else folders_hidden)[node] = number
                continue
            if before := places[node]:
                self._meet(node, before, place, kind)
            if kind != _FOLDER:
                # Whatever was below it went with the folder that it replaces.
                folders_hidden[node] = number
            last[node], places[node], kinds[node] = place, number, kind

    def spread(self) -> None:
        """Let what is hidden hide all that is below it, too. Nothing can be added any more."""
        hidden, below, parents = self._hidden, self._folders_hidden, self.table.paths.parents
        # Each is taken from its folder, which comes before it.
        for node in range(1, len(self)):
            parent = parents[node]
            veil = max(hidden[parent], below[parent])
            hidden[node] = max(hidden[node], veil)
        self.seen_in, self._folders_hidden = hidden, array("H")

    def is_seen(self, node: int) -> bool:
        """Is there something at a path that no later layer hides?"""
        place = self.places[node]
        return place != 0 and place >= self.seen_in[node]

    def size(self, node: int) -> int:
        """What the entry takes that was last for a path."""
        return self.layers[self.places[node] - 1].sizes[self.last[node]]

    def covered(self, node: int) -> int:
        """What layers store of a path below the entry that was last."""
        return self._stored[node] if self._stored else 0

    def _meet(self, node: int, before: int, place: int, kind: int) -> None:
        """Take note that a path which is known is named again."""
        number = len(self.layers)
        if before == number:
            return  # Twice in one archive: what comes later is what is unpacked.
        if kind == self.kinds[node] == _FOLDER:
            # Every layer names the folders that lead to what it has.
            was = self.layers[before - 1].owner(self.last[node])
            if was != self.layers[-1].owner(place):
                self.many[node] = 1
        else:
            self.many[node] = 1
            if size := self.size(node):
                # Most images overwrite nothing worth the room.
                self._stored = self._stored or array("Q", bytes(8 * len(self)))
                self._stored[node] += size
