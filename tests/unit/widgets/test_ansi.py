"""Colour and weight survive; nothing else that a container writes reaches the terminal."""

from __future__ import annotations

import random
import unicodedata

import pytest
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style

from dockertui.widgets.ansi import Pen, pen_after, plain, segments, turned

BASE = Style(color="#cccccc", bgcolor="#101010")
NULL = Style.null()


def looks(text: str, *, colour: bool = True) -> list[tuple[str, Style]]:
    return [(each.text, each.style or NULL) for each in segments(text, NULL, colour=colour)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("", ""),
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x1b[2Jb\x1b[Hc\x1b[?1049hd", "abcd"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x1b]52;c;aGk=\x9cb", "ab"),
        ("a\x9d52;c;aGk=\x07b", "ab"),
        ("a\x1bP1$r0m\x1b\\b", "ab"),
        ("a\x1b_app\x1b\\b\x1b^pm\x1b\\c\x1bXsos\x1b\\d", "abcd"),
        ("a\x9b2Jb\x9b31mc", "abc"),
        ("a\x1b]0;never ended", "a0;never ended"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1bcb\x1b(0c\x1b7d", "abcd"),
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
        ("a\x1b[31", "a"),
        ("a\x00b\x07c\x08d\x7fe\x85f", "abcdef"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\u200bb\u200dc\ufeffd\ufe0fe", "abcde"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\U0001f467"),
        ("\U0001f44d\U0001f3fd!", "\U0001f44d!"),
        ("e\u0301", "e\u0301"),
        ("日本語 ✓", "日本語 ✓"),
        ("a\tb", "a       b"),
        ("日本\tb", "日本    b"),
        ("日本\x1b[1mx\tb", "日本x   b"),
        ("\x1b[1m1234567\x1b[0m\tb", "1234567 b"),
        ("\x1b[" + "1;" * 500 + "1mbold", "bold"),
        ("\x1b[" + "9" * 90 + "mx", "x"),
        ("[red]not markup[/red]", "[red]not markup[/red]"),
    ],
)
def test_what_is_shown_of_what_was_written(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_random_bytes_never_make_a_control_or_hidden_character() -> None:
    chance = random.Random(8)
    spice = [b"\x1b[", b"\x1b]", b"\x1bP", b"\x9b", b"\xc2\x9b", b"\x07", b"\x1b\\", b"31;4", b"m"]
    for _ in range(3_000):
        parts = [chance.choice((chance.choice(spice), chance.randbytes(3))) for _ in range(20)]
        text = b"".join(parts).decode("utf-8", "replace")
        for each in segments(text, BASE):
            assert each.text
            assert each.control is None
            assert not {unicodedata.category(it) for it in each.text} & {"Cc", "Cs", "Zl", "Zp"}


def test_every_character_left_has_the_width_of_its_own() -> None:
    for start in range(0, 0x110000, 0x100):
        shown = plain("".join(map(chr, range(start, start + 0x100))))
        assert cell_len(shown) == sum(map(cell_len, shown))


def test_hostile_text_costs_no_more_than_its_length() -> None:
    for text in ("\x1b]" * 40_000, "\x9d" * 80_000, "\x1b[" * 40_000, "\x1b[1;" * 20_000):
        assert len(list(segments(text, BASE))) <= len(text)


@pytest.mark.parametrize(
    ("codes", "style"),
    [
        ("31", "color(1)"),
        ("91", "color(9)"),
        ("42", "on color(2)"),
        ("104", "on color(12)"),
        ("38;5;208", "color(208)"),
        ("38:5:208", "color(208)"),
        ("48;5;17", "on color(17)"),
        ("38;2;1;2;3", "#010203"),
        ("38:2:1:2:3", "#010203"),
        ("38:2::1:2:3", "#010203"),
        ("48;2;255;0;9", "on #ff0009"),
        ("1", "bold"),
        ("2", "dim"),
        ("3", "italic"),
        ("4", "underline"),
        ("4:3", "underline"),
        ("7", "reverse"),
        ("9", "strike"),
        ("1;4;33", "bold underline color(3)"),
        ("58;5;9;32", "color(2)"),
        ("58:2::1:2:3;32", "color(2)"),
        ("32;0;1", "bold"),
    ],
)
def test_colour_and_weight_are_kept(codes: str, style: str) -> None:
    assert looks(f"\x1b[{codes}mx") == [("x", Style.parse(style))]


@pytest.mark.parametrize(
    "codes",
    [
        "",
        "0",
        "00",
        "5",
        "8",
        "38",
        "38;5",
        "38;5;256",
        "38:",
        "38:2:1",
        "38;5:3",
        "99;1000",
        "31;39",
        "41;49",
        "1;22",
        "2;22",
        "3;23",
        "4;24",
        "4;4:0",
        "7;27",
        "9;29",
        ";",
        ":",
        "38;2;300;0;0",
    ],
)
def test_these_leave_a_line_plain(codes: str) -> None:
    assert looks(f"\x1b[{codes}mx") == [("x", NULL)]


def test_looks_last_until_they_are_ended() -> None:
    assert looks("a\x1b[31mb\x1b[1mc\x1b[39md\x1b[me") == [
        ("a", NULL),
        ("b", Style.parse("color(1)")),
        ("c", Style.parse("bold color(1)")),
        ("d", Style.parse("bold")),
        ("e", NULL),
    ]


def test_ending_a_colour_gives_the_texts_own_back() -> None:
    last = list(segments("\x1b[31;41ma\x1b[39;49mb", BASE))[-1]
    assert last.style == BASE


def test_without_colour_weight_is_kept() -> None:
    assert looks("\x1b[1;31;42mx\x1b[7my", colour=False) == [
        ("x", Style.parse("bold")),
        ("y", Style.parse("bold reverse")),
    ]


def test_a_wrong_colour_leaves_the_one_before() -> None:
    pen = turned(Pen(), "31")
    assert turned(pen, "38;5;999") == pen == Pen(Color.from_ansi(1))


def test_a_piece_goes_on_with_the_pen_of_the_one_before() -> None:
    pen = pen_after("a\x1b[1;31mb\x1b[4m\x1b[24m")
    for piece in ("more", "mo\x07re"):
        found = {it.style for it in segments(piece, NULL, pen=pen)}
        assert found == {Style.parse("bold color(1)")}
