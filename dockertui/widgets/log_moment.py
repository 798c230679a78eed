"""A moment that somebody types."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_AGO = re.compile(r"-?\s*(\d+)\s*([smhd])(?:\s*ago)?", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:(?:(\d{4})-)?(\d{1,2})-(?P<day>\d{1,2})[ T]+)?"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z?)"
)
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class NoMomentError(ValueError):
    """What was typed is no moment; its text is a sentence that says so."""


def moment_of(text: str, *, now: datetime, near: datetime) -> datetime:
    """Read a moment, in the local time unless a Z stands behind it.

    Args:
        text: `14:05`, `14:05:30`, `2026-11-23 14:05`, or `-15m` for a quarter of an hour ago.
        now: What `-15m` counts from.
        near: Of a time without a date, the one that is nearest to this is meant.

    Raises:
        NoMomentError: It is none of these.
    """
    text = text.strip()
    if ago := _AGO.fullmatch(text):
        return now - timedelta(seconds=int(ago[1]) * _SECONDS[ago[2].lower()])
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise NoMomentError("Type a time, such as 14:05, 14:05:30, -15m or 2026-11-23 14:05.")
    try:
        moment = _filled_in(found, near)
    except ValueError:
        raise NoMomentError(f"There is no such time: {text}.") from None
    if found["day"]:
        return moment
    days = (moment + timedelta(days=shift) for shift in (-1, 0, 1))
    return min(days, key=lambda it: abs(it - near))


def _filled_in(found: re.Match[str], near: datetime) -> datetime:
    """A time on a clock, with the date of another moment where it has none."""
    year, month, day, hour, minute, second, fraction, zulu = found.groups()
    around = near.astimezone(UTC if zulu else None)
    return around.replace(
        year=int(year or around.year),
        month=int(month or around.month),
        day=int(day or around.day),
        hour=int(hour),
        minute=int(minute),
        second=int(second or 0),
        microsecond=int((fraction or "0").ljust(6, "0")),
    )


def stamp_of(moment: datetime) -> bytes:
    """A moment as the stamps of records are written.

    >>> stamp_of(datetime(2026, 11, 23, 12, 3, 11, tzinfo=UTC))
    b'2026-11-23T12:03:11.000000Z'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z".encode()
