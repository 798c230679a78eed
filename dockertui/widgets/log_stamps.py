"""The time before a line of a log, in the forms that a person may want."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

from dockertui.store.log_record import time_of


class Stamps(StrEnum):
    """Which time stands before a line, in the order in which a key goes through them."""

    TIME = "time"
    """The local time of day."""
    FULL = "full"
    """The local date and time, to the millisecond."""
    UTC = "utc"
    """The same in UTC."""
    RELATIVE = "relative"
    """How long after the line before."""
    OFF = "off"
    """None."""

    @property
    def next(self) -> Stamps:
        """The one that a key goes on to."""
        order = tuple(Stamps)
        return order[(order.index(self) + 1) % len(order)]

    @property
    def cells(self) -> int:
        """How many cells it takes, with the blank behind it."""
        return _CELLS[self]

    def text(self, stamp: bytes, before: bytes = b"") -> str:
        """Write the time of a line, as wide as its column; blank where the line has none.

        Args:
            stamp: When the line was written, in RFC 3339.
            before: When the line before was; only `RELATIVE` asks.
        """
        if self is Stamps.TIME:
            return _local(stamp[:19] + _zone(stamp))[-8:].ljust(9)
        if self is Stamps.RELATIVE:
            return f"{_since(stamp, before):>7} "
        if self is Stamps.OFF or not (second := _second(stamp, utc=self is Stamps.UTC)):
            return " " * self.cells
        return f"{second}.{_milliseconds(stamp)}{'Z' if self is Stamps.UTC else ''} "


_CELLS = {Stamps.TIME: 9, Stamps.FULL: 24, Stamps.UTC: 25, Stamps.RELATIVE: 8, Stamps.OFF: 0}
_AFTER_SECONDS = re.compile(rb"(?:\.([0-9]+))?(.*)")
_MINUTE_MS = 60_000
_HOUR_MS = 60 * _MINUTE_MS
_DAY_MS = 24 * _HOUR_MS
_MANY_DAYS = 100


def interval(milliseconds: int) -> str:
    """How far apart two lines are, in seven cells at most.

    >>> [interval(it) for it in (0, 12, -59_999, 184_000, 7_380_000, 400_000_000)]
    ['+0.000', '+0.012', '-59.999', '+3m04s', '+2h03m', '+4d15h']
    """
    sign, size = "-" if milliseconds < 0 else "+", abs(milliseconds)
    if size < _MINUTE_MS:
        return f"{sign}{size // 1000}.{size % 1000:03}"
    if size < _HOUR_MS:
        return f"{sign}{size // _MINUTE_MS}m{size % _MINUTE_MS // 1000:02}s"
    if size < _DAY_MS:
        return f"{sign}{size // _HOUR_MS}h{size % _HOUR_MS // _MINUTE_MS:02}m"
    days, rest = divmod(size, _DAY_MS)
    return f"{sign}{days}d" + (f"{rest // _HOUR_MS:02}h" if days < _MANY_DAYS else "")


def _second(stamp: bytes, *, utc: bool) -> str:
    second = stamp[:19] + _zone(stamp)
    return _universal(second) if utc else _local(second)


def _zone(stamp: bytes) -> bytes:
    """What stands behind the seconds and their fraction."""
    if stamp.endswith(b"Z"):
        return b"Z"
    found = _AFTER_SECONDS.match(stamp, 19)
    return found[2] if found else b""


def _milliseconds(stamp: bytes) -> str:
    found = _AFTER_SECONDS.match(stamp, 19)
    return f"{(found[1] or b'')[:3].decode():0<3}" if found else "000"


def _since(stamp: bytes, before: bytes) -> str:
    now, then = _time(stamp), _time(before)
    return interval(round((now - then).total_seconds() * 1000)) if now and then else ""


@lru_cache(1024)
def _time(stamp: bytes) -> datetime | None:
    return time_of(stamp)


@lru_cache(1024)
def _local(second: bytes) -> str:
    """A time to the second, where we are; many lines share one. Empty when it is none."""
    when = time_of(second)
    return f"{when.astimezone():%Y-%m-%d %H:%M:%S}" if when else ""


@lru_cache(1024)
def _universal(second: bytes) -> str:
    when = time_of(second)
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if when else ""
