"""Rows of cells lose nothing, and no wide character is torn."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from dockertui.widgets.ansi import plain
from dockertui.widgets.log_rows import Overlay, folded, overlaid, window

ALPHABET = "abc日本é\U0001f600\u0301 \t\x1b\u200b"


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


@pytest.mark.parametrize("seed", range(6))
def test_styles_are_laid_over_exactly_the_characters_that_they_are_meant_for(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        cuts = sorted(chance.choices(range(31), k=4))
        text = "".join(chance.choices("abc日é", k=30))
        bounds = [0, *sorted(chance.choices(range(31), k=3)), 30]
        line = [
            Segment(text[a:b], Style(color=f"color({number})"))
            for number, (a, b) in enumerate(pairwise(bounds))
            if a < b
        ]
        over = [Overlay(a, b, Style(bold=True)) for a, b in (cuts[:2], cuts[2:]) if a < b]
        found = overlaid(line, over)
        before = [(it, s.style) for s in line for it in s.text]
        after = [(it, s.style) for s in found for it in s.text]
        assert all(it.text for it in found)
        for at, ((old, style), (new, laid)) in enumerate(zip(before, after, strict=True)):
            is_under = any(it.start <= at < it.end for it in over)
            assert style
            assert (old, style + Style(bold=True) if is_under else style) == (new, laid)
