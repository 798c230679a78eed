"""Tags are read in the order in which one looks for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.model.tag_order import in_reading_order

IN_ORDER = {
    "the latest, versions, words": "latest 2.0 1.9 alpine stable",
    "numbers count, not letters": "1.10 1.9 1.2 1.1",
    "what moves, then what it moves along with": "1 1.27 1.27.3 1.27.2 1.26 1.26.9",
    "a release, its variants, what led up to it": "3.1.0 3.1.0-alpine 3.1.0-slim 3.1.0-rc2"
    " 3.1.0-rc1 3.1.0-beta3 3.1.0-alpha 3.1.0-dev 3.0.9",
    "python's way": "3.13.0 3.13.0rc2 3.13.0b4 3.13.0a1",
    "variants by their own numbers": "8 8-alpine 8-alpine3.20 8-alpine3.9 8-jre17 8-jre8",
    "a v makes no difference": "v2.1.0 2.0.1 v2.0.0 1.0",
    "dates and build numbers after words": "1.0 edge 20240606 2024-05-01 20240101",
    "what programs write comes last": "1.0 word 20240101 3f2a9bc sha-3f2a9bc sha256-3f2a9bc11.sig",
    "a word of hexadecimal letters is a word": "cafe decade",
}


@pytest.mark.parametrize("tags", IN_ORDER.values(), ids=IN_ORDER.keys())
def test_tags_are_in_reading_order(tags: str) -> None:
    expected = tuple(tags.split())
    assert in_reading_order(reversed(expected)) == expected
    assert in_reading_order(sorted(expected)) == expected


@given(st.lists(st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", fullmatch=True), max_size=12))
def test_any_tags_can_be_ordered_and_none_is_lost(tags: list[str]) -> None:
    ordered = in_reading_order(tags)
    assert sorted(ordered) == sorted(tags)
    assert in_reading_order(reversed(ordered)) == ordered
