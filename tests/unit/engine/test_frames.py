"""Frames and lines, made into records however they are cut."""

from __future__ import annotations

import random
from itertools import pairwise
from struct import pack

import pytest

from dockertui.engine.frames import LINE_LIMIT, Deframer, Demux, deframer

STAMP = b"2026-11-23T12:03:11.123456789Z "
LATER = b"2026-11-23T12:03:12.000000000Z "


def frame(stream: int, text: bytes) -> bytes:
    """A frame as the engine sends it."""
    return pack(">BxxxL", stream, len(text)) + text


def cut_at_random(data: bytes, seed: int, pieces: int = 12) -> list[bytes]:
    """The data in pieces of any size."""
    places = sorted(random.Random(seed).randrange(len(data) + 1) for _ in range(pieces))
    return [data[a:b] for a, b in pairwise([0, *places, len(data)])]


def read(records: Deframer, pieces: list[bytes]) -> bytes:
    """All records of some pieces."""
    return b"".join([*map(records.feed, pieces), records.flush()])


def test_a_frame_becomes_a_record_that_tells_its_stream() -> None:
    sent = frame(1, STAMP + b"out\n") + frame(2, STAMP + b"err\n")
    assert read(deframer(tty=False), [sent]) == b"1%bout\n2%berr\n" % (STAMP, STAMP)


@pytest.mark.parametrize("seed", range(200))
def test_frames_may_be_cut_anywhere(seed: int) -> None:
    rng = random.Random(seed)
    texts = [rng.randbytes(rng.randrange(40)).replace(b"\n", b"") for _ in range(20)]
    lines = [(rng.choice((1, 2)), STAMP + text + b"\n") for text in texts]
    sent = b"".join(frame(*line) for line in lines)
    wanted = b"".join(b"%d%b" % line for line in lines)
    assert read(deframer(tty=False), cut_at_random(sent, seed)) == wanted
    assert read(deframer(tty=False), [sent[i : i + 1] for i in range(len(sent))]) == wanted


def test_the_parts_of_a_long_line_are_joined_stream_by_stream() -> None:
    part = b"x" * 16384
    sent = (
        frame(1, STAMP + part)
        + frame(2, STAMP + b"oops\n")
        + frame(1, LATER + part)
        + frame(1, LATER + b"end\n")
        + frame(1, LATER + b"next\n")
    )
    assert read(deframer(tty=False), [sent]) == (
        b"2" + STAMP + b"oops\n" + b"1" + STAMP + part + part + b"end\n" + b"1" + LATER + b"next\n"
    )


def test_a_line_without_end_is_cut_at_the_limit() -> None:
    part = b"x" * 16384
    records = deframer(tty=False)
    out = b"".join(records.feed(frame(1, STAMP + part)) for _ in range(200))
    lines = (out + records.flush()).splitlines()
    assert len(lines) == 4
    assert all(len(line) <= LINE_LIMIT + len(part) for line in lines)
    assert all(line.startswith(b"1" + STAMP) for line in lines)
    assert sum(line.count(b"x") for line in lines) == 200 * len(part)


def test_a_line_that_has_not_ended_is_there_on_request() -> None:
    records = deframer(tty=False)
    assert records.feed(frame(1, STAMP + b"name: ")) == b""
    assert records.flush() == b"1" + STAMP + b"name: \n"
    assert records.flush() == b""


def test_a_frame_of_many_lines_gives_each_its_own_record() -> None:
    sent = frame(1, STAMP + b"a\n" + LATER + b"b\n")
    assert read(deframer(tty=False), [sent]) == b"1%ba\n1%bb\n" % (STAMP, LATER)


def test_odd_bytes_stay_as_they_are() -> None:
    odd = b"\xff\x00\x1b[31m\r50%\r100%\xc3"
    assert read(deframer(tty=False), [frame(1, STAMP + odd + b"\n")]) == b"1" + STAMP + odd + b"\n"


def test_empty_frames_and_lines_do_no_harm() -> None:
    sent = frame(1, b"") + frame(1, STAMP + b"\n") + frame(2, b"")
    assert read(deframer(tty=False), [sent]) == b"1" + STAMP + b"\n"


@pytest.mark.parametrize("seed", range(50))
def test_the_lines_of_a_terminal_may_be_cut_anywhere(seed: int) -> None:
    sent = STAMP + b"10%\r50%\r\n" + LATER + b"\xff\r\n" + LATER + b"prompt> "
    assert read(deframer(tty=True), cut_at_random(sent, seed, 5)) == (
        b"0" + STAMP + b"10%\r50%\n0" + LATER + b"\xff\n0" + LATER + b"prompt> \n"
    )


def test_stamps_inside_a_long_line_of_a_terminal_are_taken_out() -> None:
    part = b"x" * 16384
    sent = STAMP + part + LATER + part + LATER + b"end\r\n"
    assert read(deframer(tty=True), [sent]) == b"0" + STAMP + part + part + b"end\n"


def test_a_terminal_that_ends_no_line_is_cut_at_the_limit() -> None:
    records = deframer(tty=True)
    out = b"".join(records.feed(b"y" * 65536) for _ in range(20)) + records.flush()
    assert [line.count(b"y") for line in out.splitlines()] == [LINE_LIMIT, 4 * 65536]


@pytest.mark.parametrize("seed", range(50))
def test_demux_leaves_what_was_written(seed: int) -> None:
    sent = frame(1, b"a\nb") + frame(2, b"\x00\x01\x00") + frame(1, b"") + frame(1, b"c")
    demux = Demux()
    pieces = cut_at_random(sent, seed, 5)
    assert b"".join(map(demux.feed, pieces)) == b"a\nb\x00\x01\x00c"


def test_the_engines_own_trouble_with_a_log_is_told_as_an_error() -> None:
    record = read(deframer(tty=False), [frame(3, b"Error grabbing logs: EOF\n")])
    mark_and_stamp, _, text = record.partition(b" ")
    assert (mark_and_stamp[:1], len(mark_and_stamp), text) == (
        b"2",
        len(STAMP),
        b"Error grabbing logs: EOF\n",
    )
