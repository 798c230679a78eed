"""Whatever an engine sends, and wherever it is cut: the same records."""

from __future__ import annotations

from itertools import pairwise
from struct import pack
from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dockertui.engine.frames import LINE_LIMIT, deframer

PART = 16 * 1024
STAMPS = [b"2026-11-23T12:03:%02d.%09dZ " % (number, number) for number in range(60)]
THOROUGH = settings(max_examples=300, deadline=None, database=None)
THRIFTY = settings(max_examples=15, deadline=None, database=None)

cuts = some.lists(some.integers(0, 1_000_000), max_size=12)
stamps = some.sampled_from(STAMPS)
texts = some.one_of(
    some.binary(max_size=30),
    some.text(max_size=20).map(str.encode),
    some.sampled_from(
        [b"\r", b"50%\r100%\r", b"\x00", b"\xff\xfe", STAMPS[7] + b"of its own", b""]
    ),
).map(lambda it: it.replace(b"\n", b""))
lengths = some.sampled_from([0, 1, 5, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 7])


def frame(stream: int, text: bytes) -> bytes:
    return pack(">BxxxL", stream, len(text)) + text


class Line(NamedTuple):
    """A line as a container writes it, and where its engine splits it."""

    stream: int
    stamp: bytes
    parts: list[bytes]

    @property
    def frames(self) -> list[bytes]:
        """What the engine sends of it: each part has a stamp, the last the line's end."""
        texts = [*self.parts[:-1], self.parts[-1] + b"\n"]
        return [frame(self.stream, self.stamp + text) for text in texts]

    @property
    def record(self) -> bytes:
        """What is to come of it."""
        return b"%d%b%b\n" % (self.stream, self.stamp, b"".join(self.parts))


framed_lines = some.builds(
    Line,
    some.sampled_from([1, 2]),
    stamps,
    some.lists(texts.filter(bool), min_size=1, max_size=4),
)
anything = some.one_of(
    some.binary(max_size=60),
    some.builds(frame, some.integers(0, 3), some.binary()),
    some.builds(
        lambda stream, stamp, text, end: frame(stream, stamp + text + end),
        some.sampled_from([1, 2]),
        stamps,
        texts,
        some.sampled_from([b"", b"\n", b"\r\n"]),
    ),
)


def pieces(data: bytes, places: list[int]) -> list[bytes]:
    """The data, cut at some places."""
    ends = sorted(place % (len(data) + 1) for place in places)
    return [data[a:b] for a, b in pairwise([0, *ends, len(data)])]


def read(fed: list[bytes], *, tty: bool | None) -> bytes:
    """All records of some pieces."""
    records = deframer(tty=tty)
    with patch("dockertui.engine.frames._now", return_value=STAMPS[0].strip()):
        return b"".join([*map(records.feed, fed), records.flush()])


def shuffled(lines: list[Line], order: list[int]) -> tuple[bytes, list[Line]]:
    """Frames of two streams between each other, and the lines in the order of their ends."""
    waiting = {
        stream: [(each, it) for it in lines if it.stream == stream for each in it.frames]
        for stream in (1, 2)
    }
    sent, ended = b"", list[Line]()
    while any(waiting.values()):
        choice = order.pop() if order else 1
        part, line = waiting[choice if waiting[choice] else 3 - choice].pop(0)
        sent += part
        if part.endswith(b"\n"):
            ended.append(line)
    return sent, ended


@THOROUGH
@given(some.lists(anything, max_size=6), cuts, some.sampled_from([True, False, None]))
def test_any_bytes_cut_anywhere_give_the_same_records(
    parts: list[bytes], places: list[int], tty: bool | None
) -> None:
    sent = b"".join(parts)
    whole = read([sent], tty=tty)
    assert read(pieces(sent, places), tty=tty) == whole
    assert read([sent[at : at + 1] for at in range(len(sent))], tty=tty) == whole


@THOROUGH
@given(some.lists(framed_lines, max_size=6), some.lists(some.sampled_from([1, 2])), cuts)
def test_every_line_of_both_streams_comes_once_and_whole(
    lines: list[Line], order: list[int], places: list[int]
) -> None:
    sent, ended = shuffled(lines, order)
    wanted = b"".join(it.record for it in ended)
    for fed in ([sent], pieces(sent, places), [sent[at : at + 1] for at in range(len(sent))]):
        assert read(fed, tty=False) == wanted
        assert read(fed, tty=None) == wanted


@THOROUGH
@given(
    some.lists(some.tuples(stamps, texts), max_size=6), cuts, some.sampled_from([b"\r\n", b"\n"])
)
def test_every_line_of_a_terminal_comes_once_and_whole(
    lines: list[tuple[bytes, bytes]], places: list[int], end: bytes
) -> None:
    sent = b"".join(stamp + text + b"." + end for stamp, text in lines)
    wanted = b"".join(b"0%b%b.\n" % line for line in lines)
    for fed in ([sent], pieces(sent, places), [sent[at : at + 1] for at in range(len(sent))]):
        assert read(fed, tty=True) == wanted
        assert read(fed, tty=None) == wanted


@THRIFTY
@given(lengths, some.sampled_from(["x", "é", "漢", "👩‍🚀"]), stamps, cuts)
def test_a_long_line_is_joined_even_where_a_character_was_cut(
    length: int, character: str, stamp: bytes, places: list[int]
) -> None:
    text = (b"." + character.encode() * PART)[:length]
    parts = [text[at : at + PART] for at in range(0, len(text) + 1, PART)]
    framed = b"".join(Line(1, stamp, parts).frames)
    for fed in ([framed], pieces(framed, places)):
        assert read(fed, tty=False) == b"1%b%b\n" % (stamp, text)
    bare = b"".join(stamp + part for part in parts) + b"\r\n"
    for fed in ([bare], pieces(bare, places)):
        assert read(fed, tty=True) == b"0%b%b\n" % (stamp, text)


@pytest.mark.parametrize("tty", [True, False])
@pytest.mark.parametrize("length", [LINE_LIMIT, LINE_LIMIT + 1, 10_000_000, 3 * LINE_LIMIT])
@pytest.mark.parametrize("size", [1000, 4096, 65_536, 100_000_000])
def test_a_line_of_ten_megabytes_is_cut_at_the_same_places_however_it_comes(
    length: int, size: int, *, tty: bool
) -> None:
    text = (b"0123456789abcdef" * (length // 16 + 1))[:length]
    parts = [text[at : at + PART] for at in range(0, length + 1, PART)]
    stamped = [STAMPS[at % 60] + part for at, part in enumerate(parts)]
    if tty:
        sent = b"".join(stamped) + b"\r\n"
    else:
        sent = b"".join(frame(1, each) for each in stamped[:-1]) + frame(1, stamped[-1] + b"\n")
    records = read([sent[at : at + size] for at in range(0, len(sent), size)], tty=tty).splitlines()
    head = len(b"0" + STAMPS[0])
    assert b"".join(record[head:] for record in records) == text
    assert [len(record) - head for record in records[:-1]] == [LINE_LIMIT] * (len(records) - 1)
    assert all(record[1:head] in STAMPS for record in records)
