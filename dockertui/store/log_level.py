"""How bad a line of a log is, as whoever wrote it says at its beginning.

Only the head of a line is believed: there stand a time, a process, a thread, a logger, and among
them the level. A word such as `error` in the message that follows says nothing. An access line of
a web server has no level; an answer of 5xx is taken for an error, one of 4xx for a warning.
"""

from __future__ import annotations

import re

from dockertui.store.log_record import split_record
from dockertui.store.log_words import (
    LETTERS,
    NAMES,
    PRIORITIES,
    Level,
    Word,
    kind_of,
    level_named,
)

__all__ = ["LOOKED_AT_BYTES", "NAMES", "Level", "level_of"]

LOOKED_AT_BYTES = 240
"""How much of a line is looked at for a level that stands as a word."""
_FIELDS_BYTES = 4 << 10
_MOST_WORDS = 9

_COLOUR = re.compile(rb"\x1b\[[0-9;:]*[mK]")
_CLOCK = rb"\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"
_STAMP = re.compile(
    rb"[\[(]?(?:(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/](?:\d\d|[A-Z][a-z]{2})[-/]\d{4})[T :]" + _CLOCK
    + rb"|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d " + _CLOCK + rb"(?: \d{4})?"
    + rb"|" + _CLOCK + rb")(?:Z| ?[+-]\d\d:?\d\d| ?[AP]M| ?[A-Z]{3,4}(?=[\] ]))?[\])]?[:|,]*[ \t|]*"
)  # fmt: skip
_OTHER = re.compile(
    rb"(?P<letter>[IWEFD])\d{4} \d\d:\d\d:\d\d"
    rb"|\d+:[XCSM] \d\d? [A-Z][a-z]{2} [\d :.]+(?P<sign>[-.*#]) "
    rb"|(?P<crash>Traceback \(most|Exception in thread|Unhandled exception|Uncaught )"
    rb"|(?P<panic>panic: |fatal error: |PHP Fatal|thread '[^']*' (?:\(\d+\) )?panicked at)"
    rb"|(?P<error>(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)(?:: |$))"
)
"""Forms that no word gives away: klog, Redis, and what a program says when it crashes."""
_SIGNS = {b".": Level.DEBUG, b"-": Level.INFO, b"*": Level.NOTICE, b"#": Level.WARN}
"""The levels of Redis."""
_PRIORITY = re.compile(rb"<(1?\d?\d)>")
_JSON = re.compile(
    rb'"(?:@?[Ll]evel|@l|l(?:og)?[._]?(?:[Ll]evel|vl)(?:_?name)?|level_?name|[Ss]everity(?:Text)?'
    rb'|LogLevel|PRIORITY)"\s*:\s*(?:"([A-Za-z0-9]+)|(\d{1,3}(?![\d.])))'
)
_MONGO = re.compile(rb'"s":\s*"([FEWID])')
_PAIR = re.compile(rb"(?:^| )(?:@?level|lvl|severity|log_?level)=[\"']?(\w+)")
_SUSPECT = re.compile(
    rb"(?i:err|warn|wrn|fatal|ftl|crit|severe|panic|alert|emerg|exception|traceback|fail|uncaught)"
    rb"|[IWEFD]\d{4} |<\d|[\" ][45]\d\d|[Ll]evel|severity|PRIORITY| # |\"s\":"
)
_ACCESS = re.compile(rb' HTTP/[\d.]+"? ([45])\d\d(?: |$)')


def level_of(text: bytes) -> Level:
    """The level of a line, `Level.NONE` when it names none.

    Args:
        text: A record's text, without its head.

    >>> level_of(b"2026-11-23 12:03:11,123 WARN [main] shop.Cart - error=0")
    <Level.WARN: 5>
    >>> level_of(b"no errors found")
    <Level.NONE: 0>
    """
    head = text[:LOOKED_AT_BYTES]
    if b"\x1b" in head:
        head = _COLOUR.sub(b"", head)
    if head[:1] == b"{":
        return _level_of_json(text)
    if head[:1] == b"<" and (priority := _PRIORITY.match(head)):
        return PRIORITIES[int(priority[1]) & 7]
    level = _level_of_words(head)
    if level <= Level.INFO and b" HTTP/" in text[:_FIELDS_BYTES]:
        return max(level, _level_of_answer(text))
    if level is Level.NONE and b'{"' in head:
        return _level_of_json(text)
    return level


def _level_of_words(head: bytes) -> Level:
    """Go through the first words as long as they belong to the head of a line."""
    stamp = _STAMP.match(head)
    if stamp is None and (other := _OTHER.match(head)):
        return _level_of_other(other)
    words = (head[stamp.end() :] if stamp else head).split(None, _MOST_WORDS)
    if words and (stamp or words[0].replace(b".", b"").isdigit()):
        # No sign stands at the side of a level between blanks, but no message begins with it.
        bare = NAMES.get(words[0 if stamp else 1 % len(words)])
        if bare:
            return bare
    names_left = 1 if stamp else 0
    for word in words[:_MOST_WORDS]:
        kind = kind_of(word)
        if isinstance(kind, Level):
            return kind
        if kind is Word.DASH:
            names_left = 1
        elif kind is Word.NAME and names_left:
            names_left = 0
        elif kind is not Word.HEAD:
            break
    return _level_of_pairs(head)


def _level_of_other(found: re.Match[bytes]) -> Level:
    if found["letter"]:
        return LETTERS[found["letter"]]
    if found["sign"]:
        return _SIGNS[found["sign"]]
    return Level.FATAL if found["panic"] else Level.ERROR


def _level_of_pairs(head: bytes) -> Level:
    """What a line of `key=value` pairs says, some of whose values hold blanks."""
    found = _PAIR.search(head) if b"=" in head.split(b" ", 1)[0] else None
    return level_named(found[1]) if found else Level.NONE


def _level_of_json(text: bytes) -> Level:
    head = text[:_FIELDS_BYTES]
    if found := _JSON.search(head):
        return level_named(found[1] or found[2])
    found = _MONGO.search(head) if head.startswith(b'{"t":') else None
    return LETTERS[found[1]] if found else Level.NONE


def _level_of_answer(text: bytes) -> Level:
    """What the status in an access line of a web server comes to."""
    found = _ACCESS.search(text, 0, _FIELDS_BYTES)
    if found is None:
        return Level.NONE
    return Level.ERROR if found[1] == b"5" else Level.WARN


def lines_at_least(chunk: bytes, level: Level) -> list[int]:
    """Find quickly which records of a chunk can have a level, or a worse one.

    Args:
        chunk: Whole records, as `LogStore.chunks` yields them.
        level: At least `Level.WARN`.

    Returns:
        Which of them, counted from 0, in order; others surely have not.
    """
    records = chunk.split(b"\n")
    records.pop()
    return [
        at
        for at, it in enumerate(records)
        if _SUSPECT.search(it) and level_of(split_record(it).text) >= level
    ]
