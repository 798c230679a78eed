"""Lines that stay together when a log is filtered: a stack trace and what it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dockertui.store.log_piece import Piece
from dockertui.store.log_record import RULE, split_record
from dockertui.store.log_text import texts_of
from dockertui.store.log_traces import TraceFollower, goes_on, may_go_on

MOST_LINES = 500
"""How far from a line others can stand that stay with it."""

_LINES_AT_BORDER = 3
_LINES_AT_BORDER_OF_MANY = 32


def groups_in(piece: Piece) -> list[list[int]]:
    """Which records belong together, each counted from 0; without those that stand alone.

    What others wrote meanwhile is passed over: each source, and each of its streams, has lines of
    its own.
    """
    records = piece.records
    if not may_go_on(piece.chunk) or not any(map(goes_on, texts_of(records))):
        return []
    groups: list[list[int]] = []
    under_way: dict[tuple[bytes, bytes], tuple[TraceFollower, list[int]]] = {}
    for index, raw in enumerate(records):
        tag, stream, _, text = split_record(raw)
        if stream == RULE:
            continue
        follower, group = under_way.get((tag, stream)) or (TraceFollower(), [])
        goes_on_here = follower.goes_on(text)
        if group and goes_on_here and index - group[0] < MOST_LINES:
            group.append(index)
        else:
            group = [index]
            groups.append(group)
        under_way[tag, stream] = follower, group
    return [group for group in groups if len(group) > 1]


def together(found: Collection[int], groups: Sequence[Sequence[int]]) -> set[int]:
    """Some records, and all that belong together with one of them."""
    left = set(found)
    for group in groups:
        if not left.isdisjoint(group):
            left.update(group)
    return left


def is_open_between(before: bytes, after: bytes, *, many: bool) -> bool:
    """May a trace go on from one chunk in the next?

    Args:
        before: The records of the first chunk.
        after: Those of the next one.
        many: Are they the records of several sources?
    """
    count = _LINES_AT_BORDER_OF_MANY if many else _LINES_AT_BORDER
    return any(map(goes_on, texts_of(last_lines(before, count) + first_lines(after, count))))


def first_lines(chunk: bytes, count: int) -> list[bytes]:
    """The first records of a chunk, without their line ends."""
    return chunk.split(b"\n", count)[:-1][:count]


def last_lines(chunk: bytes, count: int) -> list[bytes]:
    """The last records of a chunk, without their line ends."""
    return chunk[:-1].rsplit(b"\n", count)[-count:]
