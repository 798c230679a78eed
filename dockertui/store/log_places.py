"""Where in a chunk something stands, without taking the chunk apart."""

from __future__ import annotations

import re
from collections.abc import Iterator


def places_of(chunk: bytes, word: bytes) -> Iterator[tuple[int, int]]:
    r"""The lines that have a word.

    Yields:
        Which, counted from 0, and where in the chunk the word stands in it first.

    >>> list(places_of(b"one\ntwo\nat one, one\n", b"one"))
    [(0, 0), (2, 11)]
    """
    line = begin = 0
    at = chunk.find(word)
    while at >= 0:
        line += chunk.count(b"\n", begin, at)
        yield line, at
        begin = chunk.find(b"\n", at)
        at = chunk.find(word, max(begin, at + 1)) if begin >= 0 else -1


def lines_like(chunk: bytes, form: re.Pattern[bytes]) -> Iterator[int]:
    """The lines that have a form, counted from 0, each as often as it has it."""
    line = begin = 0
    for found in form.finditer(chunk):
        line += chunk.count(b"\n", begin, found.start())
        begin = found.start()
        yield line
