"""A log is looked through in pieces that take a few milliseconds each."""

from __future__ import annotations

import pytest

from dockertui.store import log_scan
from dockertui.store.log_scan import LogScan
from dockertui.store.log_store import LogStore

LINES = 20_000


class Clock:
    """A time that goes on only when somebody works."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class Reading(LogScan):
    """Takes its time for every line; each passes."""

    def __init__(self, store: LogStore, clock: Clock, line_s: float, near: int) -> None:
        super().__init__(store, store, near=near)
        self._clock, self.line_s = clock, line_s
        self.pieces: list[int] = []

    def passing(self, start: int, chunk: bytes, end: int) -> list[int]:
        assert chunk.count(b"\n") == end - start
        self._clock.now_s += self.line_s * (end - start)
        self.pieces.append(end - start)
        return list(range(start, end))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(log_scan, "perf_counter", clock)
    return clock


@pytest.fixture
def store() -> LogStore:
    store = LogStore()
    store.append(b"".join(b"1%0100d\n" % each for each in range(LINES)))
    return store


def slices_s(subject: Reading, clock: Clock, budget_s: float) -> list[float]:
    """How long each slice takes, to the end."""
    taken: list[float] = []
    goes_on = True
    while goes_on:
        begun_s = clock.now_s
        goes_on = subject.advance(budget_s)
        taken.append(clock.now_s - begun_s)
    return taken


@pytest.mark.parametrize("near", [0, 7_777, LINES])
@pytest.mark.parametrize("line_us", [0.1, 2, 9, 40])
def test_no_slice_takes_longer_than_it_may(
    store: LogStore, clock: Clock, line_us: float, near: int
) -> None:
    subject = Reading(store, clock, line_us / 1e6, near)
    assert max(slices_s(subject, clock, 0.006)) <= 0.008
    found = subject.found
    assert found.between(found.first, found.total) == list(range(LINES))


def test_what_is_quick_is_looked_at_in_whole_chunks(store: LogStore, clock: Clock) -> None:
    subject = Reading(store, clock, 1e-9, 0)
    slices_s(subject, clock, 0.006)
    assert max(subject.pieces) == store.chunk(0)[2]


def test_what_becomes_slow_is_looked_at_in_small_pieces(store: LogStore, clock: Clock) -> None:
    subject = Reading(store, clock, 1e-6, 0)
    subject.advance(0.002)
    subject.line_s = 30e-6
    slices_s(subject, clock, 0.006)
    assert max(subject.pieces[-5:]) * subject.line_s <= 0.003
