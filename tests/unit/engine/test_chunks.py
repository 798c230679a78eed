"""HTTP's chunks, however they come."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockertui.engine.chunks import Dechunker, chunk


@settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.binary(min_size=1, max_size=50), max_size=8), st.lists(st.integers(1, 9)))
def test_any_chunks_cut_anywhere_are_put_together(pieces: list[bytes], cuts: list[int]) -> None:
    sent = b"".join(map(chunk, [*pieces, b""]))
    chunks, found, at = Dechunker(), b"", 0
    for cut in [*cuts, len(sent)]:
        assert not chunks.is_over or at >= len(sent) - 2
        found += chunks.feed(sent[at : at + cut])
        at += cut
    assert found == b"".join(pieces)
    assert chunks.is_over


def test_an_answer_that_is_cut_short_is_not_over() -> None:
    chunks = Dechunker()
    assert chunks.feed(b"5\r\nab") == b"ab"
    assert not chunks.is_over


def test_extensions_of_a_chunk_are_passed_over() -> None:
    assert Dechunker().feed(b"2;name=value\r\nab\r\n0\r\n\r\n") == b"ab"


@pytest.mark.parametrize("rubbish", [b"hello\r\n", b"-1\r\n", b"x" * 2000])
def test_what_is_no_chunk_is_told(rubbish: bytes) -> None:
    with pytest.raises(ConnectionError, match="no chunk begins"):
        Dechunker().feed(rubbish)
