"""Columns get the room they need, give way in order, and texts fit them to the cell."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from rich.cells import cell_len

from dockertui.resources.resource import Column
from dockertui.widgets.column_layout import ColumnLayout, fit


def column(title: str, **options: Any) -> Column[str]:
    return Column(title, str, **options)


def shown(layout: ColumnLayout) -> dict[str, int]:
    return {it.column.title: it.width for it in layout.slots}


COLUMNS = (
    column("Name", width=8, most=20, keep=9, flexible=True),
    column("Status", width=6, keep=8),
    column("Image", width=5, most=10, keep=5),
    column("ID", keep=5),
)


def test_columns_with_the_lowest_rank_give_way_first_and_of_equals_the_right_one() -> None:
    layout = ColumnLayout(COLUMNS)
    kept = []
    for room in (30, 24, 23, 20, 15, 14, 3):
        layout.start_anew(room)
        kept.append((room, list(shown(layout))))
    assert kept == [
        (30, ["Name", "Status", "Image", "ID"]),
        (24, ["Name", "Status", "Image", "ID"]),
        (23, ["Name", "Status", "Image"]),
        (20, ["Name", "Status"]),
        (15, ["Name", "Status"]),
        (14, ["Name"]),
        (3, ["Name"]),
    ]
    assert shown(layout) == {"Name": 3}


@pytest.mark.parametrize("room", range(120))
def test_columns_never_take_more_than_there_is(room: int) -> None:
    layout = ColumnLayout(COLUMNS)
    layout.start_anew(room)
    layout.need([(0, "n" * 70), (1, "s" * 9), (2, "i" * 33), (3, "d" * 12)])
    last = layout.slots[-1]
    assert last.left + last.width <= room
    for before, after in zip(layout.slots, layout.slots[1:], strict=False):
        assert after.left == before.left + before.width + 1


def test_the_flexible_column_takes_what_room_is_left() -> None:
    layout = ColumnLayout(COLUMNS)
    layout.start_anew(60)
    assert shown(layout) == {"Name": 44, "Status": 6, "Image": 5, "ID": 2}


def test_a_column_grows_for_its_texts_and_does_not_shrink_again() -> None:
    layout = ColumnLayout(COLUMNS)
    layout.start_anew(60)
    assert layout.need([(1, "exited 137 3m")])
    assert shown(layout)["Status"] == 13
    assert not layout.need([(1, "up 2h")])
    assert shown(layout)["Status"] == 13
    layout.start_anew(60)
    assert shown(layout)["Status"] == 6


def test_a_column_stays_within_its_most_while_others_want_room() -> None:
    layout = ColumnLayout(COLUMNS)
    layout.start_anew(46)
    layout.need([(0, "n" * 20), (2, "i" * 30)])
    assert shown(layout) == {"Name": 20, "Status": 6, "Image": 15, "ID": 2}
    layout.start_anew(40)
    layout.need([(0, "n" * 20), (2, "i" * 30)])
    assert shown(layout)["Image"] == 10


def test_a_cell_is_found_in_its_column() -> None:
    layout = ColumnLayout(COLUMNS)
    layout.start_anew(30)
    found = [layout.at(x) for x in (0, 14, 15, 400)]
    assert [it and it.column.title for it in found] == ["Name", "Name", "Status", None]


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("web", {}, "web     "),
        ("web", {"right": True}, "     web"),
        ("shop-worker-12", {}, "shop-wo…"),
        ("shop-worker-12", {"cut_middle": True}, "sho…r-12"),
        ("数据库数据库", {}, "数据库… "),
        ("数据库数据-12", {"cut_middle": True}, "数…-12  "),
        ("e\u0301te\u0301", {}, "e\u0301te\u0301     "),
    ],
)
def test_a_text_takes_its_cells_exactly(text: str, options: dict[str, bool], expected: str) -> None:
    fitted = fit(text, 8, **options)
    assert fitted == expected
    assert cell_len(fitted) == 8


@pytest.mark.parametrize(
    "text", ["plain text", "数据库 and 数据", "a\u0301" * 30, "\u0301" * 50, ""]
)
@pytest.mark.parametrize("width", range(14))
def test_any_text_fits_any_width(text: str, width: int) -> None:
    for right in (False, True):
        for cut_middle in (False, True):
            assert cell_len(fit(text, width, right=right, cut_middle=cut_middle)) == width


def test_an_accent_is_not_parted_from_its_letter() -> None:
    fitted = fit("x" * 20 + "e\u0301e\u0301e\u0301", 8, cut_middle=True)
    after = fitted[fitted.index("…") + 1]
    assert not unicodedata.combining(after)


def test_a_very_long_text_is_cut_without_being_measured_to_its_end() -> None:
    assert cell_len(fit("数" * 1_000_000, 20, cut_middle=True)) == 20


def test_a_late_column_takes_no_room_until_something_is_said_in_it() -> None:
    layout = ColumnLayout((*COLUMNS, column("Update", width=7, keep=7, late=True)))
    layout.start_anew(40)
    assert "Update" not in shown(layout)
    assert layout.absent == (4,)
    assert not layout.need([(4, "")])
    assert layout.need([(4, "update")])
    assert shown(layout)["Update"] == 7
    assert not layout.need([(4, "older")])
    layout.start_anew(40)
    assert "Update" not in shown(layout)
