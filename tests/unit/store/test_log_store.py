"""The log store keeps every line, its number, and its bounds."""

from __future__ import annotations

import random

import pytest

from dockertui.store.log_record import Record, split_record, time_of
from dockertui.store.log_store import CHUNK_BYTES, LogStore

STAMP = "2026-11-23T12:03:11.123456789Z"


def record(number: int, width: int = 100) -> bytes:
    return f"1{STAMP} line {number} ".encode().ljust(width, b".") + b"\n"


def filled(count: int, **bounds: int) -> LogStore:
    store = LogStore(**bounds)
    store.append(b"".join(record(each) for each in range(count)))
    return store


def numbers(lines: list[bytes]) -> list[int]:
    return [int(line.split()[2]) for line in lines]


def test_a_new_store_is_empty() -> None:
    store = LogStore()
    assert (len(store), store.first, store.total, store.lines(0, 10)) == (0, 0, 0, [])
    assert store.last_stamp == ""
    assert list(store.chunks()) == []


def test_a_line_can_be_read_at_once() -> None:
    store = LogStore()
    store.append(record(0))
    assert store.lines(0, 1) == [record(0)[:-1]]
    assert store.last_stamp == STAMP


def test_lines_are_read_by_number_across_chunks() -> None:
    store = filled(5_000)
    assert len(store) == store.total == 5_000
    assert numbers(store.lines(0, 5_000)) == list(range(5_000))
    for start in (0, 600, 654, 655, 656, 4_990):
        assert numbers(store.lines(start, start + 10)) == list(range(start, start + 10))


def test_reading_past_either_end_gives_what_there_is() -> None:
    store = filled(10)
    assert numbers(store.lines(-5, 3)) == [0, 1, 2]
    assert numbers(store.lines(8, 99)) == [8, 9]
    assert store.lines(5, 5) == store.lines(7, 3) == []


@pytest.mark.parametrize("seed", range(8))
def test_the_same_bytes_cut_anywhere_give_the_same_lines(seed: int) -> None:
    chance = random.Random(seed)
    whole = b"".join(record(each, chance.randrange(45, 3_000)) for each in range(300))
    store = LogStore(hot_bytes=CHUNK_BYTES)
    start = 0
    while start < len(whole):
        end = start + chance.choice((1, 50, 1_000, 70_000, 200_000))
        store.append(whole[start:end])
        start = end
    assert store.lines(0, 300) == whole.split(b"\n")[:-1]
    assert b"".join(chunk for _, chunk in store.chunks()) == whole


def test_a_line_counts_when_its_end_has_come() -> None:
    store = LogStore()
    store.append(record(0) + b"12026-11-23T12:03:11Z half")
    assert store.total == 1
    assert list(store.chunks()) == [(0, record(0))]
    store.append(b" a line\n")
    assert store.lines(1, 2) == [b"12026-11-23T12:03:11Z half a line"]


def test_a_line_longer_than_a_chunk_is_one_line() -> None:
    store = LogStore()
    long = record(1, 10 << 20)
    store.append(record(0) + long + record(2))
    assert store.lines(0, 3) == [record(0)[:-1], long[:-1], record(2)[:-1]]


def test_packed_lines_read_as_they_came_and_take_less_memory() -> None:
    plain, packed = filled(20_000), filled(20_000, hot_bytes=2 * CHUNK_BYTES)
    assert packed.lines(0, 20_000) == plain.lines(0, 20_000)
    assert packed.held_bytes < plain.held_bytes / 3


def test_above_its_limit_the_oldest_lines_go_and_the_others_keep_their_numbers() -> None:
    store = filled(20_000, limit_bytes=1 << 20, hot_bytes=2 << 20)
    assert store.held_bytes <= (1 << 20) + CHUNK_BYTES
    assert store.total == 20_000
    assert store.first > 0
    assert len(store) == store.total - store.first
    assert numbers(store.lines(0, 20_000)) == list(range(store.first, 20_000))


def test_dropping_goes_from_packed_lines_into_unpacked_ones() -> None:
    store = LogStore(limit_bytes=12 * CHUNK_BYTES, hot_bytes=10 * CHUNK_BYTES)
    chance = random.Random(1)
    for number in range(4_000):
        store.append(record(number, 60)[:-1] + chance.randbytes(400).replace(b"\n", b" ") + b"\n")
        assert store.held_bytes <= 13 * CHUNK_BYTES
    assert numbers(store.lines(0, 4_000)) == list(range(store.first, 4_000))


def test_the_newest_lines_are_held_however_small_the_limit() -> None:
    store = LogStore(limit_bytes=1)
    store.append(record(0, CHUNK_BYTES))
    store.append(record(1, CHUNK_BYTES))
    assert numbers(store.lines(0, 2)) == [1]


def test_a_search_begins_at_the_piece_that_holds_its_line() -> None:
    store = filled(2_000, hot_bytes=CHUNK_BYTES)
    start, chunk = next(store.chunks(1_000))
    assert start <= 1_000 < start + chunk.count(b"\n")
    assert numbers(chunk.split(b"\n")[:1]) == [start]


def test_a_search_goes_on_while_the_store_grows_and_drops() -> None:
    store = filled(3_000, limit_bytes=8 * CHUNK_BYTES, hot_bytes=8 * CHUNK_BYTES)
    found = []
    for start, chunk in store.chunks():
        found += list(range(start, start + chunk.count(b"\n")))
        if store.total < 9_000:
            store.append(b"".join(record(each) for each in range(store.total, store.total + 999)))
    assert found == sorted(set(found))
    assert found[-1] == store.total - 1


def test_every_change_has_a_revision_of_its_own() -> None:
    store = LogStore()
    before = store.revision
    store.append(record(0))
    assert store.revision > before


def test_a_record_is_taken_apart() -> None:
    assert split_record(record(7, 0)[:-1]) == Record(b"", b"1", STAMP.encode(), b"line 7 ")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", b""),
        (b"1", b""),
        (b"0some words of a line", b"some words of a line"),
        (b"0  indented", b"  indented"),
        (b"22026-11-23 no stamp", b"2026-11-23 no stamp"),
        (b"no record at all", b"no record at all"),
        (f"1{STAMP} ".encode(), b""),
        (f"1{STAMP}".encode(), STAMP.encode()),
    ],
)
def test_of_a_line_without_a_stamp_every_word_is_kept(raw: bytes, text: bytes) -> None:
    assert split_record(raw).text == text


@pytest.mark.parametrize("stamp", [b"", b"soon", b"\xff", b"2026-11-23T12:03:11", b"9" * 60])
def test_a_stamp_that_is_none_gives_no_time(stamp: bytes) -> None:
    assert time_of(stamp) is None
