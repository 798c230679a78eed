"""The first frame, drawn before anything heavy is imported.

Importing Textual takes some 170 ms; this takes one. It is the outline of the real first frame, so
that nothing seems to move when that replaces it.
"""

from __future__ import annotations

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"
LEAVE = b"\x1b[?1049l\x1b[?25h"
"""Undoes the splash, should the app not come to replace it."""

_WIDE = 100
_LOW = 22
_DIM = "\x1b[38;5;240m"
_PLAIN = "\x1b[0m"


def skeleton(columns: int, rows: int, *, colour: bool = True) -> bytes:
    """Draw the outline of the main screen.

    Args:
        columns: The terminal's width.
        rows: Its height.
        colour: May escapes for colours be used?
    """
    dim, plain = (_DIM, _PLAIN) if colour else ("", "")
    drawn = [_ENTER, " dockertui  ", dim, "  ◌ connecting…"]
    for box in _boxes(columns, rows):
        drawn += _box(*box)
    drawn.append(plain)
    return "".join(drawn).encode()


def _boxes(columns: int, rows: int) -> list[tuple[int, int, int, int, str]]:
    body = rows - 2
    if columns >= _WIDE and rows >= _LOW:
        left = max(46, min(96, columns * 9 // 20))
        images = max(6, body // 3)
        return [
            (1, 0, left, body - images, " 1 Containers "),
            (1 + body - images, 0, left, images, " 2 Images "),
            (1, left, columns - left, body, ""),
        ]
    if rows >= _LOW:
        lists = body * 9 // 20
        return [
            (1, 0, columns, lists, " 1 Containers "),
            (1 + lists, 0, columns, body - lists, ""),
        ]
    return [(1, 0, columns, body, " 1 Containers ")]


def _box(top: int, left: int, width: int, height: int, title: str) -> list[str]:
    lines = [f"╭─{title.ljust(width - 3, '─') if title else '─' * (width - 3)}╮"[:width]]
    lines += ["│" + " " * (width - 2) + "│"] * (height - 2)
    lines += ["╰" + "─" * (width - 2) + "╯"]
    return [f"\x1b[{top + y + 1};{left + 1}H{line}" for y, line in enumerate(lines)]
