"""A line of a log, as the engine layer hands it over and the store keeps it.

A digit for the stream, the engine's time stamp, a space, the text with its escapes as it came.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

TERMINAL, STDOUT, STDERR = b"0", b"1", b"2"
"""The digits of the streams."""

_HEAD = re.compile(
    rb"([0-2])(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) )?"
)


class Record(NamedTuple):
    """The parts of one line."""

    stream: bytes
    """`TERMINAL`, `STDOUT` or `STDERR`; empty for a line that is no record."""
    stamp: bytes
    """When the engine got it, in RFC 3339; empty when it does not say."""
    text: bytes
    """What was written, hostile until cleaned."""


def split_record(raw: bytes) -> Record:
    r"""Take a line apart.

    >>> split_record(b"22026-11-23T12:03:11.5Z no such file")
    Record(stream=b'2', stamp=b'2026-11-23T12:03:11.5Z', text=b'no such file')
    >>> split_record(b"0no stamp")
    Record(stream=b'0', stamp=b'', text=b'no stamp')
    """
    head = _HEAD.match(raw)
    if head is None:
        return Record(b"", b"", raw)
    return Record(head[1], head[2] or b"", raw[head.end() :])


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
