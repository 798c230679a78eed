"""Going through a log's lines in slices, from where the reader is towards both ends."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from time import perf_counter

from dockertui.store.log_numbers import LogNumbers
from dockertui.store.log_pattern import BadPattern
from dockertui.store.log_store import LogStore


class LogScan:
    """The numbers of those lines of a store that pass.

    One piece of the store is looked at after the other, downwards and upwards in turn. Lines that
    the store gets or drops while and after that are taken up by the next slice.
    """

    def __init__(self, store: LogStore, *, near: int) -> None:
        """Look at nothing yet.

        Args:
            store: Where the lines are.
            near: The number of the line to begin at.
        """
        self.store = store
        self.found = LogNumbers()
        self.problem = ""
        self._low = self._high = min(max(near, store.first), store.total)
        self._goes_down = True

    @property
    def bounds(self) -> tuple[int, int]:
        """The number of the first line to look at, and that after the last."""
        return self.store.first, self.store.total

    @property
    def scanned(self) -> tuple[int, int]:
        """The number of the first line that was looked at, and that after the last."""
        return self._low, self._high

    @property
    def share(self) -> float:
        """How much of the lines has been looked at, from 0 to 1."""
        first, total = self.bounds
        return min(1.0, (self._high - self._low) / (total - first)) if total > first else 1.0

    @property
    def is_complete(self) -> bool:
        """Has every line been looked at? Also true when it was given up."""
        first, total = self.bounds
        return bool(self.problem) or (self._low <= first and self._high >= total)

    def advance(self, budget_s: float) -> bool:
        """Look at some more lines: one piece at least, if there is one.

        Args:
            budget_s: How long to go on; a piece that has been begun is finished.

        Returns:
            Is there more to do?
        """
        until_s = perf_counter() + budget_s
        self._let_go()
        while not self.is_complete:
            try:
                self._step()
            except BadPattern as error:
                self.problem = str(error)
            if perf_counter() >= until_s:
                break
        return not self.is_complete

    @abstractmethod
    def passing(self, start: int, chunk: bytes) -> list[int]:
        """The lines of a piece that pass.

        Args:
            start: The number of the piece's first line.
            chunk: Its records.

        Returns:
            Their numbers, in order.

        Raises:
            BadPattern: What is looked for can't be.
        """
        ...

    def _let_go(self) -> None:
        """Take up what the store has dropped."""
        first = self.store.first
        if self._low < first:
            self.found.drop_before(first)
            self._low, self._high = first, max(first, self._high)

    def _step(self) -> None:
        first, total = self.bounds
        down = self._high < total and (self._goes_down or self._low <= first)
        self._goes_down = not down
        if down:
            start, chunk, end = self.store.chunk(self._high)
            numbers = self.passing(start, chunk)
            end = min(end, total)
            self.found.add_below(_between(numbers, self._high, end))
            self._high = end
        else:
            start, chunk, _ = self.store.chunk(self._low - 1)
            numbers = self.passing(start, chunk)
            start = max(start, first)
            self.found.add_above(_between(numbers, start, self._low))
            self._low = start


def _between(numbers: list[int], start: int, end: int) -> list[int]:
    return numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]
