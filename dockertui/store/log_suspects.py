"""Finding the bad lines among many, without reading each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dockertui.store.log_level import COLOUR, level_of
from dockertui.store.log_places import lines_like, places_of
from dockertui.store.log_record import split_record
from dockertui.store.log_words import Level

_ERROR_WORDS = (
    *(b"err", b"fata", b"ftl", b"crit", b"panic", b"severe", b"alert", b"emerg", b"fail"),
    *(b"xception", b"traceback"),
)
_WARNING_WORDS = (b"warn", b"wrn")
"""What names a level so bad has one of these in it."""
_ERROR_FORMS = (
    (b"{", b'"level"', re.compile(rb'"level"\s*:\s*"?[0-9]')),
    (b"{", b'"priority"', re.compile(rb'"priority"\s*:\s*"?[0-9]')),
    (b"{", b'"s":', re.compile(rb'"s":\s*"[few]')),
    *(
        (b"]", suffix, re.compile(rb"[efw]\d{4} \d\d:\d\d:"))
        for suffix in (b".go:", b".cc:", b".py:")
    ),
    (b"<", b"<", re.compile(rb"<\d{1,3}>")),
    (b"/", b" http/", re.compile(rb' http/[\d.]{1,3}"? [45]')),
)
_WARNING_FORMS = (*_ERROR_FORMS, (b"#", b" # ", re.compile(rb":[xcsm] \d[^\n]{8,40} # ")))
"""Lines so bad without such a word: a byte and a part that each has, which are quick to look for,
and what it looks like."""


def lines_at_least(chunk: bytes, level: Level) -> list[tuple[int, Level]]:
    """Find the records of a chunk that have a level, or a worse one.

    Args:
        chunk: Whole records, as `LogStore.chunks` yields them.
        level: At least `Level.WARN`; for a lower one read every line.

    Returns:
        Which of them, counted from 0, in order, each with its level.
    """
    low = (COLOUR.sub(b"", chunk) if b"\x1b" in chunk else chunk).lower()
    suspects: set[int] = set()
    for word in _ERROR_WORDS if level >= Level.ERROR else _ERROR_WORDS + _WARNING_WORDS:
        suspects.update(line for line, _ in places_of(low, word))
    for byte, part, form in _ERROR_FORMS if level >= Level.ERROR else _WARNING_FORMS:
        if byte in low and part in low:
            suspects.update(lines_like(low, form))
    return at_least(level, chunk.split(b"\n"), sorted(suspects)) if suspects else []


def at_least(
    level: Level, records: Sequence[bytes], which: Iterable[int]
) -> list[tuple[int, Level]]:
    """Those of some records that have a level, or a worse one, each with its level."""
    return [
        (at, found) for at in which if (found := level_of(split_record(records[at]).text)) >= level
    ]
