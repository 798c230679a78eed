"""The levels of a log's lines."""

from __future__ import annotations

from dockertui.store.log_level import level_of
from dockertui.store.log_lines import Lines
from dockertui.store.log_record import RULE, split_record
from dockertui.store.log_traces import goes_on
from dockertui.store.log_words import Level
from dockertui.widgets.log_line import LogLine

LOOK_BACK = 100
"""How many lines before one are asked where it begins."""

_MOST = 2_000


class LineLevels:
    """The level of each line, from the head of its trace where it goes on from another."""

    def __init__(self, lines: Lines) -> None:
        """Know none yet.

        Args:
            lines: Where the lines are.
        """
        self._lines = lines
        self._known: dict[int, Level] = {}

    def forget(self) -> None:
        """Look at all lines anew."""
        self._known.clear()

    def level(self, place: int, line: LogLine) -> Level:
        """The level of a line.

        Args:
            place: Where it stands.
            line: The line.
        """
        if (level := self._known.get(place)) is None:
            if len(self._known) > _MOST:
                self._known.clear()
            level = Level.NONE if line.is_rule else level_of(line.text)
            if level is Level.NONE and not line.is_rule and goes_on(line.text):
                level = self._level_before(place, line.tag)
            self._known[place] = level
        return level

    def _level_before(self, place: int, tag: bytes) -> Level:
        """The level of what a line goes on from; all lines between get to know it too."""
        passed: list[int] = []
        level = Level.NONE
        records = self._lines.lines(place - LOOK_BACK, place)
        for back, raw in enumerate(reversed(records), 1):
            earlier = split_record(raw)
            if earlier.tag != tag:
                continue
            if earlier.stream == RULE:
                break
            level = self._known.get(place - back, Level.NONE) or level_of(earlier.text)
            if level or not goes_on(earlier.text):
                break
            passed.append(place - back)
        self._known.update(dict.fromkeys(passed, level))
        return level
