"""How bad a line of a log is, as whoever wrote it says at its beginning.

Only the head of a line is believed: there stand a time, a process, a thread, a logger, and among
them the level. A word such as `error` in the message that follows says nothing. An access line of
a web server has no level; an answer of 5xx is taken for an error, one of 4xx for a warning.
"""

from __future__ import annotations

import re

from dockertui.store.log_words import (
    LETTERS,
    NAMES,
    PRIORITIES,
    Level,
    Word,
    kind_of,
    level_named,
)

__all__ = ["COLOUR", "LOOKED_AT_BYTES", "Level", "level_of"]

LOOKED_AT_BYTES = 240
"""How much of a line is looked at for a level that stands as a word."""
FIELDS_BYTES = 4 << 10
"""How much of it for one that is a field of JSON, and for an answer's status."""
COLOUR = re.compile(rb"\x1b\[[0-9;:]*[mK]")
"""Escapes that stand around levels, and hide nothing."""
_MOST_WORDS = 9

_CLOCK = rb"\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?"
_ZONE = rb"(?:Z| ?[+-]\d\d:?\d\d| ?[AP]M| (?:UTC|GMT|[CEW]ET|MSK|[A-Z]{1,2}[SD]T)\b)?"
_STAMP = re.compile(
    rb"[\[(]?(?:(?:\d{4}[-/.]\d\d[-/.]\d\d[T :]|\d\d?[-/ ](?:\d\d|[A-Z][a-z]{2})[-/ ]\d{4}[T :]"
    rb"|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?|[A-Z][a-z]{2} \d\d?, \d{4} )?"
    + _CLOCK + rb"(?: \d{4}\b)?" + _ZONE
    + rb"|\d{10}(?:\.\d+)?\b|\d\.\d+e\+?0?9\b)[\])]?[:|,]*[ \t|]*"
)  # fmt: skip
_DIGITS = frozenset(b"0123456789")
_STAMP_BEGINS = frozenset(b"0123456789[(JFMASONDTW")
_SPECIAL = re.compile(
    rb"(?P<letter>[IWEFD])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w./-]+\.(?:go|cc|py):\d+\]"
    rb"|\d+:[XCSM] \d\d? [A-Z][a-z]{2} [\d :.]+(?P<sign>[-.*#]) "
    rb"|(?P<panic>panic: |fatal error: |PHP Fatal|thread '[^']*' (?:\(\d+\) )?panicked at)"
    rb"|PHP (?P<php>Warning|Notice|Deprecated)"
    rb"|(?P<crash>Traceback \(most|Exception in thread|Unhandled exception|PHP Parse"
    rb"|\S*(?:Error|Exception)(?:: |:?$))"
)
"""What is no word's level: lines of klog and of Redis, and last words of a program."""
_SIGNS = {b".": Level.DEBUG, b"-": Level.INFO, b"*": Level.NOTICE, b"#": Level.WARN}
"""The levels of Redis."""
_PRIORITY = re.compile(rb"<(1?\d?\d)>")
_JSON = re.compile(
    rb'"(?:@?[Ll]evel|@l|l(?:og)?[._]?(?:[Ll]evel|vl)(?:_?name)?|level_?name|[Ss]everity(?:Text)?'
    rb'|LogLevel)"\s*:\s*"([A-Za-z]{2,})|"(?:level|PRIORITY)"\s*:\s*"?(\d{1,3}(?![\d.]))'
)
_MONGO = re.compile(rb'"s":\s*"([FEWID])')
_PAIR = re.compile(rb"(?:^| )(?:@?level|lvl|severity|log_?level)=[\"']?(\w+)")
_ANSWER = re.compile(rb' HTTP/[\d.]{1,3}"? (\d)\d\d(?!\d)')
_ANSWERS = {b"4": Level.WARN, b"5": Level.ERROR}
"""What the first digit of a web server's answer comes to."""
_NONE = Level.NONE


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
        head = COLOUR.sub(b"", head)
    if head[:1] == b"{":
        return _level_of_json(text)
    if head[:1] == b"<" and (priority := _PRIORITY.match(head)):
        return PRIORITIES[int(priority[1]) & 7]
    at = text.find(b" HTTP/", 0, FIELDS_BYTES)
    if at >= 0 and (answer := _ANSWER.match(text, at)):
        level = _ANSWERS.get(answer[1], _NONE)
        if level or b'] "' in head:
            return level
    level = _level_of_words(head)
    return level or (_level_of_json(text) if b'{"' in head else _NONE)


def _level_of_words(head: bytes) -> Level:
    """Go through the first words as long as they belong to the head of a line."""
    stamp = _STAMP.match(head) if head and head[0] in _STAMP_BEGINS else None
    rest = head[stamp.end() :] if stamp else head.lstrip()
    words = rest.split(None, _MOST_WORDS)
    if not words:
        return _NONE
    first = words[0]
    if stamp and (bare := NAMES.get(first)):
        # No sign stands at the side of a level between blanks, but no message begins with it.
        return bare
    if b"=" in first and (found := _PAIR.search(rest)):
        return level_named(found[1])
    kind = kind_of(first)
    if kind is Word.MESSAGE:
        return _NONE
    if kind is Word.SPECIAL and (special := _SPECIAL.match(rest)):
        return _level_of_special(special)
    return _first_level(words, 1 if stamp else 0)


def _first_level(words: list[bytes], names: int) -> Level:
    """The first level before the message begins.

    Args:
        words: The first words after the time.
        names: How many plain words may come before it: a host's, a logger's.
    """
    follows_dash = False
    for word in words[:_MOST_WORDS]:
        if word[0] in _DIGITS:
            continue
        kind = kind_of(word)
        if kind.__class__ is Level:
            return kind
        if kind is Word.DASH:
            names, follows_dash = 1, True
        elif kind is Word.HEAD:
            follows_dash = False
        elif names and (kind is Word.NAME or follows_dash):
            names, follows_dash = 0, False
        else:
            break
    return _NONE


def _level_of_special(found: re.Match[bytes]) -> Level:
    letter, sign, panic, php, _ = found.groups()
    if letter:
        return LETTERS[letter]
    if sign:
        return _SIGNS[sign]
    if php:
        return level_named(php)
    return Level.FATAL if panic else Level.ERROR


def _level_of_json(text: bytes) -> Level:
    if found := _JSON.search(text, 0, FIELDS_BYTES):
        return level_named(found[1] or found[2])
    found = _MONGO.search(text, 0, FIELDS_BYTES) if text.startswith(b'{"t":') else None
    return LETTERS[found[1]] if found else _NONE
