"""How far what arrives of a log is behind what is written."""

from __future__ import annotations

from dockertui.sync.log_times import SECOND_NS, clock_words, ns_of, stamp_in

_BEHIND_S = 2.0
_LEVEL_S = 1.0
_BUSY_S = 0.5
_READING_S = 0.3
_REST_S = 2.0
"""A history that does not go on for so long has been read."""


class LogPace:
    """Judges a log's pace by the time stamps of what arrives, and when.

    Lines that are old by the clock are no news while a log is quiet; they are when they come
    without a pause. Between two seconds behind and one it stays with what it said last.
    """

    def __init__(self, begun_s: float) -> None:
        """Begin to read a log.

        Args:
            begun_s: The time by the clock on the wall, in seconds since the epoch.
        """
        self._begun_s = begun_s
        self._busy_since_s = begun_s
        self._last_s = begun_s
        self._stamp_ns = 0
        self._lag_s = 0.0
        self._caught_up = False
        self._behind = False

    def note(self, block: bytes, now_s: float) -> None:
        """Take note of records that have arrived."""
        last = block[block.rfind(b"\n", 0, len(block) - 1) + 1 :]
        stamp_ns = ns_of(stamp_in(last))
        if not stamp_ns:
            return
        self._quieten(now_s)
        self._last_s, self._stamp_ns = now_s, stamp_ns
        self._lag_s = now_s - stamp_ns / SECOND_NS
        busy = now_s > self._busy_since_s
        self._caught_up = self._caught_up or self._lag_s < _LEVEL_S
        self._behind = busy and self._lag_s > (_LEVEL_S if self._behind else _BEHIND_S)

    def status(self, now_s: float, count: int) -> str:
        """What a person should know, in words; empty at rest.

        Args:
            now_s: The time by the clock on the wall.
            count: How many lines have been read.
        """
        self._quieten(now_s)
        if not self._behind:
            return ""
        if self._caught_up:
            return f"behind by {_age(self._lag_s)}"
        if now_s - self._begun_s < _READING_S:
            return ""
        return f"reading: {clock_words(self._stamp_ns)}, {count:,} lines so far"

    def quiet_in_s(self, now_s: float) -> float | None:
        """When the status will be empty unless more comes; `None` when it is."""
        return max(0.0, self._last_s + _BUSY_S - now_s) if self._behind else None

    def _quieten(self, now_s: float) -> None:
        if now_s - self._last_s >= _BUSY_S:
            self._caught_up |= now_s - self._last_s >= _REST_S and self._stamp_ns > 0
            self._behind = False
            self._busy_since_s = now_s


def _age(seconds: float) -> str:
    """Write an age as people say it.

    >>> _age(12.3), _age(75), _age(7_300)
    ('12 s', '1 min', '2 h')
    """
    if seconds < 60:  # noqa: PLR2004
        return f"{seconds:.0f} s"
    return f"{seconds // 60:.0f} min" if seconds < 3600 else f"{seconds // 3600:.0f} h"  # noqa: PLR2004
