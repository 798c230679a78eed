"""What somebody reads of a log: filters, a search, bookmarks. Nothing of it is drawn here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from time import perf_counter

from dockertui.store.log_filter import LogFilter
from dockertui.store.log_filtered import FilteredLog
from dockertui.store.log_lines import Lines
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_search import LogSearch
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore


class LogReading:
    """One person's way through a log.

    The work is done in `advance`, a slice at a time; everything else answers at once.
    """

    def __init__(self, store: LogStore, sources: Mapping[bytes, LogSource] | None = None) -> None:
        """Read all of a log.

        Args:
            store: Its lines.
            sources: Whose lines they are, by tag; empty where there is one source alone.
        """
        self.store = store
        """All lines."""
        self.sources: Mapping[bytes, LogSource] = {} if sources is None else sources
        """Whose lines they are, by tag."""
        self.search: LogSearch | None = None
        """What is looked for."""
        self._filters: tuple[LogFilter, ...] = ()
        self._hidden: frozenset[bytes] = frozenset()
        self._floor: int | None = None
        self._filtered: FilteredLog | None = None
        self._bookmarks: list[int] = []

    @property
    def lines(self) -> Lines:
        """What is left to read: the store itself, or what filters leave of it."""
        return self.store if self._filtered is None else self._filtered

    @property
    def filters(self) -> tuple[LogFilter, ...]:
        """All filters, also those that are switched off."""
        return self._filters

    @property
    def hidden(self) -> frozenset[bytes]:
        """The tags of the sources that are switched off."""
        return self._hidden

    @property
    def cleared(self) -> int:
        """How many lines are hidden because the view was cleared."""
        return 0 if self._floor is None else max(0, self._floor - self.store.first)

    @property
    def problem(self) -> str:
        """A sentence that says why the filters or the search were given up; empty if not."""
        filtered = self._filtered.problem if self._filtered else ""
        return filtered or (self.search.problem if self.search else "")

    @property
    def is_scanning(self) -> bool:
        """Are there lines that have not been looked at?"""
        filtering = self._filtered is not None and not self._filtered.is_complete
        return filtering or (self.search is not None and not self.search.complete)

    @property
    def scanned(self) -> float:
        """How much of the lines has been looked at, from 0 to 1."""
        filtered = 1.0 if self._filtered is None else self._filtered.share
        return filtered * (1.0 if self.search is None else self.search.share)

    @property
    def bookmarks(self) -> Sequence[int]:
        """The numbers of the lines that are marked, in order; those that are held."""
        return self._bookmarks[bisect_left(self._bookmarks, self.store.first) :]

    def set_filters(self, filters: Iterable[LogFilter], *, keep: int) -> None:
        """Leave only the lines that all of these want.

        Args:
            filters: All filters; those that are off do nothing.
            keep: The number of the line to stay at: its surroundings are found first.
        """
        self._filters = tuple(filters)
        self._refilter(keep)

    def set_hidden(self, tags: Collection[bytes], *, keep: int) -> None:
        """Leave out the lines of some sources.

        Args:
            tags: The tags of these sources.
            keep: The number of the line to stay at.
        """
        self._hidden = frozenset(tags)
        self._refilter(keep)

    def clear(self) -> None:
        """Leave out all lines up to now; none of them is lost."""
        self._floor = self.store.total
        self._refilter(self._floor)

    def unclear(self) -> None:
        """Show the lines again that were left out by `clear`."""
        keep = self.store.total if self._floor is None else self._floor
        self._floor = None
        self._refilter(keep)

    def seek(self, pattern: Pattern | None, *, near: int) -> None:
        """Look for something.

        Args:
            pattern: What to look for; `None` to end the search.
            near: The number of the line around which it is found first.
        """
        self.search = None
        if pattern is not None:
            self.search = LogSearch(self.store, pattern, near=near, within=self._filtered)

    def toggle_bookmark(self, number: int) -> bool:
        """Mark a line, or no longer; returns whether it is marked now."""
        place = bisect_left(self._bookmarks, number)
        if self._bookmarks[place : place + 1] == [number]:
            del self._bookmarks[place]
            return False
        self._bookmarks.insert(place, number)
        return True

    def bookmark_from(self, number: int, step: int) -> int | None:
        """The next marked line that is left to read.

        Args:
            number: The number of the line to go on from; it is not an answer itself.
            step: 1 for the next one, -1 for the one before.

        Returns:
            Its number; `None` when there is none.
        """
        marks, lines = self._bookmarks, self.lines
        after = marks[bisect_right(marks, number) :]
        before = marks[: bisect_left(marks, number)]
        for each in after if step > 0 else reversed(before):
            place = lines.place(each)
            if lines.first <= place < lines.total and lines.number(place) == each:
                return each
        return None

    def move_to(self, store: LogStore, sources: Mapping[bytes, LogSource] | None = None) -> None:
        """Read another store, such as another span of the same log.

        Filters and search stay; bookmarks go, for the lines have other numbers.
        """
        self.store = store
        self.sources = {} if sources is None else sources
        self._bookmarks.clear()
        self._floor = None
        self._refilter(store.total)

    def advance(self, budget_s: float) -> bool:
        """Look at some more lines, at most about as long as allowed.

        Args:
            budget_s: How long.

        Returns:
            Is there more to do?
        """
        until_s = perf_counter() + budget_s
        filtered, search = self._filtered, self.search
        if filtered is not None:
            filtered.advance(budget_s if search is None else budget_s / 2)
        if search is not None:
            search.advance(max(0.0, until_s - perf_counter()))
        return self.is_scanning

    def _refilter(self, keep: int) -> None:
        is_needed = self._hidden or self._floor is not None or any(it.on for it in self._filters)
        self._filtered = (
            FilteredLog(
                self.store,
                self._filters,
                sources=self.sources,
                hidden=self._hidden,
                floor=self._floor,
                near=keep,
            )
            if is_needed
            else None
        )
        if self.search is not None:
            self.seek(self.search.pattern, near=keep)
