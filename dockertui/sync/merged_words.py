"""What is said of several logs at once."""

from __future__ import annotations

import time
from collections.abc import Sequence

from dockertui.sync.container_log import ContainerLog
from dockertui.sync.log_merge import LogMerge
from dockertui.sync.log_reasons import LOST_AMID

_NAMED = 8
_LATE_SAID_S = 5.0


def logs_status(logs: Sequence[ContainerLog]) -> str:
    """What keeps logs from being up to date; empty when nothing does."""
    if any(it.is_waiting for it in logs):
        return LOST_AMID
    now_s = time.time()
    for log in logs:
        if words := log.pace.status(now_s, log.count):
            return f"{log.container.name}: {words}"
    return ""


def logs_explanation(logs: Sequence[ContainerLog]) -> str:
    """Why none of several logs has a line; empty while that is not known of each."""
    if not logs:
        return "No container to follow yet. One that appears joins by itself."
    reasons = [it.explanation for it in logs]
    if not all(reasons):
        return ""
    if len(set(reasons)) == 1:
        return reasons[0]
    return "\n".join(f"{it.container.name}: {it.explanation}" for it in logs[:_NAMED])


class LateWords:
    """Says for a moment that lines came too late for their place."""

    def __init__(self) -> None:
        """Begin with none."""
        self._count = 0
        self._since_s = 0.0

    def status(self, merge: LogMerge, now_s: float) -> str:
        """What there is to say, by any clock in seconds; empty when it has been said."""
        if merge.late != self._count:
            self._count, self._since_s = merge.late, now_s
        if not self._count or now_s - self._since_s > _LATE_SAID_S:
            return ""
        return f"{self._count:,} line{'' if self._count == 1 else 's'} came late, out of order"
