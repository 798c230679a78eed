"""What differs in a log looks different in every theme, and without colour by its shape."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color

from dockertui.store.log_words import Level
from dockertui.themes import THEMES
from dockertui.widgets.contrast import readable
from dockertui.widgets.log_looks import Looks, looks_of
from dockertui.widgets.log_view import LogView


class LooksApp(App[None]):
    """Nothing but a log, in a theme of ours."""

    def __init__(self, theme: str) -> None:
        super().__init__()
        for each in THEMES.values():
            self.register_theme(each)
        self.theme = theme

    def compose(self) -> ComposeResult:
        yield LogView()


async def looks_in(theme: str, *, stale: bool = False) -> Looks:
    app = LooksApp(theme)
    async with app.run_test(size=(40, 6)):
        return looks_of(app.query_one(LogView), stale=stale)


def can_be_read(style: Style) -> bool:
    assert style.color
    assert style.bgcolor
    return readable(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


@pytest.mark.parametrize("theme", THEMES)
async def test_all_that_is_text_can_be_read(theme: str) -> None:
    looks = await looks_in(theme)
    over = (looks.hit, looks.hit_here, looks.own_time, *looks.levels.values())
    drawn = (looks.stamp, looks.stderr, looks.key, looks.rule, *looks.sources, looks.bookmark)
    assert [it for it in (*drawn, *(looks.text + it for it in over)) if not can_be_read(it)] == []


@pytest.mark.parametrize("theme", THEMES)
async def test_what_lies_over_a_line_can_be_told_apart(theme: str) -> None:
    looks = await looks_in(theme)
    grounds = [
        (looks.text + it).bgcolor
        for it in (Style(), looks.cursor, looks.selected, looks.hit, looks.hit_here)
    ]
    assert len(set(grounds)) == len(grounds)


@pytest.mark.parametrize("theme", THEMES)
async def test_only_what_is_broken_is_red(theme: str) -> None:
    looks = await looks_in(theme)
    bad = looks.levels[Level.ERROR].color
    assert looks.levels[Level.FATAL].color == bad
    others = [*looks.sources, looks.stderr, looks.rule, looks.levels[Level.WARN], looks.hit]
    assert bad not in {it.color for it in others} | {it.bgcolor for it in others}


async def test_without_colour_shapes_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    looks = await looks_in("dark")
    assert not looks.colour
    assert looks.hit.reverse
    assert looks.cursor.reverse
    assert looks.hit_here.underline
    assert looks.levels[Level.ERROR].bold


async def test_what_is_stale_has_one_colour_only() -> None:
    looks = await looks_in("dark", stale=True)
    inks = {it.color for it in (looks.text, looks.stamp, looks.stderr, looks.key, looks.rule)}
    assert len(inks) == 1
    assert not looks.sources
