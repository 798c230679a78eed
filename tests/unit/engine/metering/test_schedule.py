"""Whose turn it is to be read."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dockertui.engine.metering.schedule import LONGEST_REST_S, REST_S, Schedule

THOROUGH = settings(max_examples=200, deadline=None, database=None)


def run(schedule: Schedule, start_s: float, end_s: float, *, took_s: float = 0.0) -> list[str]:
    """Ask whoever is due and answer all after a while, as time goes by in small steps."""
    asked, at_s = [], start_s
    pending: list[tuple[float, str]] = []
    while at_s < end_s:
        for id_ in schedule.due(at_s, 1000):
            asked.append(id_)
            pending.append((at_s + took_s, id_))
        for done_s, id_ in [it for it in pending if it[0] <= at_s]:
            schedule.answered(id_, done_s)
            pending.remove((done_s, id_))
        at_s += 0.05
    return asked


def test_whoever_is_new_is_due_at_once_and_then_after_each_period() -> None:
    schedule = Schedule()
    schedule.want({"a": 1.0}, 100.0)
    assert schedule.due(100.0, 9) == ["a"]
    assert schedule.due(100.0, 9) == []
    schedule.answered("a", 100.01)
    assert schedule.due(100.8, 9) == []
    assert schedule.due(101.0, 9) == ["a"]


@pytest.mark.parametrize(("period_s", "times"), [(0.5, 20), (1.0, 10), (2.5, 4), (5.0, 2)])
def test_each_is_read_as_often_as_it_is_wanted(period_s: float, times: int) -> None:
    schedule = Schedule()
    schedule.want({"a": period_s}, 0.0)
    assert abs(len(run(schedule, 0.0, 10.0)) - times) <= 1


def test_those_with_one_period_are_asked_together_whenever_they_came() -> None:
    schedule = Schedule()
    schedule.want({"a": 1.0}, 0.3)
    run(schedule, 0.3, 0.8)
    schedule.want({"a": 1.0, "b": 1.0}, 0.8)
    run(schedule, 0.8, 5.5)
    at_s = schedule.next_due_s() + 0.1
    assert sorted(schedule.due(at_s, 9)) == ["a", "b"]


def test_those_wanted_seldom_are_spread_over_their_period() -> None:
    schedule = Schedule()
    schedule.want({str(number): 5.0 for number in range(100)}, 0.0)
    assert len(run(schedule, 0.0, 1.2)) == 100
    run(schedule, 1.2, 10.0)
    each_second = [len(run(schedule, it, it + 1.0)) for it in range(10, 20)]
    assert sum(each_second) == 200
    assert max(each_second) <= 35


def test_who_is_no_longer_wanted_has_no_turn() -> None:
    schedule = Schedule()
    assert schedule.want({"a": 1.0, "b": 1.0}, 0.0) == {"a", "b"}
    assert schedule.want({"b": 1.0}, 0.0) == {"a"}
    assert schedule.due(0.0, 9) == ["b"]
    assert schedule.period_s("a") is None
    for tell in (schedule.answered, schedule.streamed, schedule.passed_over, schedule.released):
        tell("a", 0.0)
    assert schedule.want({}, 0.0) == {"b"}
    assert schedule.next_due_s() == math.inf


def test_who_is_wanted_more_often_has_its_turn_sooner() -> None:
    schedule = Schedule()
    schedule.want({"a": 60.0}, 0.0)
    run(schedule, 0.0, 5.0)
    assert schedule.want({"a": 1.0}, 5.0) == {"a"}
    assert schedule.due(5.0, 9) == ["a"]


def test_who_is_wanted_less_often_waits_longer_than_before() -> None:
    schedule = Schedule()
    schedule.want({"a": 1.0}, 0.0)
    run(schedule, 0.0, 0.5)
    schedule.want({"a": 10.0}, 0.5)
    assert schedule.due(8.0, 9) == []
    assert schedule.due(10.0, 9) == ["a"]


def test_who_does_not_run_is_left_alone_longer_each_time_until_wanted_anew() -> None:
    schedule = Schedule()
    schedule.want({"a": 0.5}, 0.0)
    schedule.due(0.0, 9)
    schedule.passed_over("a", 0.0)
    schedule.want({"a": 0.6}, 0.1)
    assert schedule.due(REST_S - 0.2, 9) == []
    assert schedule.due(REST_S, 9) == ["a"]
    schedule.passed_over("a", REST_S)
    assert schedule.due(3 * REST_S - 0.2, 9) == []
    schedule.want({}, REST_S)
    schedule.want({"a": 1.0}, REST_S)
    assert schedule.due(REST_S, 9) == ["a"]
    for _ in range(10):
        schedule.passed_over("a", 100.0)
    assert schedule.due(100.0 + LONGEST_REST_S, 9) == ["a"]


def test_an_engine_that_lets_wait_is_asked_so_much_earlier() -> None:
    schedule = Schedule()
    schedule.want({"a": 5.0}, 0.0)
    schedule.due(0.0, 9)
    schedule.answered("a", 1.0, 0.5)
    schedule.due(9.0, 9)
    schedule.answered("a", 10.0, 0.5)
    assert schedule.next_due_s() == pytest.approx(14.45)


def test_the_most_urgent_come_first_where_there_is_little_room() -> None:
    schedule = Schedule()
    schedule.want({"late": 1.0}, 0.0)
    schedule.want({"late": 1.0, "later": 1.0}, 1.0)
    assert schedule.due(2.0, 1) == ["late"]
    assert schedule.due(2.0, 1) == ["later"]


def test_it_is_behind_only_when_readings_come_late() -> None:
    schedule = Schedule()
    assert schedule.behind_s(0.0, math.inf) == 0
    schedule.want({"a": 1.0}, 0.0)
    assert schedule.behind_s(0.2, math.inf) == 0
    assert schedule.behind_s(3.0, math.inf) == 3
    assert schedule.behind_s(3.0, -1.0) == 4
    at_s = 0.0
    schedule.due(0.0, 9)
    for _ in range(60):
        schedule.streamed("a", at_s)
        at_s += 1.1
    assert schedule.behind_s(at_s, math.inf) == 0
    for _ in range(60):
        schedule.streamed("a", at_s)
        at_s += 3.0
    assert schedule.behind_s(at_s, math.inf) == pytest.approx(2, abs=0.1)
    schedule.want({}, at_s)
    assert schedule.behind_s(at_s, math.inf) == 0


def test_who_is_wanted_again_after_a_pause_was_not_late() -> None:
    schedule = Schedule()
    schedule.want({"a": 1.0}, 0.0)
    run(schedule, 0.0, 3.0)
    schedule.want({}, 3.0)
    schedule.want({"a": 1.0}, 90.0)
    run(schedule, 90.0, 95.0)
    assert schedule.behind_s(95.0, math.inf) == 0


def test_ten_thousand_are_compared_with_those_before_in_a_moment() -> None:
    many = {str(number): 30.0 for number in range(10_000)}
    schedule = Schedule()
    schedule.want(many, 0.0)
    start_s = time.process_time()
    for number in range(10):
        schedule.want({**many, str(number): 1.0}, 0.0)
    assert time.process_time() - start_s < 0.2


moves = some.lists(
    some.tuples(
        some.dictionaries(
            some.sampled_from("abcde"), some.sampled_from([0.5, 1.0, 2.5, 5.0, 60.0])
        ),
        some.floats(0.01, 8.0),
        some.sampled_from(["answered", "passed_over", "streamed", "released", "nothing"]),
    ),
    max_size=25,
)


@given(moves)
@THOROUGH
def test_nobody_is_ever_forgotten(moves: list[tuple[dict[str, float], float, str]]) -> None:
    schedule, at_s, asked = Schedule(), 0.0, set[str]()
    wanted: dict[str, float] = {}
    for wanted, passed_s, outcome in moves:
        asked -= schedule.want(wanted, at_s) - wanted.keys()
        asked.update(schedule.due(at_s, 3))
        assert asked <= wanted.keys()
        at_s += passed_s
        if outcome != "nothing":
            for id_ in asked:
                getattr(schedule, outcome)(id_, at_s)
            asked = asked if outcome == "streamed" else set()
    for id_ in asked:
        schedule.released(id_, at_s)
    assert {*schedule.due(at_s + 70, 99)} == wanted.keys()
