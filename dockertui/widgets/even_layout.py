"""Which lines rows take that are one line high but for a few: nothing is counted for each row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from itertools import accumulate

from dockertui.widgets.row_layout import RowLayout


class EvenLayout(RowLayout):
    """Half a million rows take as long to place as ten."""

    def __init__(self, keys: Sequence[Hashable], tall: Mapping[int, int]) -> None:
        """Place rows one below the other.

        Args:
            keys: What identifies each.
            tall: How many lines those rows take that take more than one, by their places.
        """
        super().__init__((), keys)
        self._tall = sorted(tall)
        self._more = [0, *accumulate(tall[it] - 1 for it in self._tall)]
        self._firsts = [it + more for it, more in zip(self._tall, self._more, strict=False)]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.keys)

    @property
    def height(self) -> int:
        """How many lines all rows take."""
        return len(self) + self._more[-1]

    def start(self, place: int) -> int:
        """The first line of a row; of none, where it would be."""
        place = min(place, len(self))
        return place + self._more[bisect_left(self._tall, place)]

    def end(self, place: int) -> int:
        """The first line after a row."""
        return self.start(place + 1)

    def at(self, line: int) -> int:
        """The row that a line belongs to; the first or last for a line beyond them.

        >>> [EvenLayout("abc", {1: 3}).at(line) for line in (-1, 0, 1, 3, 4, 9)]
        [0, 0, 1, 1, 2, 2]
        """
        line = max(0, min(line, self.height - 1))
        tall = bisect_right(self._firsts, line)
        if not tall:
            return line
        return max(self._tall[tall - 1], line - self._more[tall])
