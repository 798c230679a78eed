"""What somebody looks at, and how often that makes us read what containers use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

FULL_S = 1.0
"""How often what is seen is read."""
_REST_S, _REST_EACH_S = 5.0, 14
"""What is not seen is read in turn: each so often at best, and so many in a second at most."""
_ORDER_EACH_S = 115
"""The same where the order of rows depends on all: 300 then are at most 2.6 s old."""
_AWAY = 5.0
_SLOW_LINK_S, _SLOW = 0.08, 3.0


@dataclass(frozen=True, slots=True)
class Attention:
    """What of an engine's containers somebody looks at."""

    in_view: frozenset[str] = frozenset()
    """The IDs of those whose figures are on the screen."""
    all_count: bool = False
    """Are rows ordered by a figure? Then those out of sight matter as well."""
    is_away: bool = False
    """Is the terminal hidden, or has another window the keys?"""


NOBODY = Attention(is_away=True)
"""When nobody looks."""


def periods_s(
    running: Collection[str], attention: Attention, *, round_trip_s: float = 0.0
) -> dict[str, float]:
    """How often to read each container.

    Args:
        running: Those that can be read.
        attention: What somebody looks at.
        round_trip_s: How long the engine takes to answer at all.

    Returns:
        The seconds from one reading to the next, by ID.

    >>> periods_s(["a", "b"], Attention(frozenset("a")))
    {'a': 1.0, 'b': 5.0}
    >>> periods_s(["a", "b"], Attention(frozenset("a"), is_away=True))
    {'a': 5.0, 'b': 25.0}
    """
    slower = (_AWAY if attention.is_away else 1.0) * (_SLOW if round_trip_s > _SLOW_LINK_S else 1)
    if attention.all_count:
        each_s = max(FULL_S, len(running) / _ORDER_EACH_S) * slower
        return dict.fromkeys(running, each_s)
    out_of_view = sum(it not in attention.in_view for it in running)
    rest_s = max(_REST_S, out_of_view / _REST_EACH_S) * slower
    return {it: FULL_S * slower if it in attention.in_view else rest_s for it in running}
