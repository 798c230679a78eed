"""Words as a shell reads and writes them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

from dockertui.model.run.mistakes import BadValue

_NAMED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e"}
_ESCAPES = {
    **{"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "E": "\x1b", "a": "\a", "b": "\b"},
    **{"f": "\f", "v": "\v", "\\": "\\", "'": "'", '"': '"', "?": "?"},
}
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{1,2})|u(?P<u>[0-9a-fA-F]{1,4})|U(?P<U>[0-9a-fA-F]{1,8})"
    r"|(?P<o>[0-7]{1,3})|(?P<c>.))",
    re.DOTALL,
)
_DOLLAR = re.compile(r"\$'(?P<inside>(?:[^'\\]|\\.)*)'", re.DOTALL)
_QUOTED = re.compile(r"\$'(?:[^'\\]|\\.)*'|'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.", re.DOTALL)
_PIECE = re.compile(r"\s+|" + _QUOTED.pattern + r"|[^\s'\"\\$]+|\$", re.DOTALL)
_BYTE = 0x80
_WIDE = 0x10000
_LAST = 0x10FFFF


def quoted(word: str) -> str:
    r"""A word as a shell takes it, and as it may be drawn: nothing in it moves a terminal.

    >>> print(quoted("web-1"), quoted("a b"), quoted("it's"), quoted("two\nlines\x1b[2J"))
    web-1 'a b' 'it'"'"'s' $'two\nlines\e[2J'
    """
    return shlex.quote(word) if word.isprintable() else _with_escapes(word)


def joined(words: Iterable[str]) -> str:
    """Words on one line, each quoted where it must be."""
    return " ".join(map(quoted, words))


def shown(text: str) -> str:
    r"""Text as it may stand in a line that is typed; `typed` gives it back.

    >>> shown("C:\\new"), shown("two\nlines")
    ('C:\\new', "$'two\\nlines'")
    """
    return text if text.isprintable() and not _DOLLAR.fullmatch(text) else _with_escapes(text)


def typed(text: str) -> str:
    r"""What is meant by text that was typed: itself, unless it has escapes in `$'…'`.

    >>> typed("C:\\new"), typed(r"$'two\nlines'")
    ('C:\\new', 'two\nlines')
    """
    found = _DOLLAR.fullmatch(text)
    return without_escapes(found["inside"]) if found else text


def words_in(text: str) -> tuple[str, ...]:
    """The words of a command, taken apart as a shell would, but with nothing put in.

    Raises:
        BadValue: When a quote is not closed.
    """
    return tuple(_words(text))


def needs_shell(text: str) -> bool:
    """Is there something in a command that only a shell would heed, outside of quotes?

    >>> needs_shell("a && b"), needs_shell("sh -c 'a && b'"), needs_shell("echo $HOME")
    (True, False, True)
    """
    return bool(re.search(r"[;|&<>`]|\$[A-Za-z_({]", _QUOTED.sub("", text)))


def _words(text: str) -> Iterable[str]:
    word, begun, at = "", False, 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None:
            raise BadValue("A quote is not closed.")
        piece, at = found[0], found.end()
        if piece.isspace():
            if begun:
                yield word
            word, begun = "", False
        else:
            word, begun = word + plain(piece), True
    if begun:
        yield word


def plain(piece: str) -> str:
    """A piece of a word without its quotes."""
    if piece.startswith("$'"):
        return without_escapes(piece[2:-1])
    if piece.startswith("'"):
        return piece[1:-1]
    if piece.startswith('"'):
        return re.sub(r'\\([$`"\\\n])', lambda it: it[1].strip("\n"), piece[1:-1])
    return piece[1:] if piece.startswith("\\") else piece


def without_escapes(inside: str) -> str:
    r"""What stands between the quotes of `$'…'`.

    >>> without_escapes(r"a\tb\x41\u20ac\'")
    "a\tbA€'"
    """
    return _ESCAPE.sub(_meant, inside)


def _meant(escape: re.Match[str]) -> str:
    if (letter := escape["c"]) is not None:
        return _ESCAPES.get(letter, escape[0])
    if (octal := escape["o"]) is not None:
        return chr(int(octal, 8) & 0xFF)
    code = int(escape["x"] or escape["u"] or escape["U"], 16)
    return chr(code) if code <= _LAST else escape[0]


def _with_escapes(word: str) -> str:
    return f"$'{''.join(map(_escaped, word))}'"


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code < _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _WIDE else f"\\U{code:08x}"
