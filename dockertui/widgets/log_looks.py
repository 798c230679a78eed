"""The glyphs and the styles of a log view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from dockertui.store.log_words import Level

SOURCE_COLOURS = 8
"""How many sources have colours of their own; after these they come again."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The glyphs of a log view, each one cell wide."""

    stderr: str = "▌"
    """Stands before what was written to stderr."""
    more: str = "…"
    """Stands where a line goes on beyond the edge."""
    thumb: str = "▐"
    """The moving part of the scroll bar."""
    rule: str = "─"
    """Between the parts of what is said of the position, and what a rule line is made of."""
    below: str = "↓"
    """Says that there are new lines below."""
    bookmark: str = "▸"
    """Stands before a line with a bookmark."""
    selected: str = "┃"
    """Stands before a line of the selection."""


MARKS = Marks()
"""The usual glyphs."""

ASCII_MARKS = Marks(
    stderr="!", more=">", thumb="#", rule="-", below="v", bookmark="*", selected="|"
)
"""Glyphs that every terminal has."""

_REVERSE = Style(reverse=True)
_NO_LEVELS: Mapping[Level, Style] = {}


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a log view: those of cells, and what is laid over a cell's own style."""

    text: Style = field(default_factory=Style)
    """Text that brings no style of its own."""
    stamp: Style = field(default_factory=Style)
    """The time before a line."""
    stderr: Style = field(default_factory=Style)
    """The mark of a line written to stderr."""
    more: Style = field(default_factory=Style)
    """The mark of a line that goes on."""
    thumb: Style = field(default_factory=Style)
    """The moving part of the scroll bar."""
    rule: Style = field(default_factory=Style)
    """A word of ours on a container's life."""
    rule_line: Style = field(default_factory=Style)
    """The line on both sides of it."""
    key: Style = field(default_factory=Style)
    """The name of a field in a line of fields."""
    sources: tuple[Style, ...] = ()
    """The names of sources, by their numbers."""
    bookmark: Style = field(default_factory=Style)
    """The mark of a bookmark, and that of a selected line."""
    levels: Mapping[Level, Style] = field(default_factory=lambda: _NO_LEVELS, hash=False)
    """Laid over the word that says a line's level."""
    own_time: Style = field(default_factory=Style)
    """Laid over a time that a line begins with."""
    control: Style = _REVERSE
    """Laid over a control character that is spelled out."""
    hit: Style = _REVERSE
    """Laid over what a search found."""
    hit_here: Style = field(default_factory=lambda: Style(bold=True, underline=True))
    """Laid over what it found in the line of the cursor."""
    cursor: Style = _REVERSE
    """Laid over the line of the cursor."""
    resting_cursor: Style = field(default_factory=lambda: Style(underline=True))
    """Laid over it while the keys go elsewhere."""
    selected: Style = field(default_factory=Style)
    """Laid over a line of the selection."""
    colour: bool = True
    """Do lines keep their own colours?"""


PLAIN_LOOKS = Looks()
"""Without any colour."""


def looks_of(view: Widget, *, stale: bool = False) -> Looks:
    """The styles of a log view in its theme.

    Args:
        view: With the component classes `log-view--stamp`, `--stderr`, `--more` and `--thumb`.
        stale: Are its lines what was? Then they have one colour only.
    """
    text = view.rich_style
    plain = Looks(
        text=text,
        stamp=text,
        stderr=text,
        more=view.get_component_rich_style("log-view--more"),
        thumb=view.get_component_rich_style("log-view--thumb"),
        rule=text,
        rule_line=text,
        key=text,
        bookmark=text,
        levels=dict.fromkeys((Level.ERROR, Level.FATAL), Style(bold=True)),
        colour=False,
    )
    if stale or view.app.no_color:
        return plain
    return _coloured(view, plain)


def _coloured(view: Widget, plain: Looks) -> Looks:
    ink, text = partial(_ink, view.app.theme_variables), plain.text
    dim, calm, bad = ink("$log-debug"), ink("$log-info"), ink("$log-error", bold=True)
    has_our_colours = "log-hit" in view.app.theme_variables
    return replace(
        plain,
        stamp=view.get_component_rich_style("log-view--stamp"),
        stderr=view.get_component_rich_style("log-view--stderr"),
        rule=text + ink("$log-rule"),
        rule_line=text + ink("$log-rule-line"),
        key=text + ink("$log-key"),
        sources=tuple(text + ink(f"source-{it}") for it in range(1, SOURCE_COLOURS + 1)),
        bookmark=text + ink("$log-bookmark", bold=True),
        levels={
            **dict.fromkeys((Level.TRACE, Level.DEBUG), dim),
            **dict.fromkeys((Level.INFO, Level.NOTICE), calm),
            Level.WARN: ink("$log-warn"),
            **dict.fromkeys((Level.ERROR, Level.FATAL), bad),
        },
        own_time=ink("$log-stamp"),
        control=ink("$log-control") + _REVERSE,
        hit=ink("$log-hit", on="$log-hit-ground") if has_our_colours else _REVERSE,
        hit_here=ink("$background", on="$primary", bold=True),
        cursor=ink(on="$row-cursor") if has_our_colours else _REVERSE,
        resting_cursor=ink(on="$row-cursor-resting"),
        selected=ink(on="$row-cursor-resting"),
        colour=True,
    )


def _ink(
    hues: Mapping[str, str], name: str = "", *, on: str = "", bold: bool | None = None
) -> Style:
    """What is laid over text, in colours of the theme; nothing if the theme lacks them."""
    colour, ground = (hues.get(it.removeprefix("$"), "") for it in (name, on))
    return Style(
        color=Color.parse(colour).rich_color if colour else None,
        bgcolor=Color.parse(ground).rich_color if ground else None,
        bold=bold,
    )
