"""The signs of what has happened to a container, told by shape and colour, and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dockertui.model.happening import Happening, What
from dockertui.resources.exit_codes import signal_name
from dockertui.widgets.chart_span import Span, seconds_of


class Sign(NamedTuple):
    """How a happening is drawn."""

    glyph: str
    """Its shape: one cell."""
    tint: str
    """The theme variable of its colour."""


SIGNS: Mapping[What, Sign] = {
    What.OUT_OF_MEMORY: Sign("◆", "$danger"),
    What.FAILED: Sign("✖", "$container-failed"),
    What.UNHEALTHY: Sign("!", "$health-bad"),
    What.STARTED: Sign("↻", "$container-restarting"),
    What.HEALTHY: Sign("✚", "$health-good"),
    What.ENDED: Sign("○", "$container-exited"),
    What.PAUSED: Sign("◐", "$container-paused"),
    What.RESUMED: Sign("●", "$container-running"),
    What.CREATED: Sign("◌", "$container-created"),
    What.REMOVED: Sign("⊘", "$container-exited"),
}
"""The signs, those first that hide others at the same moment."""

_RANKS = {what: rank for rank, what in enumerate(SIGNS)}
FIRST_START = Sign("●", "$container-running")
"""That of a start for the first time, as far as one knows."""
_ENDS = {What.ENDED, What.FAILED, What.OUT_OF_MEMORY}


class Mark(NamedTuple):
    """Something that happened, as it is drawn."""

    happening: Happening
    """What happened."""
    sign: Sign
    """How it is drawn."""
    kind: str
    """What it was, in a word or two."""
    words: str
    """What it says, without whose it is."""

    @property
    def rank(self) -> int:
        """The lower, the more it matters."""
        return _RANKS[self.happening.what]


def marks_of(happenings: Iterable[Happening]) -> list[Mark]:
    """How happenings are drawn; a start after an end is another sign than a first one.

    Args:
        happenings: In the order of time.
    """
    ended: set[str] = set()
    marks = []
    for each in happenings:
        what, again = each.what, each.container_id in ended
        if what in _ENDS:
            ended.add(each.container_id)
        sign, kind = SIGNS[what], str(what)
        if what is What.STARTED:
            sign, kind = (sign, "started again") if again else (FIRST_START, kind)
        marks.append(Mark(each, sign, kind, _words(each, kind)))
    return marks


def in_bars(marks: Iterable[Mark], span: Span) -> dict[int, list[Mark]]:
    """The marks of each bar of a span that has any."""
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        bar = span.bar_of(seconds_of(mark.happening.at_ns))
        if 0 <= bar < span.bars:
            found.setdefault(bar, []).append(mark)
    return found


def worst(marks: Iterable[Mark]) -> Mark:
    """The mark that hides the others at the same moment."""
    return min(marks, key=lambda it: it.rank)


def summed_up(marks: Iterable[Mark]) -> list[tuple[Sign, str]]:
    """How often things happened, what matters most first."""
    counts = Counter((it.rank, it.sign, it.kind) for it in marks)
    return [
        (sign, f"{count:,} {kind}")
        for (_, sign, kind), count in sorted(counts.items(), key=lambda it: it[0][0])
    ]


def _words(happening: Happening, kind: str) -> str:
    if (code := happening.exit_code) is None:
        return kind
    signal = signal_name(code)
    return f"{kind} with {code}, {signal}" if signal else f"{kind} with {code}"
