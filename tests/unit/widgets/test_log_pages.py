"""The lines near the window know what they need to know of those around them."""

from __future__ import annotations

import time
from dataclasses import replace

from dockertui.store.log_pattern import Pattern
from dockertui.store.log_store import LogStore
from dockertui.store.log_words import Level
from dockertui.widgets.log_layout import LogLayout
from dockertui.widgets.log_pages import LogPages, Place
from dockertui.widgets.log_stamps import Stamps

LAYOUT = LogLayout(40, stamps=Stamps.RELATIVE)


def log(*lines: tuple[int, str]) -> LogStore:
    store = LogStore()
    store.append(b"".join(record(*each) for each in lines))
    return store


def record(second: int, text: str) -> bytes:
    return f"12026-11-23T12:03:{second:02}Z {text}\n".encode()


def shown(pages: LogPages, top: int = 0) -> list[str]:
    return [row.text.strip() for _, row in pages.window(Place(top), 9)]


def test_a_time_is_relative_to_the_line_before_even_above_the_window() -> None:
    pages = LogPages(log((1, "a"), (3, "b"), (4, "c")), LAYOUT)
    assert shown(pages, 1) == ["+2.000 b", "+1.000 c"]
    assert shown(pages) == ["a", "+2.000 b", "+1.000 c"]


def test_the_first_line_has_one_before_it_once_older_ones_have_come() -> None:
    store = log((10, "\tat x"))
    pages = LogPages(store, LAYOUT)
    assert shown(pages) == ["at x"]
    assert pages.line(0).level is Level.NONE
    store.prepend(record(8, "ERROR: y"))
    assert shown(pages) == ["+2.000         at x"]
    assert pages.line(0).level is Level.ERROR


def test_what_was_written_over_is_shown_when_controls_are() -> None:
    pages = LogPages(log((1, "10%\r20%\r")), replace(LAYOUT, stamps=Stamps.OFF))
    assert shown(pages) == ["20%"]
    pages.layout = replace(pages.layout, controls=True)
    assert shown(pages) == ["10%^M20%^M"]
    pages.layout = replace(pages.layout, controls=False)
    assert shown(pages) == ["20%"]


def test_a_line_that_the_store_has_dropped_is_shown_in_another_layout_too() -> None:
    store = LogStore(limit_bytes=100_000, hot_bytes=1 << 20)
    store.append(record(1, "oldest"))
    pages = LogPages(store, LAYOUT)
    assert shown(pages)[0] == "oldest"
    store.append(record(2, "x" * 1000) * 200)
    assert store.first > 0
    pages.layout = replace(LAYOUT, controls=True)
    assert pages.has(0)
    assert shown(pages)[0] == "oldest"


def test_a_hopeless_regular_expression_costs_a_page_next_to_nothing() -> None:
    pattern = Pattern("(a+)+b", regex=True)
    pages = LogPages(log(*[(1, "a" * 60)] * 50), replace(LAYOUT, width=100, pattern=pattern))
    start_s = time.process_time()
    assert len(pages.window(Place(0), 50)) == 50
    assert time.process_time() - start_s < 0.3
