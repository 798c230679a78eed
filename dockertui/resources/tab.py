"""What can be read about a selected object: the tabs of its detail, as data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from dockertui.engine import Engine
from dockertui.model import DockerObject, Key
from dockertui.resources.resource import Column

if TYPE_CHECKING:
    from dockertui.resources.chart import Chart
    from dockertui.resources.overview.section import Section
    from dockertui.sync import Member
    from dockertui.sync.image_reading import ImageReading
    from dockertui.sync.inquiry import Inquiry

T = TypeVar("T", bound=DockerObject)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know: a label, and a value that may take several lines."""

    label: str
    """What it is; empty for one that goes on below its predecessor."""
    value: str = ""
    """The value in full."""
    style: str = ""
    """A theme variable to draw the value in, e.g. `$danger`; empty for the usual."""
    masked: str = ""
    """What stands for the value until a person reveals it; empty when there is no secret in it."""
    heading: bool = False
    """Is it a heading, above the facts that follow?"""


@dataclass(frozen=True)
class Facts(Generic[T]):
    """Labels and values, one below the other."""

    load: Callable[[Engine, T], Awaitable[Any]]
    """What the engine has to be asked; asked again when the object changes."""
    facts: Callable[[T, Any, datetime], Iterable[Fact]]
    """The facts, from the object, what was loaded and the time."""
    empty: str = ""
    """What to say when there are none."""
    every_s: float = 0
    """How often to work them out anew, while in view, because they count; 0 for never."""


def _in_order(_: object, place: int) -> Hashable:
    return place


@dataclass(frozen=True)
class Sheet:
    """A small table: its columns, and its rows in the order to read them."""

    columns: tuple[Column[Any], ...]
    """The columns; the last takes what room is left, and can be read in full."""
    rows: Sequence[Any] = ()
    """The rows."""
    key: Callable[[Any, int], Hashable] = _in_order
    """What identifies a row, given it and its place, when the table is loaded again."""


@dataclass(frozen=True)
class Rows(Generic[T]):
    """A small table of things that belong to the object."""

    load: Callable[[Engine, T], Awaitable[Sheet]]
    """Asks the engine; asked again when the object changes."""
    empty: str
    """What to say when there are no rows."""
    every_s: float = 0
    """How often to ask again while in view; 0 for only when the object changes."""


@dataclass(frozen=True)
class Tree(Generic[T]):
    """A JSON document, to fold and to search."""

    load: Callable[[Engine, T], Awaitable[Any]]
    """Asks the engine; asked again when the object changes."""


@dataclass(frozen=True)
class Log:
    """The live log."""


@dataclass(frozen=True)
class Charts(Generic[T]):
    """What the object uses, over time."""

    charts: Callable[[], Sequence[Chart]]
    """The charts, the most important first; asked for when the page is first opened."""
    idle: Callable[[T], str] = lambda _: ""
    """Why nothing is measured of an object now, in a sentence; empty when it is."""


@dataclass(frozen=True)
class Sections:
    """Short lists under headings, beside each other where there is room.

    They say what is known of the object's engine, and follow it while in view.
    """

    sections: Callable[[Member, datetime], Sequence[Section]]
    """The lists, from the engine's member of the fleet and the time."""
    every_s: float
    """How often to work them out anew, while in view."""
    asks: Callable[[Member], Inquiry[Any]] | None = None
    """What the engine may have to be asked for them; `None` for nothing."""
    at_once: bool = False
    """Ask it when they come into view; else only when a person says so, for it costs time."""

    def opened(self, member: Member) -> Member:
        """Ask what is asked at once, now that they come into view."""
        if self.asks is not None and self.at_once:
            self.asks(member).ask()
        return member


@dataclass(frozen=True)
class Layers(Generic[T]):
    """A small table of an image's layers, from which one goes on to their files."""

    load: Callable[[Member, T], Awaitable[LayersFound]]
    """Finds them; asked again and again, since what images share is found out meanwhile."""
    empty: str
    """What to say when there are none."""
    every_s: float = 1.0
    """How often to ask again while in view."""


@dataclass(frozen=True)
class Files(Generic[T]):
    """The files of an image, layer by layer, to be read when somebody asks for it."""

    load: Callable[[Member, T], Awaitable[LayersFound]]
    """Finds how far their reading is, and what made each layer."""


@dataclass(frozen=True)
class Others(Generic[T]):
    """A small table of other objects, to go to."""

    load: Callable[[Member, T], Awaitable[Sheet]]
    """Finds them; the key of a row is an `ObjectKey`."""
    empty: str
    """What to say when there are none."""
    every_s: float = 1.0
    """How often to ask again while in view; engines are not asked for what is known."""


@dataclass(frozen=True)
class Text(Generic[T]):
    """Lines to copy or to save."""

    load: Callable[[Member, T], Awaitable[Sequence[Fact]]]
    """Finds them: each the value of a fact."""
    file: Callable[[T], str]
    """What a file of them is called, unless a person says otherwise."""
    empty: str
    """What to say when there are none."""
    every_s: float = 1.0
    """How often to ask again while in view."""


@dataclass(frozen=True)
class Known(Generic[T]):
    """Labels and values of what is known of an object, not by its engine alone."""

    load: Callable[[Member, T], Awaitable[Sequence[Fact]]]
    """Finds them; asked again and again, since they change without the object."""
    empty: str = ""
    """What to say when there are none."""
    every_s: float = 1.0
    """How often to ask again while in view."""


@dataclass(frozen=True, slots=True)
class LayersFound:
    """What is known of an image's layers."""

    sheet: Sheet
    """The steps that made it, newest first."""
    summary: str
    """What they come to."""
    reading: ImageReading
    """The reading of their files."""
    steps: tuple[str, ...]
    """What made each layer, the lowest first; empty where that is not known."""


class ObjectKey(NamedTuple):
    """Which object a row is about."""

    kind: type[DockerObject]
    """What it is."""
    key: Key
    """Which."""


ImageBody = Layers[T] | Files[T] | Others[T] | Text[T]
"""What can be read about an image alone."""
Body = Facts[T] | Known[T] | Rows[T] | Tree[T] | Log | Charts[T] | Sections | ImageBody[T]


@dataclass(frozen=True)
class Tab(Generic[T]):
    """One page about an object."""

    title: str
    """What it is called: a word."""
    body: Body[T]
    """What it shows."""
    help: str
    """What one reads there, in a sentence."""
    unless: Callable[[T], str] = lambda _: ""
    """Why there is nothing to show of this object now, in a sentence; empty when there is."""
