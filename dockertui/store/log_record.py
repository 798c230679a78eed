"""A line of a log, as the engine layer hands it over and the store keeps it.

A digit for the stream, the engine's time stamp, a space, the text with its escapes as it came.
Where a store holds the lines of several containers, a tag of letters stands before the digit and
says whose line it is.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

TERMINAL, STDOUT, STDERR, RULE = b"0", b"1", b"2", b"3"
"""The digits of the streams; a rule is no line of the container's, but a word of ours on its life,
such as that it was restarted."""

_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

HEAD = re.compile(
    rb"([A-Za-z]*)([0-3])(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) )?"
)

_STAMP = re.compile(rb"(.{19})(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")


class Record(NamedTuple):
    """The parts of one line."""

    tag: bytes
    """Whose line it is, where there are several sources; otherwise empty."""
    stream: bytes
    """`TERMINAL`, `STDOUT`, `STDERR` or `RULE`; empty for a line that is no record."""
    stamp: bytes
    """When the engine got it, in RFC 3339; empty when it does not say."""
    text: bytes
    """What was written, hostile until cleaned."""


def split_record(raw: bytes) -> Record:
    r"""Take a line apart.

    >>> split_record(b"22026-11-23T12:03:11.5Z no such file")
    Record(tag=b'', stream=b'2', stamp=b'2026-11-23T12:03:11.5Z', text=b'no such file')
    >>> split_record(b"Bc0no stamp")
    Record(tag=b'Bc', stream=b'0', stamp=b'', text=b'no stamp')
    """
    head = HEAD.match(raw)
    if head is None:
        return Record(b"", b"", b"", raw)
    return Record(head[1], head[2], head[3] or b"", raw[head.end() :])


def tag_of(number: int) -> bytes:
    """The tag of a source by its number, from 0: letters alone, each number's its own.

    >>> tag_of(0), tag_of(51), tag_of(52)
    (b'A', b'z', b'AB')
    """
    tag = b""
    while True:
        number, letter = divmod(number, len(_LETTERS))
        tag += _LETTERS[letter : letter + 1]
        if not number:
            return tag


def tagged(block: bytes, tag: bytes) -> bytes:
    r"""Say of every record of a block whose line it is.

    >>> tagged(b"1one\n2two\n", b"A")
    b'A1one\nA2two\n'
    """
    return tag + block[:-1].replace(b"\n", b"\n" + tag) + block[-1:] if block else b""


def rule(stamp: str, words: str) -> bytes:
    r"""A rule line: a word of ours on a container's life.

    >>> rule("2026-11-23T12:03:11.000000000Z", "restarted: exited 137, out of memory")
    b'32026-11-23T12:03:11.000000000Z restarted: exited 137, out of memory\n'
    """
    return RULE + f"{stamp} {words}\n".encode()


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


def moment_of(stamp: bytes) -> tuple[int, int] | None:
    """A time stamp as seconds since 1970 and nanoseconds, to compare; `None` when it is none.

    >>> moment_of(b"2026-11-23T12:03:11.123456789Z"), moment_of(b"2026-11-23T13:03:11+01:00")
    ((1795435391, 123456789), (1795435391, 0))
    """
    if not (parts := _STAMP.fullmatch(stamp)) or not (when := time_of(parts[1] + parts[3])):
        return None
    return int(when.timestamp()), int(f"{(parts[2] or b'').decode():0<9}")
