"""How many lines a log has in each second, and how many of them are errors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from time import perf_counter

from dockertui.store.log_record import time_of
from dockertui.store.log_store import LogStore
from dockertui.store.log_suspects import lines_at_least
from dockertui.store.log_words import Level

_SECOND = re.compile(rb"\n[A-Za-z]*[0-2](.{19})")
_STAMP = re.compile(rb"\n[A-Za-z]*[0-2](.{19}\S{0,10}?[Z+-]\S*) ")
_SECOND_LETTERS = 19
_MOST_STEPS = 8_192


class LogRate:
    """A histogram of a store's lines; what the store had to drop since then stays counted.

    It is counted in slices, the newest lines first. It grows coarser as the log grows longer, so
    that its memory stays bounded.
    """

    def __init__(self, store: LogStore) -> None:
        """Count nothing yet.

        Args:
            store: Whose lines to count.
        """
        self.store = store
        """Whose lines they are."""
        self.revision = 0
        """Grows whenever the counts have changed."""
        self.step_s = 1
        """Lines are told apart by so many seconds."""
        self._lines: Counter[int] = Counter()
        self._errors: Counter[int] = Counter()
        self._low = self._high = store.total
        self._ordered: tuple[int, list[int]] = (0, [])

    def advance(self, budget_s: float) -> bool:
        """Count some more lines: one piece at least, if there is one.

        Args:
            budget_s: How long to go on; a piece that has been begun is finished.

        Returns:
            Is there more to do?
        """
        until_s = perf_counter() + budget_s
        store = self.store
        self._low = max(self._low, store.first)
        self._high = max(self._high, self._low)
        while self._low > store.first or self._high < store.total:
            self._step()
            if perf_counter() >= until_s:
                break
        return self._low > store.first or self._high < store.total

    def span(self) -> tuple[float, float]:
        """The first moment of what is counted and the end of it, in seconds since 1970."""
        moments = self._moments()
        return (float(moments[0]), float(moments[-1] + self.step_s)) if moments else (0.0, 0.0)

    def bars(self, start_s: float, end_s: float, count: int) -> list[tuple[int, int]]:
        """The lines, and the errors among them, in each of so many equal parts of a time."""
        lines, errors = [0] * count, [0] * count
        width_s = (end_s - start_s) / max(1, count)
        moments = self._moments() if width_s > 0 else []
        for moment in moments[bisect_left(moments, start_s) : bisect_left(moments, end_s)]:
            bar = min(count - 1, int((moment - start_s) / width_s))
            lines[bar] += self._lines[moment]
            errors[bar] += self._errors[moment]
        return list(zip(lines, errors, strict=True))

    def _moments(self) -> list[int]:
        if self._ordered[0] != self.revision:
            self._ordered = (self.revision, sorted(self._lines))
        return self._ordered[1]

    def _step(self) -> None:
        store = self.store
        if self._high < store.total:
            start, chunk, end = store.chunk(self._high)
            self._count(_without(chunk, self._high - start))
            self._high = end
        else:
            start, chunk, end = store.chunk(self._low - 1)
            self._count(_without(chunk, 0, end - self._low))
            self._low = start
        self.revision += 1

    def _count(self, chunk: bytes) -> None:
        for stamp, count in Counter(_stamps_in(chunk)).items():
            if second := _second_of(stamp):
                self._lines[second - second % self.step_s] += count
        if errors := lines_at_least(chunk, Level.ERROR):
            records = chunk.split(b"\n")
            bad = b"".join(records[at] + b"\n" for at, _ in errors)
            for stamp, count in Counter(_stamps_in(bad)).items():
                if second := _second_of(stamp):
                    self._errors[second - second % self.step_s] += count
        while len(self._lines) > _MOST_STEPS:
            self.step_s *= 2
            self._lines, self._errors = self._coarser(self._lines), self._coarser(self._errors)

    def _coarser(self, counts: Counter[int]) -> Counter[int]:
        coarser: Counter[int] = Counter()
        for moment, count in counts.items():
            coarser[moment - moment % self.step_s] += count
        return coarser


def _stamps_in(chunk: bytes) -> list[bytes]:
    """What stands in the place of all records' times; to the second where they are in UTC."""
    in_utc = _is_in_utc(chunk) and _is_in_utc(chunk[chunk.rfind(b"\n", 0, -1) + 1 :])
    return (_SECOND if in_utc else _STAMP).findall(b"\n" + chunk)


def _is_in_utc(chunk: bytes) -> bool:
    """Is the first record's time in UTC, as that of an engine on Linux is?"""
    return chunk[: chunk.find(b" ")].endswith(b"Z")


def _without(chunk: bytes, before: int, after: int = 0) -> bytes:
    """A chunk without some of its first and of its last records."""
    if not before and not after:
        return chunk
    records = chunk.split(b"\n")
    return b"".join(it + b"\n" for it in records[before : len(records) - 1 - after])


@lru_cache(4096)
def _second_of(stamp: bytes) -> int | None:
    """A time in seconds since 1970, in UTC where it has no zone; `None` when it is no time."""
    moment = time_of(stamp if len(stamp) > _SECOND_LETTERS else stamp + b"Z")
    return int(moment.timestamp()) if moment else None


def stamp_of(moment_s: float) -> bytes:
    """A moment in seconds since 1970, as the stamp of a record.

    >>> stamp_of(1795435391.0)
    b'2026-11-23T12:03:11Z'
    """
    return f"{datetime.fromtimestamp(moment_s, UTC):%Y-%m-%dT%H:%M:%S}Z".encode()
