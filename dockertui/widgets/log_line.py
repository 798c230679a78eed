"""A line of a log as it is about to be drawn: what a terminal would show, in pieces."""

from __future__ import annotations

import re

from dockertui.store.log_record import RULE, split_record
from dockertui.store.log_words import Level
from dockertui.widgets.ansi import PLAIN, Pen, pen_after

PIECE_BYTES = 16 << 10
"""A line longer than this is drawn as several, so that none costs more than a screen is worth."""

_PIECES_BACK = 4
_MOST_RETURNS = 64
_LONGEST_ESCAPE = 100
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]?|[ -/]*[0-~]?)?")
_NEXT_OF_A_CHARACTER = range(0x80, 0xC0)


class LogLine:
    """One line, its text still the bytes that came."""

    __slots__ = ("_pens", "before", "level", "raw", "stamp", "stream", "tag", "text")

    def __init__(
        self,
        raw: bytes,
        *,
        level: Level = Level.NONE,
        before: bytes = b"",
        as_written: bool = False,
    ) -> None:
        r"""Take a record apart.

        Args:
            raw: As the log store hands it out.
            level: Its level, or that of the line it goes on from.
            before: The stamp of the line before it; empty for the first one.
            as_written: Keep what was written over after a `\r`?
        """
        self.raw = raw
        self.level = level
        self.before = before
        self.tag, self.stream, self.stamp, text = split_record(raw)
        self.text = _after_returns(text) if b"\r" in text and not as_written else text
        self._pens: dict[int, Pen] = {}

    @property
    def is_rule(self) -> bool:
        """Is it a word of ours on the container's life?"""
        return self.stream == RULE

    @property
    def pieces(self) -> int:
        """How many pieces it is drawn in: one, unless it is very long."""
        return max(1, -(-len(self.text) // PIECE_BYTES))

    def piece(self, index: int) -> bytes:
        """One of its pieces; no character or escape is in two of them."""
        if len(self.text) <= PIECE_BYTES:
            return self.text
        return self.text[self._cut(index) : self._cut(index + 1)]

    def pen(self, index: int) -> Pen:
        """What the escapes in the pieces before one ask for, as far as a few of them say."""
        start = index
        while start > max(0, index - _PIECES_BACK) and start not in self._pens:
            start -= 1
        pen = self._pens.get(start, PLAIN)
        for each in range(start, index):
            if b"\x1b[" in (piece := self.piece(each)):
                pen = pen_after(piece.decode("utf-8", "replace"), pen)
            self._pens[each + 1] = pen
        return pen

    def _cut(self, index: int) -> int:
        at = index * PIECE_BYTES
        if not 0 < at < len(self.text):
            return min(at, len(self.text))
        escape = self.text.rfind(b"\x1b", at - _LONGEST_ESCAPE, at)
        if escape >= 0 and (found := _ESCAPE.match(self.text, escape)) and found.end() > at:
            return escape
        for start in range(at, at - 4, -1):
            if self.text[start] not in _NEXT_OF_A_CHARACTER:
                return start
        return at


def _after_returns(text: bytes) -> bytes:
    r"""What remains on a line that was written over again and again: its last words.

    >>> _after_returns(b"10%\r50%\r100%\x1b[K\r\x1b[0m")
    b'100%\x1b[K'
    """
    end = len(text.rstrip(b"\r"))
    for _ in range(_MOST_RETURNS):
        start = text.rfind(b"\r", 0, end) + 1
        words = text[start:end]
        if start == 0 or _ESCAPE.sub(b"", words[:PIECE_BYTES]).strip(b"\0\t "):
            return words
        end = start - 1
    return b""
