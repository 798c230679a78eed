"""The words that a line must have for a regular expression to be found in it.

To look for a word is ten times as quick as to look for an expression, and most lines have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from re import IGNORECASE
from typing import Any

_ASCII = 128
_MOST_WORDS = 8
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


def needles_of(expression: str, *, folds: bool) -> tuple[bytes, ...]:
    r"""Words of which every line with a hit has at least one.

    Args:
        expression: A regular expression that compiles.
        folds: Is case ignored? Then the words are in small letters, for lines that are, too.

    Returns:
        The words; none when any line might have a hit.

    >>> needles_of(r"time.?out (\d+ms|for ever)", folds=True)
    (b'time',)
    >>> needles_of("(GET|POST) /", folds=False), needles_of("[45]xx?", folds=False)
    ((b'GET', b'POST'), (b'x',))
    """
    try:
        # The language's own reading of the expression, so that ours can't differ from it.
        tree = import_module("re._parser").parse(expression)
    except (ImportError, AttributeError):
        return ()
    words = _best(_required(tree, folds))
    return tuple(each.encode("utf-8", "surrogatepass") for each in words)


def _best(choices: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Of several sets of words the one that the fewest lines will have."""
    return max(choices, key=lambda it: (min(map(len, it)), -len(it)), default=())


def _required(tree: Iterable[tuple[Any, Any]], folds: bool) -> Iterator[tuple[str, ...]]:
    """Each set of words of which whatever matches must have one."""
    run = ""
    for code, value in tree:
        name = str(code)
        if name == "LITERAL" and (value < _ASCII or not folds):
            run += chr(value).lower() if folds else chr(value)
            continue
        if run:
            yield (run,)
            run = ""
        match name, value:
            case "SUBPATTERN", (_, added, _, inner) if folds or not added & IGNORECASE:
                yield from _required(inner, folds)
            case "ATOMIC_GROUP", inner:
                yield from _required(inner, folds)
            case "BRANCH", (_, branches):
                yield from _of_branches(branches, folds)
            case _, (least, _, inner) if name in _REPEATS and least > 0:
                yield from _required(inner, folds)
    if run:
        yield (run,)


def _of_branches(branches: Iterable[Any], folds: bool) -> Iterator[tuple[str, ...]]:
    words = [_best(_required(each, folds)) for each in branches]
    together = tuple(dict.fromkeys(word for each in words for word in each))
    if all(words) and len(together) <= _MOST_WORDS:
        yield together
