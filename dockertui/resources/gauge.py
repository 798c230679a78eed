"""Columns that show what an object uses: not of the object, but measured of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dockertui.model.usage import Metric, Usage
from dockertui.resources.resource import FOREVER, Column, Resource

if TYPE_CHECKING:
    from datetime import datetime

    from dockertui.store.history import History

T = TypeVar("T")

_STEADY_S = 10.0
"""Rows are sorted by the mean over so long, lest they dance."""
_BARS, _BAR_S = 6, 10
"""The small history in a cell: so many bars, and the time of one."""
_HEIGHTS = "▁▂▃▄▅▆▇█"
_NEARLY_FULL, _FULL = 80, 90
"""From so many percent of its memory on, one should look at a container."""
UNKNOWN = "–"
"""Stands for a figure that is not known."""


class Figures(NamedTuple):
    """What was measured of an object."""

    now: Usage
    """The last figures."""
    history: History
    """Those before."""


FiguresOf = Callable[[Any], Figures | None]
"""Finds what was measured of an object; `None` for one that is not measured."""


@dataclass(frozen=True, kw_only=True)
class Gauge(Column[T]):
    """A column of figures; `reads` takes the place of `value`."""

    value: Callable[[T], Any] = lambda _: None
    """Nothing: the figures are not the object's own."""
    reads: Callable[[Figures], float | None]
    """The figure, from what was measured."""
    sorts: Callable[[Figures], float | None]
    """What to sort by: steadier than the figure."""
    writes: Callable[[Figures, float], str]
    """The figure as a person reads it."""
    tints: Callable[[float], str] = lambda it: "" if it else "$dim"
    """A theme variable to draw a figure in; empty for the row's own colour. 0 is unknown, too."""
    applies: Callable[[T], bool] = lambda _: True
    """Should the object have figures now? One that is not known then is a dash."""
    unknown: str = UNKNOWN
    """What stands for a figure that is not known."""
    right: bool = True
    """Align right, as numbers should be."""
    descending: bool = True
    """Sort the largest first when it is first chosen."""

    def bound(self, figures_of: FiguresOf) -> Column[T]:
        """The same as any other column, for a list whose objects are measured."""

        def figure(row: T) -> float | None:
            found = figures_of(row) if self.applies(row) else None
            return None if found is None else self.reads(found)

        def value(row: T) -> float | None:
            found = figures_of(row) if self.applies(row) else None
            return None if found is None else self.sorts(found)

        def live(row: T, _: datetime) -> tuple[str, float]:
            if not self.applies(row):
                return "", FOREVER
            found = figures_of(row)
            shown = None if found is None else self.reads(found)
            if found is None or shown is None:
                return self.unknown, FOREVER
            return self.writes(found, shown), FOREVER

        def style(row: T) -> str:
            return self.tints(figure(row) or 0.0)

        own = {it.name: getattr(self, it.name) for it in fields(Column)}
        return Column(**own | {"value": value, "live": live, "style": style, "measured": True})


def columns_of(resource: Resource[T], figures_of: FiguresOf | None) -> tuple[Column[T], ...]:
    """The columns of a resource for a list.

    Args:
        resource: Whose columns.
        figures_of: Finds what was measured of an object; `None` leaves out columns of figures.
    """
    return tuple(
        it.bound(figures_of) if isinstance(it, Gauge) and figures_of is not None else it
        for it in resource.columns
        if figures_of is not None or not isinstance(it, Gauge)
    )


def gauge(
    title: str,
    metric: Metric,
    text: Callable[[float], str],
    *,
    applies: Callable[[T], bool],
    width: int,
    keep: int,
) -> Gauge[T]:
    """A column of one metric.

    Args:
        title: Its heading.
        metric: What is measured.
        text: How it reads.
        applies: Should an object have figures now?
        width: Cells at least.
        keep: Its rank when the pane narrows.
    """
    return Gauge(
        title=title,
        reads=lambda it: it.now.value(metric),
        sorts=lambda it: _steady(it.history.lately(metric, _STEADY_S)),
        writes=lambda _, figure: text(figure),
        applies=applies,
        width=width,
        keep=keep,
    )


def memory_share(*, applies: Callable[[T], bool], width: int, keep: int) -> Gauge[T]:
    """A column of the memory in percent of what may be taken."""

    def share(it: Figures) -> float | None:
        return it.now.memory_percent

    return Gauge(
        title="Mem%",
        reads=share,
        sorts=share,
        writes=lambda _, figure: f"{figure:.0f}%",
        tints=_near_its_limit,
        applies=applies,
        width=width,
        keep=keep,
    )


def _near_its_limit(percent: float) -> str:
    if percent >= _FULL:
        return "$danger"
    return "$health-starting" if percent >= _NEARLY_FULL else "$dim"


def cpu_trend(*, applies: Callable[[T], bool], keep: int) -> Gauge[T]:
    """A column with the last minute's use of processors as small bars: full is a whole core."""

    def writes(it: Figures, _: float) -> str:
        # In steps of a bar, so that only the last one changes meanwhile.
        end_s = (it.now.at_ns // (_BAR_S * 10**9) + 1) * _BAR_S
        parts = it.history.parts(Metric.CPU, end_s - _BARS * _BAR_S, end_s, _BARS)
        means = [None if part is None else part.mean for part in parts]
        full = max(100.0, *(it or 0.0 for it in means))
        return "".join(" " if it is None else _bar(it / full) for it in means)

    return Gauge(
        title="",
        reads=lambda it: it.now.cpu_percent or 0.0,
        sorts=lambda _: None,
        writes=writes,
        applies=applies,
        tints=lambda _: "$trend",
        unknown="",
        right=False,
        width=_BARS,
        keep=keep,
    )


def _steady(figure: float | None) -> float | None:
    """What to sort by: figures that hardly differ are equal, and their rows stay in place.

    >>> _steady(0.043), _steady(1234.0), _steady(None)
    (0.0, 1200.0, None)
    """
    if figure is None or figure < 1:
        return None if figure is None else round(figure, 1)
    return float(f"{figure:.2g}")


def _bar(share: float) -> str:
    """So much of a whole, as high as that.

    >>> _bar(0.0), _bar(0.5), _bar(1.0)
    ('▁', '▅', '█')
    """
    return _HEIGHTS[min(len(_HEIGHTS) - 1, int(share * len(_HEIGHTS)))]
