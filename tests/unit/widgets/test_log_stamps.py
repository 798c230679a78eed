"""The time of a line can be read in each of its forms, and always fits its column."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from dockertui.widgets.log_stamps import Stamps, interval

NINE = b"2025-11-23T12:03:11.123456789Z"


@pytest.fixture(autouse=True)
def kolkata(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Five and a half hours ahead of UTC."""
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("stamps", "stamp", "shown"),
    [
        (Stamps.TIME, NINE, "17:33:11"),
        (Stamps.TIME, b"2026-11-23T23:59:59+05:30", "23:59:59"),
        (Stamps.FULL, NINE, "2025-11-23 17:33:11.123"),
        (Stamps.FULL, b"2026-11-23T23:00:00Z", "2026-11-24 04:30:00.000"),
        (Stamps.FULL, b"2026-11-23T12:03:11.5+05:30", "2026-11-23 12:03:11.500"),
        (Stamps.UTC, NINE, "2025-11-23 12:03:11.123Z"),
        (Stamps.UTC, b"2026-11-23T01:00:00.04+05:30", "2026-11-22 19:30:00.040Z"),
        (Stamps.OFF, NINE, ""),
        (Stamps.TIME, b"", ""),
        (Stamps.FULL, b"2026-99-99T12:03:11Z", ""),
        (Stamps.UTC, b"no time at all, this", ""),
    ],
)
def test_a_time_is_written(stamps: Stamps, stamp: bytes, shown: str) -> None:
    assert stamps.text(stamp) == shown.ljust(stamps.cells)


@pytest.mark.parametrize(
    ("before", "stamp", "shown"),
    [
        (b"2026-11-23T12:03:11Z", b"2026-11-23T12:03:11.012Z", "+0.012"),
        (b"2026-11-23T12:03:11Z", b"2026-11-23T12:06:15Z", "+3m04s"),
        (b"2026-11-23T12:03:11Z", b"2026-11-23T12:03:10.5Z", "-0.500"),
        (b"2026-11-23T12:03:11Z", b"2026-11-25T14:03:11Z", "+2d02h"),
        (b"2026-11-23T12:03:11.9999Z", b"2026-11-23T12:03:12Z", "+0.000"),
        (b"2026-11-23T12:03:11.9994Z", b"2026-11-23T12:03:12Z", "+0.001"),
        (b"", b"2026-11-23T12:03:11Z", ""),
        (b"2026-11-23T12:03:11Z", b"", ""),
    ],
)
def test_a_time_is_told_by_that_of_the_line_before(before: bytes, stamp: bytes, shown: str) -> None:
    assert Stamps.RELATIVE.text(stamp, before) == f"{shown:>7} "


def test_an_interval_of_any_length_fits_its_column() -> None:
    chance = random.Random(5)
    for _ in range(3_000):
        size = int(10 ** chance.uniform(0, 14))
        for each in (size, -size):
            assert len(interval(each)) < Stamps.RELATIVE.cells or size > 8_640_000_000_000


def test_a_key_goes_through_all_forms() -> None:
    assert [Stamps.TIME.next, Stamps.FULL.next, Stamps.UTC.next] == [
        Stamps.FULL,
        Stamps.UTC,
        Stamps.RELATIVE,
    ]
    assert (Stamps.RELATIVE.next, Stamps.OFF.next) == (Stamps.OFF, Stamps.TIME)
