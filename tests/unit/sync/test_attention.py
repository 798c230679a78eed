"""What is looked at is read often, the rest in turn, and less of all when nobody looks."""

from __future__ import annotations

from dockertui.sync.attention import NOBODY, Attention, periods_s

MANY = [f"c{number}" for number in range(300)]


def readings_per_s(periods: dict[str, float]) -> float:
    return sum(1 / it for it in periods.values())


def test_what_is_in_view_is_read_each_second() -> None:
    periods = periods_s(MANY, Attention(in_view=frozenset(MANY[:30])))
    assert {periods[it] for it in MANY[:30]} == {1.0}


def test_the_rest_comes_in_turn_so_that_more_containers_cost_no_more() -> None:
    seen = Attention(in_view=frozenset(MANY[:30]))
    few, many = periods_s(MANY[:50], seen), periods_s(MANY, seen)
    assert set(few.values()) == {1.0, 5.0}
    assert readings_per_s(many) < 30 + 14.1


def test_an_order_by_figures_needs_all_of_them_and_none_grows_old() -> None:
    periods = periods_s(MANY, Attention(in_view=frozenset(MANY[:30]), all_count=True))
    assert set(periods) == set(MANY)
    assert max(periods.values()) < 3
    assert set(periods_s(MANY[:50], Attention(all_count=True)).values()) == {1.0}


def test_nothing_is_asked_of_what_does_not_run() -> None:
    assert periods_s([], Attention(in_view=frozenset({"gone"}))) == {}


def test_a_terminal_that_nobody_looks_at_slows_everything_down() -> None:
    seen = Attention(in_view=frozenset({"a"}))
    away = Attention(in_view=frozenset({"a"}), is_away=True)
    assert periods_s(["a", "b"], away)["a"] == 5 * periods_s(["a", "b"], seen)["a"]
    assert readings_per_s(periods_s(MANY, NOBODY)) < 3


def test_a_slow_link_does_too() -> None:
    seen = Attention(in_view=frozenset({"a"}))
    assert periods_s(["a"], seen, round_trip_s=0.2) == {"a": 3.0}
    assert periods_s(["a"], seen, round_trip_s=0.01) == {"a": 1.0}
