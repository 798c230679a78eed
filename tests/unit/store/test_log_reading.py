"""What somebody reads of a log is what one finds who looks at each line by itself."""

from __future__ import annotations

import random

import pytest

from dockertui.store.log_filter import parse_filter
from dockertui.store.log_pattern import Pattern
from dockertui.store.log_reading import LogReading
from dockertui.store.log_record import rule, split_record, tagged
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from tests.support.naive_filter import left_of

STAMP = "2026-11-23T12:03:11.123456789Z"
WORDS = ("alpha", "beta", "Gamma", "delta", "er\x1b[31mror", "ünder", "z", "1", "te")
PATTERNS = (
    *(Pattern(it) for it in ("gamma", "Gamma", "error", "z", "1", "ünd", "ÜN", "te", "23")),
    Pattern("gam|be.a", regex=True),
    Pattern("^1", regex=True),
)


def record(chance: random.Random, number: int) -> bytes:
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(5)))
    return f"{chance.choice('012')}{STAMP} {number} {words}{'x' * chance.randrange(150)}".encode()


def log(*texts: str, tag: bytes = b"") -> bytes:
    return tagged(b"".join(f"1{STAMP} {it}\n".encode() for it in texts), tag)


def reading(*texts: str) -> LogReading:
    store = LogStore()
    store.append(log(*texts))
    return LogReading(store)


def finish(subject: LogReading) -> None:
    while subject.advance(0.01):
        pass


def texts(subject: LogReading) -> list[str]:
    lines = subject.lines
    return [split_record(it).text.decode() for it in lines.lines(lines.first, lines.total)]


def filtered(subject: LogReading, *filters: str, keep: int = 0) -> list[str]:
    subject.set_filters([parse_filter(it) for it in filters], keep=keep)
    finish(subject)
    return texts(subject)


class Diary:
    """A store, and beside it every line by its number."""

    def __init__(self, chance: random.Random) -> None:
        self.store = LogStore(limit_bytes=1 << 20, hot_bytes=1 << 18)
        self.lines: dict[int, bytes] = {}
        self._chance = chance

    def change(self) -> None:
        """Add some lines at one end or at the other."""
        store, count = self.store, self._chance.randrange(300)
        new = [record(self._chance, each) for each in range(count)]
        block = b"".join(it + b"\n" for it in new)
        if self._chance.random() < 0.6:
            self.lines.update(enumerate(new, store.total))
            store.append(block)
        else:
            first = store.first
            added = store.prepend(block)
            self.lines.update(enumerate(new[len(new) - added :], first - added))

    def having(self, *patterns: Pattern) -> list[int]:
        """The numbers of the lines that are held and have all of some patterns."""
        held = range(self.store.first, self.store.total)
        return [
            number
            for number in held
            if all(it.matches(split_record(self.lines[number]).text) for it in patterns)
        ]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda it: it.text)
def test_filters_and_search_find_what_is_there_whatever_comes_and_goes(pattern: Pattern) -> None:
    chance = random.Random(pattern.text)
    diary = Diary(chance)
    subject = LogReading(diary.store)
    subject.set_filters([parse_filter("e")], keep=chance.randrange(-10, 100_000))
    subject.seek(pattern, near=chance.randrange(1_000))
    for _ in range(60):
        diary.change()
        subject.advance(chance.choice([0, 0.001]))
        if chance.random() < 0.3:
            finish(subject)
            left, hits = diary.having(Pattern("e")), diary.having(Pattern("e"), pattern)
            lines, search = subject.lines, subject.search
            assert search is not None
            assert [lines.number(it) for it in range(lines.first, lines.total)] == left
            assert lines.lines(lines.first, lines.total) == [diary.lines[it] for it in left]
            assert search.count == len(hits)
            for rank in chance.sample(range(len(hits)), min(5, len(hits))):
                assert search.position(hits[rank]) == rank + 1
                assert search.hit_from(hits[rank], 1) == next(iter(hits[rank + 1 :]), None)
                assert search.hit_from(hits[rank], -1) == (hits[rank - 1] if rank else None)


def test_a_place_stays_while_lines_are_found_around_it() -> None:
    subject = reading(*(f"{each} {'odd' if each % 2 else 'even'}" for each in range(20_000)))
    subject.set_filters([parse_filter("odd")], keep=10_001)
    subject.advance(0)
    place = subject.lines.place(10_001)
    finish(subject)
    assert subject.lines.place(10_001) == place
    assert subject.lines.number(place) == 10_001
    assert len(subject.lines) == 10_000


def test_several_filters_leave_what_fulfils_all() -> None:
    subject = reading("one two", "two three", "three one")
    assert filtered(subject, "one", "two") == ["one two"]
    assert filtered(subject, "one !two") == ["three one"]
    assert filtered(subject) == ["one two", "two three", "three one"]


def test_a_filter_that_is_off_hides_nothing() -> None:
    subject = reading("one", "two")
    subject.set_filters([parse_filter("one").switched()], keep=0)
    finish(subject)
    assert texts(subject) == ["one", "two"]


def test_a_filter_holds_for_lines_to_come() -> None:
    subject = reading("one")
    filtered(subject, "one")
    subject.store.append(log("two", "one more"))
    finish(subject)
    assert texts(subject) == ["one", "one more"]


def test_a_rule_always_stays() -> None:
    subject = reading("one")
    subject.store.append(rule(STAMP, "restarted: exited 137") + log("two"))
    assert filtered(subject, "two") == ["restarted: exited 137", "two"]


def test_a_trace_stays_with_its_head_and_the_head_with_it() -> None:
    lines = ("ready", "ERROR checkout failed", "    at Cart.add", "    at Main.run", "again")
    assert filtered(reading(*lines), "checkout") == list(lines[1:4])
    assert filtered(reading(*lines), "Main.run") == list(lines[1:4])
    assert filtered(reading(*lines), "!checkout") == ["ready", "again"]


def test_a_trace_stays_whole_where_chunks_meet() -> None:
    chance = random.Random(5)
    told: list[str] = []
    for number in range(3_000):
        told.append(f"{number} ERROR failed" if number % 7 == 0 else f"{number} ready")
        if number % 7 == 0:
            told += [f"    at frame {'y' * chance.randrange(200)}"] * chance.randrange(1, 6)
    subject = reading(*told)
    store = subject.store
    left = left_of(store.lines(0, store.total), [parse_filter("failed")], {})
    expected = [told[at] for at in left]
    assert len(expected) > 2 * sum("failed" in it for it in told)
    assert filtered(subject, "failed", keep=store.total) == expected
    assert filtered(subject, "failed", keep=store.total // 2) == expected


def test_a_trace_is_told_from_what_others_write_meanwhile() -> None:
    store = LogStore()
    for tag, text in ((b"A", "ERROR no"), (b"B", "hello"), (b"A", "    at x"), (b"B", "bye")):
        store.append(log(text, tag=tag))
    sources = {it: LogSource(tag=it, name=it.decode(), short="") for it in (b"A", b"B")}
    assert filtered(LogReading(store, sources), "ERROR") == ["ERROR no", "    at x"]


def test_sources_are_switched_off_and_on() -> None:
    store = LogStore()
    store.append(log("one", tag=b"A") + log("two", tag=b"B"))
    sources = {it: LogSource(tag=it, name=it.decode(), short="") for it in (b"A", b"B")}
    subject = LogReading(store, sources)
    subject.set_hidden([b"A"], keep=0)
    finish(subject)
    assert texts(subject) == ["two"]
    subject.set_hidden([], keep=0)
    finish(subject)
    assert texts(subject) == ["one", "two"]


def test_what_is_cleared_away_comes_back() -> None:
    subject = reading("one", "two")
    subject.clear()
    subject.store.append(log("three"))
    finish(subject)
    assert (texts(subject), subject.cleared) == (["three"], 2)
    subject.unclear()
    finish(subject)
    assert (texts(subject), subject.cleared) == (["one", "two", "three"], 0)


def test_one_goes_through_bookmarks_in_both_directions() -> None:
    subject = reading(*map(str, range(9)))
    assert [subject.toggle_bookmark(it) for it in (7, 2, 5, 5)] == [True, True, True, False]
    assert list(subject.bookmarks) == [2, 7]
    assert (subject.bookmark_from(2, 1), subject.bookmark_from(7, -1)) == (7, 2)


def test_filters_and_search_go_along_to_another_part_of_the_log() -> None:
    subject = reading("one", "two")
    filtered(subject, "one")
    subject.seek(Pattern("one"), near=0)
    subject.toggle_bookmark(0)
    other = LogStore()
    other.append(log("none", "zero", "one"))
    subject.move_to(other)
    finish(subject)
    assert texts(subject) == ["none", "one"]
    assert subject.search is not None
    assert subject.search.count == 2
    assert not subject.bookmarks


def test_an_expression_that_takes_for_ever_is_given_up_with_a_sentence() -> None:
    subject = reading(*["a" * 40 + "!"] * 50)
    subject.seek(Pattern("(a+)+$", regex=True), near=0)
    finish(subject)
    assert "too long" in subject.problem or "slow" in subject.problem
