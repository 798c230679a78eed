"""A line is cut where nothing is torn, and says what a terminal would show in the end."""

from __future__ import annotations

import random

import pytest

from dockertui.widgets.ansi import PLAIN, Pen, plain, turned
from dockertui.widgets.log_line import PIECE_BYTES, LogLine

HEAD = b"12026-11-23T12:03:11Z "


def pieces(text: bytes) -> list[bytes]:
    line = LogLine(HEAD + text)
    return [line.piece(index) for index in range(line.pieces)]


@pytest.mark.parametrize("text", [b"", b"short", b"x" * PIECE_BYTES])
def test_a_line_is_one_piece(text: bytes) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    "unit", ["x", "é", "日", "\U0001f600", "\x1b[31mx\x1b[0m", "\x1b[38;2;1;2;3mé"]
)
@pytest.mark.parametrize("shift", range(4))
def test_no_character_and_no_escape_is_torn(unit: str, shift: int) -> None:
    text = b"-" * shift + unit.encode() * 20_000
    cut = pieces(text)
    assert b"".join(cut) == text
    for piece in cut:
        assert set(plain(piece.decode())) <= set(plain("-" + unit))


def test_any_bytes_are_kept_in_their_order() -> None:
    chance = random.Random(3)
    for _ in range(20):
        text = chance.randbytes(PIECE_BYTES * 3).replace(b"\r", b"")
        assert b"".join(pieces(text)) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (b"10%\r20%\r30%", b"30%"),
        (b"10%\r20%\r30%\r", b"30%"),
        (b"done\r\r\r", b"done"),
        (b"done\r   \r\x1b[K", b"done"),
        (b"text\r\x1b[0m\x00\t", b"text"),
        (b"\r", b""),
        (b"\r\r\r" * 10_000, b""),
        (b" \r" * 10_000, b" "),
        (b"  indented", b"  indented"),
    ],
)
def test_of_a_line_written_over_the_last_words_remain(written: bytes, shown: bytes) -> None:
    assert LogLine(HEAD + written).text in {shown, b""}
    assert pieces(written)[0].strip() == shown.strip()


def test_a_line_that_is_no_record_is_shown_whole() -> None:
    assert pieces(b"")[0] == b""
    assert LogLine(b"not-a-record").text == b"not-a-record"


RED = turned(PLAIN, "31")


def pens(text: bytes) -> list[Pen]:
    line = LogLine(HEAD + text)
    return [line.pen(index) for index in range(line.pieces)]


def test_a_colour_goes_on_from_piece_to_piece_until_it_ends() -> None:
    long = b"x" * PIECE_BYTES
    text = b"\x1b[31m" + long + long + b"\x1b[0m" + long
    assert pens(text) == [PLAIN, RED, RED, PLAIN]
    line = LogLine(HEAD + text)
    assert line.pen(3) == PLAIN
    assert line.pen(2) == RED


def test_a_colour_is_looked_for_a_few_pieces_back_and_no_further() -> None:
    line = LogLine(HEAD + b"\x1b[31m" + b"x" * PIECE_BYTES * 40)
    assert line.pen(4) == RED
    assert line.pen(39) == PLAIN


def test_a_rule_is_told_from_a_line() -> None:
    assert LogLine(b"A32026-11-23T12:03:11Z restarted").is_rule
    assert not LogLine(b"A12026-11-23T12:03:11Z restarted").is_rule
