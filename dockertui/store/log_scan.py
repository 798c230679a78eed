"""Going through a log's lines in slices, from where the reader is towards both ends."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from time import perf_counter

from dockertui.store.log_lines import Lines
from dockertui.store.log_numbers import LogNumbers
from dockertui.store.log_pattern import BadPattern
from dockertui.store.log_piece import chunk_of
from dockertui.store.log_store import LogStore

_FIRST_LINES, _LEAST_LINES, _MOST_LINES = 128, 16, 1 << 16
"""How many lines make a piece at first, and how few or many can be: a chunk is always enough."""
_QUICK_S, _SLOW_S = 0.0015, 0.003
"""What takes less is looked at in larger pieces next time, what takes more in smaller ones."""


class LogScan:
    """The numbers of those lines that pass.

    One piece of the store is looked at after the other, downwards and upwards in turn. A piece is
    a chunk, or so much of it as takes a few milliseconds. Lines that come or go while and after
    that are taken up by the next slice.
    """

    def __init__(self, store: LogStore, lines: Lines, *, near: int) -> None:
        """Look at nothing yet.

        Args:
            store: Where the lines are.
            lines: Which of them to look at, as far as they are known.
            near: The number of the line to begin at.
        """
        self.store = store
        """Where the lines are."""
        self.found = LogNumbers()
        """The numbers of those that pass, so far."""
        self.problem = ""
        """A sentence that says why it was given up; empty if it was not."""
        self._among = lines
        self._low = self._high = lines.place(near)
        self._goes_down = True
        self._dropped = store.dropped
        self._lines_at_once = _FIRST_LINES

    @property
    def bounds(self) -> tuple[int, int]:
        """The place of the first line to look at, and that after the last."""
        return self._among.first, self._among.total

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
            budget_s: How long to go on. A piece is not begun if it would take longer, going by
                the one before.

        Returns:
            Is there more to do?
        """
        now_s = perf_counter()
        until_s = now_s + budget_s
        self._let_go()
        while not self.is_complete:
            try:
                count = self._step()
            except BadPattern as error:
                self.problem = str(error)
                break
            before_s, now_s = now_s, perf_counter()
            self._take_measure(count, now_s - before_s)
            if now_s + now_s - before_s >= until_s:
                break
        return not self.is_complete

    @abstractmethod
    def passing(self, start: int, chunk: bytes, end: int) -> list[int]:
        """The lines of a piece that pass; it may look at their neighbours, too.

        Args:
            start: The number of the piece's first line.
            chunk: Its records.
            end: The number of the line after it.

        Returns:
            Their numbers, in order.

        Raises:
            BadPattern: What is looked for can't be.
        """
        ...

    def _let_go(self) -> None:
        """Take up what the store has dropped."""
        if self._dropped != self.store.dropped:
            self._dropped = self.store.dropped
            self.found.drop_before(self.store.first)
        self._low = max(self._low, self._among.first)
        self._high = max(self._low, self._high)

    def _step(self) -> int:
        """Look at one piece; returns how many lines it has."""
        first, total = self.bounds
        down = self._high < total and (self._goes_down or self._low <= first)
        self._goes_down = not down
        if down:
            number = self._among.number(self._high)
            start, chunk, end = self._piece(number, down=True)
            self.found.add_below(self.new_below(self.passing(start, chunk, end), number, end))
            self._high = self._among.place(end)
        else:
            number = self._among.number(self._low - 1)
            start, chunk, end = self._piece(number, down=False)
            self.found.add_above(self.new_above(self.passing(start, chunk, end), start, number + 1))
            self._low = max(first, self._among.place(start))
        return end - start

    def _piece(self, number: int, *, down: bool) -> tuple[int, bytes, int]:
        """The chunk that holds a line, or as many of its lines from there on as may be at once."""
        start, chunk, end = self.store.chunk(number)
        count = self._lines_at_once
        if end - start <= count:
            return start, chunk, end
        low, high = (number, number + count) if down else (number + 1 - count, number + 1)
        low, high = max(low, start), min(high, end)
        return low, chunk_of(chunk.split(b"\n")[low - start : high - start]), high

    def _take_measure(self, count: int, took_s: float) -> None:
        """See from a piece how many lines may be in the next."""
        if took_s > _SLOW_S:
            self._lines_at_once = max(_LEAST_LINES, count // 2)
        elif took_s < _QUICK_S:
            self._lines_at_once = min(_MOST_LINES, self._lines_at_once * 2)

    def new_below(self, numbers: list[int], start: int, end: int) -> list[int]:
        """Those of the lines that pass that are to be added below.

        Args:
            numbers: What `passing` has just returned.
            start: The number of the first line that has not been looked at.
            end: That after the last one that has now been looked at.
        """
        return numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]

    def new_above(self, numbers: list[int], start: int, end: int) -> list[int]:
        """The same for those that are to be added above."""
        return numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]
