"""Lines that stay together when a log is filtered: a stack trace and what it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from dockertui.store.log_piece import Piece
from dockertui.store.log_record import HEAD, RULE
from dockertui.store.log_text import text_of, texts_of
from dockertui.store.log_traces import TraceFollower, may_belong, may_belong_in, surely_begins

MOST_LINES = 500
"""How far from a line others can stand that stay with it."""

_LINES_AT_BORDER = 3
_LINES_AT_BORDER_OF_MANY = 32
_FURTHER = 4
"""Where something crosses a border, it ends before so many times these lines that stand alone."""
_FEW = 1 / 32
"""For so few of the lines of a piece, what stays with them is looked for around each of them."""


def groups_with(piece: Piece, wanted: Sequence[int]) -> list[list[int]]:
    """Which records belong together, at least those of which one is wanted.

    What others wrote meanwhile is passed over: each source, and each of its streams, has lines of
    its own.

    Args:
        piece: The records.
        wanted: Some of them, counted from 0, in order.

    Returns:
        Groups of two and more.
    """
    if not wanted:
        return []
    records = piece.records
    if len(wanted) <= len(records) * _FEW:
        return list(_groups_around(records, wanted))
    which = may_belong_in(piece.chunk)
    suspects = piece.all if which is None else which
    return list(
        _groups_around(records, [it for it in suspects if may_belong(text_of(records[it]))])
    )


def _groups_around(records: Sequence[bytes], wanted: Iterable[int]) -> Iterator[list[int]]:
    """The groups of some records, each once."""
    known: dict[bytes, int] = {}
    for at in wanted:
        head = HEAD.match(records[at])
        if head is None or head[2] == RULE:
            continue
        stream = head[1] + head[2]
        if at > (end := known.get(stream, -1)):
            group = _group_around(records, at, stream, after=end)
            known[stream] = group[-1]
            if len(group) > 1:
                yield group


def _group_around(records: Sequence[bytes], at: int, stream: bytes, *, after: int) -> list[int]:
    """The group of one record: it is looked for upwards where one begins, and read from there.

    Args:
        records: All of them.
        at: Which one.
        stream: What the records of its source and stream begin with.
        after: One that its group does not reach up to.
    """
    above = _upwards(records, at, stream, after=after)
    below = range(at + 1, min(len(records), at + MOST_LINES))
    further = ((it, text_of(records[it])) for it in below if records[it].startswith(stream))
    follower, group = TraceFollower(), list[int]()
    for index, text in chain(reversed(above), further):
        goes_on = follower.goes_on(text)
        if group and goes_on and index - group[0] < MOST_LINES:
            group.append(index)
        elif index > at:
            break
        else:
            group = [index]
    return group


def _upwards(
    records: Sequence[bytes], at: int, stream: bytes, *, after: int
) -> list[tuple[int, bytes]]:
    """The texts from one record upwards to where a group surely begins, with their places."""
    text = text_of(records[at])
    above = [(at, text)]
    for index in range(at - 1, max(after, at - MOST_LINES), -1):
        if records[index].startswith(stream):
            before = text_of(records[index])
            if surely_begins(text, before):
                break
            text = before
            above.append((index, text))
    return above


def together(found: Collection[int], groups: Sequence[Sequence[int]]) -> set[int]:
    """Some records, and all that belong together with one of them."""
    left = set(found)
    for group in groups:
        if not left.isdisjoint(group):
            left.update(group)
    return left


def lines_at_border(*, many: bool) -> int:
    """How many lines at each side of a border tell whether something may cross it.

    Args:
        many: Are they the lines of several sources?
    """
    return _LINES_AT_BORDER_OF_MANY if many else _LINES_AT_BORDER


def may_be_open(records: Sequence[bytes]) -> bool:
    """May something cross a border between the first and the last of these records?"""
    return any(map(may_belong, texts_of(records)))


def until_plain(records: Iterable[bytes], *, many: bool) -> list[bytes]:
    """The first of some records, to the end of the first run that all stand alone.

    Args:
        records: Those at one side of a border, from there on.
        many: Are they the records of several sources?
    """
    taken: list[bytes] = []
    plain, enough = 0, _FURTHER * lines_at_border(many=many)
    for each in records:
        taken.append(each)
        plain = 0 if may_belong(text_of(each)) else plain + 1
        if plain == enough:
            break
    return taken


def first_lines(chunk: bytes, count: int) -> list[bytes]:
    """The first records of a chunk, without their line ends."""
    end = 0
    for _ in range(count):
        if not (after := chunk.find(b"\n", end) + 1):
            break
        end = after
    return chunk[: end - 1].split(b"\n") if end else []


def last_lines(chunk: bytes, count: int) -> list[bytes]:
    """The last records of a chunk, without their line ends."""
    start = len(chunk)
    for _ in range(count):
        if start <= 0:
            break
        start = chunk.rfind(b"\n", 0, start - 1) + 1
    return chunk[start:-1].split(b"\n") if chunk else []
