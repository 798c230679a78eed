"""Order, selection and marks of a table, through any history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

import pytest

from dockertui.widgets.table_model import TableModel


@dataclass(frozen=True)
class Row:
    """Something to show."""

    key: str
    """Its identity."""
    load: float | None = None
    """What changes."""


Model = TableModel[Row]


def load(row: Row) -> float | None:
    return row.load


def rows(text: str) -> list[Row]:
    """Rows named by letters, the load of each in a digit behind it."""
    return [Row(text[at], float(text[at + 1])) for at in range(0, len(text), 2)]


def model(text: str) -> Model:
    made = Model(lambda it: it.key, lambda it: it.key)
    made.put(rows(text))
    return made


def order(shown: Model) -> str:
    return "".join(str(it.key) for it in shown.shown)


def selected(shown: Model) -> str:
    return "" if shown.selected is None else str(shown.selected.key)


def marked(shown: Model) -> str:
    return "".join(it.key for it in shown.marked())


def test_the_first_row_is_selected_when_rows_come() -> None:
    shown = model("b1a2c3")
    assert (order(shown), selected(shown), shown.position) == ("abc", "a", 0)


def test_an_empty_table_has_nothing_selected() -> None:
    shown = model("")
    shown.select_at(3)
    shown.toggle_mark()
    shown.mark_range()
    assert (selected(shown), shown.position, shown.marked()) == ("", 0, ())


@pytest.mark.parametrize(("descending", "expected"), [(False, "cabde"), (True, "bacde")])
def test_equals_keep_the_usual_order_and_what_is_missing_comes_last(
    descending: bool, expected: str
) -> None:
    shown = model("a2b2c1")
    shown.put([Row("e"), Row("d")])
    shown.sort_by(load, descending=descending)
    assert order(shown) == (expected if not descending else "abcde")
    shown.put([Row("b", 3)])
    shown.settle()
    assert order(shown) == ("cabde" if not descending else "bacde")


def test_the_usual_order_can_be_turned_round() -> None:
    shown = model("a1b2c3")
    shown.sort_by(None, descending=True)
    assert order(shown) == "cba"
    shown.sort_by(None)
    assert order(shown) == "abc"


def test_a_row_that_changes_stays_where_it_stands_until_things_settle() -> None:
    shown = model("a1b2c3")
    shown.sort_by(load)
    shown.put(rows("a9"))
    assert (order(shown), shown.is_settled) == ("abc", False)
    shown.settle()
    assert (order(shown), shown.is_settled) == ("bca", True)


def test_a_new_row_goes_where_it_belongs_among_rows_that_have_not_settled() -> None:
    shown = model("a1c3e5")
    shown.sort_by(load)
    shown.put(rows("a9"))
    shown.put(rows("d4"))
    assert order(shown) == "acde"
    shown.settle()
    assert order(shown) == "cdea"


def test_selection_stays_with_its_object_whatever_comes_goes_and_moves() -> None:
    shown = model("a1c3e5")
    shown.select("c")
    shown.put(rows("b2d4"))
    assert (selected(shown), shown.position) == ("c", 2)
    shown.remove(["a"])
    shown.sort_by(load, descending=True)
    shown.put(rows("c9"))
    shown.settle()
    assert (order(shown), selected(shown), shown.position) == ("cedb", "c", 0)
    shown.keep_if(lambda it: it.key in "bc")
    assert (order(shown), selected(shown)) == ("cb", "c")


def test_what_takes_the_place_of_a_removed_row_is_selected() -> None:
    shown = model("a1b2c3d4")
    shown.select("b")
    shown.remove(["b", "c"])
    assert selected(shown) == "d"
    shown.remove(["d"])
    assert selected(shown) == "a"
    shown.remove(["a"])
    assert selected(shown) == ""
    shown.put(rows("x1"))
    assert selected(shown) == "x"


def test_what_takes_the_place_of_a_row_that_the_filter_hides_is_selected() -> None:
    shown = model("a1b2c3d4")
    shown.select("c")
    shown.keep_if(lambda it: it.key in "ab")
    assert selected(shown) == "b"
    shown.keep_if(lambda it: it.key == "z")
    assert (selected(shown), order(shown), shown.total) == ("", "", 4)
    shown.keep_if(None)
    assert (selected(shown), order(shown)) == ("a", "abcd")


def test_a_change_can_make_a_row_pass_the_filter_or_fail_it() -> None:
    shown = model("a1b9c2")
    shown.keep_if(lambda it: (it.load or 0) < 5)
    assert order(shown) == "ac"
    shown.put(rows("b3a8"))
    assert (order(shown), selected(shown)) == ("bc", "b")


def test_a_row_that_is_not_shown_cannot_be_selected() -> None:
    shown = model("a1b2")
    shown.keep_if(lambda it: it.key == "a")
    assert not shown.select("b")
    assert not shown.select("nowhere")
    assert selected(shown) == "a"


def test_marks_survive_changes_sorts_and_filters() -> None:
    shown = model("a1b2c3")
    for key in "ca":
        shown.select(key)
        shown.toggle_mark()
    shown.put(rows("c7"))
    shown.sort_by(load, descending=True)
    assert marked(shown) == "ca"
    shown.keep_if(lambda it: it.key == "a")
    assert marked(shown) == "a"
    assert shown.marks == frozenset("ac")
    shown.keep_if(None)
    assert marked(shown) == "ca"
    shown.clear_marks()
    assert not shown.marks


def test_the_mark_of_a_removed_row_does_not_come_back_with_it() -> None:
    shown = model("a1b2")
    shown.toggle_mark()
    shown.remove(["a"])
    shown.put(rows("a1"))
    assert (marked(shown), selected(shown)) == ("", "b")


def test_a_range_of_marks_goes_from_the_last_mark_to_the_selected_row() -> None:
    shown = model("a1b2c3d4e5f6")
    shown.select("e")
    shown.toggle_mark()
    shown.select("c")
    shown.mark_range()
    assert marked(shown) == "cde"
    shown.select("a")
    shown.mark_range()
    assert marked(shown) == "abcde"


def test_a_range_without_a_mark_before_begins_at_the_top() -> None:
    shown = model("a1b2c3d4")
    shown.select("c")
    shown.mark_range()
    assert marked(shown) == "abc"


def test_inverting_marks_concerns_what_is_shown() -> None:
    shown = model("a1b2c3")
    shown.toggle_mark()
    shown.keep_if(lambda it: it.key != "c")
    shown.invert_marks()
    assert marked(shown) == "b"
    shown.keep_if(None)
    assert marked(shown) == "b"


def test_versions_tell_every_state_of_every_row_apart() -> None:
    shown = model("a1b2")
    before = {it.version for it in shown.shown}
    shown.put(rows("a3"))
    after = {it.version for it in shown.shown}
    assert len(before | after) == 3


class Plain:
    """The same, with no thought for speed."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def order(self, *, descending: bool, least: float) -> list[str]:
        passing = [it for it in self.rows.values() if (it.load or 0) >= least]
        passing.sort(key=lambda it: it.key)
        known = [it for it in passing if it.load is not None]
        known.sort(key=lambda it: it.load or 0, reverse=descending)
        return [it.key for it in known + [it for it in passing if it.load is None]]


@pytest.mark.parametrize("seed", range(40))
def test_any_history_leads_to_the_order_that_sorting_afresh_gives(seed: int) -> None:
    chance = Random(seed)
    shown, plain = model(""), Plain()
    descending, least = False, 0.0
    for _ in range(60):
        match chance.randrange(6):
            case 0:
                descending = not descending
                shown.sort_by(load, descending=descending)
            case 1:
                least = chance.choice([0.0, 0.0, 3.0, 6.0])
                shown.keep_if(lambda it, least=least: (it.load or 0) >= least)  # type: ignore[misc]
            case 2:
                gone = chance.sample(sorted(plain.rows), min(len(plain.rows), chance.randrange(30)))
                plain.rows = {key: it for key, it in plain.rows.items() if key not in gone}
                shown.remove(gone)
            case _:
                come = some_rows(chance)
                plain.rows |= {it.key: it for it in come}
                shown.put(come)
        agrees_on_the_selected(shown)
        if shown.is_settled or chance.random() < 0.3:
            shown.settle()
            shown.sort_by(load, descending=descending)
            expected = plain.order(descending=descending, least=least)
            assert [it.key for it in shown.shown] == expected


def some_rows(chance: Random) -> Iterable[Row]:
    made = [Row(f"k{chance.randrange(400):03}") for _ in range(chance.choice([1, 3, 50]))]
    return [replace(it, load=chance.choice([None, *range(9)])) for it in made]


def agrees_on_the_selected(shown: Model) -> None:
    assert (shown.selected is None) == (not shown.shown)
    if shown.selected is not None:
        assert shown.shown[shown.position] is shown.selected
