"""Which lines a row takes, when rows are of different heights."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Sequence
from itertools import accumulate, chain, pairwise


class RowLayout:
    """Where each row begins, counted in lines from the first."""

    def __init__(
        self,
        heights: Iterable[int] = (),
        keys: Sequence[Hashable] = (),
        skipped: Collection[int] = (),
    ) -> None:
        """Place rows one below the other.

        Args:
            heights: How many lines each takes, at least one.
            keys: What identifies each.
            skipped: The rows that a selection passes over.
        """
        self.starts = [0, *accumulate(heights)]
        self.keys = keys
        self._skipped = skipped

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1

    @property
    def height(self) -> int:
        """How many lines all rows take."""
        return self.starts[-1]

    def heights(self, *, without: Iterable[int] = ()) -> list[int]:
        """How many lines each row takes; 0 for those left out."""
        heights = [end - start for start, end in pairwise(self.starts)]
        for place in without:
            heights[place] = 0
        return heights

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

    def can_rest(self, place: int) -> bool:
        """Can the selection be there?"""
        return 0 <= place < len(self) and place not in self._skipped

    def resting(self, place: int, *, forward: bool = True) -> int:
        """The row nearest to a place where the selection can be, in one direction first.

        >>> layout = RowLayout([1] * 4, skipped={0, 2})
        >>> layout.resting(0), layout.resting(2), layout.resting(2, forward=False)
        (1, 3, 1)
        """
        place = max(0, min(place, len(self) - 1))
        after, before = range(place, len(self)), range(place, -1, -1)
        ways = chain(after, before) if forward else chain(before, after)
        return next(filter(self.can_rest, ways), 0)

    def ordinal(self, place: int) -> tuple[int, int]:
        """Which row this is, counted from 1, and how many there are where the selection can be."""
        passed = sum(it <= place for it in self._skipped)
        return (place + 1 - passed if len(self) else 0), len(self) - len(self._skipped)


def differing(before: Sequence[object], after: Sequence[object]) -> list[int]:
    """The places that both have, but with something else in them.

    >>> differing("abc", "aXcd")
    [1]
    """
    pairs = zip(before, after, strict=False)
    return [place for place, (old, new) in enumerate(pairs) if old != new]
