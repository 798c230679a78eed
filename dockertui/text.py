"""How values read: made safe, made short. Pure functions, standard library and `humanize` only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from humanize import naturalsize

_UNPRINTABLE = dict.fromkeys(
    (
        *range(9),
        *range(11, 32),
        *range(0x7F, 0xA0),  # DEL and the C1 controls, CSI and OSC among them
        0x061C,
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),  # line separators and bidi overrides
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xD800, 0xE000),
        *range(0xE0000, 0xE0080),
    ),
    "\ufffd",
) | {9: " ", 10: " "}

_NEXT_UNIT = 999.5
"""From here on an amount takes the next unit: four digits are never written."""
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_YEAR = 365 * _DAY


def clean(text: str) -> str:
    r"""Make text from an engine safe to draw on one line.

    Controls, escapes and characters that reorder or hide text become `U+FFFD`; tabs and line
    ends become a space. Whatever is left draws as itself in any terminal.

    >>> clean("web-1")
    'web-1'
    >>> clean("a\x1b]52;c;aGk=\x07b\nc")
    'a�]52;c;aGk=�b c'
    """
    return text if text.isprintable() else text.translate(_UNPRINTABLE)


def clean_json(value: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    """Clean every string of a decoded JSON value, names included.

    Line ends survive in values, since an inspected script may have many lines; whoever draws
    such a value splits it first.
    """
    match value:
        case str():
            return "\n".join(map(clean, value.split("\n"))) if not value.isprintable() else value
        case list():
            return [clean_json(each) for each in value]
        case Mapping():
            return {clean(str(name)): clean_json(each) for name, each in value.items()}
        case _:
            return value


def age(seconds: float) -> str:
    """Write a duration as a person scans it: one unit, rounded down.

    >>> [age(it) for it in (0.4, 59, 61, 7_200, 172_800, 4_000_000, 400 * 86_400)]
    ['0s', '59s', '1m', '2h', '2d', '46d', '1y']
    """
    whole = max(0, int(seconds))
    for unit, length in (("y", _YEAR), ("d", _DAY), ("h", _HOUR), ("m", _MINUTE)):
        if whole >= length:
            return f"{whole // length}{unit}"
    return f"{whole}s"


def seconds_until_age_changes(seconds: float) -> float:
    """How long what `age` says of a duration stays true, in seconds.

    >>> seconds_until_age_changes(61)
    59
    """
    whole = max(0.0, seconds)
    for length in (_DAY, _HOUR, _MINUTE):
        if whole >= length:
            return length - whole % length
    return 1 - whole % 1


def decimal_size(size_bytes: float) -> str:
    """Write a size as the Docker CLI writes those of images: powers of 1000.

    >>> decimal_size(71_000_000), decimal_size(1_240_000_000), decimal_size(12)
    ('71.0 MB', '1.2 GB', '12 B')
    """
    return naturalsize(size_bytes, format="%.1f").replace(" Bytes", " B").replace(" Byte", " B")


def binary_size(size_bytes: float) -> str:
    """Write a size as the Docker CLI writes memory: powers of 1024.

    >>> binary_size(6 * 1024**3), binary_size(512)
    ('6.0G', '512B')
    """
    return naturalsize(size_bytes, gnu=True, format="%.1f")


def brief_size(size_bytes: float) -> str:
    """Write an amount that changes while one looks, in powers of 1024 and two or three digits.

    >>> [brief_size(it) for it in (0, 0.4, 512, 1_300, 131_072, 6.4 * 1024**3)]
    ['0', '0', '512B', '1.3K', '128K', '6.4G']
    """
    if size_bytes < 1:
        return "0"
    for unit in "BKMGTP":
        if size_bytes < _NEXT_UNIT or unit == "P":
            break
        size_bytes /= 1024
    is_small = unit != "B" and size_bytes < 9.95  # noqa: PLR2004 - it would read 10.0
    return f"{size_bytes:.1f}{unit}" if is_small else f"{size_bytes:.0f}{unit}"


def counted(count: int, noun: str) -> str:
    """Write a number with its noun, in the plural where it needs one.

    >>> counted(1, "container"), counted(1_204, "line")
    ('1 container', '1,204 lines')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def middle_cut(text: str, width: int) -> str:
    """Cut text in its middle, so that both ends can be told apart.

    >>> middle_cut("shop-worker-payments-12", 16)
    'shop-wor…ents-12'
    """
    if len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    tail = (width - 1) // 2
    return f"{text[: width - 1 - tail]}…{text[len(text) - tail :]}"
