"""A log that breaks off and goes on."""

from __future__ import annotations

import random

from dockertui.sync.log_times import ns_of, stamp_in
from dockertui.sync.resume import Resume


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
