"""Short lists under headings: what is drawn, what is gone through, what stays where it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from dockertui.model import Key
from dockertui.resources.overview.section import Section
from dockertui.resources.resource import Column
from dockertui.widgets.row_messages import CopyWanted, GoWanted
from dockertui.widgets.section_list import SectionList

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG = "it was killed by somebody, or by the engine after the grace that a stop allows"


class Row(NamedTuple):
    """Something to be listed."""

    name: str
    words: str = "fails"


class Lists(App[None]):
    """A screen of sections."""

    def __init__(self) -> None:
        super().__init__()
        self.copied: list[str] = []
        self.gone_to: list[Key | None] = []

    def compose(self) -> ComposeResult:
        yield SectionList()

    def on_copy_wanted(self, message: CopyWanted) -> None:
        self.copied.append(message.text)

    def on_go_wanted(self, message: GoWanted) -> None:
        self.gone_to.append(message.target)


class Shown:
    """What a test does with the screen."""

    def __init__(self, app: Lists, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.list = app.query_one(SectionList)
        self.list.focus()

    async def show(self, *sections: Section) -> None:
        """Show other sections."""
        self.list.show(sections)
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """The lines on the screen that say something."""
        height = self.list.size.height
        drawn = (self.list.render_line(y).text.rstrip(" ▐") for y in range(height))
        return [it for it in drawn if it.strip()]


@asynccontextmanager
async def shown(size: tuple[int, int] = (60, 12)) -> AsyncIterator[Shown]:
    app = Lists()
    async with app.run_test(size=size) as pilot:
        yield Shown(app, pilot)


def section(title: str, *rows: Row, heads: bool = False, **said: Any) -> Section:
    columns: tuple[Column[Row], ...] = (
        Column("Name" if heads else "", lambda it: it.name, width=8),
        Column("What" if heads else "", lambda it: it.words, width=10, flexible=True, keep=1),
    )
    given = {"key": lambda it: it.name, "target": lambda it: Key("e", it.name)}
    return Section(title=title, columns=columns, now=NOW, rows=rows, **{**given, **said})


async def test_a_heading_has_its_note_and_columns_their_titles() -> None:
    async with shown() as it:
        await it.show(section("Wrong", Row("web"), note="since 12:00", heads=True))
        assert it.lines == ["Wrong  since 12:00", "Name     What", "web      fails"]


async def test_what_is_long_goes_on_below_itself() -> None:
    async with shown((50, 12)) as it:
        await it.show(section("Wrong", Row("web", LONG)))
        assert it.lines == [
            "Wrong",
            "web      it was killed by somebody, or by the",
            "         engine after the grace that a stop",
            "         allows",
        ]


async def test_sentences_stand_in_for_rows_and_below_them() -> None:
    async with shown() as it:
        await it.show(
            section("Wrong", empty="Nothing is wrong."),
            section("Changed", Row("web"), empty="Nothing.", more="and 3 more"),
        )
        assert it.lines == ["Wrong", "Nothing is wrong.", "Changed", "web      fails", "and 3 more"]


async def test_the_first_heading_is_seen_whenever_its_rows_come() -> None:
    async with shown((60, 5)) as it:
        await it.show(section("Wrong", empty="Nothing is wrong."))
        await it.show(section("Wrong", *(Row(f"c{at}") for at in range(9))))
        assert it.lines[:2] == ["Wrong", "c0       fails"]


async def test_only_rows_are_gone_through() -> None:
    async with shown() as it:
        await it.show(section("A", Row("a"), more="more"), section("B", Row("b"), heads=True))
        assert it.list.position_text == "1 of 2"
        await it.pilot.press("down", "enter", "down", "y")
        assert it.list.position_text == "2 of 2"
        assert it.app.gone_to == [Key("e", "b")]
        assert it.app.copied == ["b  fails"]


async def test_where_there_are_no_rows_no_key_fails() -> None:
    async with shown() as it:
        await it.show(section("A", empty="Nothing."))
        await it.pilot.press("down", "up", "end", "pagedown", "home", "enter", "y")
        assert (it.app.gone_to, it.app.copied, it.list.position_text) == ([], [], "")


async def test_the_selection_stays_with_its_row() -> None:
    async with shown() as it:
        await it.show(section("A", Row("a"), Row("b")))
        await it.pilot.press("down")
        await it.show(section("A", Row("new"), Row("b", "has failed"), Row("a")))
        assert it.list.selected is not None
        assert it.list.selected.cells == ("b", "has failed")


async def test_columns_fit_a_terminal_that_changes() -> None:
    async with shown((50, 12)) as it:
        await it.show(section("Wrong", Row("web", LONG)))
        assert len(it.lines) == 4
        await it.pilot.resize_terminal(120, 12)
        await it.pilot.pause()
        assert it.lines == ["Wrong", f"web      {LONG}"]


async def test_a_note_that_does_not_fit_is_left_out() -> None:
    async with shown((60, 12)) as it:
        await it.show(section("Wrong", Row("web"), note="n" * 70))
        assert it.lines[0] == "Wrong"


async def test_markup_in_a_name_is_only_text() -> None:
    async with shown() as it:
        await it.show(section("[red]A[/]", Row("[/red]", "[b]x"), note="[i]"))
        assert it.lines == ["[red]A[/]  [i]", "[/red]   [b]x"]
