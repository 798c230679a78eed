"""The engine's English for a state, read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dockertui.engine.payload.status import parse_status, steadied
from dockertui.model import Container, ContainerState, Health

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def human_duration(seconds: float) -> str:
    """What the engine writes, after its own source."""
    whole, minutes, hours = int(seconds), int(seconds / 60), int(seconds / 3600 + 0.5)
    for limit, words in (
        (whole < 1, "Less than a second"),
        (whole == 1, "1 second"),
        (whole < 60, f"{whole} seconds"),
        (minutes == 1, "About a minute"),
        (minutes < 60, f"{minutes} minutes"),
        (hours == 1, "About an hour"),
        (hours < 48, f"{hours} hours"),
        (hours < 24 * 7 * 2, f"{hours // 24} days"),
        (hours < 24 * 30 * 2, f"{hours // 24 // 7} weeks"),
        (hours < 24 * 365 * 2, f"{hours // 24 // 30} months"),
    ):
        if limit:
            return words
    return f"{hours // 24 // 365} years"


@pytest.mark.parametrize(
    ("words", "exit_code", "health"),
    [
        ("Up 3 hours (healthy)", None, Health.HEALTHY),
        ("Up About a minute (health: starting)", None, Health.STARTING),
        ("Up 3 seconds (unhealthy)", None, Health.UNHEALTHY),
        ("Up 3 seconds (Paused)", None, Health.NONE),
        ("Exited (137) 2 weeks ago", 137, Health.NONE),
        ("Exited (-1) 2 weeks ago", -1, Health.NONE),
        ("Restarting (1) 5 seconds ago", 1, Health.NONE),
        ("Created", None, Health.NONE),
        ("Removal In Progress", None, Health.NONE),
        ("Dead", None, Health.NONE),
        ("", None, Health.NONE),
    ],
)
def test_exit_codes_and_health_are_read(words: str, exit_code: int | None, health: Health) -> None:
    said = parse_status(words)
    assert (said.exit_code, said.health) == (exit_code, health)


def test_whatever_the_engine_says_of_a_duration_allows_that_duration() -> None:
    seconds = 0.0
    while seconds < 5 * 365 * 86_400:
        said = parse_status(f"Up {human_duration(seconds)}")
        assert said.least_s is not None
        assert said.least_s <= seconds < said.most_s, human_duration(seconds)
        seconds = seconds * 1.003 + 0.1


def test_without_a_duration_nothing_is_said_of_the_time() -> None:
    assert parse_status("Created").since(NOW) is None
    assert parse_status(f"Up {'9' * 30} hours").since(NOW) is None
    assert parse_status("Up 999999999 years").since(NOW) is None


def running(status: str, since: datetime | None) -> Container:
    """A running container."""
    return Container(id="a", name="web", state=ContainerState.RUNNING, status=status, since=since)


def test_a_refresh_keeps_the_time_that_was_known_better() -> None:
    known = running("Up 59 minutes", NOW - timedelta(hours=1))
    vague = running("Up About an hour", NOW - timedelta(hours=1.2))
    assert steadied(known, vague, NOW).since == known.since


def test_a_restart_is_not_taken_for_the_same_run() -> None:
    known = running("Up 59 minutes", NOW - timedelta(hours=1))
    restarted = running("Up 2 seconds", NOW - timedelta(seconds=2.5))
    assert steadied(known, restarted, NOW) is restarted


def test_what_has_not_changed_is_the_same_object() -> None:
    known = running("Up 2 hours", NOW - timedelta(hours=2))
    assert steadied(known, running("Up 2 hours", NOW - timedelta(hours=2.1)), NOW) is known
