"""Line numbers in order, that grow at both ends while each keeps its place."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence


class LogNumbers:
    """The numbers of some lines, each at a place that it keeps for ever.

    Places are whole numbers without gaps; the first number that is added below gets 0.
    """

    def __init__(self) -> None:
        """Hold none."""
        self._below = array("q")
        self._gone = 0
        self._above = array("q")

    def __len__(self) -> int:
        return len(self._above) + len(self._below)

    @property
    def first(self) -> int:
        """The place of the first."""
        return self._gone - len(self._above)

    @property
    def total(self) -> int:
        """One more than the place of the last."""
        return self._gone + len(self._below)

    def add_below(self, numbers: Iterable[int]) -> None:
        """Add larger ones, in order."""
        self._below.extend(numbers)

    def add_above(self, numbers: Sequence[int]) -> None:
        """Add smaller ones, in order."""
        self._above.extend(reversed(numbers))

    def drop_before(self, number: int) -> int:
        """Let go of those smaller than this one; returns how many."""
        count = self.rank(number)
        if count > len(self._above):
            gone = count - len(self._above)
            del self._above[:], self._below[:gone]
            self._gone += gone
        elif count:
            del self._above[-count:]
        return count

    def rank(self, number: int) -> int:
        """How many are smaller than this one."""
        if self._below and number > self._below[0]:
            return len(self._above) + bisect_left(self._below, number)
        return len(self._above) - bisect_right(self._above, -number, key=_negative)

    def place(self, number: int) -> int:
        """The place of this one; else of the next larger, or `total`."""
        return self.first + self.rank(number)

    def at(self, place: int) -> int:
        """The one at a place, which must be held."""
        below = place - self._gone
        return self._below[below] if below >= 0 else self._above[-1 - below]

    def between(self, start: int, end: int) -> list[int]:
        """Those at the places from `start` to before `end`, as far as they are held."""
        start, end = max(start, self.first) - self._gone, min(end, self.total) - self._gone
        below = self._below[max(0, start) : max(0, end)].tolist()
        return below if start >= 0 else [*reversed(self._above[max(0, -end) : -start]), *below]


def _negative(number: int) -> int:
    return -number
