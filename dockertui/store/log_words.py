"""The words at the beginning of a line, and what the log formats call their levels."""

from __future__ import annotations

import re
from enum import Enum, IntEnum, auto


class Level(IntEnum):
    """The levels of all the formats, in the order of their severity."""

    NONE = 0
    TRACE = 1
    DEBUG = 2
    INFO = 3
    NOTICE = 4
    WARN = 5
    ERROR = 6
    FATAL = 7


class Word(Enum):
    """What a word without a level says of those that follow it."""

    HEAD = auto()
    """A part of the head, such as a process or a thread: the level may follow."""
    NAME = auto()
    """The name of a host or a logger, or the first word of a message."""
    DASH = auto()
    """It stands between the parts of a head."""
    SPECIAL = auto()
    """It may begin a form of its own, such as a line of klog or the end of a program."""
    MESSAGE = auto()
    """The message has begun."""


_NAMES = (
    (Level.TRACE, "trace trc trce vrb verbose finest finer silly"),
    (Level.DEBUG, "debug dbg dbug debu fine config"),
    (Level.INFO, "info inf information informational log"),
    (Level.NOTICE, "notice note system deprecated"),
    (Level.WARN, "warn warning wrn"),
    (Level.ERROR, "error err err! erro fail failure severe"),
    (Level.FATAL, "fatal ftl fata crit critical crt panic dpanic alert emerg emergency"),
)
NAMES = {name.encode(): level for level, names in _NAMES for name in names.split()}
"""What the formats call the levels, in small letters."""

PRIORITIES = (
    *(Level.FATAL,) * 3,
    *(Level.ERROR, Level.WARN, Level.NOTICE, Level.INFO, Level.DEBUG),
)
"""The levels of syslog, from 0."""
SCALES = {
    **dict(enumerate(PRIORITIES)),
    **{10: Level.TRACE, 20: Level.DEBUG, 30: Level.INFO, 40: Level.WARN, 50: Level.ERROR},
    **{60: Level.FATAL, 100: Level.DEBUG, 200: Level.INFO, 250: Level.NOTICE, 300: Level.WARN},
    **{400: Level.ERROR, 500: Level.FATAL, 550: Level.FATAL, 600: Level.FATAL},
}
"""The levels that are numbers: those of syslog, of Pino and Bunyan, of Monolog."""
LETTERS = {
    **{b"V": Level.TRACE, b"D": Level.DEBUG, b"I": Level.INFO, b"N": Level.NOTICE},
    **{b"W": Level.WARN, b"E": Level.ERROR, b"F": Level.FATAL},
}
"""The levels that are one letter."""

_LOUD = (
    rb"TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERROR|FATAL|CRIT|CRITICAL|SEVERE|PANIC"
    rb"|DPANIC|ALERT|EMERG|EMERGENCY|FINEST|FINER|VERBOSE|ERR|WRN|INF|DBG|TRC|FTL|ERRO|FATA|DEBU"
    rb"|VRB|CRT"
)
"""Names that in capitals need nothing around them."""
_QUIET = (
    rb"(?i:trace|debug|info|information|notice|warn|warning|error|fatal|crit|critical|severe|panic"
    rb"|alert|emerg|emergency|verbose|err|wrn|inf|dbg|trc|ftl|fail|failure|dbug|trce|silly|dpanic"
    rb"|deprecated|err!)|LOG|CONFIG|FINE"
)
"""Names that must have a sign at their side."""
_LEVEL = re.compile(
    rb"(?:[^\s=\"]*?[\[\](){}<>|.:/])??"
    rb"(?:(?P<loud>" + _LOUD + rb")(?=$|[\]:|>)/\[(,!\-])"
    rb"|(?P<quiet>" + _QUIET + rb")(?::(?!//)|\]|>|\||\))"
    rb"|\[(?P<boxed>(?i:note|system))\]"
    rb"|(?P<key>(?i:@?level|lvl|severity|log_?level|log\.level|levelname))=[\"']?(?P<value>\w+))"
)
_HEAD = re.compile(
    rb"[^\"]*\d|[\[({<]|[^\"]*[\])}>|:]$|[^\"]+[./:@=]\S|(?!NOT?\b)[A-Z]{1,5},?$|npm$|level=$"
)
_NAME = re.compile(rb"[a-z_][\w-]*$|[A-Z][a-z]+[A-Z]\w*$")
_SPECIAL = re.compile(
    rb"[IWEFD]\d{4}$|\d+:[XCSM]$|(?:Traceback|Exception|Unhandled|panic:|fatal|PHP|thread)$"
    rb"|[\w$.]*(?:Error|Exception):?$"
)
_DASHES = frozenset((b"-", b"--", b"---", b"|", b":"))

_LONGEST_KEPT = 24
_MOST_KEPT = 4096
_known: dict[bytes, Level | Word] = {}


def kind_of(word: bytes) -> Level | Word:
    """What a word of a line's head is: a level, or another part of it, or no part of it.

    >>> kind_of(b"[ERROR]"), kind_of(b"level=warn"), kind_of(b"[main]"), kind_of(b"Hello,")
    (<Level.ERROR: 6>, <Level.WARN: 5>, <Word.HEAD: 1>, <Word.MESSAGE: 5>)
    """
    kind = _known.get(word)
    if kind is not None:
        return kind
    kind = _read(word)
    if len(word) <= _LONGEST_KEPT:
        if len(_known) >= _MOST_KEPT:
            _known.clear()
        _known[word] = kind
    return kind


def _read(word: bytes) -> Level | Word:
    if _SPECIAL.match(word):
        return Word.SPECIAL
    if found := _LEVEL.match(word):
        name = found["loud"] or found["quiet"] or found["boxed"] or found["value"]
        return level_named(name)
    if word in _DASHES:
        return Word.DASH
    if _HEAD.match(word):
        return Word.HEAD
    return Word.NAME if _NAME.match(word) else Word.MESSAGE


def level_named(name: bytes) -> Level:
    """The level that a word or a number names; `Level.NONE` when it is no level's.

    >>> level_named(b"Warning"), level_named(b"50"), level_named(b"hard")
    (<Level.WARN: 5>, <Level.ERROR: 6>, <Level.NONE: 0>)
    """
    if name.isdigit():
        return SCALES.get(int(name[:4]), Level.NONE)
    return NAMES.get(name.lower(), Level.NONE)
