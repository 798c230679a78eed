"""A cursor, a selection and bookmarks lie over rows that stay what they are."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from dockertui.store.log_pattern import Pattern
from dockertui.widgets.log_dress import dressed
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_looks import ASCII_MARKS, Looks

GROUND, CURSOR, HIT = "#101010", "#303060", "#e0c060"
TEXT = Style(color="#eeeeee", bgcolor=GROUND)
LOOKS = Looks(
    text=TEXT,
    stamp=TEXT + Style(color="#808080"),
    stderr=TEXT + Style(color="#ffee00"),
    cursor=Style(bgcolor=CURSOR),
    resting_cursor=Style(bgcolor="#202020"),
    selected=Style(bgcolor="#282828"),
    hit=Style(color="#000000", bgcolor=HIT),
    hit_here=Style(color="#000000", bgcolor="#60a0ff"),
)


def row(text: str = "text", stream: str = "1", looks: Looks = LOOKS) -> Strip:
    layout = LogLayout(40, looks=looks, pattern=Pattern("hit"))
    return layout.rows(LogLine(f"{stream}2026-11-23T12:03:11Z {text}".encode()), 0)[0]


def grounds(strip: Strip) -> dict[str, str]:
    return {
        it.text.strip(): it.style.bgcolor.name
        for it in strip
        if it.style and it.style.bgcolor and it.text.strip()
    }


def test_a_row_without_anything_over_it_is_the_same_row() -> None:
    strip = row()
    assert dressed(strip, looks=LOOKS) is strip


@pytest.mark.parametrize("cursor", [False, True])
@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize("bookmarked", [False, True])
@pytest.mark.parametrize("stream", "12")
def test_whatever_lies_over_it_a_row_keeps_its_width_and_words(
    cursor: bool, selected: bool, bookmarked: bool, stream: str
) -> None:
    strip = row("日本 hit", stream)
    over = dressed(strip, cursor=cursor, selected=selected, bookmarked=bookmarked, looks=LOOKS)
    assert over.text[1:] == strip.text[1:]
    assert over.cell_length == sum(cell_len(it.text) for it in over) == 40


def test_a_bookmark_stands_in_the_first_column() -> None:
    assert dressed(row(), bookmarked=True, looks=LOOKS).text[0] == "▸"
    assert dressed(row(), bookmarked=True, looks=LOOKS, marks=ASCII_MARKS).text[0] == "*"
    assert dressed(row(), selected=True, looks=LOOKS).text[0] == "┃"


def test_the_bookmark_of_a_line_from_stderr_says_that_too() -> None:
    out, err = (dressed(row("x", it), bookmarked=True, looks=LOOKS) for it in "12")
    assert [bool((next(iter(it)).style or TEXT).reverse) for it in (out, err)] == [False, True]


def test_the_cursor_is_behind_its_whole_row_and_a_hit_there_differs() -> None:
    over = dressed(row("a hit"), cursor=True, looks=LOOKS)
    assert grounds(over) == {"12:03:11": CURSOR, "a": CURSOR, "hit": "#60a0ff"}
    rests = dressed(row("a hit"), cursor=True, focused=False, looks=LOOKS)
    assert grounds(rests)["a"] == "#202020"


def test_what_would_drown_under_the_cursor_has_the_colour_of_text() -> None:
    stamp = next(it for it in dressed(row(), cursor=True, looks=LOOKS) if "12:03" in it.text)
    assert stamp.style
    assert stamp.style.color == TEXT.color


def test_what_was_faint_before_stays_faint_under_the_cursor() -> None:
    faint = TEXT + Style(color="#303030")
    over = dressed(Strip([Segment("────", faint)], 4), cursor=True, looks=LOOKS)
    assert {it.style.color for it in over if it.style} == {faint.color}


def test_a_selection_lies_under_hits_and_beside_grounds_of_the_containers_own() -> None:
    over = dressed(row("\x1b[41mred\x1b[0m hit"), selected=True, looks=LOOKS)
    assert grounds(over)["red"] == "color(1)"
    assert grounds(over)["hit"] == HIT


def test_without_colour_a_hit_under_the_cursor_is_not_reversed_back_into_the_text() -> None:
    looks = Looks()
    over = dressed(row("a hit", looks=looks), cursor=True, looks=looks)
    found = {it.text.strip(): it.style for it in over if it.text.strip()}
    assert found["a"] != found["hit"]
    assert found["a"] is not None
    assert found["a"].reverse


def test_dressing_a_row_sets_no_line_anew() -> None:
    strip = Strip([Segment("x", TEXT)], 1)
    assert dressed(strip, selected=True, looks=LOOKS).text == "┃"
    assert strip.text == "x"
