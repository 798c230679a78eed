"""A line of a log, as the engine layer hands it over and the store keeps it.

A digit for the stream, the engine's time stamp, a space, the text with its escapes as it came.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

TERMINAL, STDOUT, STDERR = b"0", b"1", b"2"
"""The digits of the streams."""

_LONGEST_STAMP = 64


class Record(NamedTuple):
    """The parts of one line."""

    stream: bytes
    """`TERMINAL`, `STDOUT` or `STDERR`; empty for a line that is no record."""
    stamp: bytes
    """When the engine got it, in RFC 3339; empty for a line that is no record."""
    text: bytes
    """What was written, hostile until cleaned."""


def split_record(raw: bytes) -> Record:
    r"""Take a line apart.

    >>> split_record(b"22026-11-23T12:03:11.5Z no such file")
    Record(stream=b'2', stamp=b'2026-11-23T12:03:11.5Z', text=b'no such file')
    >>> split_record(b"")
    Record(stream=b'', stamp=b'', text=b'')
    """
    end = raw.find(b" ", 1, _LONGEST_STAMP)
    if end < 0:
        return Record(b"", b"", raw)
    return Record(raw[:1], raw[1:end], raw[end + 1 :])


def time_of(stamp: bytes) -> datetime | None:
    """Read a time stamp, to the microsecond; `None` when it is none.

    >>> time_of(b"2026-11-23T12:03:11.123456789Z")
    datetime.datetime(2026, 11, 23, 12, 3, 11, 123456, tzinfo=datetime.timezone.utc)
    """
    try:
        when = datetime.fromisoformat(stamp.decode("ascii"))
    except ValueError:
        return None
    return when if when.tzinfo else None
