"""Several logs in one order of time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable
from itertools import accumulate
from operator import itemgetter

from dockertui.store.log_record import RULE, tagged
from dockertui.sync.log_times import ns_of, stamp_of

WAIT_S = 0.5
"""How long a line waits for earlier ones of other sources that may yet arrive."""
SLICE = 4_000
"""How many lines are put in order at once, about: some 5 ms of work."""

_STAMP = slice(1, 31)
_PLAIN = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z")


class _Lane:
    """What has come of one source and still waits, in the source's own order."""

    def __init__(self, tag: bytes) -> None:
        self.tag = tag
        self.keys: list[bytes] = []
        self.lines: list[bytes] = []
        self.arrivals: deque[tuple[float, bytes]] = deque()
        self.last = b""
        self.is_open = True
        """May it yet bring lines that are earlier than the last of another?"""

    def add(self, block: bytes, now_s: float) -> list[bytes]:
        """Take records; return their keys, which never go back within a source."""
        keys = list(accumulate(keys_of(block), max, initial=self.last))[1:]
        if keys:
            self.keys += keys
            self.lines += tagged(block, self.tag).split(b"\n")[:-1]
            self.arrivals.append((now_s, keys[-1]))
            self.last = keys[-1]
        return keys

    def due(self, before_s: float) -> bytes:
        """The last key that came at or before a time."""
        found = b""
        while self.arrivals and self.arrivals[0][0] <= before_s:
            found = self.arrivals.popleft()[1]
        return found

    def take(self, key: bytes) -> Iterable[tuple[bytes, bytes]]:
        """Take off what is not later than a key."""
        end = bisect_right(self.keys, key)
        taken = zip(self.keys[:end], self.lines[:end], strict=True)
        del self.keys[:end], self.lines[:end]
        return taken


class LogMerge:
    """Puts the records of several sources in the order of their time stamps.

    A record goes on when every source has brought a later one, or when it has waited `WAIT_S`
    since it came. One that comes when later ones have gone on already goes on after them, and is
    counted. Records of one source never change places, and those with equal stamps are in the
    order of the sources.

    Until its history has come, a source keeps all others waiting: see `settle`.
    """

    def __init__(self, wait_s: float = WAIT_S) -> None:
        """Begin without a source.

        Args:
            wait_s: How long a record may wait for others.
        """
        self.late = 0
        """How many records have come too late for their place."""
        self._wait_s = wait_s
        self._lanes: dict[bytes, _Lane] = {}
        self._unsettled: set[bytes] = set()
        self._gone_on = b""
        self._due = b""

    def __len__(self) -> int:
        """How many records wait."""
        return sum(len(it.keys) for it in self._lanes.values())

    def join(self, tag: bytes) -> None:
        """Let a source take part, and wait for its history."""
        self._lanes[tag] = _Lane(tag)
        self._unsettled.add(tag)

    def settle(self, tag: bytes) -> None:
        """A source has brought its history: it no longer keeps others waiting."""
        self._unsettled.discard(tag)

    @property
    def is_settled(self) -> bool:
        """Has every source brought its history?"""
        return not self._unsettled

    def set_open(self, tag: bytes, *, is_open: bool) -> None:
        """Say whether a source may bring lines now."""
        self._lanes[tag].is_open = is_open

    def add(self, tag: bytes, block: bytes, now_s: float) -> None:
        """Take records of a source.

        Args:
            tag: Whose.
            block: The records, without tags.
            now_s: The time by any clock, the same as for `take`.
        """
        keys = self._lanes[tag].add(block, now_s)
        if not block.startswith(RULE):
            self.late += bisect_left(keys, self._gone_on)

    def cut(self, key: bytes) -> None:
        """Forget what has come up to a key, that one included."""
        for lane in self._lanes.values():
            lane.take(key)

    def first_key(self, tag: bytes) -> bytes:
        """The key of the first record of a source that waits; empty when none does."""
        keys = self._lanes[tag].keys
        return keys[0] if keys else b""

    def take(self, now_s: float, *, most: int = SLICE) -> bytes:
        """Take off what may go on, with its tags, at most about so many records.

        Returns:
            The records in order; empty when nothing may go on yet.
        """
        lanes = [it for it in self._lanes.values() if it.keys]
        key = min(self._allowed(now_s), self._slice_end(lanes, most))
        found: list[tuple[bytes, bytes]] = []
        for lane in lanes:
            found += lane.take(key)
        if not found:
            return b""
        found.sort(key=itemgetter(0))
        self._gone_on = max(self._gone_on, found[-1][0])
        return b"\n".join([line for _, line in found]) + b"\n"

    def _allowed(self, now_s: float) -> bytes:
        """The key up to which records may go on."""
        watermark = min((it.last for it in self._lanes.values() if it.is_open), default=b"~")
        if self._unsettled:
            unsettled = (self._lanes[tag].last for tag in self._unsettled)
            return min(watermark, *unsettled)
        for lane in self._lanes.values():
            self._due = max(self._due, lane.due(now_s - self._wait_s))
        return max(watermark, self._due)

    @staticmethod
    def _slice_end(lanes: list[_Lane], most: int) -> bytes:
        """A key up to which there are at most about so many records, and at least one."""
        share = max(1, most // max(1, len(lanes)))
        return min((it.keys[share - 1] for it in lanes if len(it.keys) > share), default=b"~")


def keys_of(block: bytes) -> list[bytes]:
    r"""What to compare records by: their time stamps, in UTC and with nine digits.

    >>> keys_of(b"12026-11-23T13:03:11+01:00 a\n0no stamp\n")
    [b'2026-11-23T12:03:11.000000000Z', b'']
    """
    lines = block.split(b"\n")
    lines.pop()
    is_plain = _PLAIN.fullmatch
    return [key if is_plain(key := line[_STAMP]) else _normal(line) for line in lines]


def _normal(line: bytes) -> bytes:
    time_ns = ns_of(line[1 : line.find(b" ")])
    return stamp_of(time_ns).encode() if time_ns else b""
