"""What filters leave of a log, found as simply as can be: each line is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dockertui.store.log_filter import LogFilter
from dockertui.store.log_piece import Piece
from dockertui.store.log_record import RULE, split_record
from dockertui.store.log_source import LogSource
from dockertui.store.log_terms import Term
from dockertui.store.log_traces import TraceFollower


def groups_of(records: Sequence[bytes]) -> list[list[int]]:
    """Which records belong together; one that stands alone is a group, too."""
    groups: list[list[int]] = []
    under_way: dict[tuple[bytes, bytes], tuple[TraceFollower, list[int]]] = {}
    for at, raw in enumerate(records):
        tag, stream, _, text = split_record(raw)
        if stream in {RULE, b""}:
            groups.append([at])
            continue
        follower, group = under_way.get((tag, stream)) or (TraceFollower(), [])
        goes_on = follower.goes_on(text)
        if group and goes_on:
            group.append(at)
        else:
            group = [at]
            groups.append(group)
        under_way[tag, stream] = follower, group
    return groups


def left_of(
    records: Sequence[bytes],
    filters: Collection[LogFilter],
    sources: Mapping[bytes, LogSource],
) -> list[int]:
    """Which records are left: rules, and groups in which each term is fulfilled somewhere."""
    terms = [term for each in filters for term in each.terms]
    without = [term for each in filters for term in each.without]

    def has(group: list[int], term: Term) -> bool:
        return any(term.lines_in(Piece(records[at] + b"\n", sources)) for at in group)

    left = {at for at, raw in enumerate(records) if split_record(raw).stream == RULE}
    for group in groups_of(records):
        fulfils_all = all(has(group, term) for term in terms)
        if fulfils_all and not any(has(group, term) for term in without):
            left.update(group)
    return sorted(left)
