"""Finding the bad lines among many, without reading each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dockertui.store.log_level import level_of
from dockertui.store.log_record import split_record
from dockertui.store.log_words import Level

_ERRORS = (
    *(b"err", b"fata", b"ftl", b"crit", b"panic", b"severe", b"alert", b"emerg"),
    *(b"xception", b"traceback", b"fail", b"uncaught", b"unhandled"),
)
_WARNINGS = (b"warn", b"wrn", b"deprecated")
"""A line that is so bad has one of these in it, or one of the forms below."""
_ERROR_FORMS = {
    b'level"': re.compile(rb'level"\s*:\s*"?[1-6]'),
    b'"severity': re.compile(rb'"severity\w*"\s*:\s*"?[0-9]'),
    b'"priority"': re.compile(rb'"priority"\s*:\s*"?[0-9]'),
    b'"s":': re.compile(rb'"s":\s*"[fe]'),
    b".go:": re.compile(rb" [ef]\d{4} \d\d:"),
    b" <": re.compile(rb" <\d{1,3}>"),
    b" http/": re.compile(rb' http/[\d.]{1,3}"? 5'),
}
"""Forms of bad lines that no word gives away, each by what has to be there for it."""
_WARNING_FORMS = {
    b'"s":': re.compile(rb'"s":\s*"[few]'),
    b".go:": re.compile(rb" [efw]\d{4} \d\d:"),
    b" http/": re.compile(rb' http/[\d.]{1,3}"? [45]'),
    b" # ": re.compile(rb":[xcsm] \d[^\n]{8,40} # "),
}


def lines_at_least(chunk: bytes, level: Level) -> list[tuple[int, Level]]:
    """Find the records of a chunk that have a level, or a worse one.

    Args:
        chunk: Whole records, as `LogStore.chunks` yields them.
        level: At least `Level.WARN`; for a lower one read every line.

    Returns:
        Which of them, counted from 0, in order, each with its level.
    """
    suspects = sorted(_suspects(chunk.lower(), with_warnings=level < Level.ERROR))
    records = chunk.split(b"\n") if suspects else []
    return at_least(level, records, suspects)


def at_least(
    level: Level, records: Sequence[bytes], which: Iterable[int]
) -> list[tuple[int, Level]]:
    """Those of some records that have a level, or a worse one, each with its level."""
    return [
        (at, found) for at in which if (found := level_of(split_record(records[at]).text)) >= level
    ]


def _suspects(low: bytes, *, with_warnings: bool) -> set[int]:
    """The lines of a chunk in small letters that can be bad."""
    suspects: set[int] = set()
    for needle in _ERRORS + _WARNINGS if with_warnings else _ERRORS:
        suspects.update(_lines_with(low, needle))
    for needle, form in (_ERROR_FORMS | _WARNING_FORMS if with_warnings else _ERROR_FORMS).items():
        if needle in low:
            suspects.update(_lines_like(low, form))
    return suspects


def _lines_with(low: bytes, needle: bytes) -> list[int]:
    """The lines that have a text, counted from 0."""
    lines, line, counted = [], 0, 0
    at = low.find(needle)
    while at >= 0:
        line += low.count(b"\n", counted, at)
        lines.append(line)
        counted = low.find(b"\n", at)
        at = low.find(needle, counted) if counted >= 0 else -1
    return lines


def _lines_like(low: bytes, form: re.Pattern[bytes]) -> list[int]:
    lines, line, counted = [], 0, 0
    for found in form.finditer(low):
        line += low.count(b"\n", counted, found.start())
        counted = found.start()
        lines.append(line)
    return lines
