"""Going on with a log exactly where it broke off."""

from __future__ import annotations

from collections import Counter, deque

from dockertui.sync.log_times import bound_of, ns_of, stamp_in

_MARGIN_NS = 50_000_000
"""An engine writes down stdout and stderr side by side: lines may be out of order by a little."""

_KEPT_BYTES = 64 * 1024
_LAST_LINES = 16


class GapError(Exception):
    """What came does not join on to what was there: the engine looked back too little."""


class Resume:
    """Remembers the last lines of a log, and drops them when the engine sends them again.

    Times alone would not do. The engine's `since` is inclusive, lines may share a time stamp
    (Podman's are whole seconds), and a line may bear an earlier one than the line before it.
    """

    def __init__(self) -> None:
        """Begin before the first line."""
        self._recent: deque[bytes] = deque()
        self._recent_bytes = 0
        self._forgotten_ns = -1
        self.last_ns = 0
        """The latest time of the lines that were there before it broke off."""
        self._known: Counter[bytes] = Counter()
        self._may_gap = True
        self._joined = True
        self.has_lost = False
        """Did the log go on behind lines that the engine no longer had?"""

    @property
    def recent(self) -> bytes:
        """The last lines, some hundred at least if there are so many."""
        return b"".join(self._recent)

    def begin(self, *, may_gap: bool = True) -> str:
        """Expect the last lines once more.

        Args:
            may_gap: Has the engine been asked for all it has? Then lines that are missing are
                lost. Otherwise `fresh` raises `GapError`.

        Returns:
            Where to go on, as `seconds.nanoseconds`; empty when there was no line yet.
        """
        records = [line + b"\n" for line in self.recent.split(b"\n")[:-1]]
        if not records:
            return ""
        times = [ns_of(stamp_in(it)) for it in records]
        self.last_ns = max(times)
        since_ns = max(self.last_ns - _MARGIN_NS, self._forgotten_ns + 1)
        self._known = Counter(
            it for it, time_ns in zip(records, times, strict=True) if time_ns >= since_ns
        )
        self._joined, self._may_gap, self.has_lost = False, may_gap, False
        return bound_of(since_ns)

    def fresh(self, block: bytes) -> bytes:
        """What is new of a block of records.

        Raises:
            GapError: When lines are missing before it.
        """
        if self._known:
            block = b"".join(self._unknown(block))
        if block:
            self._remember(block)
        return block

    def _unknown(self, block: bytes) -> list[bytes]:
        lines = [line + b"\n" for line in block.split(b"\n")[:-1]]
        for place, line in enumerate(lines):
            if self._known.get(line):
                self._joined = True
                self._known[line] -= 1
                lines[place] = b""
                continue
            time_ns = ns_of(stamp_in(line))
            if not self._joined and time_ns <= self.last_ns:
                # The engine sends lines in one order always: this one was before the known ones.
                lines[place] = b""
                continue
            if not self._joined:
                if not self._may_gap:
                    raise GapError
                self.has_lost = self._joined = True
            if time_ns > self.last_ns + _MARGIN_NS:
                self._known.clear()
                break
        return lines

    def _remember(self, block: bytes) -> None:
        self._recent.append(block)
        self._recent_bytes += len(block)
        if self._recent_bytes - len(block) > 2 * _KEPT_BYTES:
            self._forget(_last_time(block))

    def _forget(self, last_ns: int) -> None:
        """Let the oldest lines go, but for those that bear the last time."""
        while self._recent_bytes - len(self._recent[0]) > _KEPT_BYTES:
            oldest_ns = _last_time(self._recent[0])
            if oldest_ns >= last_ns:
                break
            self._recent_bytes -= len(self._recent.popleft())
            self._forgotten_ns = max(self._forgotten_ns, oldest_ns)


def _last_time(block: bytes) -> int:
    """The latest time in the last lines of a block."""
    lines = block[:-1].rsplit(b"\n", _LAST_LINES)[-_LAST_LINES:]
    return max(ns_of(stamp_in(it)) for it in lines)
