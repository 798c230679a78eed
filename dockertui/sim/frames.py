"""The framing that keeps stdout and stderr apart on one connection.

Source: Docker Engine API, `ContainerAttach`, "Stream format".
"""

from __future__ import annotations

import struct

STDOUT = 1
STDERR = 2

_HEADER = struct.Struct(">BxxxL")


def frame(stream: int, payload: bytes) -> bytes:
    r"""Wrap what was written to a stream.

    >>> frame(STDOUT, b"hi")
    b'\x01\x00\x00\x00\x00\x00\x00\x02hi'
    """
    return _HEADER.pack(stream, len(payload)) + payload
