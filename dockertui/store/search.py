"""The filter language of the lists.

Plain words must all be found somewhere in what a row shows; `!word` must not. A word with a
colon looks in one field: `state:exited`, `image:nginx`, `label:env=prod`, `name:web`; the field
may be shortened (`st:ex`). Case matters only in words that have capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from shlex import shlex
from typing import Any

FieldTexts = Callable[[Any], Iterable[str]]
"""The texts in which a field's word is looked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a filter."""

    text: str
    """What is looked for."""
    fields: tuple[FieldTexts, ...]
    """Where; any of them will do."""
    inverted: bool
    """Must it be absent?"""

    def accepts(self, row: object) -> bool:
        """Is the word where it should be, or absent where it should?"""
        sensitive = self.text != self.text.lower()
        found = any(
            self.text in (text if sensitive else text.lower())
            for field in self.fields
            for text in field(row)
        )
        return found is not self.inverted


def parse(query: str, fields: Mapping[str, FieldTexts], plain: Iterable[str]) -> tuple[Term, ...]:
    """Read a filter.

    Args:
        query: What the person typed, perhaps only half of it yet: never an error.
        fields: Where the words of each field name look.
        plain: The names of those fields in which a word without a field name looks.
    """
    anywhere = tuple(fields[name] for name in plain)
    terms = []
    for word in words(query):
        inverted = word.startswith("!")
        word_ = word.removeprefix("!")
        name, colon, text = word_.partition(":")
        named = tuple(
            field for each, field in fields.items() if colon and name and each.startswith(name)
        )
        if named:
            terms += [Term(text, named, inverted)] if text else []
        elif word_:
            terms.append(Term(word_, anywhere, inverted))
    return tuple(terms)


def words(query: str) -> list[str]:
    """Split a query at blanks; quotation marks keep words together, and may be left open.

    >>> words('web "two words" state:up')
    ['web', 'two words', 'state:up']
    """
    splitter = shlex(query + ('"' if query.count('"') % 2 else ""), posix=True)
    splitter.whitespace_split = True
    splitter.quotes, splitter.escape, splitter.commenters = '"', "", ""
    return list(splitter)


def accepts(terms: Iterable[Term], row: object) -> bool:
    """Does a row pass every term?"""
    return all(term.accepts(row) for term in terms)
