"""How many pulls are left, and how long to wait, is read from any answer."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest
from urllib3 import HTTPHeaderDict

from dockertui.engine.registry.limits import limit_in, wait_in
from dockertui.engine.registry.refusals import duration

HUB = HTTPHeaderDict(
    {
        "ratelimit-limit": "100;w=21600",
        "ratelimit-remaining": "76;w=21600",
        "docker-ratelimit-source": "192.0.2.1\x1b",
    }
)
"""As https://docs.docker.com/docker-hub/usage/pulls/ shows them."""


def test_the_pulls_that_are_left_are_read() -> None:
    limit = limit_in(HUB)
    assert limit is not None
    assert (limit.limit, limit.remaining, limit.window_s) == (100, 76, 21600)
    assert limit.source == "192.0.2.1�"


@pytest.mark.parametrize("said", ["", "x", "-1", ";w=1", "9" * 30 + "x"])
def test_what_says_nothing_of_pulls_is_none(said: str) -> None:
    assert limit_in({"RateLimit-Limit": said, "RateLimit-Remaining": "1"}) is None
    assert limit_in({"RateLimit-Limit": "1", "RateLimit-Remaining": said}) is None


def test_a_limit_without_a_window_is_one_too() -> None:
    limit = limit_in({"RateLimit-Limit": "10", "RateLimit-Remaining": "0"})
    assert limit is not None
    assert (limit.limit, limit.remaining, limit.window_s) == (10, 0, 0)


def test_the_time_to_wait_is_read() -> None:
    now = time.time()
    for name, said, wait_s in (
        ("Retry-After", "120", 120),
        ("Retry-After", formatdate(now + 90, usegmt=True), 90),
        ("X-Retry-After", str(int(now) + 60), 60),
        ("X-RateLimit-Reset", str(int(now) + 30), 30),
        ("Retry-After", "99999999", 24 * 3600),
    ):
        found = wait_in({name: said})
        assert found is not None
        assert wait_s - 10 <= found <= wait_s


@pytest.mark.parametrize("said", ["", "0", "-5", "soon", "1" * 100, "Sat, 99 Nov 9999"])
def test_no_time_to_wait_is_none(said: str) -> None:
    assert wait_in({"Retry-After": said}) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (59, "59 seconds"), (61, "2 minutes"), (3600, "1 hour"), (9000, "3 hours")],
)
def test_a_duration_is_rounded_up(seconds: float, words: str) -> None:
    assert duration(seconds) == words
