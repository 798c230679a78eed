"""Times as logs write them, in whole nanoseconds."""

from __future__ import annotations

from datetime import UTC, datetime

SECOND_NS = 1_000_000_000

_SECONDS_END = 19
"""Where the whole seconds of an RFC 3339 time stamp end."""


def stamp_in(record: bytes) -> bytes:
    r"""The time stamp of a record that bears no tag.

    >>> stamp_in(b"12026-11-23T12:03:11.5Z hello\n")
    b'2026-11-23T12:03:11.5Z'
    """
    return record[1 : record.find(b" ")]


def ns_of(stamp: bytes) -> int:
    """Read an RFC 3339 time stamp; 0 when it is none.

    >>> ns_of(b"2026-11-23T12:03:11.123456789Z")
    1795435391123456789
    >>> ns_of(b"2026-11-23T13:03:11+01:00")
    1795435391000000000
    """
    text = stamp.decode("ascii", "replace")
    rest = text[_SECONDS_END:].removeprefix(".")
    zone = rest.lstrip("0123456789")
    digits = rest[: len(rest) - len(zone)]
    try:
        whole = datetime.fromisoformat(text[:_SECONDS_END] + zone.replace("Z", "+00:00"))
        return int(whole.timestamp()) * SECOND_NS + int(f"{digits:0<9}"[:9])
    except ValueError:
        return 0


def stamp_of(time_ns: int) -> str:
    """Write a time as an RFC 3339 time stamp, as engines do.

    >>> stamp_of(1795435391000000789)
    '2026-11-23T12:03:11.000000789Z'
    """
    seconds, rest = divmod(time_ns, SECOND_NS)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09}Z"


def bound_of(time_ns: int) -> str:
    """Write a time as the `seconds.nanoseconds` that `since` and `until` take.

    >>> bound_of(1795435391123456789)
    '1795435391.123456789'
    """
    seconds, rest = divmod(time_ns, SECOND_NS)
    return f"{seconds}.{rest:09}"


def clock_words(time_ns: int) -> str:
    """The time of day where the person is, to the second."""
    return f"{datetime.fromtimestamp(time_ns / SECOND_NS):%H:%M:%S}"
