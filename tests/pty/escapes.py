"""What a program writes to its terminal, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(
    r"(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    r"|(?P<string>\x1b[\]PX^_].*?(?:\x07|\x1b\\))"
    r"|(?P<escape>\x1b.?)"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])",
    re.DOTALL,
)
OURS = re.compile(
    r"\x1b\[(?:[0-9;:]*m|[0-9;]*H|2J"
    r"|\?(?:7|25|1000|1002|1003|1004|1006|1015|1049|2004|2026|2048)[hl]"
    # Which keyboard the terminal has, and whether it paints at once; the shape of the pointer.
    r"|[<>=][0-9;]*u|\?(?:2026|2048)\$p)"
    r"|\x1b\]22;(?:default|pointer|text)\x07"
)
"""All that Textual and the splash have to say besides text."""
LINE_ENDS = "\r\n"
REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""The marks that turn the direction of reading around."""
COLOUR = re.compile(r"\x1b\[([0-9;:]*)m")
DEFAULTS = {"39", "49"}


def foreign(painted: bytes) -> list[str]:
    """What is neither text nor ours: escapes, controls, and marks that reorder what one reads."""
    text = painted.decode("utf-8")
    return [*_foreign_tokens(text), *REORDERING.findall(text)]


def _foreign_tokens(text: str) -> Iterator[str]:
    for token in TOKEN.finditer(text):
        if not OURS.fullmatch(token[0]) and token[0] not in LINE_ENDS:
            yield token[0]


def colours(painted: bytes) -> set[str]:
    """The numbers in colour escapes that ask for a colour, other than the terminal's own."""
    numbers = {
        number
        for codes in COLOUR.findall(painted.decode("utf-8"))
        for number in re.split("[;:]", codes)
    }
    return {it for it in numbers if it.isdecimal() and _asks_for_colour(it)}


def _asks_for_colour(number: str) -> bool:
    code = int(number)
    return number not in DEFAULTS and (30 <= code <= 49 or 90 <= code <= 107)
