"""Which lines belong to the one before them, such as the frames of a stack trace."""

from __future__ import annotations

import re
from enum import Enum, auto

from dockertui.store.log_level import LOOKED_AT_BYTES, level_of
from dockertui.store.log_words import Level

_INDENTED = b" \t"
_STAMPED = re.compile(rb"\s+[\[(]?\d{2,4}[-/:]\d\d[-/:]\d\d")
_GOES_ON = re.compile(
    rb"Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames)|at \S+ ?\("
    rb"|--- End of |#\d+ |Stack trace:|stack backtrace:|PHP +\d+\. |PHP Stack trace:"
    rb"|goroutine \d+ \[|created by |\[signal |exit status \d|note: run with `RUST_BACKTRACE"
    rb"|During handling of the above exception|The above exception was the direct cause"
    rb"|[)\]}]+[,;]?\s*$"
    rb"|(?:[-\d:T/., Z+\[\]()\w]{19,60} )?(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION):  "
)
_TRACEBACK = re.compile(rb"Traceback \(most recent call last")
_LAST = re.compile(rb"[A-Za-z_][\w.]*(?:: |:?$)")
_GO_FRAME = re.compile(rb"[\w./*()\[\]\xb7\xc2~%-]+\(.*\)$|[\w./]+\(\.\.\.\)$")
_THROWN = re.compile(rb"(?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable)\b|[A-Z]\w*Error: ")


def goes_on(text: bytes) -> bool:
    r"""Does a line by itself say that it goes on with the one before it?

    >>> goes_on(b"\tat shop.Cart.add(Cart.java:12)"), goes_on(b"Caused by: x"), goes_on(b"ready")
    (True, True, False)
    """
    if text[:1] in _INDENTED:
        return _is_indented(text[:LOOKED_AT_BYTES])
    return _GOES_ON.match(text) is not None


def _is_indented(head: bytes) -> bool:
    """Is a line indented because it goes on, rather than because its level is set flush right?"""
    if not head.strip() or _STAMPED.match(head):
        return False
    return level_of(head.lstrip()) is Level.NONE or head.lstrip().startswith(b"Suppressed")


class _Amid(Enum):
    """What the line before was a part of."""

    NOTHING = auto()
    TROUBLE = auto()
    PYTHON = auto()
    PYTHON_END = auto()
    GO = auto()


class TraceFollower:
    """Goes through the lines of one source, and knows which belong to the line before."""

    def __init__(self) -> None:
        """Begin anywhere in a log."""
        self._amid = _Amid.NOTHING

    def goes_on(self, text: bytes) -> bool:
        """Take the next line's text: does it belong to the one before?"""
        if _TRACEBACK.match(text):
            belongs = self._amid in {_Amid.TROUBLE, _Amid.PYTHON_END}
            self._amid = _Amid.PYTHON
            return belongs
        if goes_on(text):
            if text.startswith(b"goroutine "):
                self._amid = _Amid.GO
            return True
        if self._belongs(text):
            return True
        self._begin(text)
        return False

    def _belongs(self, text: bytes) -> bool:
        if not text.strip():
            return self._amid in {_Amid.PYTHON_END, _Amid.GO}
        match self._amid:
            case _Amid.PYTHON:
                self._amid = _Amid.PYTHON_END
                return _LAST.match(text) is not None
            case _Amid.GO:
                return _GO_FRAME.match(text) is not None
            case _Amid.TROUBLE:
                return _THROWN.match(text) is not None
        return False

    def _begin(self, text: bytes) -> None:
        if text.startswith((b"panic: ", b"fatal error: ")):
            self._amid = _Amid.GO
        elif level_of(text) >= Level.WARN:
            self._amid = _Amid.TROUBLE
        else:
            self._amid = _Amid.NOTHING
