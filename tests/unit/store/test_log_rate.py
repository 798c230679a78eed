"""The rate counts each line of a log once, whatever comes, goes, or is counted when."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from dockertui.store import log_rate
from dockertui.store.log_rate import LogRate, stamp_of
from dockertui.store.log_store import LogStore

START = datetime(2026, 11, 23, 12, 3, 11, tzinfo=UTC)
START_S = START.timestamp()


def record(second: int, text: str = "INFO x", tag: str = "", zone: str = "Z") -> bytes:
    stamp = f"{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S}.123456789{zone}"
    return f"{tag}1{stamp} {text}\n".encode()


def incompressible(second: int) -> bytes:
    chance = random.Random(second)
    return b"".join(record(second, chance.randbytes(500).hex()) for _ in range(10))


def counted(store: LogStore) -> LogRate:
    rate = LogRate(store)
    while rate.advance(0):
        pass
    return rate


def store_of(*records: bytes) -> LogStore:
    store = LogStore()
    store.append(b"".join(records))
    return store


def test_an_empty_log_has_no_span_and_no_lines() -> None:
    rate = counted(LogStore())
    assert rate.span() == (0, 0)
    assert rate.bars(0, 10, 2) == [(0, 0), (0, 0)]


def test_lines_and_errors_are_counted_by_the_second() -> None:
    rate = counted(store_of(record(0), record(0, "ERROR x"), record(2, "WARN x"), record(3, "x")))
    assert rate.span() == (START_S, START_S + 4)
    assert rate.bars(*rate.span(), 4) == [(2, 1), (0, 0), (1, 0), (1, 0)]


def test_bars_take_what_is_in_their_time_and_nothing_else() -> None:
    rate = counted(store_of(*(record(second) for second in range(100))))
    assert rate.bars(START_S + 10, START_S + 30, 2) == [(10, 0), (10, 0)]
    assert rate.bars(START_S - 100, START_S, 1) == [(0, 0)]
    assert rate.bars(START_S + 5, START_S + 5, 1) == [(0, 0)]


def test_lines_to_come_are_counted_too() -> None:
    store = store_of(record(0))
    rate = counted(store)
    revision = rate.revision
    assert not rate.advance(1)
    assert rate.revision == revision
    for second in range(1, 5):
        store.append(record(second, "ERROR x"))
        assert not rate.advance(1)
    assert rate.bars(*rate.span(), 5) == [(1, 0), *[(1, 1)] * 4]


def test_lines_before_and_after_the_beginning_of_counting_are_counted_once() -> None:
    store = store_of(*(record(second) for second in range(5)))
    rate = LogRate(store)
    store.append(b"".join(record(second) for second in range(5, 10)))
    while rate.advance(0):
        pass
    assert rate.bars(*rate.span(), 10) == [(1, 0)] * 10


def test_older_lines_that_are_added_are_counted_too() -> None:
    store = store_of(*(record(second) for second in range(100, 200)))
    rate = counted(store)
    store.prepend(b"".join(record(second, "ERROR x") for second in range(100)))
    assert not rate.advance(1)
    assert rate.bars(START_S, START_S + 200, 2) == [(100, 100), (100, 0)]


def test_lines_that_were_dropped_stay_counted() -> None:
    store = LogStore(limit_bytes=1 << 20, hot_bytes=1 << 19)
    rate = LogRate(store)
    for second in range(400):
        store.append(incompressible(second))
        rate.advance(1)
    assert store.dropped
    assert sum(lines for lines, _ in rate.bars(*rate.span(), 4)) == 4_000


def test_what_was_dropped_before_it_was_counted_is_passed_over() -> None:
    store = LogStore(limit_bytes=1 << 20, hot_bytes=1 << 19)
    rate = LogRate(store)
    for second in range(400):
        store.append(incompressible(second))
        if second == 10:
            rate.advance(0)
    assert store.dropped
    while rate.advance(0):
        pass
    total = sum(lines for lines, _ in rate.bars(*rate.span(), 4))
    assert len(store) <= total <= len(store) + 110


@pytest.mark.parametrize("seed", range(4))
def test_cut_and_counted_at_any_moment_the_sum_is_the_same(seed: int) -> None:
    chance = random.Random(seed)
    lines = [
        record(at // 50, chance.choice(["ERROR x", "INFO x", "  at y"]) + "." * 90)
        for at in range(8_000)
    ]
    whole = b"".join(lines)
    store = LogStore()
    rate = LogRate(store)
    while whole:
        cut = chance.randrange(1, 40_000)
        store.append(whole[:cut])
        whole = whole[cut:]
        if chance.random() < 0.5:
            rate.advance(0)
    while rate.advance(0):
        pass
    bars = rate.bars(START_S, START_S + 160, 160)
    assert [it for it, _ in bars] == [50] * 160
    assert sum(it for _, it in bars) == sum(b"ERROR" in line for line in lines)


def test_a_long_log_is_counted_more_coarsely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_rate, "_MOST_STEPS", 100)
    rate = counted(store_of(*(record(second, "ERROR x") for second in range(0, 3_000, 3))))
    assert rate.step_s == 32
    assert sum(it for it, _ in rate.bars(*rate.span(), 7)) == 1_000
    assert sum(it for _, it in rate.bars(*rate.span(), 7)) == 1_000


def test_times_of_another_zone_are_the_same_moments() -> None:
    there = [record(second + 3_600, zone="+01:00") for second in range(5)]
    here = [record(second, tag="B") for second in range(5)]
    for records in (there, [*there, *here], [*here, *there]):
        assert counted(store_of(*records)).span() == (START_S, START_S + 5)


def test_rules_and_lines_without_a_time_are_not_counted() -> None:
    rule = b"3" + record(9)[1:]
    rate = counted(store_of(record(0), b"1no time, but a long text at all\n", rule, b"\n"))
    assert rate.bars(*rate.span(), 1) == [(1, 0)]


def test_a_moment_is_written_as_a_stamp() -> None:
    assert stamp_of(START_S) == b"2026-11-23T12:03:11Z"
