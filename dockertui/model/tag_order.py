"""The order in which a repository's tags are read: what one looks for first, first.

`latest`, then versions, newest first, then words in the order of the alphabet, then dates and
build numbers, newest first, and last what only programs write: hashes and signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf

from dockertui.model.reference import DEFAULT_TAG

_VERSION = re.compile(
    r"[vV]?(?P<numbers>\d{1,7}(?:\.\d{1,7})*)(?P<rest>(?:[-_.]?[a-zA-Z].*|[-_].*)?)"
)
_DATE = re.compile(r"(?P<date>\d{8,14}|\d{4}-\d\d-\d\d)(?P<rest>(?:[-_.].*)?)")
_HASH = re.compile(
    r"(?:sha-?)?(?=[a-f0-9]*[a-f])(?=[a-f0-9]*\d)[a-f0-9]{7,64}|sha(?:256|512)-[a-f0-9]{8,}.*"
)
_PRE_RELEASE = re.compile(r"[-_.]?(?P<word>[a-z]+)", re.IGNORECASE)
_STAGES = {
    **dict.fromkeys(("rc", "cr"), 1),
    **dict.fromkeys(("pre", "preview"), 2),
    **dict.fromkeys(("beta", "b"), 3),
    **dict.fromkeys(("milestone", "m"), 4),
    **dict.fromkeys(("alpha", "a"), 5),
    **dict.fromkeys(("dev", "snapshot", "nightly", "canary"), 6),
}
"""What leads up to a release, the last first."""
_PIECES = re.compile(r"\d+|\D+")
_LONGEST_NUMBER = 18

Key = tuple[object, ...]


def in_reading_order(tags: Iterable[str]) -> tuple[str, ...]:
    """Put tags in the order in which they are read.

    A shorter version stands before the longer ones that it moves along with, a release before
    its variants, and these before what led up to it.

    >>> in_reading_order(["1.9", "edge", "1.10.1", "1.10", "1.10.0-rc1", "1.10.1-alpine", "latest"])
    ('latest', '1.10', '1.10.1', '1.10.1-alpine', '1.10.0-rc1', '1.9', 'edge')
    """
    return tuple(sorted(tags, key=_key))


def _key(tag: str) -> Key:
    if tag == DEFAULT_TAG:
        return (0,)
    if _HASH.fullmatch(tag):
        return 4, tag
    if date := _DATE.fullmatch(tag):
        return 3, -int(date["date"].replace("-", "").ljust(14, "0")), _pieces(date["rest"]), tag
    version = _VERSION.fullmatch(tag)
    if version is None:
        return 2, tag.lower(), tag
    numbers = tuple(-int(it) for it in version["numbers"].split("."))
    rest = version["rest"]
    # What a version leaves out is the highest there is: 1.10 is moved to whichever comes.
    return 1, (*numbers, -inf), _stage(rest), bool(rest), _pieces(rest), tag


def _stage(rest: str) -> int:
    word = _PRE_RELEASE.match(rest)
    return _STAGES.get(word["word"].lower(), 0) if word else 0


def _pieces(text: str) -> Key:
    """Numbers fall and words rise: of `-alpine3.9` and `-alpine3.20` the latter is first."""
    return tuple(
        (0, -int(it), "") if it.isdigit() and len(it) <= _LONGEST_NUMBER else (1, 0, it.lower())
        for it in _PIECES.findall(text)
    )
