"""What filters leave of a log."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from dockertui.store.log_filter import LogFilter
from dockertui.store.log_level import level_of
from dockertui.store.log_record import RULE, STDERR, STDOUT, TERMINAL, split_record
from dockertui.store.log_scan import LogScan
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.store.log_terms import Term
from dockertui.store.log_text import shown_chunk

_RULES = re.compile(rb"\n[A-Za-z]*" + RULE)


class FilteredLog(LogScan):
    """The lines of a log that all filters leave, as a `Lines` of its own.

    It grows in slices from the line where the reader is towards both ends, and takes up what
    comes and goes. Lines that are found keep their places.
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
        self._terms = tuple(term for each in filters if each.on for term in each.terms)
        self._sources = sources
        self._hidden = tuple(
            tag + digit for tag in sorted(hidden) for digit in (TERMINAL, STDOUT, STDERR, RULE)
        )
        self._floor = floor
        self._revision = 0
        self._seen_revision = -1
        super().__init__(store, near=near if floor is None else max(near, floor))

    def __len__(self) -> int:
        return len(self.found)

    @property
    def bounds(self) -> tuple[int, int]:
        """The lines that were not cleared away."""
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

    def passing(self, start: int, chunk: bytes) -> list[int]:
        """The lines of a piece that are left."""
        count = chunk.count(b"\n")
        if self._terms:
            shown = shown_chunk(chunk)
            lines = shown.split(b"\n")
            left = self._fulfilling(self._terms[0], shown, lines, range(count))
            for each in self._terms[1:]:
                left &= self._fulfilling(each, shown, lines, left)
            left.update(_rules_in(chunk))
        else:
            left = set(range(count))
        if self._hidden:
            lines = chunk.split(b"\n")
            left = {index for index in left if not lines[index].startswith(self._hidden)}
        return [start + index for index in sorted(left)]

    def _fulfilling(
        self, term: Term, chunk: bytes, lines: list[bytes], among: Collection[int]
    ) -> set[int]:
        """Those of some records that fulfil a term."""
        found = term.lines_in(chunk)
        left = set(among) if found is None else set(found).intersection(among)
        if found is not None and term.is_exact:
            return left
        return {index for index in left if self._wants(term, lines[index])}

    def _wants(self, term: Term, raw: bytes) -> bool:
        record = split_record(raw)
        return term.wants(record, self._sources.get(record.tag), level_of(record.text))


def _rules_in(chunk: bytes) -> list[int]:
    """Which records of a chunk are rule lines."""
    chunk = b"\n" + chunk
    found, index, start = [], -1, 0
    for rule in _RULES.finditer(chunk):
        index += chunk.count(b"\n", start, rule.start() + 1)
        start = rule.start() + 1
        found.append(index)
    return found
