"""Where the time and the level stand in a line, for whoever draws it."""

from __future__ import annotations

import re
from itertools import groupby

from dockertui.store.log_words import NAMES, Level

_HEAD = 240
_CLOCK = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_TIME = re.compile(
    rf"(?P<first>[\[(]?(?:\d{{4}}[-/.]\d\d[-/.]\d\d[T ]|[A-Z][a-z]{{2}} [ \d]\d )?{_CLOCK}"
    r"(?: ?Z| ?[+-]\d\d:?\d\d| UTC)?[\])]?)(?=[ \t|:,\]]|$)"
    # Web servers name the client first, Redis its process.
    rf"|[\w.:-]+ \S+ \S+ (?P<web>\[\d\d/[A-Z][a-z]{{2}}/\d{{4}}:{_CLOCK} [+-]\d{{4}}\])"
    rf"|\d+:[XCSM] (?P<redis>\d\d [A-Z][a-z]{{2}} \d{{4}} {_CLOCK})"
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


def time_span(shown: str) -> tuple[int, int] | None:
    """Where the time stands that a line brings itself, in characters.

    >>> time_span("2026-11-23 12:03:11,123 WARN  slow"), time_span("12 items")
    ((0, 23), None)
    """
    found = _TIME.match(shown)
    return found.span(found.lastgroup or 0) if found else None


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
