"""Which lines belong to the one before them, such as the frames of a stack trace."""

from __future__ import annotations

import re
from enum import Enum, auto

from dockertui.store.log_level import LOOKED_AT_BYTES, level_of
from dockertui.store.log_places import lines_like
from dockertui.store.log_words import Level

_INDENTED = b" \t"
_STAMPED = re.compile(rb"\s+[\[(]?\d{2,4}[-/:]\d\d[-/:]\d\d")
_GOES_ON = re.compile(
    rb"Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames)|at \S+ ?\("
    rb"|--- End of |#\d+ |Stack trace:|stack backtrace:|PHP +\d+\. |PHP Stack trace:"
    rb"|goroutine \d+ \[|created by |\[signal |exit status \d|note: run with `RUST_BACKTRACE"
    rb"|During handling of the above exception|The above exception was the direct cause"
    rb"|[)\]}]+[,;]?\s*$"
)
_SAID_OF_IT = re.compile(
    rb"(?:[-\d:T/., Z+\[\]()\w]{19,60} )?(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION):  "
)
"""What PostgreSQL has to say of the line before."""
_DEEP = (b"    ", b"\t")
"""Nobody sets a level so far to the right."""
_RUST_PANIC = re.compile(rb"thread '[^']*' (?:\(\d+\) )?panicked at .*:$")
_CHAIN = re.compile(rb"During handling of the above|The above exception was the direct")
_TRACEBACK = re.compile(rb"Traceback \(most recent call last")
_LAST = re.compile(rb"[A-Za-z_][\w.]*(?:: |:?$)")
_GO_FRAME = re.compile(rb"[\w./*()\[\]\xb7\xc2~%-]+\(.*\)$|[\w./]+\(\.\.\.\)$")
_THROWN = re.compile(rb"(?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable)\b|[A-Z]\w*Error: ")
_MAY_BELONG = re.compile(
    _THROWN.pattern
    + rb"|Traceback \(most|panic: |fatal error: |thread '[^']*' (?:\(\d+\) )?panicked"
)
_ANY_IN_CHUNK = re.compile(
    rb"Z (?:[ \t]|" + _GOES_ON.pattern.replace(rb"\s*$", b"") + rb"|" + _MAY_BELONG.pattern + rb")"
)
_SAID_IN_CHUNK = re.compile(rb"Z " + _SAID_OF_IT.pattern)
_WITHOUT_STAMP = re.compile(rb"\n(?![A-Za-z]*[0-3]\d{4}-[^\n ]*Z )")


def goes_on(text: bytes) -> bool:
    r"""Does a line by itself say that it goes on with the one before it?

    >>> goes_on(b"\tat shop.Cart.add(Cart.java:12)"), goes_on(b"Caused by: x"), goes_on(b"ready")
    (True, True, False)
    """
    if text[:1] in _INDENTED:
        return _is_indented(text[:LOOKED_AT_BYTES])
    found = _GOES_ON.match(text) or (b":  " in text and _SAID_OF_IT.match(text))
    return bool(found)


def may_belong(text: bytes) -> bool:
    r"""Could a line belong to others, or others to it? Where none could, each stands for itself.

    >>> may_belong(b"\tat x"), may_belong(b"java.io.IOException: closed"), may_belong(b"ready")
    (True, True, False)
    """
    return goes_on(text) or _MAY_BELONG.match(text) is not None


def may_belong_in(chunk: bytes) -> list[int] | None:
    r"""Which records of a chunk may belong together with others; misses none, and is quick.

    Returns:
        Which, counted from 0, in order; `None` when only looking at each can tell.

    >>> may_belong_in(b"12026-11-23T12:03:11.5Z ready\n12026-11-23T12:03:12.5Z     at x\n")
    [1]
    """
    if _WITHOUT_STAMP.search(b"\n" + chunk[:-1]):
        return None
    found = set(lines_like(chunk, _ANY_IN_CHUNK))
    if b":  " in chunk:
        found.update(lines_like(chunk, _SAID_IN_CHUNK))
    return sorted(found)


def surely_begins(text: bytes, before: bytes) -> bool:
    """Does a line not belong to the one before it, whatever came before that?"""
    if may_belong(text) or not text.strip() or _GO_FRAME.match(text):
        return False
    if _RUST_PANIC.match(before):
        return False
    return not _LAST.match(text) or not (goes_on(before) or _TRACEBACK.match(before))


def _is_indented(head: bytes) -> bool:
    """Is a line indented because it goes on, rather than because its level is set flush right?"""
    words = head.lstrip()
    if not words or _STAMPED.match(head):
        return False
    is_deep = head.startswith(_DEEP)
    return is_deep or level_of(words) is Level.NONE or words.startswith(b"Suppressed: ")


class _Amid(Enum):
    """What the line before was."""

    NOTHING = auto()
    LINE = auto()
    """A line that stands for itself. If it says what went wrong, where may follow."""
    MESSAGE_TO_COME = auto()
    """The head of a panic of Rust."""
    PYTHON = auto()
    """A part of a traceback, whose last line begins like any other."""
    PYTHON_END = auto()
    """The last line of a traceback, or what stands between it and another that it led to."""
    PYTHON_CHAIN = auto()
    """The words that announce that other one."""
    GO = auto()
    """A panic of Go, or a part of its trace."""


class TraceFollower:
    """Goes through the lines of one source, and knows which belong to the line before."""

    def __init__(self) -> None:
        """Begin anywhere in a log."""
        self._amid = _Amid.NOTHING
        self._before = b""

    def goes_on(self, text: bytes) -> bool:
        """Take the next line's text: does it belong to the one before?"""
        if _TRACEBACK.match(text):
            belongs = self._amid is _Amid.PYTHON_CHAIN or self._is_after_trouble
            self._amid = _Amid.PYTHON
            return belongs
        if goes_on(text):
            self._amid = self._after_more(text)
            return True
        if self._belongs(text):
            return True
        self._amid, self._before = _begun_by(text), text
        return False

    @property
    def _is_after_trouble(self) -> bool:
        """Does the line before say what went wrong?"""
        if self._amid is not _Amid.LINE:
            return False
        return level_of(self._before) >= Level.WARN and not _THROWN.match(self._before)

    def _after_more(self, text: bytes) -> _Amid:
        """What one is amid after a line that goes on."""
        if text.startswith(b"goroutine "):
            return _Amid.GO
        if _CHAIN.match(text):
            return _Amid.PYTHON_CHAIN
        stands_alone = self._amid in {_Amid.LINE, _Amid.MESSAGE_TO_COME}
        return _Amid.NOTHING if stands_alone else self._amid

    def _belongs(self, text: bytes) -> bool:
        """Does a line that looks like any other belong to what one is amid?"""
        before = self._amid
        if not text.strip():
            return before in {_Amid.PYTHON_END, _Amid.PYTHON_CHAIN, _Amid.GO}
        match before:
            case _Amid.PYTHON:
                self._amid = _Amid.PYTHON_END
                return _LAST.match(text) is not None
            case _Amid.LINE:
                if not _THROWN.match(text) or not self._is_after_trouble:
                    return False
                self._amid = _Amid.NOTHING
                return True
            case _Amid.MESSAGE_TO_COME:
                self._amid = _Amid.NOTHING
                return True
        return before is _Amid.GO and _GO_FRAME.match(text) is not None


def _begun_by(text: bytes) -> _Amid:
    """What one is amid after a line that stands for itself."""
    if text.startswith((b"panic: ", b"fatal error: ")):
        return _Amid.GO
    if _RUST_PANIC.match(text):
        return _Amid.MESSAGE_TO_COME
    return _Amid.LINE
