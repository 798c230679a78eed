"""Text with terminal escapes, as segments that are safe to draw.

Of all that can reach a terminal from somebody else's text only colour and weight are kept. Other
escapes, controls, and characters that hide, reorder or join what stands beside them are dropped,
so that every cell holds what it seems to hold, in every terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

TAB_CELLS = 8
"""A tab goes to the next multiple of this."""

_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_LONE_CONTROLS = r"\x00-\x08\x0a-\x1a\x1c-\x1f\x7f-\x8f\x91-\x97\x99\x9a\x9c"
HIDDEN = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    # Musical controls, skin tones (one cell or none, as the terminal likes), tags and variations.
    "\U0001d173-\U0001d17a\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)
"""Characters that hide, reorder or join what stands beside them, as a part of a `[...]`."""
_CODES = re.compile(r"\x1b\[([0-9;:]{0,96})m")
_TOKEN = re.compile(
    r"\x1b\[(?P<codes>[0-9;:]{0,96})m"
    r"|(?P<tab>\t)"
    # Strings for the terminal: window titles, links, the clipboard, pictures.
    rf"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^{_CONTROLS}]*(?:\x07|\x9c|\x1b\\)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
    rf"|[{_LONE_CONTROLS}{HIDDEN}]+|[{_CONTROLS}]"
)


class Pen(NamedTuple):
    """What the escapes so far ask for."""

    ink: Color | None = None
    """The colour of letters; `None` for the text's own."""
    paper: Color | None = None
    """The colour behind them; `None` for the text's own."""
    weight: int = 0
    """How they are drawn: `_BOLD` and its like, added up."""


PLAIN = Pen()
"""The pen that every line begins with."""
_BOLD, _DIM, _ITALIC, _UNDERLINE, _REVERSE, _STRIKE = (1 << bit for bit in range(6))
_WEIGHTS = {
    1: (0, _BOLD),
    2: (0, _DIM),
    3: (0, _ITALIC),
    4: (0, _UNDERLINE),
    7: (0, _REVERSE),
    9: (0, _STRIKE),
    21: (0, _UNDERLINE),
    22: (_BOLD | _DIM, 0),
    23: (_ITALIC, 0),
    24: (_UNDERLINE, 0),
    27: (_REVERSE, 0),
    29: (_STRIKE, 0),
}
"""What a number takes away and what it adds."""
_SIXTEEN = [Color.from_ansi(index) for index in range(16)]
_INKS = {39: None, **dict(zip((*range(30, 38), *range(90, 98)), _SIXTEEN, strict=True))}
_PAPERS = {49: None, **dict(zip((*range(40, 48), *range(100, 108)), _SIXTEEN, strict=True))}
_LONG_INK, _LONG_PAPER, _LONG_UNDERLINE = "38", "48", "58"
_INDEXED, _RGB = "5", "2"
_MOST = 255


def segments(text: str, base: Style, *, colour: bool = True, pen: Pen = PLAIN) -> Iterator[Segment]:
    """Cut a line into pieces of one look, leaving out all that should not reach a terminal.

    Args:
        text: One line, straight from a container.
        base: How it looks where it does not say.
        colour: Keep its colours? Bold, underlined and reversed text is kept in any case.
        pen: What was asked for before it, where it is not a whole line.

    Yields:
        Segments that are not empty. Tabs have become spaces.
    """
    used, style = pen, base if pen is PLAIN else _styled(pen, base, colour)
    if text.isascii() and text.isprintable():
        if text:
            yield Segment(text, style)
        return
    column = start = 0
    for token in _TOKEN.finditer(text):
        shown, start = text[start : token.start()], token.end()
        if token["tab"]:
            shown += " " * (TAB_CELLS - (column + cell_len(shown)) % TAB_CELLS)
        if shown:
            if pen is not used:
                style, used = _styled(pen, base, colour), pen
            yield Segment(shown, style)
            column += cell_len(shown)
        if (codes := token["codes"]) is not None:
            pen = turned(pen, codes)
    if shown := text[start:]:
        yield Segment(shown, _styled(pen, base, colour))


def pen_after(text: str, pen: Pen = PLAIN) -> Pen:
    r"""What a text asks for at its end.

    >>> pen_after("\x1b[1;4mbold\x1b[24m").weight == pen_after("\x1b[1m").weight
    True
    """
    for codes in _CODES.findall(text):
        pen = turned(pen, codes)
    return pen


def plain(text: str) -> str:
    r"""A line as `segments` would show it, without its looks.

    >>> plain("\x1b[31mred\x1b]0;title\x07\tend\x9b2J")
    'red     end'
    """
    return "".join(each.text for each in segments(text, Style.null()))


@lru_cache(4096)
def turned(pen: Pen, codes: str) -> Pen:
    """What an escape makes of a pen.

    Args:
        pen: What was asked for before it.
        codes: Its numbers, with `;` and `:` between, e.g. `1;38;5;208` or `4:3`.
    """
    ink, paper, weight = pen
    rest = iter(codes.split(";"))
    for code in rest:
        name, _, details = code.partition(":")
        number = 24 if code == "4:0" else int(name or 0)
        if number == 0:
            ink, paper, weight = PLAIN
        elif number in _INKS:
            ink = _INKS[number]
        elif number in _PAPERS:
            paper = _PAPERS[number]
        elif number in _WEIGHTS:
            off, on = _WEIGHTS[number]
            weight = weight & ~off | on
        elif name in {_LONG_INK, _LONG_PAPER, _LONG_UNDERLINE}:
            found = _long_colour(details) if details else _next_colour(rest)
            ink = found or ink if name == _LONG_INK else ink
            paper = found or paper if name == _LONG_PAPER else paper
    return Pen(ink, paper, weight)


def _next_colour(rest: Iterator[str]) -> Color | None:
    """The colour that the next numbers of the form with semicolons make."""
    kind = next(rest, "")
    count = {_INDEXED: 1, _RGB: 3}.get(kind, 0)
    return _colour(kind, list(islice(rest, count)))


def _long_colour(details: str) -> Color | None:
    """The colour of the form with colons, which may name a colour space before red."""
    kind, *numbers = details.split(":")
    return _colour(kind, numbers[-3:] if kind == _RGB else numbers[:1])


def _colour(kind: str, numbers: list[str]) -> Color | None:
    if any(":" in each or int(each or 0) > _MOST for each in numbers):
        return None
    match kind, [int(each or 0) for each in numbers]:
        case "5", [index]:
            return Color.from_ansi(index)
        case "2", [red, green, blue]:
            return Color.from_rgb(red, green, blue)
    return None


@lru_cache(4096)
def _styled(pen: Pen, base: Style, colour: bool) -> Style:
    weight = pen.weight
    return base + Style(
        color=pen.ink if colour else None,
        bgcolor=pen.paper if colour else None,
        bold=bool(weight & _BOLD) or None,
        dim=bool(weight & _DIM) or None,
        italic=bool(weight & _ITALIC) or None,
        underline=bool(weight & _UNDERLINE) or None,
        reverse=bool(weight & _REVERSE) or None,
        strike=bool(weight & _STRIKE) or None,
    )
