"""What is in each folder of a table of paths."""

from __future__ import annotations

from array import array
from itertools import accumulate, islice


class NodeChildren:
    """The children of every node, in eight bytes each."""

    __slots__ = ("_firsts", "_nodes")

    def __init__(self, parents: array[int], count: int) -> None:
        """Put each node under its parent.

        Args:
            parents: The parent of each node, as a `PathTable` has them.
            count: How many of them to look at; the table may go on growing.
        """
        counts = array("I", bytes(4 * (count + 1)))
        for parent in islice(parents, 1, count):
            counts[parent + 1] += 1
        self._firsts = array("I", accumulate(counts))
        self._nodes = array("I", bytes(4 * count))
        places = self._firsts[:]
        for node in range(1, count):
            parent = parents[node]
            self._nodes[places[parent]] = node
            places[parent] += 1

    def of(self, node: int) -> array[int]:
        """What is in a folder, in the order in which it was first named."""
        return self._nodes[self._firsts[node] : self._firsts[node + 1]]

    def count(self, node: int) -> int:
        """How many there are in a folder."""
        return self._firsts[node + 1] - self._firsts[node]
