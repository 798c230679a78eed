"""Pictures of a screen."""

from __future__ import annotations

import re

from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.support.picture import parts, tidy


class Small(App[None]):
    """A frame around all kinds of characters."""

    CSS = "Static { border: round green; }"

    def compose(self) -> ComposeResult:
        yield Static("● up ▁▃█ 2h ✖ & <b>", markup=False)


async def drawn() -> str:
    async with Small().run_test(size=(40, 5)) as pilot:
        return pilot.app.export_screenshot(title="small")


async def test_a_picture_needs_nothing_from_the_network() -> None:
    svg = await drawn()
    assert "https://" in svg
    assert re.findall(r"https?://[^\"]+", tidy(svg)) == ["http://www.w3.org/2000/svg"]


async def test_a_picture_keeps_every_character() -> None:
    written = re.findall(r">([^<>]+)</text>", tidy(await drawn()))
    shown = "".join(written).replace("\xa0", "").replace(" ", "")
    assert "●up▁▃█2h✖&amp;&lt;b&gt;" in shown


def test_marks_stand_alone_and_frames_hold_together() -> None:
    text = "╭──╮ ● web 1\xa0\xa0✖x"
    assert list(parts(text)) == ["╭──╮", " ", "●", " ", "web 1", "\xa0\xa0", "✖", "x"]
