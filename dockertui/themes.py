"""Our themes, as values: colours for what things mean, never for where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Hues:
    """The few colours of a theme, as `#rrggbb`."""

    ground: str
    """Behind everything."""
    pane: str
    """Behind lines and dialogs."""
    raised: str
    """Borders at rest, scroll bars."""
    text: str
    """What one reads."""
    dim: str
    """What repeats."""
    focus: str
    """Where the keys go."""
    good: str
    """What is well."""
    caution: str
    """What is not yet well."""
    bad: str
    """What is broken, and what destroys."""
    calm: str
    """What rests, or is being done."""
    cursor: str
    """Behind the selected row."""
    resting_cursor: str
    """Behind the selected row of a list without the focus."""
    hit: str
    """Behind what a search found; bright, since what is dark is written on it."""
    sources: str
    """Eight for names that stand in one list and must be told apart; none says good or bad."""


_MEANINGS = {
    "dim": "dim",
    "danger": "bad",
    "stale": "dim",
    "busy": "calm",
    "container-running": "good",
    "container-restarting": "caution",
    "container-paused": "calm",
    "container-created": "dim",
    "container-exited": "dim",
    "container-failed": "bad",
    "health-good": "good",
    "health-starting": "caution",
    "health-bad": "bad",
    "image-used": "good",
    "image-unused": "dim",
    "image-dangling": "dim",
    "update-there": "caution",
    "layer-unique": "good",
    "file-added": "good",
    "file-changed": "caution",
    "file-hidden": "dim",
    "row-cursor": "cursor",
    "row-cursor-resting": "resting_cursor",
    "key": "focus",
    "trend": "calm",
    "bar": "calm",
    "json-string": "good",
    "json-number": "caution",
    "json-word": "calm",
    "log-stderr": "caution",
    "log-stamp": "dim",
    "log-debug": "dim",
    "log-info": "calm",
    "log-warn": "caution",
    "log-error": "bad",
    "log-key": "dim",
    "log-rule": "caution",
    "log-rule-line": "raised",
    "log-hit-ground": "hit",
    "log-control": "calm",
    "log-bookmark": "focus",
    "chart-bar": "calm",
    "chart-other": "focus",
    "chart-limit": "caution",
    "hit": "caution",
    "pane-border": "raised",
    "pane-border-focused": "focus",
    "text-muted": "dim",
    "text-disabled": "dim",
    "block-cursor-background": "cursor",
    "block-cursor-foreground": "text",
    "block-cursor-blurred-background": "resting_cursor",
    "block-cursor-blurred-foreground": "text",
    "border": "focus",
    "border-blurred": "raised",
    "input-cursor-background": "text",
    "input-cursor-foreground": "ground",
    "input-selection-background": "resting_cursor",
    "scrollbar": "raised",
    "scrollbar-hover": "dim",
    "scrollbar-active": "focus",
    "scrollbar-background": "ground",
    "scrollbar-background-hover": "ground",
    "scrollbar-background-active": "ground",
    "scrollbar-corner-color": "ground",
    "footer-background": "ground",
}
"""What a colour stands for, and which hue that is."""


def _theme(name: str, hues: Hues, *, dark: bool = True) -> Theme:
    """Give every meaning one of a few colours."""
    return Theme(
        name=name,
        dark=dark,
        primary=hues.focus,
        secondary=hues.calm,
        accent=hues.calm,
        success=hues.good,
        warning=hues.caution,
        error=hues.bad,
        foreground=hues.text,
        background=hues.ground,
        surface=hues.ground,
        panel=hues.pane,
        boost=hues.pane,
        text_alpha=1.0,
        variables={it: getattr(hues, hue) for it, hue in _MEANINGS.items()}
        | {f"source-{it}": colour for it, colour in enumerate(hues.sources.split(), 1)}
        | {"log-hit": hues.ground if dark else hues.text}
        | {"block-cursor-text-style": "none"},
    )


THEMES: Mapping[str, Theme] = {
    each.name: each
    for each in (
        _theme(
            "dark",
            Hues(
                ground="#10141b",
                pane="#1a212c",
                raised="#3a4556",
                text="#d9e0ea",
                dim="#8793a5",
                focus="#6cb2ff",
                good="#7fcf8f",
                caution="#e3c266",
                bad="#ff7b86",
                calm="#a7b4ff",
                cursor="#23405f",
                resting_cursor="#1d2735",
                hit="#e3c266",
                sources="#64d1d7 #d29cf2 #99d079 #6aabf8 #f290c0 #dfa284 #8f8cf2 #43bd99",
            ),
        ),
        _theme(
            "light",
            Hues(
                ground="#fbfbf9",
                pane="#eef0f2",
                raised="#b9c0ca",
                text="#1d242e",
                dim="#5d6877",
                focus="#0a5dc2",
                good="#1a7038",
                caution="#7d5700",
                bad="#bb1f33",
                calm="#5443b8",
                cursor="#cfe3fb",
                resting_cursor="#e6ebf1",
                hit="#ffdc73",
                sources="#00718c #8a2fae #376a0d #1957bb #b0246e #a4420a #4a2a9e #006048",
            ),
            dark=False,
        ),
        _theme(
            "high contrast",
            Hues(
                ground="#000000",
                pane="#000000",
                raised="#9a9a9a",
                text="#ffffff",
                dim="#c4c4c4",
                focus="#5ad1ff",
                good="#5dff7f",
                caution="#ffe14d",
                bad="#ff8f8f",
                calm="#c9c2ff",
                cursor="#004a9e",
                resting_cursor="#333333",
                hit="#ffe14d",
                sources="#80ecf1 #f0aaff #abf77f #88c1ff #ffa6cf #ffc679 #aaa0ff #4ce1b6",
            ),
        ),
        # Blue and orange in place of green and red: safe for the commonest colour blindness.
        _theme(
            "colour-blind",
            Hues(
                ground="#10141b",
                pane="#1a212c",
                raised="#3a4556",
                text="#d9e0ea",
                dim="#8793a5",
                focus="#f0e442",
                good="#56b4e9",
                caution="#e8d96a",
                bad="#ff9a4d",
                calm="#cc9bd0",
                cursor="#23405f",
                resting_cursor="#1d2735",
                hit="#8fd0f5",
                sources="#63e0e6 #cc8bf3 #7bb541 #e0eac5 #c98189 #90bfbc #82e282 #c4bfff",
            ),
        ),
    )
}
"""Every theme by name, in the order in which a key goes through them."""


def suggested(environ: Mapping[str, str]) -> str:
    """The theme that fits the terminal, as far as the terminal says.

    `COLORFGBG` is `foreground;background` in the sixteen colours; 7 and 15 are light.

    >>> suggested({"COLORFGBG": "0;15"}), suggested({})
    ('light', 'dark')
    """
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if ground in {"7", "15"} else "dark"
