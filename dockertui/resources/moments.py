"""Exact times and durations, as the detail writes them."""

from __future__ import annotations

from datetime import datetime

from dockertui.text import age

_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def duration(seconds: float) -> str:
    """Write a duration to the second, or to the minute when it is days.

    >>> [duration(it) for it in (0.4, 61, 8_071, 90_061, -5)]
    ['0s', '1m 1s', '2h 14m 31s', '1d 1h 1m', '0s']
    """
    left = max(0, int(seconds))
    parts: list[str] = []
    for unit, length in _UNITS:
        count, left = divmod(left, length)
        if count or parts:
            parts.append(f"{count}{unit}")
    return " ".join(parts[:3]) or "0s"


def moment(when: datetime | None, *, day: bool = True) -> str:
    """Write a time to the second, in the person's own time zone; empty for none.

    Args:
        when: The time, in UTC.
        day: Write the date before it.
    """
    if when is None:
        return ""
    return when.astimezone().strftime("%Y-%m-%d %H:%M:%S" if day else "%H:%M:%S")


def moment_and_age(when: datetime | None, now: datetime) -> str:
    """Write a time, and how long ago that is; empty for none."""
    if when is None:
        return ""
    return f"{moment(when)}, {age((now - when).total_seconds())} ago"
