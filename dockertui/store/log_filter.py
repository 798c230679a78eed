"""What a person leaves of a log.

Words must all be in a line; `"two words"` stand together, `/expression/` is a regular one. Before
each of them `!` asks for lines without it. `level>=warn`, `stderr`, `service:web` and `status>=500`
(a field of a line of JSON or of pairs) stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dockertui.store.log_pattern import BadPattern, Pattern
from dockertui.store.log_record import STDERR, STDOUT, Record
from dockertui.store.log_source import LogSource
from dockertui.store.log_terms import FromSource, HasField, HasLevel, Not, OfStream, Term, Words
from dockertui.store.log_words import NAMES, Level

_STREAMS = {"stderr": STDERR, "stdout": STDOUT}
_FACTS = ("service", "name", "project", "image", "engine")
_QUOTED = r'"(?:[^"])*"(?=\s|$)'
_REGEX = r"/(?:[^/\\]|\\.|/(?!\s|$))+/(?=\s|$)"
_TERM = re.compile(
    rf"\s*(?P<no>!?)(?:(?P<quoted>{_QUOTED})|(?P<regex>{_REGEX})"
    rf"|(?P<name>[A-Za-z_@][\w.@/-]*)(?P<sign>>=|<=|!=|!~|=~|~|==|=|<|>)"
    rf"(?P<value>{_QUOTED}|{_REGEX}|\S*)"
    r"|(?P<word>\S+))"
)


@dataclass(frozen=True)
class LogFilter:
    """One chip: the lines that fulfil all its terms stay."""

    text: str
    """As typed."""
    terms: tuple[Term, ...]
    """What a line must fulfil."""
    on: bool = True
    """Does it hold? The chip stays while it does not."""

    @property
    def title(self) -> str:
        """What the chip shows."""
        return " ".join(self.text.split())

    @property
    def inverted(self) -> bool:
        """Does it only take lines away?"""
        return all(isinstance(it, Not) for it in self.terms)

    @property
    def is_exact(self) -> bool:
        """Are the lines that `lines_in` finds just those that it wants?"""
        return all(it.is_exact for it in self.terms)

    def switched(self) -> LogFilter:
        """The same, on if it was off."""
        return replace(self, on=not self.on)

    def wants(self, record: Record, source: LogSource | None, level: Level) -> bool:
        """Does a line stay?

        Args:
            record: The line.
            source: Whose it is, if that is known.
            level: What `level_of` says of its text.

        Raises:
            BadPattern: A regular expression that takes too long.
        """
        return all(it.wants(record, source, level) for it in self.terms)

    def lines_in(self, chunk: bytes) -> list[int] | None:
        """Find quickly which records of a chunk can stay.

        Args:
            chunk: Whole records, as `LogStore.chunks` yields them.

        Returns:
            Which of them, counted from 0, in order: ask `wants` of these, unless the filter
            `is_exact`. `None` when any may stay.

        Raises:
            BadPattern: A regular expression that takes too long.
        """
        left: set[int] | None = None
        for term in self.terms:
            found = term.lines_in(chunk)
            if found is not None:
                left = set(found) if left is None else left.intersection(found)
                if not left:
                    return []
        return None if left is None else sorted(left)


def parse_filter(text: str) -> LogFilter:
    """Read what a person typed.

    Raises:
        BadPattern: It can't be understood; the sentence says what is wrong.
    """
    terms = tuple(_terms(text.strip()))
    if not terms:
        raise BadPattern("Type what the lines must have, for example error or level>=warn.")
    return LogFilter(text.strip(), terms)


def _terms(text: str) -> Iterator[Term]:
    at = 0
    while at < len(text) and (found := _TERM.match(text, at)):
        at = found.end()
        term = _term(found)
        yield Not(term) if found["no"] else term


def _term(found: re.Match[str]) -> Term:
    if quoted := found["quoted"]:
        return Words(_pattern(quoted[1:-1]))
    if regex := found["regex"]:
        return Words(_pattern(regex[1:-1], regex=True))
    if name := found["name"]:
        return _compared(
            name, {"==": "=", "=~": "~"}.get(found["sign"], found["sign"]), found["value"]
        )
    word = found["word"]
    if word == "!" or word.startswith('"'):
        raise BadPattern(_incomplete(word, found.start("word")))
    if word in _STREAMS:
        return OfStream(_STREAMS[word])
    fact, colon, rest = word.partition(":")
    if colon and fact in _FACTS:
        if not rest:
            raise BadPattern(f"Say which {fact}, for example {fact}:web.")
        return FromSource(fact, rest.strip('"'))
    return Words(_pattern(word))


def _incomplete(word: str, at: int) -> str:
    if word.startswith('"'):
        return f"The quotation mark at character {at + 1} is not closed."
    return "Say what the lines must not have, for example !debug."


def _pattern(text: str, *, regex: bool = False) -> Pattern:
    if not text:
        raise BadPattern("There is nothing between the quotation marks.")
    return Pattern(text, regex=regex)


def _compared(name: str, sign: str, value: str) -> Term:
    if not value:
        raise BadPattern(f"Say a value after {name}{sign}, for example {_example(name, sign)}.")
    regex = sign in {"~", "!~"}
    if value[0] == value[-1] == '"' or (regex and value[0] == value[-1] == "/"):
        value = value[1:-1]
    if regex:
        return HasField(name, sign, value, Pattern(value, regex=True))
    if name.lower() == "level":
        return HasLevel(sign, _level(value))
    if name == "stream" and value in _STREAMS and sign in {"=", "!="}:
        term = OfStream(_STREAMS[value])
        return term if sign == "=" else Not(term)
    return HasField(name, sign, value)


def _example(name: str, sign: str) -> str:
    return f"{name}{sign}" + ("warn" if name == "level" else "^/api" if "~" in sign else "500")


def _level(name: str) -> Level:
    level = NAMES.get(name.lower().encode())
    if level is None:
        names = ", ".join(it.name.lower() for it in Level if it)
        raise BadPattern(f"{name} is no level; there are {names}.")
    return level
