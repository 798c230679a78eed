"""A flood steps back while a person types, and is never starved by it."""

from __future__ import annotations

import pytest

from dockertui.engine.courtesy import Courtesy
from dockertui.engine.feeds import rest_s


class Clock:
    """A clock that goes on when it is told to."""

    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_nobody_steps_back_from_nothing() -> None:
    assert Courtesy(Clock()).left_s == 0


def test_a_key_makes_a_flood_step_back_for_a_moment() -> None:
    clock = Clock()
    courtesy = Courtesy(clock)
    courtesy.give_way()
    assert courtesy.left_s == pytest.approx(0.03)
    clock.now_s += 0.02
    assert courtesy.left_s == pytest.approx(0.01)
    clock.now_s += 0.02
    assert courtesy.left_s == 0


def test_a_key_that_is_held_down_leaves_it_half_of_the_time() -> None:
    clock = Clock()
    courtesy = Courtesy(clock)
    waited = 0
    for _ in range(10_000):
        courtesy.give_way()
        waited += courtesy.left_s > 0
        clock.now_s += 0.001
    assert 4_500 <= waited <= 5_500


def test_a_flood_steps_back_for_a_key_and_the_first_lines_of_a_log_do_not() -> None:
    courtesy = Courtesy(Clock())
    before_s = rest_s(20_000, courtesy)
    courtesy.give_way()
    assert rest_s(20_000, courtesy) > before_s + 0.02
    assert rest_s(200, courtesy) == before_s
