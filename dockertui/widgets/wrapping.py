"""Text broken into lines, wide and combining characters counted as they are drawn."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells

_GOOD_BREAK = 2 / 3
"""How far along a line the last space must be for the line to end there and not within a word."""


def wrapped(text: str, width: int) -> list[str]:
    r"""Break text into lines that fit, at its own line ends, at spaces, or else within words.

    >>> wrapped("one two three", 8)
    ['one two ', 'three']
    >>> wrapped("a\nb", 8), wrapped("", 8)
    (['a', 'b'], [''])
    """
    width = max(1, width)
    return [piece for line in text.split("\n") for piece in _wrapped_line(line, width)]


def _wrapped_line(line: str, width: int) -> list[str]:
    if not line.isascii() and cell_len(line) > width:
        return chop_cells(line, width)
    pieces = []
    start = 0
    while len(line) - start > width:
        end = line.rfind(" ", start, start + width) + 1
        if end - start < width * _GOOD_BREAK:
            end = start + width
        pieces.append(line[start:end])
        start = end
    pieces.append(line[start:])
    return pieces
