"""What a pane needs to know about a kind of object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")

FOREVER = float("inf")
"""For how many seconds a text holds that does not count."""

Live = Callable[[T, datetime], tuple[str, float]]
"""From an object and the time, what it reads now, and for how many more seconds that holds."""


def _unstyled(_: object) -> str:
    return ""


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column: where its value comes from, and how it reads."""

    title: str
    """The heading; lowercased it is also its name. Empty for a column of marks."""
    value: Callable[[T], Any]
    """The value, for sorting, filtering and export. `None` sorts last in both directions."""
    text: Callable[[Any], str] = str
    """The value as a person reads it; it is not asked about `None`, which is blank."""
    style: Callable[[T], str] = _unstyled
    """A theme variable to draw it in, e.g. `$success`; empty for the row's own colour."""
    right: bool = False
    """Align right, as numbers should be."""
    width: int = 0
    """Cells at least; 0 is as wide as the heading."""
    most: int = 0
    """Cells at most while other columns want room; 0 is no bound."""
    keep: int = 0
    """Its rank when the pane narrows: the lowest gives way first, and of equals the last."""
    cut_middle: bool = False
    """Cut in the middle what does not fit, as suits names; otherwise its end is cut."""
    flexible: bool = False
    """Take what room is left."""
    descending: bool = False
    """Sort the largest first when it is first chosen, as suits amounts and ages."""
    live: Live[T] | None = None
    """For texts that count by themselves, as an uptime does; it replaces `text`."""
    late: bool = False
    """Leave it out until a row that is in view has something to say in it."""
    measured: bool = False
    """Does it show what was measured of an object? That changes although the object does not."""

    @property
    def name(self) -> str:
        """What it is called where a person writes its name."""
        return self.title.lower()

    def written(self, row: T) -> str:
        """What the cell of a row says, unless it counts by itself."""
        value = self.value(row)
        return "" if value is None else self.text(value)

    def read(self, row: T, now: datetime) -> tuple[str, float]:
        """What the cell of a row says, and for how many seconds (infinite if nothing counts)."""
        return (self.written(row), FOREVER) if self.live is None else self.live(row, now)


@dataclass(frozen=True)
class Lens(Generic[T]):
    """A way to see only some of the objects, switched on and off with one key."""

    label: str
    """What switching it on does: `Hide stopped`."""
    title: str
    """What the border says while it is on: `running`."""
    shows: Callable[[T], bool]
    """Which objects are left."""


@dataclass(frozen=True)
class Resource(Generic[T]):
    """A pane, as data."""

    kind: type[T]
    """The objects it shows."""
    title: str
    """What stands in its border."""
    order: int
    """Its place among the panes, and the number key that leads to it."""
    columns: tuple[Column[T], ...]
    """What it says of each object, from left to right."""
    sort: Callable[[T], Any]
    """The order before the person has chosen one, and of rows that a chosen column ties."""
    empty: str
    """What to say when there are none, and what to do about it."""
    tabs: tuple[Any, ...] = ()
    """What the detail can show of a selected object, the first tab first."""
    fields: Mapping[str, Callable[[T], Iterable[str]]] = field(
        default_factory=dict[str, Callable[[Any], Iterable[str]]]
    )
    """The words of the filter: each field's name, and the texts that it looks in."""
    plain: tuple[str, ...] = ("name",)
    """The fields in which a word without a field's name is looked for."""
    lens: Lens[T] | None = None
    """What can be hidden with one key."""
    nothing_yet: str = "Asking the engine…"
    """What to say before the engine has answered."""
