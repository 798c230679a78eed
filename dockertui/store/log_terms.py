"""The conditions that a filter is made of; each judges one line."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from dockertui.store.log_fields import field_at, fields_of, shown
from dockertui.store.log_level import lines_at_least
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_record import Record
from dockertui.store.log_source import LogSource
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
_SPAN = re.compile(r"(-?\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)")


class Term(Protocol):
    """One condition."""

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:
        """Does a line fulfil it?"""
        ...

    def lines_in(self, chunk: bytes) -> list[int] | None:
        """Which records of a chunk can fulfil it, counted from 0; `None` if any may."""
        ...

    @property
    def is_exact(self) -> bool:
        """Do all those that `lines_in` finds fulfil it?"""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A text or a regular expression is in the line."""

    pattern: Pattern
    """Which."""
    is_exact = True

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:  # noqa: ARG002
        """Is it in the line's text?"""
        return self.pattern.matches(record.text)

    def lines_in(self, chunk: bytes) -> list[int] | None:
        """Those that have it."""
        return self.pattern.lines_in(chunk)


@dataclass(frozen=True, slots=True)
class HasLevel:
    """The line's level is so high."""

    comparison: str
    """One of `COMPARISONS`."""
    level: Level
    """What it is compared with."""
    is_exact = False

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:  # noqa: ARG002
        """Compare; a line without a level has only that none is equal to it."""
        if level is Level.NONE:
            return self.comparison == "!="
        return COMPARISONS[self.comparison](level, self.level)

    def lines_in(self, chunk: bytes) -> list[int] | None:
        """Those that may be so bad, if it asks for bad ones."""
        if self.comparison not in {">=", ">", "="} or self.level < Level.WARN:
            return None
        return lines_at_least(chunk, self.level)


@dataclass(frozen=True, slots=True)
class OfStream:
    """The line was written to a stream."""

    stream: bytes
    """Its digit."""
    is_exact = True

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:  # noqa: ARG002
        """Was it?"""
        return record.stream == self.stream

    def lines_in(self, chunk: bytes) -> list[int] | None:
        """Those of the stream."""
        records = chunk.split(b"\n")
        records.pop()
        digit = self.stream
        return [at for at, it in enumerate(records) if it.lstrip(_LETTERS)[:1] == digit]


_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class FromSource:
    """The line is from a container that is called so."""

    fact: str
    """The attribute of `LogSource` to look in."""
    words: str
    """What must be in it; case matters only when a letter is a capital."""
    is_exact = False

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:  # noqa: ARG002
        """Is it?"""
        if source is None:
            return False
        said = str(getattr(source, self.fact))
        return self.words in (said if self.words != self.words.lower() else said.lower())

    def lines_in(self, chunk: bytes) -> list[int] | None:  # noqa: ARG002
        """Any may be."""
        return None


@dataclass(frozen=True, slots=True)
class HasField:
    """A field of a line of JSON or of pairs has such a value."""

    path: str
    """Which field, with dots into what is nested."""
    comparison: str
    """One of `COMPARISONS`, or `~` for a regular expression, or `!~`."""
    value: str
    """What it is compared with, as typed."""
    pattern: Pattern | None = None
    """The regular expression."""
    is_exact = False

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:  # noqa: ARG002
        """Compare the field, if the line has it."""
        fields = _fields_of(record.text)
        value = field_at(fields, self.path) if fields is not None else None
        if value is None:
            return False
        if self.pattern is not None:
            return self.pattern.matches(shown(value).encode()) is (self.comparison == "~")
        return compare(shown(value), self.comparison, self.value)

    def lines_in(self, chunk: bytes) -> list[int] | None:
        """Those in which the field's name stands."""
        return Pattern(self.path.rpartition(".")[2]).lines_in(chunk)


_fields_of = lru_cache(64)(fields_of)


def compare(found: str, comparison: str, wanted: str) -> bool:
    """Compare two values: as numbers or spans of time if both are such, or else as text.

    >>> compare("502", ">=", "60"), compare("1.5s", ">", "200ms"), compare("b", ">", "a")
    (True, True, True)
    """
    numbers = _number(found), _number(wanted)
    if None not in numbers:
        return COMPARISONS[comparison](*numbers)
    return COMPARISONS[comparison](found, wanted)


def _number(text: str) -> float | None:
    if found := _SPAN.fullmatch(text):
        return float(found[1]) * _UNITS_S[found[2]]
    try:
        return float(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Not:
    """A condition is not fulfilled."""

    term: Term
    """Which."""

    @property
    def is_exact(self) -> bool:
        """Is that known for sure?"""
        return self.term.is_exact

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:
        """Is it not?"""
        return not self.term.wants(record, source, level)

    def lines_in(self, chunk: bytes) -> list[int] | None:
        """All others, where those that fulfil it are known for sure."""
        found = self.term.lines_in(chunk) if self.term.is_exact else None
        if found is None:
            return None
        without = set(found)
        return [at for at in range(chunk.count(b"\n")) if at not in without]
