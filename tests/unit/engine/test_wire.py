"""One raw connection to an engine."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from threading import Thread

import pytest

from dockertui.engine import EngineError, ObjectNotFound
from dockertui.engine.address import Address
from dockertui.engine.wire import NotHTTPError, Wire, fetch
from tests.unit.engine.local_server import OK, answer, holds, says, serving


def test_an_answer_is_read_to_its_end() -> None:
    with serving(says(OK + b"hello")) as address:
        assert fetch(address, "/_ping", timeout_s=2) == b"hello"


def test_streams_are_asked_for_in_a_version_that_engines_do_not_chunk() -> None:
    heads: list[bytes] = []

    def serve(connection: socket.socket, head: bytes) -> None:
        heads.append(head)
        connection.sendall(OK)

    with serving(serve) as address:
        fetch(address, "/events?since=1", timeout_s=2)
    assert heads[0].startswith(b"GET /events?since=1 HTTP/1.0\r\n")


def test_what_arrives_with_the_head_is_not_lost() -> None:
    with serving(holds(OK + b"first")) as address:
        wire = Wire(address)
        wire.open("/x")
        assert wire.is_ready(0)
        assert wire.recv(2) == b"fi"
        assert wire.recv() == b"rst"
        assert not wire.is_ready(0)
        wire.close()


def test_a_head_may_come_in_pieces() -> None:
    def serve(connection: socket.socket, _: bytes) -> None:
        for at in range(len(OK)):
            connection.sendall(OK[at : at + 1])
        connection.sendall(b"body")

    with serving(serve) as address:
        assert fetch(address, "/", timeout_s=2) == b"body"


def test_a_refusal_keeps_the_engines_words() -> None:
    refusal = answer(404, b'{"message":"No such container: x"}')
    with (
        serving(says(refusal)) as address,
        pytest.raises(ObjectNotFound, match="such container: x"),
    ):
        fetch(address, "/", timeout_s=2)


def test_a_refusal_that_ends_nowhere_is_still_told() -> None:
    with serving(holds(b"HTTP/1.1 500 Oh\r\n\r\nbroken")) as address:
        wire = Wire(address)
        with pytest.raises(EngineError, match="broken"):
            wire.open("/", timeout_s=0.1)
        wire.close()


def test_a_head_without_end_is_rubbish() -> None:
    with (
        serving(holds(b"HTTP/1.0 200 OK\r\n" + b"A: b\r\n" * 30_000)) as address,
        pytest.raises(NotHTTPError),
    ):
        fetch(address, "/", timeout_s=2)


@pytest.mark.parametrize("rubbish", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x15\x03\x01\x00\x02\x02", b"H"])
def test_rubbish_is_not_taken_for_an_answer(rubbish: bytes) -> None:
    with serving(says(rubbish)) as address, pytest.raises((NotHTTPError, ConnectionError)):
        fetch(address, "/", timeout_s=2)


def test_silence_ends_in_time() -> None:
    start = time.monotonic()
    with serving(holds()) as address, pytest.raises(TimeoutError):
        fetch(address, "/", timeout_s=0.1)
    assert time.monotonic() - start < 1


def test_no_socket_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fetch(Address("test", f"unix://{tmp_path}/none"), "/", timeout_s=1)


@pytest.mark.parametrize("answered", [b"", OK])
def test_another_thread_ends_a_wait_at_once(answered: bytes) -> None:
    with serving(holds(answered)) as address:
        wire = Wire(address)
        ended: list[float] = []

        def read() -> None:
            try:
                wire.open("/")
                wire.recv()
            except OSError:
                pass
            ended.append(time.monotonic())
            wire.close()

        reader = Thread(target=read)
        reader.start()
        reader.join(0.05)
        shut = time.monotonic()
        wire.shut()
        reader.join(2)
        assert ended[0] - shut < 0.25


def test_a_wire_that_was_shut_early_never_opens() -> None:
    with serving(holds(OK)) as address:
        wire = Wire(address)
        wire.shut()
        with pytest.raises(ConnectionAbortedError):
            wire.open("/")
        wire.close()


def test_whoever_takes_a_connection_over_asks_to() -> None:
    heads: list[bytes] = []

    def serve(connection: socket.socket, head: bytes) -> None:
        heads.append(head)
        connection.sendall(b"HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n$ ")
        connection.sendall(connection.recv(100))

    with serving(serve) as address:
        wire = Wire(address)
        wire.open("/exec/x/start", method="POST", body=b"{}")
        assert wire.recv() == b"$ "
        wire.sendall(b"ls")
        assert wire.recv() == b"ls"
        assert wire.recv() == b""
        wire.close()
    assert b"Connection: Upgrade\r\n" in heads[0]
    assert heads[0].endswith(b"Content-Length: 2\r\n\r\n{}")
