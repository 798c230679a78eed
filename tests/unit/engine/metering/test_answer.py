"""Answers over a connection that is kept, however they are cut."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dockertui.engine.metering.answer import LIMIT, Answer, whole_answer
from dockertui.engine.wire import NotHTTPError

THOROUGH = settings(max_examples=300, deadline=None, database=None)

bodies = some.binary(max_size=60)


def chunked(parts: list[bytes], trailer: bytes = b"") -> bytes:
    """A body in chunks."""
    sized = [b"%x;note=1\r\n%b\r\n" % (len(it), it) for it in parts if it]
    return b"".join(sized) + b"0\r\n" + trailer + b"\r\n"


HEAD = b"HTTP/1.1 200 OK\r\nServer: x\r\n"


@given(some.lists(bodies, max_size=4), some.sampled_from([b"", b"Digest: 7\r\n"]))
@THOROUGH
def test_chunks_are_joined_when_the_last_has_come(parts: list[bytes], trailer: bytes) -> None:
    data = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(parts, trailer)
    assert whole_answer(data) == Answer(200, b"".join(parts), False)
    assert all(whole_answer(data[:end]) is None for end in range(len(data)))


@given(bodies)
@THOROUGH
def test_a_body_ends_after_its_length(body: bytes) -> None:
    data = HEAD + b"content-length: %d\r\n\r\n%b" % (len(body), body)
    assert whole_answer(data) == Answer(200, body, False)
    assert all(whole_answer(data[:end]) is None for end in range(len(data)))


@given(bodies)
@THOROUGH
def test_a_body_of_no_length_ends_with_the_connection(body: bytes) -> None:
    data = HEAD + b"\r\n" + body
    assert whole_answer(data) is None
    assert whole_answer(data, ended=True) == Answer(200, body, True)


@pytest.mark.parametrize(
    "head", [b"HTTP/1.0 404 Not Found\r\n", b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n"]
)
def test_an_engine_may_say_that_it_will_end_the_connection(head: bytes) -> None:
    assert whole_answer(head + b"Content-Length: 0\r\n\r\n") == Answer(404, b"", True)


@pytest.mark.parametrize(
    "data",
    [
        b"\x15\x03\x01\x00\x02",
        b"SSH-2.0",
        b"HTTP/1.1 abc\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"x" * (LIMIT + 1),
        HEAD + b"Content-Length: 99999999\r\n\r\n" + b"x" * LIMIT,
        HEAD + b"\r\n" + b"x" * LIMIT,
    ],
)
def test_what_is_no_answer_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(NotHTTPError):
        whole_answer(data)


@given(some.binary(max_size=200), some.booleans())
@THOROUGH
def test_any_bytes_are_an_answer_or_none(data: bytes, ended: bool) -> None:
    for start in (b"", HEAD, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"):
        with suppress(NotHTTPError):
            whole_answer(start + data, ended=ended)
