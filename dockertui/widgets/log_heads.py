"""Where the time and the level stand in a line, for whoever draws it."""

from __future__ import annotations

import re
from itertools import groupby

from dockertui.store.log_words import NAMES, Level

_HEAD = 240
_CLOCK = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_TIME = re.compile(
    rf"[\[(]?(?:\d{{4}}[-/.]\d\d[-/.]\d\d[T ]{_CLOCK}|{_CLOCK}|[A-Z][a-z]{{2}} [ \d]\d {_CLOCK})"
    r"(?: ?Z| ?[+-]\d\d:?\d\d| UTC)?[\])]?(?=[ \t|:,\]]|$)"
)
_LETTER = re.compile(r"[IWEFD]\d{4}(?= \d\d:)|<\d{1,3}>")
_SIGN = re.compile(r"\d+:[XCSM] [\w :.]{19,26} ([-.*#]) ")
_STATUS = re.compile(r'" ([45]\d\d) ')


def _words() -> dict[Level, re.Pattern[str]]:
    pairs = sorted(NAMES.items(), key=lambda it: (it[1], -len(it[0])))
    return {
        level: re.compile(
            rf"(?<![A-Za-z0-9_])(?:{'|'.join(re.escape(it.decode()) for it, _ in names)})"
            rf"(?![A-Za-z0-9_])",
            re.IGNORECASE,
        )
        for level, names in groupby(pairs, key=lambda it: it[1])
    }


_WORDS = _words()


def time_end(shown: str) -> int:
    """Where the time ends that a line begins with; 0 if it does not.

    >>> time_end("2026-11-23 12:03:11,123 WARN  slow"), time_end("12 items")
    (23, 0)
    """
    found = _TIME.match(shown)
    return found.end() if found else 0


def level_word(shown: str, level: Level) -> tuple[int, int] | None:
    """Where a line says its level, in characters; `None` where it only goes on from another.

    >>> level_word("12:03:11 WARN  slow", Level.WARN), level_word("E1123 12:03 x", Level.ERROR)
    ((9, 13), (0, 5))
    """
    if found := _LETTER.match(shown):
        return found.span()
    if found := _SIGN.match(shown):
        return found.span(1)
    if level >= Level.WARN and (found := _STATUS.search(shown, 0, _HEAD * 4)):
        return found.span(1)
    found = pattern.search(shown, 0, _HEAD) if (pattern := _WORDS.get(level)) else None
    return found.span() if found else None
