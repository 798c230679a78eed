"""A time is read as a person means it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from dockertui.widgets.log_moment import NoMomentError, moment_of

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("19:05", "2026-11-23T13:35:00"),
        ("19:05:30", "2026-11-23T13:35:30"),
        ("19:05:30.25", "2026-11-23T13:35:30.250000"),
        ("13:35Z", "2026-11-23T13:35:00"),
        ("-15m", "2026-11-23T13:45:00"),
        ("15m ago", "2026-11-23T13:45:00"),
        ("2h", "2026-11-23T12:00:00"),
        ("2026-11-20 00:00", "2026-11-19T18:30:00"),
        ("11-20 00:00", "2026-11-19T18:30:00"),
        ("2026-11-20T00:00:00Z", "2026-11-20T00:00:00"),
        ("7:29", "2026-11-24T01:59:00"),
        ("7:31", "2026-11-23T02:01:00"),
    ],
)
def test_it_is_local_unless_a_z_says_otherwise(text: str, meant: str) -> None:
    found = moment_of(text, now=NOW, near=NOW)
    assert found == datetime.fromisoformat(f"{meant}+00:00")


@pytest.mark.parametrize("text", ["soon", "25:00", "12:61", "2026-13-01 12:00", "12", ""])
def test_what_is_no_time_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(NoMomentError, match=r"\.$"):
        moment_of(text, now=NOW, near=NOW)
