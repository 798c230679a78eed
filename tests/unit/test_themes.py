"""Whatever is written can be read, in every theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from textual.app import App
from textual.color import Color

import dockertui
from dockertui.themes import THEMES, suggested
from dockertui.widgets.contrast import readable
from dockertui.widgets.log_looks import SOURCE_COLOURS

PACKAGE = Path(dockertui.__file__).parent
NAME = re.compile(r"\$([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?![a-z0-9-]*\{)")

INKS = (
    *("foreground", "dim", "danger", "stale", "busy", "key", "primary", "text-muted", "hit"),
    *("container-running", "container-restarting", "container-paused", "container-created"),
    *("container-exited", "container-failed", "health-good", "health-starting", "health-bad"),
    *("image-used", "image-unused", "image-dangling"),
    *("json-string", "json-number", "json-word", "log-stderr", "log-stamp"),
    *("text-warning", "text-error", "pane-border-focused"),
    *("log-debug", "log-info", "log-warn", "log-error", "log-key", "log-rule", "log-control"),
    *(
        "chart-limit",
        "log-bookmark",
        *(f"source-{number}" for number in range(1, SOURCE_COLOURS + 1)),
    ),
)
"""What text is drawn in."""
GROUNDS = ("background", "surface", "panel")
"""What it is drawn on: the panes, the dialogs, the line above."""
PAIRS = (
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    # The rows under the cursor: a colour that drowns there gives way to the row's own.
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("foreground", "row-cursor"),
    ("foreground", "row-cursor-resting"),
    # The banner of a lost engine and a failure; a button with the focus; the safe one.
    ("background", "error"),
    ("background", "primary"),
    ("log-hit", "log-hit-ground"),
    ("input-cursor-foreground", "input-cursor-background"),
)
ON_BUTTONS = ("foreground", "text-error", "text-muted")
LEAST_APART = 55
"""How far two colours are apart that one can tell, summed over red, green and blue."""
MUTED_PARTS = 0.7
"""How strong the words at the side of a dialog are."""


@pytest.fixture(params=THEMES, scope="module")
def colours(request: pytest.FixtureRequest) -> Mapping[str, str]:
    """Every variable of a theme."""
    app: App[None] = App()
    for theme in THEMES.values():
        app.register_theme(theme)
    app.theme = request.param
    return app.get_css_variables()


def ink(colours: Mapping[str, str], name: str, ground: Color) -> Color:
    """A colour as it comes out on a ground: some are written as `auto 70%` or with a share."""
    text = colours[name]
    if text.startswith("auto"):
        share = float(text.partition(" ")[2].rstrip("%") or 100) / 100
        return ground + ground.get_contrast_text(share)
    return ground + Color.parse(text)


def test_text_can_be_read_on_what_it_is_drawn_on(colours: Mapping[str, str]) -> None:
    grounds = {name: Color.parse(colours[name]) for _, name in PAIRS}
    assert [
        (text, ground)
        for text, ground in PAIRS
        if not readable(ink(colours, text, grounds[ground]), grounds[ground])
    ] == []


def test_the_words_on_a_button_can_be_read(colours: Mapping[str, str]) -> None:
    share = Color.parse(colours["border-blurred"]).with_alpha(0.25)
    button = Color.parse(colours["surface"]) + share
    drowned = [it for it in ON_BUTTONS if not readable(ink(colours, it, button), button)]
    assert drowned == []


@pytest.mark.parametrize("ground", ["surface", "block-cursor-background"])
def test_what_is_said_on_the_side_of_a_dialog_can_be_read(
    colours: Mapping[str, str], ground: str
) -> None:
    behind = Color.parse(colours[ground])
    assert readable(behind + behind.get_contrast_text(MUTED_PARTS), behind)


def test_every_variable_that_is_named_anywhere_exists_in_every_theme(
    colours: Mapping[str, str],
) -> None:
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.tcss")]
    texts = {path: path.read_text("utf-8") for path in files if "sim" not in path.parts}
    named = {name: path.name for path, text in texts.items() for name in NAME.findall(text)}
    assert {"danger", "log-error"} <= named.keys()
    assert {name: place for name, place in named.items() if name not in colours} == {}


def test_the_colours_of_sources_can_be_told_apart(colours: Mapping[str, str]) -> None:
    named = (*(f"source-{number}" for number in range(1, SOURCE_COLOURS + 1)), "danger", "hit")
    inks = [Color.parse(colours[name]) for name in named]
    apart = {
        (one, other): sum(abs(a - b) for a, b in zip(one.rgb, other.rgb, strict=True))
        for one, other in combinations(inks, 2)
    }
    assert [pair for pair, distance in apart.items() if distance < LEAST_APART] == []


def test_every_meaning_is_in_every_theme() -> None:
    meanings = {name: set(theme.variables) for name, theme in THEMES.items()}
    assert len({frozenset(each) for each in meanings.values()}) == 1


def test_light_text_on_dark_is_what_a_dark_terminal_gets() -> None:
    assert THEMES[suggested({})].dark
    assert THEMES[suggested({"COLORFGBG": "15;0"})].dark
    assert not THEMES[suggested({"COLORFGBG": "0;default;15"})].dark
