"""Whose a line is can be read in a column that is as wide as it must be."""

from __future__ import annotations

import pytest
from rich.style import Style

from dockertui.store.log_record import tag_of
from dockertui.store.log_source import LogSource
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_line import LogLine
from dockertui.widgets.log_looks import Looks
from dockertui.widgets.log_sources import source_cells, source_text


def sources(*names: str) -> dict[bytes, LogSource]:
    return {
        tag_of(number): LogSource(tag=tag_of(number), number=number, name=name, short=name)
        for number, name in enumerate(names)
    }


@pytest.mark.parametrize(
    ("names", "width", "cells"),
    [
        ((), 160, 0),
        (("web", "db"), 160, 4),
        (("shop-worker-payments-12", "db"), 160, 17),
        (("shop-worker-payments-12", "db"), 80, 13),
        (("shop-worker-payments-12", "db"), 40, 11),
        (("shop-worker-payments-12", "db"), 12, 4),
        (("shop-worker-payments-12", "db"), 11, 0),
    ],
)
def test_the_column_is_as_wide_as_the_longest_name_within_bounds(
    names: tuple[str, ...], width: int, cells: int
) -> None:
    assert source_cells(sources(*names), width) == cells


def test_a_long_name_is_cut_in_the_middle() -> None:
    payments = sources("shop-worker-payments-12")[b"A"]
    assert source_text(payments, 17) == "shop-wor…ents-12 "


def test_a_name_stands_before_the_first_row_of_a_line_alone() -> None:
    layout = LogLayout(40, wrap=True, sources=sources("web", "db"))
    rows = layout.rows(LogLine(b"B12026-11-23T12:03:11Z " + b"x" * 40), 0)
    assert [row.text[10:14] for row in rows] == ["db  ", "    "]


def test_a_line_of_nobody_known_has_no_name() -> None:
    layout = LogLayout(60, sources=sources("web"))
    assert layout.rows(LogLine(b"Z1text"), 0)[0].text == (" " * 14 + "text").ljust(60)


def test_names_of_one_number_have_one_colour_and_the_colours_come_again() -> None:
    looks = Looks(sources=(Style(color="red"), Style(color="blue")))
    layout = LogLayout(60, looks=looks, sources=sources("a", "b", "c"))
    colours = [
        {it.style for it in layout.rows(LogLine(tag + b"1x"), 0)[0] if it.text.strip() == name}
        for tag, name in ((b"A", "a"), (b"B", "b"), (b"C", "c"))
    ]
    assert colours[0] == colours[2] != colours[1]
