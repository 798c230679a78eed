"""Our themes, as values: colours for what things mean, never for where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme


def _theme(
    name: str,
    *,
    dark: bool,
    ground: str,
    pane: str,
    raised: str,
    text: str,
    dim: str,
    focus: str,
    good: str,
    caution: str,
    bad: str,
    calm: str,
    cursor: str,
    resting_cursor: str,
) -> Theme:
    """Give every meaning one of a few colours."""
    meanings = {
        "dim": dim,
        "danger": bad,
        "stale": dim,
        "busy": calm,
        "container-running": good,
        "container-restarting": caution,
        "container-paused": calm,
        "container-created": dim,
        "container-exited": dim,
        "container-failed": bad,
        "health-good": good,
        "health-starting": caution,
        "health-bad": bad,
        "image-used": good,
        "image-unused": dim,
        "image-dangling": dim,
        "row-cursor": cursor,
        "row-cursor-resting": resting_cursor,
        "key": focus,
        "json-string": good,
        "json-number": caution,
        "json-word": calm,
        "log-stderr": caution,
        "log-stamp": dim,
        "hit": caution,
        "pane-border": raised,
        "pane-border-focused": focus,
        "text-muted": dim,
        "text-disabled": dim,
        "block-cursor-background": cursor,
        "block-cursor-foreground": text,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": resting_cursor,
        "block-cursor-blurred-foreground": text,
        "border": focus,
        "border-blurred": raised,
        "input-cursor-background": text,
        "input-cursor-foreground": ground,
        "input-selection-background": f"{focus} 40%",
        "scrollbar": raised,
        "scrollbar-hover": dim,
        "scrollbar-active": focus,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
        "footer-background": ground,
    }
    return Theme(
        name=name,
        dark=dark,
        primary=focus,
        secondary=calm,
        accent=calm,
        success=good,
        warning=caution,
        error=bad,
        foreground=text,
        background=ground,
        surface=ground,
        panel=pane,
        boost=pane,
        text_alpha=1.0,
        variables=meanings,
    )


THEMES: Mapping[str, Theme] = {
    each.name: each
    for each in (
        _theme(
            "dark",
            dark=True,
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
        ),
        _theme(
            "light",
            dark=False,
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
        ),
        _theme(
            "high contrast",
            dark=True,
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
        ),
        # Blue and orange in place of green and red: safe for the commonest colour blindness.
        _theme(
            "colour-blind",
            dark=True,
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
