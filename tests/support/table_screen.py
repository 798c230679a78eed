"""A table alone in an app, and what a test does with it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from dockertui.resources.cells import age_of
from dockertui.resources.resource import Column
from dockertui.themes import THEMES
from dockertui.widgets.table import VirtualTable

WIDTH, HEIGHT = 40, 11
PAGE = HEIGHT - 1


@dataclass(frozen=True)
class Row:
    """Something to show."""

    key: int
    """Its identity."""
    name: str = ""
    """What it is called."""
    load: float | None = None
    """What changes."""
    began: datetime | None = None
    """Since when it counts."""
    note: str = ""
    """What no column shows."""


COLUMNS: tuple[Column[Row], ...] = (
    Column("Name", lambda it: it.name, width=6, keep=9, flexible=True, cut_middle=True),
    Column("Load", lambda it: it.load, right=True, width=6, keep=8, descending=True),
    Column(
        "Up", lambda it: it.began, live=age_of(lambda it: it.began), style=lambda _: "$dim", keep=7
    ),
)


class WatchedTable(VirtualTable[Row]):
    """A table that remembers which of its lines were drawn."""

    drawn: list[int]

    def render_line(self, y: int) -> Strip:
        """Draw a line, and remember."""
        self.__dict__.setdefault("drawn", []).append(y)
        return super().render_line(y)


class TablePane(Vertical):
    """What is around the table, and does something with it when told to."""

    class Told(Message):
        """What to do."""

        def __init__(self, act: Callable[[], object]) -> None:
            super().__init__()
            self.act = act

    def on_table_pane_told(self, message: Told) -> None:
        """Do it."""
        message.act()


class TableApp(App[None]):
    """Nothing but a table."""

    CSS = "VirtualTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = "dark"
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        with TablePane():
            yield WatchedTable(
                COLUMNS, key=lambda it: it.key, sort=lambda it: it.key, empty="Nothing."
            )

    def on_virtual_table_selected(self, message: VirtualTable.Selected) -> None:
        self.told.append("none" if message.row is None else f"selected {message.row.key}")

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        self.told.append(f"opened {message.row.key}")

    def on_virtual_table_marks_changed(self, message: VirtualTable.MarksChanged) -> None:
        self.told.append(f"{len(message.table.model.marks)} marked")


class TableScreen:
    """What a test does with the app."""

    def __init__(self, app: TableApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.table = app.query_one(WatchedTable)

    def show(self, rows: Iterable[Row]) -> None:
        """Show rows and no others."""
        self.table.set_rows({it.key: it for it in rows})

    def lines(self) -> list[str]:
        """The text on screen, with headings and scroll bar."""
        return [it.text for it in self.strips()]

    def strips(self) -> list[Strip]:
        """What is on screen."""
        return self.table.render_lines(Region(0, 0, *self.table.size))

    def names(self) -> list[str]:
        """The first word of each row on screen, without its mark."""
        return [words[0] for it in self.lines()[1:] if (words := it.strip("┃ ▐").split())]

    @property
    def selected(self) -> str:
        """The name of the selected row."""
        return "" if self.table.selected is None else self.table.selected.name

    @property
    def cursor(self) -> int:
        """The line of the screen with the selected row; 0 is the first below the headings."""
        return self.names().index(self.selected)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        for _ in range(300):
            if is_so():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(self.lines())

    @property
    def painted(self) -> int:
        """How many lines were painted by what `drawn_by` saw last."""
        return len(self.table.drawn)

    async def drawn_by(self, act: Callable[[], object]) -> set[int]:
        """The lines that are drawn because of something; 0 is the headings."""
        await self.pilot.pause()
        self.table.drawn.clear()
        act()
        await self.pilot.pause()
        return set(self.table.drawn)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)


@asynccontextmanager
async def opened_table(rows: Iterable[Row] = ()) -> AsyncGenerator[TableScreen]:
    """A focused table with rows."""
    app = TableApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        screen = TableScreen(app, pilot)
        screen.table.focus()
        screen.show(rows)
        await pilot.pause()
        app.told.clear()
        yield screen


def numbered(start: int, end: int) -> list[Row]:
    """Rows `row-10`, `row-11` and so on."""
    return [Row(it, f"row-{it}", float(it)) for it in range(start, end)]


def named(start: int, end: int) -> list[str]:
    """What such rows are called."""
    return [it.name for it in numbered(start, end)]


def ago(seconds: float) -> datetime:
    """A moment in the past."""
    return datetime.now(UTC) - timedelta(seconds=seconds)
