"""A table can be read in every theme, and says nothing by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from rich.style import Style
from textual.app import ComposeResult
from textual.color import Color

from dockertui.resources.resource import Column
from dockertui.themes import THEMES
from dockertui.widgets.contrast import readable
from dockertui.widgets.table import VirtualTable
from tests.support.table_screen import TableApp, TableScreen, numbered, opened_table

VARIABLES = ("$success", "$error", "$dim", "$container-running", "$container-failed")


@dataclass(frozen=True)
class Coloured:
    """A row with a word in each colour."""

    key: int
    """Its identity."""


def column(variable: str) -> Column[Coloured]:
    return Column(variable, lambda _: variable, style=lambda _: variable, width=len(variable))


class ColouredApp(TableApp):
    """A table of all colours."""

    def compose(self) -> ComposeResult:
        """Make the table."""
        yield VirtualTable(
            [column(it) for it in VARIABLES], key=lambda it: it.key, sort=lambda it: it.key
        )


def style_of(screen: TableScreen, line: int, text: str) -> Style:
    """The style in which a piece of a line is drawn."""
    for segment in screen.strips()[line]:
        if text in segment.text and segment.style is not None:
            return segment.style
    raise AssertionError(screen.lines())


@pytest.mark.parametrize("theme", THEMES)
async def test_every_word_can_be_read_on_every_ground(theme: str) -> None:
    app = ColouredApp()
    async with app.run_test(size=(100, 6)) as pilot:
        table = app.query_one(VirtualTable)
        app.theme = theme
        table.set_rows({it: Coloured(it) for it in range(3)})
        for focused in (True, False):
            app.set_focus(table if focused else None)
            await pilot.pause()
            for strip in table.render_lines(table.size.region)[1:4]:
                for text, style, _ in strip:
                    if text.strip(" ▐"):
                        assert style is not None
                        ground = Color.from_rich_color(style.bgcolor)
                        assert readable(Color.from_rich_color(style.color), ground)


async def test_the_cursor_is_told_from_other_rows_with_and_without_the_focus() -> None:
    async with opened_table(numbered(1, 5)) as screen:
        grounds = {style_of(screen, y, "row").bgcolor for y in (1, 2)}
        assert len(grounds) == 2
        screen.app.set_focus(None)
        await screen.pilot.pause()
        resting = style_of(screen, 1, "row").bgcolor
        assert resting not in grounds


async def test_what_is_stale_is_dim_and_still_has_a_cursor() -> None:
    async with opened_table(numbered(1, 5)) as screen:
        fresh = style_of(screen, 2, "row").color
        screen.table.stale = True
        await screen.pilot.pause()
        assert style_of(screen, 2, "row").color != fresh
        assert style_of(screen, 1, "row").bgcolor != style_of(screen, 2, "row").bgcolor
        screen.table.stale = False
        assert style_of(screen, 2, "row").color == fresh


async def test_another_theme_is_seen_at_once() -> None:
    async with opened_table(numbered(1, 5)) as screen:
        before = style_of(screen, 1, "row")
        screen.app.theme = "light"
        await screen.until(lambda: style_of(screen, 1, "row") != before)


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_a_terminal_of_sixteen_colours_gets_a_reversed_cursor(theme: str) -> None:
    async with opened_table(numbered(1, 5)) as screen:
        screen.app.theme = theme
        await screen.until(lambda: bool(style_of(screen, 1, "row").reverse))
        assert style_of(screen, 1, "row").color == style_of(screen, 1, "row").bgcolor
        assert not style_of(screen, 2, "row").reverse


async def test_without_colours_the_cursor_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened_table(numbered(1, 5)) as screen:
        assert style_of(screen, 1, "row").reverse
        screen.app.set_focus(None)
        await screen.pilot.pause()
        assert style_of(screen, 1, "row").bold
