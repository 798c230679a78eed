"""The column that says whose a line is."""

from __future__ import annotations

from collections.abc import Mapping

from dockertui.store.log_source import LogSource
from dockertui.text import middle_cut

_MOST, _MOST_IF_NARROW = 16, 12
_NARROW = 100
_LEAST = 3


def source_cells(sources: Mapping[bytes, LogSource], width: int) -> int:
    """How many cells the names of sources take in a view, with the blank behind them.

    Args:
        sources: By their tags; none where a log has but one.
        width: Of the view.
    """
    longest = max((len(it.short) for it in sources.values()), default=0)
    most = _MOST if width >= _NARROW else min(_MOST_IF_NARROW, width // 4)
    return min(longest, most) + 1 if longest and most >= _LEAST else 0


def source_text(source: LogSource | None, cells: int) -> str:
    """The name of a source, as wide as its column; blank if nobody knows it."""
    return middle_cut(source.short, cells - 1).ljust(cells) if source else " " * cells
