"""The conditions that a filter is made of; each judges one line by itself."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from dockertui.store.log_fields import field_at, fields_of, shown
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_piece import Piece
from dockertui.store.log_record import split_record
from dockertui.store.log_source import LogSource
from dockertui.store.log_suspects import at_least, lines_at_least
from dockertui.store.log_words import Level

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
"""How values are compared."""
_UNITS_S = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_SPAN = re.compile(r"(-?\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)", re.ASCII)
_HEAD_BYTES = 8
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Term(Protocol):
    """One condition."""

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Which records of a piece fulfil it, counted from 0, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A text or a regular expression is in the line."""

    pattern: Pattern
    """Which."""

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Those that have it."""
        return self.pattern.lines_in(piece.chunk)


@dataclass(frozen=True, slots=True)
class OfStream:
    """The line was written to a stream."""

    stream: bytes
    """Its digit."""

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Those of the stream."""
        stream = self.stream
        return [
            at
            for at, it in enumerate(piece.records)
            if it.startswith(stream) or it[:_HEAD_BYTES].lstrip(_LETTERS).startswith(stream)
        ]


@dataclass(frozen=True, slots=True)
class FromSource:
    """The line is from a container that is called so."""

    fact: str
    """The attribute of `LogSource` to look in."""
    words: str
    """What must be in it; case matters only when a letter is a capital."""

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Those that have the tag of such a container."""
        tags = {tag for tag, source in piece.sources.items() if self._is(source)}
        if len(tags) in {0, len(piece.sources)}:
            return piece.all if tags else ()
        wanted = tuple(tag + b"%d" % stream for tag in tags for stream in range(4))
        return [at for at, it in enumerate(piece.records) if it.startswith(wanted)]

    def _is(self, source: LogSource) -> bool:
        said = str(getattr(source, self.fact))
        return self.words in (said if self.words != self.words.lower() else said.lower())


@dataclass(frozen=True, slots=True)
class HasLevel:
    """The line has such a level; one without any never has."""

    comparison: str
    """One of `COMPARISONS`."""
    level: Level
    """What it is compared with."""

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Bad ones are found quickly; for others every line is read."""
        compare, level = COMPARISONS[self.comparison], self.level
        if level >= Level.WARN and self.comparison in {">=", ">", "="}:
            found = lines_at_least(piece.chunk, level)
        else:
            found = at_least(Level.TRACE, piece.records, piece.all)
        return [at for at, each in found if compare(each, level)]


@dataclass(frozen=True, slots=True)
class HasField:
    """A field of a line of JSON or of pairs has such a value; a line without it never has."""

    path: str
    """Which field, with dots into what is nested."""
    comparison: str
    """One of `COMPARISONS`, or `~` for a regular expression, or `!~`."""
    value: str
    """What it is compared with, as typed."""
    pattern: Pattern | None = None
    """The regular expression."""

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Compare in those in which the field's name stands."""
        name = self.path.rpartition(".")[2].encode()
        if name not in piece.chunk:
            return ()
        numbers = _numbers_of(name)
        return [
            at
            for at, record in enumerate(piece.records)
            if name in record
            and self._may_have(numbers.findall(record), record.count(name))
            and self._has(split_record(record).text)
        ]

    def _may_have(self, numbers: list[bytes], count: int) -> bool:
        """Does it take reading the line to know? Not where all values of that name are numbers.

        Args:
            numbers: What stands behind the field's name where that is a number.
            count: How often the name stands in the line.
        """
        if self.pattern is not None or len(numbers) < count:
            return True
        return any(compared(it.decode(), self.comparison, self.value) for it in numbers)

    def _has(self, text: bytes) -> bool:
        fields = fields_of(text)
        value = field_at(fields, self.path) if fields is not None else None
        if value is None:
            return False
        said = shown(value)
        if self.pattern is None:
            return compared(said, self.comparison, self.value)
        return self.pattern.matches(said.encode()) is (self.comparison == "~")


@lru_cache(32)
def _numbers_of(name: bytes) -> re.Pattern[bytes]:
    """Finds the numbers behind a field's name, in JSON and in pairs."""
    number = rb'"?\s*[:=]\s*"?(-?\d+(?:\.\d+)?)(?=[\s",}]|$)'
    return re.compile(re.escape(name) + number)


def compared(found: str, comparison: str, wanted: str) -> bool:
    """Compare two values: as numbers or spans of time if both are such, or else as text.

    >>> compared("502", ">=", "60"), compared("1.5s", ">", "200ms"), compared("b", ">", "a")
    (True, True, True)
    """
    if (number := _number(wanted)) is not None and (other := _number(found)) is not None:
        return COMPARISONS[comparison](other, number)
    return COMPARISONS[comparison](found, wanted)


def _number(text: str) -> float | None:
    if found := _SPAN.fullmatch(text):
        return float(found[1]) * _UNITS_S[found[2]]
    try:
        return float(text)
    except ValueError:
        return None
