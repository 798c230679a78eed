"""The words of a line that somebody pasted, as their shell would have read it.

Nothing is run. What a shell would have put for `$HOME` or `$(pwd)` is put in where it is known;
anything else stays as it is, and is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dockertui.model.run.here import Here
from dockertui.model.run.mistakes import BadLine
from dockertui.model.run.shell import plain, quoted

_TOKEN = re.compile(
    r"""
    (?P<continued> [\\^`][ \t]*\r?\n )
  | (?P<line_end> \r?\n )
  | (?P<space> [^\S\n]+ )
  | (?P<ender> && | \|\| | [;|&<>] )
  | (?P<quoted> \$'(?:[^'\\]|\\.)*' | '[^']*' | \\. )
  | (?P<double> "(?:[^"\\]|\\.)*" )
  | (?P<filled> \$\((?:[^()]|\([^()]*\))*\) | `[^`\n]*` | \$\{[^{}]*\} | \$[A-Za-z_]\w* )
  | (?P<text> [^\s'"\\$`;|&<>]+ | \$ )
    """,
    re.DOTALL | re.VERBOSE,
)
_FILLED = re.compile(
    r"\\(?P<kept>[$`\"\\])|\\\r?\n|(?P<filled>"
    r"\$\((?:[^()]|\([^()]*\))*\)|`[^`\n]*`|\$\{[^{}]*\}|\$[A-Za-z_]\w*)"
)
_VARIABLE = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)(?::?-(?P<default>[^}]*))?\}?")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
"""Quotes that a web page has made of a shell's."""
_LONGEST_LEFT = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line."""

    text: str
    """Without its quotes."""
    line: int
    """Which line it is in, where one that goes on is one."""


class LineWords:
    """The words of the first command in a text, and what was left out."""

    def __init__(self, text: str, here: Here) -> None:
        """Take a text apart.

        Args:
            text: What was pasted; it may go over several lines.
            here: What is put for variables.

        Raises:
            BadLine: When a quote is not closed.
        """
        self.words: list[Word] = []
        self.notes: list[str] = []
        self._here = here
        self._word: str | None = None
        self._line = 0
        self._read(text)

    def _read(self, text: str) -> None:
        text = text.translate(_QUOTES)
        at = 0
        while at < len(text):
            if self._word is None and text[at] == "#":
                at = (text + "\n").index("\n", at)
                continue
            found = _TOKEN.match(text, at)
            if found is None:
                raise BadLine(f"A quote is not closed: {_cut(text[at:])}")
            if found["ender"]:
                self._leave_out(text[at:], found["ender"])
                break
            self._take(found)
            at = found.end()
        self._end_word()

    def _take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "continued" | "space":
                self._end_word()
            case "line_end":
                self._end_word()
                self._line += 1
            case "quoted":
                self._add(plain(token[0]))
            case "double":
                self._add(_FILLED.sub(self._filled, token[0][1:-1]))
            case "filled":
                self._add(self._put_for(token[0]))
            case _:
                self._add(token[0] if self._word else self._at_home(token[0]))

    def _add(self, text: str) -> None:
        self._word = (self._word or "") + text

    def _end_word(self) -> None:
        if self._word is not None:
            self.words.append(Word(self._word, self._line))
        self._word = None

    def _at_home(self, text: str) -> str:
        return self._here.home + text[1:] if text == "~" or text.startswith("~/") else text

    def _filled(self, found: re.Match[str]) -> str:
        return self._put_for(found["filled"]) if found["filled"] else found["kept"] or ""

    def _put_for(self, asked: str) -> str:
        """What stands for a variable or a command; itself when nobody knows."""
        if asked.startswith(("$(", "`")):
            known = self._here.commands.get(asked.strip("$()`").strip())
            why = "nothing is run here"
        else:
            known, why = self._variable(asked), "it is not set here"
        if known is None:
            self.notes.append(f"{_cut(asked)} stands as it is: {why}.")
            return asked
        return known

    def _variable(self, asked: str) -> str | None:
        named = _VARIABLE.fullmatch(asked)
        if named is None:
            return None
        return self._here.environ.get(named["name"]) or named["default"]

    def _leave_out(self, rest: str, ender: str) -> None:
        # Of `2>&1` the number is a part of what is left out.
        if ender in "<>" and self._word and self._word.isdigit():
            self._word = None
        self.notes.append(f"Left out, as it is no part of the command: {_cut(rest)}")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return quoted(line if len(line) <= _LONGEST_LEFT else f"{line[:_LONGEST_LEFT]}…").strip("'")
