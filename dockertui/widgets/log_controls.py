"""Text with every character that one does not see spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from dockertui.widgets.ansi import HIDDEN, TAB_CELLS

_UNSEEN = re.compile(
    rf"(?P<sign>[\x00-\x1f\x7f-\x9f{HIDDEN}])(?P<order>(?<=\x1b)\[[0-?]*[ -/]*[@-~])?"
)
_BYTE = 0xDC00
_HIGH_BYTES = range(0xDC80, 0xDD00)
_DELETE = 0x7F


def spelled(text: bytes, base: Style, control: Style, order: Style) -> Iterator[Segment]:
    r"""Write control characters as `^[`, invisible ones as `<200b>`, bytes that are no text too.

    Args:
        text: One line, straight from a container.
        base: How it looks.
        control: Laid over what is spelled out.
        order: How the rest of an escape looks.

    >>> "".join(it.text for it in spelled(b"a\x1b[1mb\xff\r", Style(), Style(), Style()))
    'a^[[1mb<ff>^M'
    """
    decoded = text.decode("utf-8", "surrogateescape")
    marked, column, start = base + control, 0, 0
    for found in _UNSEEN.finditer(decoded):
        if shown := decoded[start : found.start()]:
            yield Segment(shown, base)
            column += cell_len(shown)
        start = found.end()
        name, rest = _name(ord(found["sign"])), found["order"] or ""
        yield Segment(name, marked)
        if rest:
            yield Segment(rest, order)
        column += len(name) + len(rest)
        if found["sign"] == "\t" and (blank := -column % TAB_CELLS):
            yield Segment(" " * blank, base)
            column += blank
    if shown := decoded[start:]:
        yield Segment(shown, base)


def _name(code: int) -> str:
    if code < ord(" ") or code == _DELETE:
        return f"^{chr(code ^ 0x40)}"
    return f"<{code - _BYTE:02x}>" if code in _HIGH_BYTES else f"<{code:02x}>"
