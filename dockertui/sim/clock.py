"""Time, as the engine reads it and writes it."""

from __future__ import annotations

import time
from functools import lru_cache

from dockertui.sim.answers import Refusal

SECOND = 1_000_000_000
_MINUTE_S = 60
_HOUR_S = 3600
_LONGER = ((48, 1, "hours"), (336, 24, "days"), (1440, 168, "weeks"), (17520, 720, "months"))
"""Below how many hours another unit is used, how many hours that is, and its name."""
NEVER = "0001-01-01T00:00:00Z"
"""How the engine writes a time that has not come."""


class Clock:
    """The engine's idea of now."""

    is_frozen = False
    """Does time stand still, so that nothing happens by itself?"""

    def time_ns(self) -> int:
        """Nanoseconds since 1970."""
        return time.time_ns()


class FrozenClock(Clock):
    """A clock that moves only when told, for pictures that repeat to the pixel."""

    is_frozen = True

    def __init__(self, at_ns: int) -> None:
        """Stop the clock at `at_ns`."""
        self._now_ns = at_ns

    def time_ns(self) -> int:
        """Nanoseconds since 1970."""
        return self._now_ns

    def advance(self, seconds: float) -> None:
        """Let some time have passed."""
        self._now_ns += round(seconds * SECOND)


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def log_stamp(time_ns: int) -> str:
    """Write a time as log lines carry it: always nine decimals.

    >>> log_stamp(1_700_000_000_020_000_000)
    '2023-11-14T22:13:20.020000000Z'
    """
    seconds, nanos = divmod(time_ns, SECOND)
    return f"{_second(seconds)}.{nanos:09d}Z"


def timestamp(time_ns: int) -> str:
    """Write a time as JSON carries it: RFC 3339 without needless zeros; 0 is never.

    >>> timestamp(1_700_000_000_020_000_000), timestamp(0)
    ('2023-11-14T22:13:20.02Z', '0001-01-01T00:00:00Z')
    """
    if not time_ns:
        return NEVER
    seconds, nanos = divmod(time_ns, SECOND)
    fraction = f".{nanos:09d}".rstrip("0").rstrip(".")
    return f"{_second(seconds)}{fraction}Z"


def parse_since(text: str | None) -> int:
    """Read a `since` or `until`: seconds, with or without decimals; 0 where there is none.

    >>> parse_since("1700000000.5"), parse_since(None)
    (1700000000500000000, 0)
    """
    if not text:
        return 0
    seconds, _, fraction = text.partition(".")
    try:
        return int(seconds) * SECOND + int(f"{fraction[:9]:0<9}")
    except ValueError:
        wrong = seconds if not seconds.lstrip("-").isdigit() else fraction
        raise Refusal(500, f'strconv.ParseInt: parsing "{wrong}": invalid syntax') from None


def how_long(seconds: float) -> str:
    """Say a duration as the engine does in a status.

    Source: `HumanDuration` of docker/go-units.

    >>> how_long(0.3), how_long(75), how_long(5400), how_long(300_000)
    ('Less than a second', 'About a minute', '2 hours', '3 days')
    """
    if seconds < 1:
        return "Less than a second"
    if seconds < _MINUTE_S:
        return f"{int(seconds)} second{'' if int(seconds) == 1 else 's'}"
    if seconds < _HOUR_S:
        minutes = int(seconds / _MINUTE_S)
        return "About a minute" if minutes == 1 else f"{minutes} minutes"
    hours = int(seconds / _HOUR_S + 0.5)
    if hours == 1:
        return "About an hour"
    for limit, unit, name in _LONGER:
        if hours < limit:
            return f"{hours // unit} {name}"
    return f"{hours // 8760} years"


def reads_the_same_ns(seconds: float) -> int:
    """For how many more nanoseconds `how_long` says the same."""
    step = 1 if seconds < _MINUTE_S else _MINUTE_S if seconds < _HOUR_S else _HOUR_S / 2
    return int((step - seconds % step) * SECOND) + 1
