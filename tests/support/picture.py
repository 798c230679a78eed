"""Pictures of a screen: an SVG that needs nothing from elsewhere, and the same as a PNG."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from rich.cells import cell_len

CELL_WIDTH, CELL_HEIGHT = 12.2, 24.4
"""What Textual's SVG gives a cell."""
ADVANCE, ASCENT, LINE = 0.60205, 0.92822, 1.16406
"""The measures of DejaVu Sans Mono, and of its relatives, in parts of the font's size."""
FONT_SIZE = CELL_WIDTH / ADVANCE
STRETCH = CELL_HEIGHT / (LINE * FONT_SIZE)
"""What makes the lines of a frame meet between two rows."""
BASELINE = 20.0
"""Where Textual's SVG puts the baseline of a row whose top is at 1.5."""
FRAME_SHIFT = 1.5 + ASCENT * FONT_SIZE * STRETCH - BASELINE

FONTS = '"DejaVu Sans Mono", Menlo, Consolas, monospace'

TEXT = re.compile(
    r'<text class="(?P<style>[^"]+-r\d+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" '
    r'textLength="[\d.]+" clip-path="(?P<clip>[^"]+)">(?P<text>[^<]*)</text>'
)


def tidy(svg: str) -> str:
    """Make an SVG from Textual independent of fonts on the network, and exact in every cell."""
    svg = re.sub(r"\s*@font-face\s*{[^}]*}", "", svg)
    svg = re.sub(r"\s*<!--.*?-->", "", svg)
    svg = re.sub(r"font-family: Fira Code, monospace;", f"font-family: {FONTS};", svg)
    svg = re.sub(r"font-family: arial;", "font-family: sans-serif;", svg)
    svg = re.sub(r"font-size: 20px;", f"font-size: {FONT_SIZE:.3f}px;", svg)
    return TEXT.sub(placed, svg)


def placed(found: re.Match[str]) -> str:
    """Write a run of text so that each of its characters stands in its cell."""
    style, clip = found["style"], found["clip"]
    x, y = float(found["x"]), float(found["y"])
    written = []
    for part in parts(html.unescape(found["text"]).strip("\n")):
        width = CELL_WIDTH * cell_len(part)
        if draws_frame(part[0]):
            where = f'transform="translate({x:.1f} {y + FRAME_SHIFT:.2f}) scale(1 {STRETCH:.4f})"'
        else:
            where = f'x="{x:.1f}" y="{y:g}" clip-path="{clip}"'
        if part.strip("\xa0 "):
            written.append(
                f'<text class="{style}" {where} textLength="{width:.1f}" '
                f'lengthAdjust="spacingAndGlyphs">{html.escape(part, quote=False)}</text>'
            )
        x += width
    return "".join(written)


def parts(text: str) -> Iterator[str]:
    """Split a text where its characters may come from another font, or need another place."""
    # Blanks are parts of their own: at the start of a text they would not be drawn.
    yield from re.findall(r"[\xa0 ]+|[!-~]+(?:[\xa0 ][!-~]+)*|[\u2500-\u259f]+|.", text)


def draws_frame(character: str) -> bool:
    """Does it join with its neighbours above and below?"""
    return "\u2500" <= character <= "\u259f"


def write_png(svg: Path, png: Path, zoom: float = 1.0) -> None:
    """Draw an SVG as a PNG, by librsvg's `rsvg-convert`.

    Raises:
        FileNotFoundError: It is not installed (Debian: librsvg2-bin).
    """
    subprocess.run(["rsvg-convert", f"--zoom={zoom}", f"--output={png}", svg], check=True)
