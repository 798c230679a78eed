"""The engine's English for a container's state, read back.

Source: `HumanDuration` of go-units, and `State.String` of the Docker Engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from dockertui.model import Container, Health

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0
_SPOKEN = {
    "Less than a second": (0.0, 1.0),
    "About a minute": (_MINUTE, 2 * _MINUTE),
    "About an hour": (_HOUR, 1.5 * _HOUR),
}
_UNIT_S = {
    "second": 1.0,
    "minute": _MINUTE,
    "hour": _HOUR,
    "day": _DAY,
    "week": 7 * _DAY,
    "month": 30 * _DAY,
    "year": 365 * _DAY,
}
_ROUNDED_HOURS = {"hour", "day", "week", "month", "year"}
_DURATION = re.compile(
    r"(Less than a second|About an? (?:minute|hour)"
    r"|(\d+) (second|minute|hour|day|week|month|year)s?)"
)
_EXIT_CODE = re.compile(r"^(?:Exited|Restarting|Stopped) \((-?\d+)\)")
_HEALTH = re.compile(r"\((?:health: )?(starting|healthy|unhealthy)\)")
_SLACK_S = 2.0
"""How far the engine's clock and ours, and the time an answer takes, may put a phrase off."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the words of a status say."""

    least_s: float | None = None
    """The state has lasted at least so long; `None` when the words do not say."""
    most_s: float = 0.0
    """And at most so long."""
    exit_code: int | None = None
    """How the last process ended; `None` when the words do not say."""
    health: Health = Health.NONE
    """What the health check says."""

    def since(self, now: datetime) -> datetime | None:
        """When the state began: the middle of what the words allow."""
        if self.least_s is None:
            return None
        try:
            return now - timedelta(seconds=(self.least_s + self.most_s) / 2)
        except OverflowError:
            return None

    def allows(self, since: datetime, now: datetime) -> bool:
        """Could the state have begun then?"""
        if self.least_s is None:
            return False
        lasted_s = (now - since).total_seconds()
        return self.least_s - _SLACK_S <= lasted_s <= self.most_s + _SLACK_S


@lru_cache(maxsize=4096)
def parse_status(words: str) -> Status:
    """Read a status such as `Up 3 hours (healthy)` or `Exited (137) 2 weeks ago`.

    >>> parse_status("Exited (137) 2 weeks ago").exit_code
    137
    >>> parse_status("Up About a minute (health: starting)").health
    <Health.STARTING: 'starting'>
    """
    exited, health = _EXIT_CODE.match(words), _HEALTH.search(words)
    least_s, most_s = _lasted_s(words)
    return Status(
        least_s,
        most_s,
        int(exited[1]) if exited and len(exited[1]) < 12 else None,  # noqa: PLR2004
        Health(health[1]) if health else Health.NONE,
    )


def _lasted_s(words: str) -> tuple[float | None, float]:
    found = _DURATION.search(words)
    if found is None:
        return None, 0.0
    if found[2] is None:
        return _SPOKEN.get(found[1], (None, 0.0))
    if len(found[2]) > 9:  # noqa: PLR2004 - no state has lasted a billion of anything
        return None, 0.0
    unit_s, count = _UNIT_S[found[3]], int(found[2])
    if found[3] == "hour":
        return (count - 0.5) * unit_s, (count + 0.5) * unit_s
    early_s = _HOUR / 2 if found[3] in _ROUNDED_HOURS else 0.0
    return count * unit_s - early_s, (count + 1) * unit_s - early_s


def steadied(before: Container, after: Container, now: datetime) -> Container:
    """Keep what was known, where what was just read says the same more vaguely.

    Returns:
        `before` itself when nothing has changed, so that identity means equality; else `after`,
        with the old `since` if the state is the same and its words allow it.
    """
    if (
        before.since is not None
        and before.since != after.since
        and before.state is after.state
        and before.exit_code == after.exit_code
        and parse_status(after.status).allows(before.since, now)
    ):
        after = replace(after, since=before.since)
    return before if before == after else after
