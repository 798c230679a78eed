"""Lines are set on rows that are exactly as wide as they should be."""

from __future__ import annotations

import random

import pytest
from rich.cells import cell_len
from rich.segment import Segment

from dockertui.widgets.ansi import plain
from dockertui.widgets.log_layout import LogLayout, Stamps
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_rows import folded, window

ALPHABET = "abc日本é\U0001f600\u0301 \t\x1b\u200b"


def line(text: str, stream: str = "1") -> LogLine:
    return LogLine(f"{stream}2026-11-23T12:03:11.123456789Z {text}".encode())


def texts(rows: list[list[Segment]]) -> list[str]:
    return ["".join(each.text for each in row) for row in rows]


def cells_of(text: str, left: int, width: int) -> str:
    """What `window` should show: a blank for half a character at the left, none at the right."""
    shown, at = "", 0
    for each in text:
        end = at + cell_len(each)
        if at >= left and end <= left + width:
            shown += each
        elif at < left < end <= left + width:
            shown += " "
        at = end
    return shown


def test_a_line_is_folded_at_the_width() -> None:
    assert texts(folded([Segment("abcdefgh")], 3)) == ["abc", "def", "gh"]
    assert texts(folded([Segment("ab"), Segment("cdef")], 3)) == ["abc", "def"]
    assert texts(folded([], 3)) == [""]


def test_a_wide_character_is_never_halved_by_a_fold() -> None:
    assert texts(folded([Segment("a日本語")], 4)) == ["a日", "本語"]
    assert texts(folded([Segment("日日")], 1)) == [""]


def test_a_combining_character_stays_with_its_letter() -> None:
    assert texts(folded([Segment("abe\u0301c")], 3)) == ["abe\u0301", "c"]


@pytest.mark.parametrize("seed", range(6))
def test_folding_loses_nothing_and_never_exceeds_the_width(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        text = plain("".join(chance.choices(ALPHABET, k=60)))
        width = chance.randrange(2, 20)
        rows = texts(folded([Segment(text[:20]), Segment(text[20:])], width))
        assert "".join(rows) == text
        assert all(cell_len(row) <= width for row in rows)


@pytest.mark.parametrize("seed", range(6))
def test_a_window_shows_the_cells_that_are_there(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(300):
        text = plain("x" + "".join(chance.choices(ALPHABET, k=40)))
        left, width = chance.randrange(30), chance.randrange(1, 20)
        shown, goes_on = window([Segment(text[:9]), Segment(text[9:])], left, width)
        row = "".join(each.text for each in shown)
        assert (
            row.lstrip("\u0301 ").rstrip() == cells_of(text, left, width).lstrip("\u0301 ").rstrip()
        )
        assert cell_len(row) <= width
        assert goes_on == (cell_len(text) > left + width)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("wrap", [False, True])
@pytest.mark.parametrize("stamps", Stamps)
def test_every_row_has_the_width_of_the_view(seed: int, wrap: bool, stamps: Stamps) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        layout = LogLayout(
            chance.randrange(4, 90), wrap=wrap, stamps=stamps, left=chance.choice((0, 0, 1, 8, 40))
        )
        text = "".join(chance.choices(ALPHABET, k=chance.randrange(120)))
        for row in layout.rows(line(text, chance.choice("012")), 0):
            assert row.cell_length == layout.width
            assert sum(cell_len(each.text) for each in row) == layout.width


def test_a_line_of_nothing_but_colours_is_not_looked_at_to_its_end() -> None:
    row = LogLayout(40).rows(line("\x1b[38;2;255;255;255m" * 800 + "text"), 0)[0]
    assert "text" not in row.text
    assert row.text.endswith("…" + " " * 29)


def test_a_time_is_shown_once_and_the_mark_of_stderr_on_every_row() -> None:
    rows = LogLayout(40, wrap=True).rows(line("x" * 60, "2"), 0)
    assert [row.text[0] for row in rows] == ["▌", "▌", "▌"]
    assert [":" in row.text for row in rows] == [True, False, False]


def test_a_narrow_view_leaves_out_the_time() -> None:
    assert LogLayout(20).rows(line("text"), 0)[0].text == " text".ljust(20)


def test_a_line_that_is_no_record_has_no_time() -> None:
    assert LogLayout(40).rows(LogLine(b"text"), 0)[0].text == (" " * 10 + "text").ljust(40)


@pytest.mark.parametrize("stamp", ["2026-11-23T12:03:11Z", "2026-11-23T14:03:11.5+02:00"])
def test_stamps_of_any_engine_are_read(stamp: str) -> None:
    layout = LogLayout(60, stamps=Stamps.FULL)
    row = layout.rows(LogLine(f"1{stamp} x".encode()), 0)[0].text
    assert row[11:24].startswith(" ")
    assert row.split()[1].endswith((":11.000", ":11.500"))
