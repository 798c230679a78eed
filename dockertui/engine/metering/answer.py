"""What an engine answers over a connection that is kept: a head, and a body whose end is told."""

from __future__ import annotations

import re
from typing import NamedTuple

from dockertui.engine.wire import NotHTTPError

LIMIT = 1024 * 1024
"""No answer of ours is longer, in bytes."""
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection:[ \t]*close", re.IGNORECASE)
_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]*\r\n")


class Answer(NamedTuple):
    """A whole answer."""

    status: int
    """The HTTP status code."""
    body: bytes
    """What it says."""
    is_last: bool
    """Does the engine end the connection after it?"""


def head_of(data: bytes) -> tuple[int, int] | None:
    """The status of an answer and where its body begins; `None` if more has to come.

    Raises:
        NotHTTPError: When it is no answer.
    """
    if not data.startswith(b"HTTP/1."[: len(data)]):
        raise NotHTTPError(data[:16])
    end = data.find(b"\r\n\r\n")
    if end < 0:
        if len(data) > LIMIT:
            raise NotHTTPError(data[:16])
        return None
    if not data[9:12].isdigit():
        raise NotHTTPError(data[:16])
    return int(data[9:12]), end + 4


def whole_answer(data: bytes, *, ended: bool = False) -> Answer | None:
    r"""The answer that has come, if it is whole.

    Args:
        data: All that has come of it.
        ended: Has the engine ended the connection?

    Raises:
        NotHTTPError: When it is no answer.

    >>> whole_answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
    Answer(status=200, body=b'OK', is_last=False)
    >>> whole_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n")
    Answer(status=200, body=b'OK', is_last=False)
    """
    if (found := head_of(data)) is None:
        return None
    status, start = found
    head = data[: start - 2]
    if _CHUNKED.search(head):
        body, is_last = _joined(data, start), False
    elif length := _LENGTH.search(head):
        end = start + int(length[1])
        body, is_last = data[start:end] if end <= len(data) else None, False
    else:
        body, is_last = data[start:] if ended else None, True
    if body is None:
        if len(data) > LIMIT:
            raise NotHTTPError(data[:16])
        return None
    is_last = is_last or ended or data.startswith(b"HTTP/1.0") or bool(_CLOSES.search(head))
    return Answer(status, body, is_last)


def _joined(data: bytes, at: int) -> bytes | None:
    """The chunks of a body; `None` if there are more to come."""
    chunks: list[bytes] = []
    while size := _SIZE.match(data, at):
        start = size.end()
        end = start + int(size[1], 16)
        if end == start:
            # Lines may follow that belong to the head, and an empty one.
            return b"".join(chunks) if data.find(b"\r\n\r\n", start - 2) >= 0 else None
        if end + 2 > len(data):
            return None
        chunks.append(data[start:end])
        at = end + 2
    if data.find(b"\r\n", at) >= 0:
        raise NotHTTPError(data[:16])
    return None
