"""What a person looks for in a log: words, or a regular expression."""

from __future__ import annotations

import re
import warnings

from dockertui.store.log_places import places_of
from dockertui.store.log_record import HEAD
from dockertui.store.log_sieve import needles_of
from dockertui.store.log_text import shown_chunk, shown_text, texts_of
from dockertui.store.time_limit import TookTooLongError, time_limit

SEARCHED_BYTES = 64 << 10
"""How much of a line a regular expression is looked for in; words are found anywhere."""

PATIENCE_S = 0.02
"""How long a regular expression may take for one chunk or line, in processor time."""

_BEGINNING_BYTES, _FEW = 4 << 10, 8
"""How often a word may stand in a chunk's beginning to be looked up in the rest of it; if it is
more common than that, looking at each line is quicker."""
_ESCAPED = re.compile(r"\\.")
_TOO_SLOW = "This pattern takes too long to look for; try it with fewer * and +."
_IN_HEAD = re.compile(
    # A tag, or its end and the digit of the stream; a digit or mark of the stamp; its letters.
    rb"[A-Za-z]{1,3}(?:\Z|[0-3])|[-+:. 0-9]|[Tt](?:\Z|[0-9])|[Zz](?:\Z| )"
)
# The letters outside of ASCII that are i, k or s when case is ignored.
_TWINS = tuple(each.encode() for each in "İıſ\u212a")


class BadPattern(ValueError):
    """A pattern that can't be looked for; its text is a sentence that says why and where."""


class Pattern:
    """Words or a regular expression; case matters only when a letter is a capital."""

    __slots__ = (
        "_folds",
        "_is_exact",
        "_is_too_slow",
        "_may_be_in_head",
        "_needles",
        "_search",
        "regex",
        "text",
    )

    def __init__(self, text: str, *, regex: bool = False) -> None:
        """Read what was typed.

        Args:
            text: What to look for, as typed.
            regex: Is it a regular expression, in Python's syntax?

        Raises:
            BadPattern: It is none, or it is empty.
        """
        self.text = text
        """What is looked for, as typed."""
        self.regex = regex
        """Is it a regular expression?"""
        letters = _ESCAPED.sub("", text) if regex else text
        small = letters.lower() == letters
        self._search = _compiled(text if regex else re.escape(text), folds=small)
        self._folds = bool(self._search.flags & re.IGNORECASE)
        self._needles = _needles(text, regex=regex, folds=self._folds)
        self._is_exact = not regex and (text.isascii() or not self._folds)
        self._is_too_slow = False
        self._may_be_in_head = any(map(_begins_in_head, self._needles))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return f"Pattern({self.text!r}, regex={self.regex})"

    @property
    def _key(self) -> tuple[str, bool]:
        return self.text, self.regex

    def spans(self, shown: str) -> list[tuple[int, int]]:
        """Where it is found in a text as it is drawn: start and end of each hit, none empty.

        A regular expression that once took too long is not looked for again: a screen has many
        lines.
        """
        if self._is_too_slow:
            return []
        try:
            with time_limit(PATIENCE_S):
                found = [it.span() for it in self._search.finditer(shown[:SEARCHED_BYTES])]
        except TookTooLongError:
            self._is_too_slow = True
            return []
        return [(start, end) for start, end in found if start < end]

    def matches(self, text: bytes) -> bool:
        """Is it in a record's text? The escapes in it are passed over.

        Raises:
            BadPattern: A regular expression that takes too long.
        """
        text = shown_text(text)
        if self._is_exact:
            return self._needles[0] in (text.lower() if self._folds else text)
        try:
            with time_limit(PATIENCE_S):
                return self._is_in(text)
        except TookTooLongError:
            raise BadPattern(_TOO_SLOW) from None

    def lines_in(self, chunk: bytes) -> list[int]:
        """Find it in records; in their text, never in what stands before it.

        Args:
            chunk: Whole records, as `LogStore.chunks` yields them.

        Returns:
            Which of them have it, counted from 0, in order.

        Raises:
            BadPattern: A regular expression that takes too long.
        """
        chunk = shown_chunk(chunk)
        needles = self._needles_for(chunk)
        folded = chunk.lower() if self._folds else chunk
        if needles and sum(folded.count(it, 0, _BEGINNING_BYTES) for it in needles) <= _FEW:
            return self._among_few(chunk, folded, needles)
        bare = self._may_be_in_head or not needles
        if bare:
            chunk = b"\n".join(texts_of(chunk.split(b"\n")))
            folded = chunk.lower() if self._folds else chunk
        candidates = _with_any(folded.split(b"\n")[:-1], needles)
        if self._is_exact or not candidates:
            return candidates
        lines = chunk.split(b"\n")
        lines = [lines[index] for index in candidates]
        return self._checked(candidates, lines if bare else texts_of(lines))

    def _among_few(self, chunk: bytes, folded: bytes, needles: tuple[bytes, ...]) -> list[int]:
        """The same where so few places have a needle that the chunk need not be taken apart."""
        texts: dict[int, bytes] = {}
        for needle in needles:
            for line, at in places_of(folded, needle):
                start, end = chunk.rfind(b"\n", 0, at) + 1, chunk.find(b"\n", at)
                head = HEAD.match(chunk, start)
                start = head.end() if head else start
                if folded.find(needle, start, end) >= 0:
                    texts[line] = chunk[start:end]
        found = sorted(texts)
        return found if self._is_exact else self._checked(found, [texts[it] for it in found])

    def _needles_for(self, chunk: bytes) -> tuple[bytes, ...]:
        if self._is_exact or not self._folds or chunk.isascii():
            return self._needles
        return () if any(it in chunk for it in _TWINS) else self._needles

    def _checked(self, candidates: list[int], texts: list[bytes]) -> list[int]:
        """Those of some lines in which the regular expression is found."""
        found = zip(candidates, texts, strict=True)
        try:
            with time_limit(PATIENCE_S):
                return [index for index, text in found if self._is_in(text)]
        except TookTooLongError:
            raise BadPattern(_TOO_SLOW) from None

    def _is_in(self, text: bytes) -> bool:
        return bool(self._search.search(text[:SEARCHED_BYTES].decode("utf-8", "replace")))


def _with_any(lines: list[bytes], needles: tuple[bytes, ...]) -> list[int]:
    match needles:
        case ():
            return list(range(len(lines)))
        case (needle,):
            return [index for index, line in enumerate(lines) if needle in line]
    return [index for index, line in enumerate(lines) if any(it in line for it in needles)]


def _compiled(expression: str, *, folds: bool) -> re.Pattern[str]:
    if not expression:
        raise BadPattern("There is nothing to look for yet.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(expression, re.IGNORECASE if folds else 0)
    except re.error as error:
        where = "" if error.pos is None else f", at character {error.pos + 1}"
        raise BadPattern(f"Not a regular expression: {error.msg}{where}.") from None
    except (RecursionError, OverflowError):
        raise BadPattern("Not a regular expression: it is too large.") from None


def _needles(text: str, *, regex: bool, folds: bool) -> tuple[bytes, ...]:
    """Words of which a line must have one, in small letters if case is ignored."""
    if regex:
        return needles_of(text, folds=folds)
    if folds and not text.isascii():
        runs = re.findall(r"[\x00-\x7f]+", text)
        return (max(runs, key=len).lower().encode(),) if runs else ()
    return ((text.lower() if folds else text).encode("utf-8", "surrogatepass"),)


def _begins_in_head(needle: bytes) -> bool:
    """Could it begin in what stands before a record's text?"""
    return bool(_IN_HEAD.match(needle))
