"""Any values have an order, and it is the one a person expects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest

from dockertui.model import ContainerState
from dockertui.widgets.sort_key import sort_key

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ODD = [
    None,
    True,
    -1,
    2.5,
    float("nan"),
    float("inf"),
    "",
    "web",
    "Web-10",
    ContainerState.EXITED,
    NOON,
    (),
    (1, None),
    ("a", (2,)),
    ["a"],
    {"a": 1},
    b"raw",
]


def test_numbers_in_names_count_as_numbers() -> None:
    names = ["web-10", "web-9", "web-1", "web-010", "web"]
    assert sorted(names, key=sort_key) == ["web", "web-1", "web-9", "web-10", "web-010"]


def test_case_makes_no_difference() -> None:
    assert sorted(["b", "A", "C"], key=sort_key) == ["A", "b", "C"]


@pytest.mark.parametrize("descending", [False, True])
def test_what_is_missing_comes_last_in_either_direction(descending: bool) -> None:
    values = [None, 3.0, float("nan"), 1.0]
    ordered = sorted(values, key=lambda it: sort_key(it, descending=descending), reverse=descending)
    assert ordered[:2] == ([3.0, 1.0] if descending else [1.0, 3.0])
    assert None in ordered[2:]


def test_moments_are_ordered_by_time() -> None:
    moments = [NOON + timedelta(seconds=it) for it in (2, 0, 1)]
    assert sorted(moments, key=sort_key) == sorted(moments)


def test_a_tuple_comes_before_a_longer_one_that_begins_like_it() -> None:
    values = [("a", 1, "x"), ("a", 2), ("a",), (), ("a", 1)]
    assert sorted(values, key=sort_key) == [(), ("a",), ("a", 1), ("a", 1, "x"), ("a", 2)]


def test_what_follows_a_tuple_in_a_tuple_counts_after_it() -> None:
    values = [((1, 2), 0), ((1,), 9), ((1,), 3)]
    assert sorted(values, key=sort_key) == [((1,), 3), ((1,), 9), ((1, 2), 0)]


def test_any_two_values_can_be_compared() -> None:
    for one, other in product(ODD, repeat=2):
        for descending in (False, True):
            first, second = (sort_key(it, descending=descending) for it in (one, other))
            assert (first < second) + (first == second) + (first > second) == 1


def test_the_order_of_a_mixture_does_not_depend_on_where_it_began() -> None:
    orders = set()
    for seed in range(20):
        mixed = ODD.copy()
        Random(seed).shuffle(mixed)
        orders.add(str([sort_key(it) for it in sorted(mixed, key=sort_key)]))
    assert len(orders) == 1
