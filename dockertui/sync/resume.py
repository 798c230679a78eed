"""Going on with a log exactly where it broke off."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

_SECONDS_END = 19
"""Where the whole seconds of an RFC 3339 time stamp end."""


class Resume:
    """Remembers the last lines of a log, and drops them when the engine sends them again.

    The engine's `since` is inclusive, and lines may share a time stamp (Podman's are whole
    seconds), so all lines at the last stamp are remembered, and each is dropped once.
    """

    def __init__(self) -> None:
        """Begin before the first line."""
        self._stamp = b""
        self._at_stamp: Counter[bytes] = Counter()
        self._known: Counter[bytes] = Counter()

    def begin(self) -> str:
        """Expect the last lines once more.

        Returns:
            Where to go on, as `seconds.nanoseconds`; empty when there was no line yet.
        """
        self._known = Counter(self._at_stamp)
        return seconds_of(self._stamp.decode("ascii", "replace")) if self._stamp else ""

    def fresh(self, block: bytes) -> bytes:
        """What is new of a block of records."""
        if self._known:
            block = b"".join(self._unknown(block))
        if block:
            self._remember(block)
        return block

    def _unknown(self, block: bytes) -> list[bytes]:
        lines = [line + b"\n" for line in block.split(b"\n")[:-1]]
        for place, line in enumerate(lines):
            if _stamp(line) > self._stamp:
                self._known.clear()
                return lines
            if self._known[line] > 0:
                self._known[line] -= 1
                lines[place] = b""
        return lines

    def _remember(self, block: bytes) -> None:
        end = len(block)
        last = _stamp(block[block.rfind(b"\n", 0, end - 1) + 1 :])
        if last != self._stamp:
            self._stamp = last
            self._at_stamp.clear()
        while end > 0:
            start = block.rfind(b"\n", 0, end - 1) + 1
            line = block[start:end]
            if _stamp(line) != last:
                break
            self._at_stamp[line] += 1
            end = start


def seconds_of(stamp: str) -> str:
    """Write an engine's time stamp as the `seconds.nanoseconds` that its `since` takes.

    >>> seconds_of("2026-11-23T12:03:11.123456789Z")
    '1795435391.123456789'
    >>> seconds_of("2026-11-23T13:03:11+01:00")
    '1795435391.000000000'
    """
    whole, rest = stamp[:_SECONDS_END], stamp[_SECONDS_END:].removeprefix(".")
    zone = rest.lstrip("0123456789")
    digits = rest[: len(rest) - len(zone)]
    moment = datetime.fromisoformat(whole + zone.replace("Z", "+00:00"))
    return f"{int(moment.timestamp())}.{digits:0<9}"


def _stamp(line: bytes) -> bytes:
    return line[1 : line.find(b" ")]
