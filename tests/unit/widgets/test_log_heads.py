"""The word that says a line's level is found where whoever wrote the line put it."""

from __future__ import annotations

import pytest

from dockertui.store.log_words import Level
from dockertui.widgets.log_heads import level_word, time_span


@pytest.mark.parametrize(
    ("shown", "level", "word"),
    [
        ("12:03:11 WARN slow", Level.WARN, "WARN"),
        ("[error] no information", Level.ERROR, "error"),
        ("2026/11/23 12:03:12 [error] 31#31: *8 failed", Level.ERROR, "error"),
        ("INFO:root:ready", Level.INFO, "INFO"),
        ("E1123 12:03:11.123456       1 controller.go:99] Sync", Level.ERROR, "E1123"),
        ("<3>disk gone", Level.ERROR, "<3>"),
        ("1:M 23 Nov 2026 12:03:12.123 # overcommit", Level.WARN, "#"),
        ('10.0.0.9 - - [x] "POST /error HTTP/1.1" 502 157', Level.ERROR, "502"),
        ('10.0.0.9 - - [x] "POST /error HTTP/1.1" 404 157', Level.WARN, "404"),
        ('INFO said "no" 404 times', Level.INFO, "INFO"),
        ("WARNING: it", Level.WARN, "WARNING"),
        ("\tat shop.Cart.add(Cart.java:12)", Level.ERROR, None),
        ("terror and mirrors", Level.ERROR, None),
        ("text", Level.NONE, None),
    ],
)
def test_the_word_for_a_level_is_found(shown: str, level: Level, word: str | None) -> None:
    span = level_word(shown, level)
    assert (shown[span[0] : span[1]] if span else None) == word


@pytest.mark.parametrize(
    ("shown", "time"),
    [
        ("2026-11-23 12:03:11,123 WARN x", "2026-11-23 12:03:11,123"),
        ("[2026-11-23T12:03:11.5+01:00] x", "[2026-11-23T12:03:11.5+01:00]"),
        ("2026/11/23 12:03:11 [error] x", "2026/11/23 12:03:11"),
        ("2026-11-23 12:03:11.123 UTC [1] LOG: x", "2026-11-23 12:03:11.123 UTC"),
        ("Nov 23 12:03:11 host sshd: x", "Nov 23 12:03:11"),
        ("12:03:11 x", "12:03:11"),
        ("12:03:11th x", ""),
        ("2026 things", ""),
        ("10.0.0.7 - - [23/Nov/2026:12:03:11 +0000] x", "[23/Nov/2026:12:03:11 +0000]"),
        ("::1 - ann [23/Nov/2026:12:03:11 +0000] x", "[23/Nov/2026:12:03:11 +0000]"),
        ("1:M 23 Nov 2026 12:03:11.123 * x", "23 Nov 2026 12:03:11.123"),
        ("the time is 12:03:11", ""),
    ],
)
def test_the_time_that_a_line_brings_itself_is_found(shown: str, time: str) -> None:
    span = time_span(shown)
    assert (shown[span[0] : span[1]] if span else "") == time
