"""How many lines a log has in each second, and how many of them are errors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import datetime
from functools import lru_cache
from time import perf_counter

from dockertui.store.log_store import LogStore
from dockertui.store.log_suspects import lines_at_least
from dockertui.store.log_words import Level

_SECOND = re.compile(rb"^[A-Za-z]*[0-2](\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", re.MULTILINE)
_MOST_STEPS = 20_000


class LogRate:
    """A histogram of a store's lines; those that the store has dropped stay counted.

    It grows coarser as the log grows longer, so that its memory stays bounded.
    """

    def __init__(self, store: LogStore) -> None:
        """Count nothing yet.

        Args:
            store: Whose lines to count.
        """
        self.store = store
        self.revision = 0
        """Grows whenever the counts have changed."""
        self._lines: Counter[int] = Counter()
        self._errors: Counter[int] = Counter()
        self._step_s = 1
        self._next = store.first
        self._sorted: tuple[int, list[int]] = (0, [])

    def advance(self, budget_s: float) -> bool:
        """Count for about so long; returns whether there is more to count."""
        end_s = perf_counter() + budget_s
        for start, chunk in self.store.chunks(self._next):
            count = chunk.count(b"\n")
            self._count(chunk, skip=max(0, self._next - start))
            self._next = start + count
            self.revision += 1
            if perf_counter() >= end_s:
                break
        return self._next < self.store.total

    def span(self) -> tuple[float, float]:
        """The first and the last moment of what is counted, in seconds since 1970."""
        seconds = self._seconds()
        return (float(seconds[0]), float(seconds[-1] + self._step_s)) if seconds else (0.0, 0.0)

    def bars(self, start_s: float, end_s: float, count: int) -> list[tuple[int, int]]:
        """The lines and the errors among them, for each of so many parts of a time."""
        seconds = self._seconds()
        width_s = (end_s - start_s) / max(1, count)
        bars = [(0, 0)] * count
        if width_s <= 0:
            return bars
        for second in seconds[bisect_left(seconds, start_s) : bisect_left(seconds, end_s)]:
            at = min(count - 1, int((second - start_s) / width_s))
            lines, errors = bars[at]
            bars[at] = (lines + self._lines[second], errors + self._errors[second])
        return bars

    def _seconds(self) -> list[int]:
        if self._sorted[0] != self.revision:
            self._sorted = (self.revision, sorted(self._lines))
        return self._sorted[1]

    def _count(self, chunk: bytes, skip: int) -> None:
        records = chunk.split(b"\n")[skip:-1] if skip else None
        if records is not None:
            chunk = b"\n".join(records) + b"\n"
        for second, lines in Counter(_SECOND.findall(chunk)).items():
            self._lines[self._place(second)] += lines
        rows = chunk.split(b"\n")
        for at, _ in lines_at_least(chunk, Level.ERROR):
            if found := _SECOND.match(rows[at]):
                self._errors[self._place(found[1])] += 1
        while len(self._lines) > _MOST_STEPS:
            self._step_s *= 2
            self._lines, self._errors = self._coarser(self._lines), self._coarser(self._errors)

    def _place(self, second: bytes) -> int:
        seconds = _epoch(second)
        return seconds - seconds % self._step_s

    def _coarser(self, counts: Counter[int]) -> Counter[int]:
        coarser: Counter[int] = Counter()
        for second, count in counts.items():
            coarser[second - second % self._step_s] += count
        return coarser


@lru_cache(4096)
def _epoch(second: bytes) -> int:
    try:
        return int(datetime.fromisoformat(second.decode("ascii") + "+00:00").timestamp())
    except ValueError:
        return 0
