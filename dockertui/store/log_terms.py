"""The conditions that a filter is made of; each judges one line by itself."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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

    @property
    def effort(self) -> int:
        """About how long it takes for a line, in fiftieths of a microsecond."""
        ...

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Which records of a piece fulfil it, counted from 0, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A text or a regular expression is in the line."""

    pattern: Pattern
    """Which."""

    @property
    def effort(self) -> int:
        """A word is looked for in many lines at once; not every expression has one."""
        return 30 if self.pattern.regex else 4

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Those that have it."""
        return self.pattern.lines_in(piece.chunk)


@dataclass(frozen=True, slots=True)
class OfStream:
    """The line was written to a stream."""

    stream: bytes
    """Its digit."""

    @property
    def effort(self) -> int:
        """Its digit is looked at in each line."""
        return 15

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

    @property
    def effort(self) -> int:
        """Its tag is looked at in each line."""
        return 10

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

    @property
    def effort(self) -> int:
        """Bad ones are found quickly; for others every line is read."""
        return 30 if self._is_bad else 150

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Those that have it."""
        compare, level = COMPARISONS[self.comparison], self.level
        if self._is_bad:
            found = lines_at_least(piece.chunk, level)
        else:
            found = at_least(Level.TRACE, piece.records, piece.all)
        return [at for at, each in found if compare(each, level)]

    @property
    def _is_bad(self) -> bool:
        """Are only warnings and worse wanted?"""
        return self.level >= Level.WARN and self.comparison in {">=", ">", "="}


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

    @property
    def effort(self) -> int:
        """Most values are compared without reading the line."""
        return 60

    def lines_in(self, piece: Piece) -> Sequence[int]:
        """Read those in which what stands behind the field's name may be such a value."""
        records = piece.records
        suspects = dict.fromkeys(self._suspects(piece.chunk))
        return [at for at in suspects if self.is_in(split_record(records[at]).text)]

    def _suspects(self, chunk: bytes) -> Iterator[int]:
        """The lines that may have such a field, some more than once."""
        known: dict[bytes, bool] = {}
        line = begin = 0
        for found in _values_of(self.path.rpartition(".")[2].encode()).finditer(chunk):
            value = found[found.lastindex] if found.lastindex else None
            if value is not None and (not found["number"] or self._is_number or value.isdigit()):
                if value not in known:
                    known[value] = self._is(value.decode("utf-8", "replace"))
                if not known[value]:
                    continue
            line += chunk.count(b"\n", begin, found.start())
            begin = found.start()
            yield line

    def is_in(self, text: bytes) -> bool:
        """Has a record's text such a field?"""
        fields = fields_of(text)
        value = field_at(fields, self.path) if fields is not None else None
        return value is not None and self._is(shown(value))

    def _is(self, said: str) -> bool:
        """Is it such a value?"""
        if self.pattern is None:
            return compared(said, self.comparison, self.value)
        return self.pattern.matches(said.encode()) is (self.comparison == "~")

    @property
    def _is_number(self) -> bool:
        """Are numbers compared, however they are written?"""
        return self.pattern is None and _number(self.value) is not None


@lru_cache(32)
def _values_of(name: bytes) -> re.Pattern[bytes]:
    """Finds a field's name, in JSON and in pairs, and its value where that is plain to see."""
    name = re.escape(name)
    quoted = rb'"([^"\\\n]*)"'
    number = rb"(?P<number>-?\d+(?:\.\d+)?)(?=[\s,}\]]|\Z)"
    return re.compile(
        # What stands before a name can't be looked for first: that would be slow.
        name + rb'(?<![^\s,;(\[{".0-3]' + name + rb")"
        rb'(?:"\s*:\s*(?:' + quoted + rb"|" + number + rb"|(true|false)\b)?"
        rb"|=(?:" + quoted + rb'|([^\s",;]+))?)'
    )


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
