"""The lines of a log that have what a person looks for."""

from __future__ import annotations

from dockertui.store.log_filtered import FilteredLog
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_scan import LogScan
from dockertui.store.log_store import LogStore


class LogSearch(LogScan):
    """The lines with a hit, among those that the filters leave."""

    def __init__(
        self, store: LogStore, pattern: Pattern, *, near: int, within: FilteredLog | None = None
    ) -> None:
        """Begin to look.

        Args:
            store: Where the lines are.
            pattern: What to look for.
            near: The number of the line to begin at.
            within: The lines to look at; `None` for all. What it has not come to is not looked at.
        """
        self.pattern = pattern
        """What is looked for."""
        self._within = within
        super().__init__(store, store if within is None else within, near=near)

    @property
    def count(self) -> int:
        """How many lines with a hit have been found so far."""
        return len(self.found)

    @property
    def complete(self) -> bool:
        """Have all lines been looked at? Also true when the pattern was given up."""
        return bool(self.problem) or (
            self.is_complete and (self._within is None or self._within.is_complete)
        )

    def hit_from(self, number: int, step: int) -> int | None:
        """The next line with a hit, as far as they have been found.

        Args:
            number: The number of the line to go on from; it is not an answer itself.
            step: 1 for the next one, -1 for the one before.

        Returns:
            Its number; `None` when there is none.
        """
        found = self.found
        place = found.place(number + 1) if step > 0 else found.place(number) - 1
        return found.at(place) if found.first <= place < found.total else None

    def position(self, number: int) -> int:
        """Which of the hits this line is, from 1; of a line without one: the hits before it."""
        return self.found.rank(number + 1)

    def passing(self, start: int, chunk: bytes, end: int) -> list[int]:  # noqa: ARG002
        """The lines of a piece that have a hit and are left by the filters."""
        hits = [start + index for index in self.pattern.lines_in(chunk)]
        if self._within is None or not hits:
            return hits
        left = self._within.left(start, hits[-1] + 1)
        return [number for number in hits if number in left]
