"""A log that breaks off and goes on."""

from __future__ import annotations

import random

import pytest

from dockertui.sync.log_times import ns_of, stamp_in, stamp_of
from dockertui.sync.resume import GapError, Resume


def record(second: int, nanos: int, text: str) -> bytes:
    return f"12026-11-23T12:00:{second:02}.{nanos:09}Z {text}\n".encode()


def engine_sends(lines: list[bytes], since: str) -> list[bytes]:
    """What an engine sends: everything at or after the stamp, inclusive."""
    if not since:
        return lines
    seconds, nanos = since.split(".")
    since_ns = int(seconds) * 10**9 + int(nanos)
    return [it for it in lines if ns_of(stamp_in(it)) >= since_ns]


def test_a_log_that_breaks_anywhere_goes_on_without_loss_or_repetition() -> None:
    random.seed(7)
    # Stamps that often repeat, and texts that sometimes do too.
    lines = [
        record(place // 40, place // 3 % 7 + place // 40, f"line {place % 2}")
        for place in range(400)
    ]
    lines.sort(key=lambda it: it[:32])
    for _ in range(50):
        resume, got = Resume(), b""
        sent = 0
        while True:
            todo = engine_sends(lines, resume.begin())
            cut = random.randint(1, 60)
            got += resume.fresh(b"".join(todo[:cut]))
            sent += 1
            if cut >= len(todo):
                break
            assert sent < 2_000
        assert got == b"".join(lines)


def test_only_what_is_known_is_dropped() -> None:
    resume = Resume()
    first = record(1, 5, "a") + record(1, 5, "b")
    assert resume.fresh(first) == first
    assert resume.begin() == "1795435200.950000005"
    late = record(1, 5, "c")
    assert resume.fresh(record(1, 5, "b") + late + record(1, 5, "a")) == late
    assert resume.fresh(record(2, 0, "a")) == record(2, 0, "a")


def test_an_empty_log_goes_on_from_its_beginning() -> None:
    assert Resume().begin() == ""


class Log:
    """A log that an engine has: a thousand lines in 20 ms, the times of two streams mixed up."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.records: list[bytes] = []
        self.times: list[int] = []
        time_ns = 1_795_435_200 * 10**9
        for number in range(6_000):
            time_ns += chance.choice([1_500, 2_000, 40_000])
            self.times.append(time_ns + chance.choice([0, 0, -3_000]))
            stamp = stamp_of(self.times[-1]).encode()
            self.records.append(b"%d%b line %d\n" % (1 + number % 2, stamp, number))

    def sends(self, end: int, tail: int | None, since: str) -> list[bytes]:
        """The last lines before a place, those not before a time."""
        start = max(0, end - tail) if tail is not None else 0
        seconds, nanos = since.split(".") if since else ("0", "0")
        since_ns = int(seconds) * 10**9 + int(nanos)
        return [self.records[it] for it in range(start, end) if self.times[it] >= since_ns]


def take(resume: Resume, lines: list[bytes], chance: random.Random) -> bytes:
    """Let a stream bring lines in pieces of all sizes."""
    got = b""
    while lines:
        size = chance.choice([1, 1, 5, 300, 3_000])
        got += resume.fresh(b"".join(lines[:size]))
        lines = lines[size:]
    return got


@pytest.mark.parametrize("seed", range(12))
def test_a_flood_that_breaks_often_is_exact_though_little_is_looked_back_at(seed: int) -> None:
    chance = random.Random(seed)
    log, resume = Log(chance), Resume()
    written, got, is_whole = 600, b"", False
    while not is_whole:
        written = min(len(log.records), written + chance.choice([0, 10, 500, 1_500]))
        for tail in (200, 2_000, None):
            since = resume.begin(may_gap=tail is None)
            todo = log.sends(written, tail if since else 500, since)
            cut = chance.randint(0, 2 * len(todo))
            try:
                got += take(resume, todo[:cut], chance)
            except GapError:
                continue
            is_whole = written == len(log.records) and cut >= len(todo)
            break
    assert not resume.has_lost
    assert len(got) > 10_000
    assert b"".join(log.records).endswith(got)


def test_lines_that_the_engine_no_longer_has_are_told() -> None:
    resume = Resume()
    resume.fresh(record(1, 0, "a"))
    resume.begin()
    assert resume.fresh(record(3, 0, "c")) == record(3, 0, "c")
    assert resume.has_lost
