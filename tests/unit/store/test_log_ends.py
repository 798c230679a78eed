"""A log store grows at both ends, and finds a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dockertui.store.log_store import LogStore

BEGIN = datetime(2026, 11, 23, 12, tzinfo=UTC)


def stamp(second: int) -> bytes:
    return f"{BEGIN + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S}.000000000Z".encode()


def block(start: int, end: int) -> bytes:
    return b"".join(b"1%s line %d\n" % (stamp(it), it) for it in range(start, end))


def numbers(store: LogStore, start: int, end: int) -> list[int]:
    return [int(it.split()[-1]) for it in store.lines(start, end)]


def test_older_lines_get_numbers_below_the_first() -> None:
    store = LogStore()
    store.append(block(100, 200))
    assert store.prepend(block(40, 100)) == 60
    assert (store.first, store.total, len(store), store.dropped) == (-60, 100, 160, 0)
    assert numbers(store, -60, 100) == list(range(40, 200))
    assert numbers(store, 0, 3) == [100, 101, 102]


def test_older_lines_can_come_again_and_again() -> None:
    store = LogStore()
    store.append(block(20_000, 20_500))
    for start in (15_000, 10_000, 0):
        end = 20_000 + store.first
        store.prepend(block(start, end))
    assert numbers(store, store.first, store.total) == list(range(20_500))


def test_a_full_store_takes_no_more_older_lines_than_fit() -> None:
    store = LogStore(limit_bytes=1 << 20)
    store.append(block(90_000, 100_000))
    added = store.prepend(block(0, 90_000))
    assert 0 < added < 90_000
    assert store.held_bytes <= (1 << 20) + (1 << 17)
    assert numbers(store, store.first, 1) == list(range(90_000 - added, 90_001))


def test_what_is_dropped_is_counted() -> None:
    store = LogStore(limit_bytes=1 << 20)
    store.append(block(0, 100_000))
    assert store.dropped == store.first > 0
    assert numbers(store, store.first, store.first + 1) == [store.first]


def test_the_first_line_at_or_after_a_time_is_found() -> None:
    store = LogStore(hot_bytes=1 << 17)
    store.append(block(0, 20_000))
    store.prepend(block(-500, 0))
    for second in (-500, -1, 0, 1, 650, 12_345, 19_999):
        assert store.at_time(stamp(second)) == second
    assert store.at_time(stamp(-900)) == -500
    assert store.at_time(stamp(99_999)) == store.total
