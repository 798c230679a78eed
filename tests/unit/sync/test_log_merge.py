"""Several logs in one order of time."""

from __future__ import annotations

import random
import time

from dockertui.store.log_record import rule, split_record
from dockertui.sync.log_merge import WAIT_S, LogMerge
from dockertui.sync.log_times import stamp_of

BEGIN_NS = 1_795_435_200 * 10**9


def record(nanos: int, text: str) -> bytes:
    return f"1{stamp_of(BEGIN_NS + nanos)} {text}\n".encode()


def settled(*tags: bytes) -> LogMerge:
    merge = LogMerge()
    for tag in tags:
        merge.join(tag)
        merge.settle(tag)
    return merge


def texts(block: bytes) -> list[str]:
    return [split_record(it).text.decode() for it in block.split(b"\n")[:-1]]


def test_a_line_goes_on_when_every_source_has_a_later_one() -> None:
    merge = settled(b"A", b"B")
    merge.add(b"A", record(1, "a1") + record(5, "a5"), 0.0)
    assert merge.take(0.0) == b""
    merge.add(b"B", record(3, "b3"), 0.0)
    assert texts(merge.take(0.0)) == ["a1", "b3"]
    assert len(merge) == 1


def test_a_line_waits_no_longer_than_it_is_said_to() -> None:
    merge = settled(b"A", b"B")
    merge.add(b"A", record(1, "a1"), 10.0)
    assert merge.take(10.0 + WAIT_S - 0.01) == b""
    assert texts(merge.take(10.0 + WAIT_S)) == ["a1"]


def test_a_latecomer_within_the_wait_finds_its_place() -> None:
    merge = settled(b"A", b"B")
    merge.add(b"A", record(5, "a5"), 10.0)
    merge.add(b"B", record(1, "b1"), 10.4)
    assert texts(merge.take(10.5)) == ["b1", "a5"]
    assert merge.late == 0


def test_a_line_that_is_too_late_is_shown_at_the_end_and_counted() -> None:
    merge = settled(b"A", b"B")
    merge.add(b"A", record(5, "a5"), 10.0)
    assert texts(merge.take(11.0)) == ["a5"]
    merge.add(b"B", record(1, "b1") + record(7, "b7"), 11.0)
    assert texts(merge.take(12.0)) == ["b1", "b7"]
    assert merge.late == 1


def test_a_rule_that_comes_late_is_no_late_line() -> None:
    merge = settled(b"A")
    merge.add(b"A", record(5, "a5"), 0.0)
    merge.take(1.0)
    merge.add(b"A", rule(stamp_of(BEGIN_NS), "restarted"), 1.0)
    assert texts(merge.take(2.0)) == ["restarted"]
    assert merge.late == 0


def test_equal_stamps_keep_the_order_of_the_sources_and_within_each() -> None:
    merge = settled(b"A", b"B")
    merge.add(b"B", record(1, "b first") + record(1, "b second"), 0.0)
    merge.add(b"A", record(1, "a first") + record(1, "a second"), 0.0)
    assert texts(merge.take(1.0)) == ["a first", "a second", "b first", "b second"]


def test_lines_of_one_source_never_change_places() -> None:
    merge = settled(b"A")
    merge.add(b"A", record(5, "first") + record(4, "second") + b"1no stamp\n", 0.0)
    assert [it.rpartition(" ")[2] for it in texts(merge.take(1.0))] == ["first", "second", "stamp"]


def test_stamps_in_other_zones_and_without_fractions_are_compared_by_their_moment() -> None:
    merge = settled(b"A", b"B")
    merge.add(b"A", b"12026-11-23T12:00:01Z at one\n", 0.0)
    merge.add(b"B", b"12026-11-23T14:00:00.5+02:00 at a half\n", 0.0)
    assert texts(merge.take(1.0)) == ["at a half", "at one"]


def test_a_source_whose_history_has_not_come_keeps_the_others_waiting() -> None:
    merge = settled(b"A")
    merge.join(b"B")
    merge.add(b"A", record(5, "a5"), 0.0)
    assert merge.take(100.0) == b""
    merge.add(b"B", record(1, "b1"), 100.0)
    assert texts(merge.take(100.0)) == ["b1"]
    merge.settle(b"B")
    assert texts(merge.take(101.0)) == ["a5"]


def test_fifty_histories_come_in_order_and_in_small_slices() -> None:
    chance = random.Random(3)
    tags = [bytes([65 + it % 26, 97 + it // 26]) for it in range(50)]
    merge = settled(*tags)
    for tag in tags:
        times = sorted(chance.randrange(10**9) for _ in range(2_000))
        merge.add(tag, b"".join(record(it, tag.decode()) for it in times), 0.0)
    stamps, longest_s = list[bytes](), 0.0
    while True:
        start = time.thread_time()
        block = merge.take(1.0)
        longest_s = max(longest_s, time.thread_time() - start)
        if not block:
            break
        stamps += [split_record(it).stamp for it in block.split(b"\n")[:-1]]
    assert len(stamps) == 100_000
    assert stamps == sorted(stamps)
    assert longest_s < 0.05
