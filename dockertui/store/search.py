"""The filter language of the lists.

Plain words must all be found somewhere in what a row shows; `!word` must not. A word with a
colon looks in one field: `state:exited`, `image:nginx`, `label:env=prod`, `name:web`; the field
may be shortened (`st:ex`). Case matters only in words that have capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from shlex import shlex
from typing import Any

FieldTexts = Callable[[Any], Iterable[str]]
"""The texts in which a field's word is looked for."""

Condition = Callable[[Any], bool]
"""Does a row pass?"""


class Search:
    """Reads filters for rows of one kind.

    What a row says is put together once and remembered for as long as the row stays the same:
    of ten thousand rows, asking seven fields of each at every key would take 100 ms.
    """

    def __init__(self, fields: Mapping[str, FieldTexts], plain: Iterable[str]) -> None:
        """Describe the rows.

        Args:
            fields: Where the words of each field name look.
            plain: The names of those fields in which a word without a field name looks.
        """
        self._fields = fields
        self._plain = tuple(fields[name] for name in plain)
        self._known: dict[Any, tuple[object, str, str]] = {}

    def condition(self, query: str) -> Condition | None:
        """Read a filter.

        Args:
            query: What the person typed, perhaps only half of it yet: never an error.

        Returns:
            What rows must pass; `None` when everything does.
        """
        terms = [it for word in words(query) if (it := self._term(word)) is not None]
        if not terms:
            self._known.clear()
            return None
        return lambda row: all(term(row) for term in terms)

    def learn(self, rows: Iterable[Any]) -> int:
        """Put together what rows say before anybody asks; returns how many there were."""
        learned = [self._said(row) for row in rows]
        return len(learned)

    def _term(self, word: str) -> Condition | None:
        inverted, word = word.startswith("!"), word.removeprefix("!")
        name, colon, text = word.partition(":")
        named = [
            it for each, it in self._fields.items() if colon and name and each.startswith(name)
        ]
        if (named and not text) or not word:
            return None
        wanted = text if named else word
        sensitive = wanted != wanted.lower()
        if not named:
            return lambda row: (wanted in self._said(row)[sensitive]) is not inverted

        def looks_in_fields(row: object) -> bool:
            found = any(
                wanted in (it if sensitive else it.lower()) for field in named for it in field(row)
            )
            return found is not inverted

        return looks_in_fields

    def _said(self, row: Any) -> tuple[str, str]:  # noqa: ANN401 - a row is what its owner says
        """What a row says where a plain word looks: in small letters, and as it is."""
        known = self._known.get(row.key)
        if known is None or known[0] is not row:
            said = "\n".join(it for field in self._plain for it in field(row))
            known = self._known[row.key] = row, said.lower(), said
        return known[1], known[2]


def words(query: str) -> list[str]:
    """Split a query at blanks; quotation marks keep words together, and may be left open.

    >>> words('web "two words" state:up')
    ['web', 'two words', 'state:up']
    """
    splitter = shlex(query + ('"' if query.count('"') % 2 else ""), posix=True)
    splitter.whitespace_split = True
    splitter.quotes, splitter.escape, splitter.commenters = '"', "", ""
    return list(splitter)
