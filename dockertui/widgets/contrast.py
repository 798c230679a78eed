"""Whether text can be read on its ground."""

from __future__ import annotations

from textual.color import Color

READABLE = 4.5
"""The least contrast of text with its ground, as WCAG 2 counts it (AA)."""


def readable(text: Color, ground: Color) -> bool:
    """Is there contrast enough? Of a terminal's own colours nobody knows, so they are not.

    >>> readable(Color(255, 255, 255), Color(0, 0, 0)), readable(Color(9, 9, 9), Color(0, 0, 0))
    (True, False)
    """
    if text.ansi is not None or ground.ansi is not None:
        return False
    lighter, darker = sorted((_luminance(text), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05) >= READABLE


def _luminance(colour: Color) -> float:
    """The relative luminance of a colour. Source: WCAG 2.1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
