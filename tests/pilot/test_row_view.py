"""Rows whose room changes while others come in."""

from __future__ import annotations

from textual.app import App, ComposeResult

from dockertui.resources.tab import Fact
from dockertui.widgets.fact_list import FactList


class Stretched(FactList):
    """Facts in as much room as a test gives them, before any resize is told."""

    room = 30

    @property
    def line_width(self) -> int:
        return self.room


class Facts(App[None]):
    """A screen of facts."""

    def compose(self) -> ComposeResult:
        yield Stretched()


def facts(command: str) -> list[Fact]:
    return [Fact("Image", "nginx " * 12), Fact("Command", command), Fact("Labels", "env=prod " * 9)]


async def test_rows_that_change_before_a_resize_is_told_are_drawn_in_full() -> None:
    async with Facts().run_test(size=(80, 24)) as pilot:
        rows = pilot.app.query_one(Stretched)
        for rows.room in (30, 60, 20, 79):
            rows.show(facts(f"sleep {rows.room}"), "web-1")
            await pilot.pause()
            shown = [rows.render_line(y).text.rstrip() for y in range(24)]
            assert any(f"sleep {rows.room}" in line for line in shown)


async def test_a_line_can_be_drawn_before_a_resize_is_told() -> None:
    async with Facts().run_test(size=(80, 24)) as pilot:
        rows = pilot.app.query_one(Stretched)
        rows.show(facts("sleep 1"), "web-1")
        for rows.room in (79, 20):
            assert all(rows.render_line(y).cell_length == rows.room + 1 for y in range(24))
            rows.on_resize()
            assert all(rows.render_line(y).cell_length == rows.room + 1 for y in range(24))
