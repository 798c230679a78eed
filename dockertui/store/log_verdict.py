"""What all filters together leave of a piece of a log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dockertui.store.log_filter import LogFilter
from dockertui.store.log_groups import groups_with, together
from dockertui.store.log_piece import Piece
from dockertui.store.log_terms import Term


class Left(NamedTuple):
    """What is left of a piece."""

    lines: Sequence[int]
    """Which records, counted from 0, in order."""
    groups: Sequence[Sequence[int]]
    """Which of them belong together; perhaps also some that are not left."""


class Verdict:
    """The terms of filters, in the order in which they cost least.

    The first one is asked of every line; the others only of the lines that it leaves, and of those
    that belong to them.
    """

    def __init__(self, filters: Iterable[LogFilter]) -> None:
        """Take the terms of all filters that are on."""
        on = [each for each in filters if each.on]
        self._terms: Sequence[Term] = [term for each in on for term in each.terms]
        self._without = [term for each in on for term in each.without]
        self._is_in_order = len(self._terms) < 2  # noqa: PLR2004

    def __bool__(self) -> bool:
        return bool(self._terms or self._without)

    def of(self, piece: Piece) -> Left:
        """What is left of a piece, with what belongs together with it."""
        if not self._terms:
            return self._spared(piece)
        if not self._is_in_order:
            self._terms, self._is_in_order = _in_order(self._terms, piece), True
        found = self._terms[0].lines_in(piece)
        groups = groups_with(piece, found)
        left = together(found, groups)
        for term in self._terms[1:]:
            left &= together(_among(piece, left, term), groups)
        for term in self._without:
            left -= together(_among(piece, left, term), groups)
        return Left(sorted(left), groups)

    def _spared(self, piece: Piece) -> Left:
        """What no filter takes away."""
        gone = sorted({line for term in self._without for line in term.lines_in(piece)})
        groups = groups_with(piece, gone)
        taken = together(gone, groups)
        return Left([it for it in piece.all if it not in taken] if taken else piece.all, groups)


def _among(piece: Piece, left: set[int], term: Term) -> Sequence[int]:
    """Which of some records fulfil a term."""
    which = sorted(left)
    return [which[it] for it in term.lines_in(piece.part(which))] if which else ()


def _in_order(terms: Sequence[Term], piece: Piece) -> list[Term]:
    """The terms, that first with which the least is left to do, then those that are quick."""
    efforts = sum(it.effort for it in terms)

    def cost(term: Term) -> float:
        share = len(term.lines_in(piece)) / max(1, len(piece.records))
        return term.effort + share * (efforts - term.effort)

    lead = min(terms, key=cost)
    return [lead, *sorted((it for it in terms if it is not lead), key=lambda it: it.effort)]
