"""What a person leaves of a log.

Words must all be in a line; `"two words"` stand together, `/expression/` is a regular one. Before
each of them `!` asks for lines without it. `level>=warn`, `stderr`, `service:web` and `status>=500`
(a field of a line of JSON or of pairs) stand beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dockertui.store.log_pattern import BadPattern, Pattern
from dockertui.store.log_record import STDERR, STDOUT
from dockertui.store.log_terms import FromSource, HasField, HasLevel, OfStream, Term, Words
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
    """One chip: the lines that fulfil all its terms stay, and the traces that belong to them."""

    text: str
    """As typed."""
    terms: tuple[Term, ...]
    """What a line must fulfil."""
    without: tuple[Term, ...] = ()
    """What it must not."""
    on: bool = True
    """Does it hold? The chip stays while it does not."""

    @property
    def title(self) -> str:
        """What the chip shows."""
        return " ".join(self.text.split())

    def switched(self) -> LogFilter:
        """The same, on if it was off."""
        return replace(self, on=not self.on)


def parse_filter(text: str) -> LogFilter:
    """Read what a person typed.

    Raises:
        BadPattern: It can't be understood; the sentence says what is wrong.
    """
    text = text.strip()
    terms: list[Term] = []
    without: list[Term] = []
    for found in _TERM.finditer(text):
        (without if found["no"] else terms).append(_term(found))
    if not terms and not without:
        raise BadPattern("Type what the lines must have, for example error or level>=warn.")
    return LogFilter(text, tuple(terms), tuple(without))


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
    if name.lower() == "level":
        if regex:
            raise BadPattern("Compare levels with = or >=, for example level>=warn.")
        return HasLevel(sign, _level(value))
    if regex:
        return HasField(name, sign, value, Pattern(value, regex=True))
    if name == "stream" and value in _STREAMS and sign == "=":
        return OfStream(_STREAMS[value])
    return HasField(name, sign, value)


def _example(name: str, sign: str) -> str:
    return f"{name}{sign}" + ("warn" if name == "level" else "^/api" if "~" in sign else "500")


def _level(name: str) -> Level:
    level = NAMES.get(name.lower().encode())
    if level is None:
        *names, last = (it.name.lower() for it in Level if it)
        raise BadPattern(f"{name} is no level: use {', '.join(names)} or {last}.")
    return level
