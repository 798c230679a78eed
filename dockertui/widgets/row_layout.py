"""Which lines a row takes, when rows are of different heights."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate


class RowLayout:
    """Where each row begins, counted in lines from the first."""

    def __init__(self, heights: Iterable[int] = (), keys: Sequence[Hashable] = ()) -> None:
        """Place rows one below the other.

        Args:
            heights: How many lines each takes, at least one.
            keys: What identifies each.
        """
        self.starts = [0, *accumulate(heights)]
        self.keys = keys

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1

    @property
    def height(self) -> int:
        """How many lines all rows take."""
        return self.starts[-1]

    def start(self, place: int) -> int:
        """The first line of a row; of none, where it would be."""
        return self.starts[min(place, len(self))]

    def end(self, place: int) -> int:
        """The first line after a row."""
        return self.starts[min(place + 1, len(self))]

    def at(self, line: int) -> int:
        """The row that a line belongs to; the first or last for a line beyond them.

        >>> [RowLayout([1, 3, 1]).at(line) for line in (-1, 0, 1, 3, 4, 9)]
        [0, 0, 1, 1, 2, 2]
        """
        return bisect_right(self.starts, max(0, min(line, self.height - 1))) - 1

    def place_of(self, key: Hashable, otherwise: int) -> int:
        """Where the row of a key is; `otherwise` when it is gone."""
        try:
            return self.keys.index(key)
        except ValueError:
            return otherwise
