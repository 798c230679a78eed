"""A connection for work that lasts."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from threading import Timer

import pytest

from dockertui.engine import EngineError
from dockertui.engine.address import Address
from dockertui.engine.chunks import CutShortError, chunk
from dockertui.engine.long_wire import LongWire
from tests.unit.engine.local_server import answer, holds, says, serving

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
MB = 1 << 20


def read_all(wire: LongWire) -> bytes:
    return b"".join(iter(wire.recv, b""))


def asked(address: Address) -> bytes:
    with closing(LongWire(address)) as wire:
        wire.begin("/x", size=0)
        wire.answer()
        return read_all(wire)


def test_a_whole_answer_has_an_end() -> None:
    with serving(says(CHUNKED + chunk(b"ab") + chunk(b"c") + chunk(b""))) as address:
        assert asked(address) == b"abc"


def test_an_answer_of_known_length_needs_no_chunks() -> None:
    with serving(says(answer(200, b"abc"))) as address:
        assert asked(address) == b"abc"


@pytest.mark.parametrize(
    "said", [CHUNKED + chunk(b"ab"), b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"]
)
def test_an_answer_that_is_cut_short_is_a_failure(said: bytes) -> None:
    with serving(says(said)) as address, pytest.raises(CutShortError):
        asked(address)


def test_a_wire_that_we_shut_does_not_look_like_a_whole_answer() -> None:
    with serving(holds(CHUNKED + chunk(b"ab"))) as address, closing(LongWire(address)) as wire:
        wire.begin("/x", size=0)
        wire.answer()
        assert wire.recv() == b"ab"
        Timer(0.05, wire.shut).start()
        began = time.perf_counter()
        with pytest.raises(CutShortError):
            wire.recv()
        assert time.perf_counter() - began < 1


def test_a_refusal_is_raised_in_the_engines_words() -> None:
    refusal = answer(500, b'{"message":"no space left"}')
    with serving(says(refusal)) as address, pytest.raises(EngineError, match="no space left"):
        asked(address)


def test_a_body_of_unknown_length_goes_in_chunks() -> None:
    got: list[bytes] = []

    def serve(connection: socket.socket, head: bytes) -> None:
        body = head
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(4096)
        got.append(body)
        connection.sendall(answer(200, b"{}"))

    with serving(serve) as address, closing(LongWire(address)) as wire:
        wire.begin("/build", size=None)
        wire.send(b"abc")
        wire.send(b"de")
        wire.answer()
        assert read_all(wire) == b"{}"
    assert b"Transfer-Encoding: chunked" in got[0]
    assert got[0].endswith(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")


def test_an_engine_that_refuses_early_is_heard_while_it_is_still_told() -> None:
    def serve(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer(400, b'{"message":"not that"}'))
        connection.shutdown(socket.SHUT_RDWR)

    with serving(serve) as address, closing(LongWire(address)) as wire:
        wire.begin("/images/load", size=50 * MB)
        with pytest.raises(EngineError, match="not that"):
            wire.send(bytes(50 * MB))


def test_an_engine_that_talks_while_it_is_told_does_not_stand_still() -> None:
    def serve(connection: socket.socket, head: bytes) -> None:
        connection.sendall(CHUNKED)
        left = 8 * MB - len(head.partition(b"\r\n\r\n")[2])
        while left > 0:
            left -= len(connection.recv(65536))
            connection.sendall(chunk(bytes(65536)))
        connection.sendall(chunk(b""))

    with serving(serve) as address, closing(LongWire(address)) as wire:
        wire.begin("/images/load", size=8 * MB)
        for _ in range(8):
            wire.send(bytes(MB))
        wire.answer()
        assert len(read_all(wire)) >= 7 * MB


def test_a_whole_answer_ends_the_sending() -> None:
    with serving(says(answer(200, b"enough"))) as address, closing(LongWire(address)) as wire:
        wire.begin("/images/load", size=500 * MB)
        for _ in range(500):
            wire.send(bytes(MB))
        wire.answer()
        assert read_all(wire) == b"enough"
