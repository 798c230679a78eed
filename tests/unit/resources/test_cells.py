"""What cells say is short, true, and says for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dockertui.resources.cells import age_of, listed, percent
from dockertui.resources.resource import FOREVER, Column

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0%"), (0.04, "0%"), (0.05, "0.1%"), (9.94, "9.9%"), (9.96, "10%"), (400.0, "400%")],
)
def test_a_share_has_a_decimal_only_where_that_means_something(share: float, text: str) -> None:
    assert percent(share) == text


def test_several_values_share_a_cell() -> None:
    assert listed(()) == ""
    assert listed((80, "tcp")) == "80, tcp"


def test_an_age_says_for_how_long_it_holds() -> None:
    live = age_of(lambda began: began, "up {}")
    for passed_s in (0.0, 0.4, 59.5, 61.0, 3_599.9, 7_300.0, 100_000.0):
        text, holds_s = live(NOON, NOON + timedelta(seconds=passed_s))
        later = NOON + timedelta(seconds=passed_s + holds_s)
        assert live(NOON, later - timedelta(seconds=0.01))[0] == text
        assert live(NOON, later + timedelta(seconds=0.01))[0] != text


def test_what_never_began_is_blank_for_ever() -> None:
    assert age_of(lambda began: began)(None, NOON) == ("", FOREVER)


def test_a_column_leaves_blank_what_is_not_there() -> None:
    column: Column[float | None] = Column("CPU", lambda it: it, text=percent)
    assert column.name == "cpu"
    assert [column.read(it, NOON) for it in (None, 3.0)] == [("", FOREVER), ("3.0%", FOREVER)]
