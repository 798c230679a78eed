"""A line that goes on from another has that one's level, and the search for it is bounded."""

from __future__ import annotations

from dockertui.store.log_store import LogStore
from dockertui.store.log_words import Level
from dockertui.widgets.log_levels import LOOK_BACK, LineLevels
from dockertui.widgets.log_line import LogLine

STAMP = b"2026-11-23T12:03:11Z "


class CountedLines(LogStore):
    """A log that counts how many of its lines are asked for."""

    def __init__(self, *records: bytes) -> None:
        super().__init__()
        self.asked = 0
        self.append(b"".join(each + b"\n" for each in records))

    def lines(self, start: int, end: int) -> list[bytes]:
        found = super().lines(start, end)
        self.asked += len(found)
        return found


def line(text: str, head: str = "1") -> bytes:
    return head.encode() + STAMP + text.encode()


def levels(log: LogStore, places: list[int] | None = None) -> list[Level]:
    known = LineLevels(log)
    return [
        known.level(place, LogLine(log.lines(place, place + 1)[0]))
        for place in places or range(log.first, log.total)
    ]


TRACE = (
    line("12:03:11 ERROR [main] could not add"),
    line("\tat shop.Cart.add(Cart.java:12)"),
    line("\tat shop.Api.post(Api.java:88)"),
    line("12:03:12 INFO [main] next"),
)


def test_a_trace_has_the_level_of_its_head() -> None:
    wanted = [Level.ERROR, Level.ERROR, Level.ERROR, Level.INFO]
    assert levels(CountedLines(*TRACE)) == wanted
    assert levels(CountedLines(*TRACE), [3, 2, 1, 0]) == wanted[::-1]


def test_the_lines_of_other_sources_do_not_end_a_trace() -> None:
    log = CountedLines(
        line("ERROR: gone", "A1"),
        line("DEBUG: else", "B1"),
        line("\tat shop.Cart", "A1"),
        line("\tat home", "B1"),
    )
    assert levels(log)[2:] == [Level.ERROR, Level.DEBUG]


def test_a_restart_ends_a_trace() -> None:
    log = CountedLines(line("ERROR: gone"), line("ERROR: restarted", "3"), line("\tat x"))
    assert levels(log) == [Level.ERROR, Level.NONE, Level.NONE]


def test_lines_that_go_on_from_nothing_have_no_level_and_cost_little() -> None:
    log = CountedLines(*[line(f"\tgoing on {number}") for number in range(5_000)])
    assert set(levels(log, [4_000, *range(3_950, 4_050)])) == {Level.NONE}
    assert log.asked < 101 + 60 * LOOK_BACK


def test_a_trace_that_is_longer_than_one_looks_back_still_ends() -> None:
    log = CountedLines(line("ERROR: deep"), *[line("\tat x")] * (LOOK_BACK * 2))
    assert levels(log, [LOOK_BACK * 2])[-1] is Level.NONE
    assert levels(log, [LOOK_BACK - 1])[-1] is Level.ERROR
