"""What filters leave of a log."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from dockertui.store.log_filter import LogFilter
from dockertui.store.log_groups import (
    MOST_LINES,
    first_lines,
    last_lines,
    lines_at_border,
    may_be_open,
    until_plain,
)
from dockertui.store.log_piece import Piece, chunk_of
from dockertui.store.log_record import RULE, STDERR, STDOUT, TERMINAL
from dockertui.store.log_scan import LogScan
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.store.log_text import shown_chunk
from dockertui.store.log_verdict import Verdict

_RULES = re.compile(rb"\n[A-Za-z]*" + RULE)
_STREAMS = TERMINAL, STDOUT, STDERR, RULE


class FilteredLog(LogScan):
    """The lines of a log that all filters leave, as a `Lines` of its own.

    It grows in slices from the line where the reader is towards both ends, and takes up what
    comes and goes. Lines that are found keep their places, so a line that belongs to a later one
    is no longer added when one of another source has been found between them.
    """

    def __init__(
        self,
        store: LogStore,
        filters: Sequence[LogFilter],
        *,
        sources: Mapping[bytes, LogSource],
        hidden: Collection[bytes] = (),
        floor: int | None = None,
        near: int,
    ) -> None:
        """Begin with no lines.

        Args:
            store: The whole log.
            filters: All of those that are on must leave a line. Rule lines always stay.
            sources: Whose lines there are, by tag.
            hidden: The tags of the sources whose lines are left out.
            floor: The number of the first line that is not left out; `None` for the first.
            near: The number of the line to begin at.
        """
        self._verdict = Verdict(filters)
        self._sources = sources
        self._hidden = frozenset(tag + digit for tag in hidden for digit in _STREAMS)
        self._head_lengths = sorted({len(each) for each in self._hidden})
        self._floor = floor
        self._revision = 0
        self._groups: list[list[int]] = []
        super().__init__(store, store, near=near if floor is None else max(near, floor))

    def __len__(self) -> int:
        return len(self.found)

    @property
    def bounds(self) -> tuple[int, int]:
        """The lines that were not cleared away: the number of the first, and after the last."""
        first, total = super().bounds
        return first if self._floor is None else max(first, self._floor), total

    @property
    def first(self) -> int:
        """The place of the oldest line."""
        return self.found.first

    @property
    def total(self) -> int:
        """One more than the place of the newest line."""
        return self.found.total

    @property
    def revision(self) -> int:
        """Grows whenever the lines have changed."""
        return self._revision

    @property
    def dropped(self) -> int:
        """How many older lines the store had to let go."""
        return self.store.dropped

    def advance(self, budget_s: float) -> bool:
        """Look at some more lines: one piece at least, if there is one.

        Args:
            budget_s: How long to go on; a piece that has been begun is finished.

        Returns:
            Is there more to do?
        """
        before = self.first, self.total
        goes_on = super().advance(budget_s)
        if (self.first, self.total) != before:
            self._revision += 1
        return goes_on

    def lines(self, start: int, end: int) -> list[bytes]:
        """The records from the place `start` to before `end`, without those that are not held."""
        found: list[bytes] = []
        for number in self.found.between(start, end):
            found += self.store.lines(number, number + 1)
        return found

    def number(self, place: int) -> int:
        """The number that the store gave to the line at a place; `store.total` at the end."""
        return self.found.at(place) if self.first <= place < self.total else self.store.total

    def place(self, number: int) -> int:
        """Where the line with this number stands; else the next one that does, or `total`."""
        return self.found.place(number)

    def left(self, start: int, end: int) -> Collection[int]:
        """The numbers of the lines from `start` to before `end` that are left."""
        found = self.found
        return set(found.between(found.place(start), found.place(end)))

    def passing(self, start: int, chunk: bytes, end: int) -> list[int]:
        """The lines of a piece, and of its surroundings, that are left."""
        if self._verdict:
            start, chunk = self._widened(start, chunk, end)
        piece = Piece(shown_chunk(chunk), self._sources)
        left: Sequence[int] = piece.all
        self._groups = []
        if self._verdict:
            left, groups = self._verdict.of(piece)
            self._groups = [[start + index for index in group] for group in groups]
            if rules := _rules_in(piece.chunk):
                left = sorted({*left, *rules})
        if self._hidden:
            records, heads, lengths = piece.records, self._hidden, self._head_lengths
            left = [
                index
                for index in left
                if not any(records[index][:length] in heads for length in lengths)
            ]
        return [start + index for index in left]

    def _widened(self, start: int, chunk: bytes, end: int) -> tuple[int, bytes]:
        """A piece, with its neighbours where a trace goes on beyond its borders."""
        store, many = self.store, len(self._sources) > 1
        count = lines_at_border(many=many)
        if end < store.total and may_be_open(last_lines(chunk, count) + self._from(end, count)):
            below = store.lines(end, end + MOST_LINES)
            chunk += chunk_of(until_plain(below, many=many))
        if start > store.first and may_be_open(
            self._up_to(start, count) + first_lines(chunk, count)
        ):
            above = until_plain(reversed(store.lines(start - MOST_LINES, start)), many=many)
            start -= len(above)
            chunk = chunk_of(reversed(above)) + chunk
        return start, chunk

    def _from(self, number: int, count: int) -> list[bytes]:
        """So many lines from one on: quick where a chunk begins with it."""
        start, chunk, end = self.store.chunk(number)
        if start == number and end - start >= count:
            return first_lines(chunk, count)
        return self.store.lines(number, number + count)

    def _up_to(self, number: int, count: int) -> list[bytes]:
        """So many lines before one: quick where a chunk begins with it."""
        start, chunk, end = self.store.chunk(number - 1)
        if number == end and end - start >= count:
            return last_lines(chunk, count)
        return self.store.lines(number - count, number)

    def new_below(self, numbers: list[int], start: int, end: int) -> list[int]:
        """The new ones, after those that belong to them and could not be known to do so before."""
        after = self.number(self.total - 1) if len(self) else start - MOST_LINES
        after = max(after, self._low - 1)
        late = {it for group in self._across(start) for it in group if after < it < start}
        return sorted(late.intersection(numbers)) + super().new_below(numbers, start, end)

    def new_above(self, numbers: list[int], start: int, end: int) -> list[int]:
        """The new ones, before those that belong to them and could not be known to do so before."""
        before = self.number(self.first) if len(self) else self._high
        late = {it for group in self._across(end) for it in group if end <= it < before}
        start = max(start, self.bounds[0])
        return super().new_above(numbers, start, end) + sorted(late.intersection(numbers))

    def _across(self, number: int) -> list[list[int]]:
        """The groups that begin before a line and go on at or after it."""
        return [group for group in self._groups if group[0] < number <= group[-1]]


def _rules_in(chunk: bytes) -> list[int]:
    """Which records of a chunk are rule lines."""
    chunk = b"\n" + chunk
    found, index, start = [], -1, 0
    for rule in _RULES.finditer(chunk):
        index += chunk.count(b"\n", start, rule.start() + 1)
        start = rule.start() + 1
        found.append(index)
    return found
