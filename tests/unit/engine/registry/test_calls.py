"""A question that is cut off takes nobody else's connection with it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import ProtocolError

from dockertui.engine.registry.calls import POOLS, Call
from tests.support.http_server import Said, serving


@pytest.fixture
def pool() -> Iterator[HTTPConnectionPool]:
    """A pool of one connection, to a server that answers."""
    with serving(lambda _: Said()) as server:
        host, port = server.host.split(":")
        made: HTTPConnectionPool = POOLS["http"](host, int(port), maxsize=1)
        yield made
        made.close()


def ask(pool: HTTPConnectionPool, call: Call) -> None:
    """Ask something as part of a call."""
    with call.here():
        pool.request("GET", "/", retries=False)


def is_open(pool: HTTPConnectionPool) -> bool:
    """Is the connection in the pool still of use?"""
    assert pool.pool is not None
    connection = pool.pool.get()
    pool.pool.put(connection)
    assert isinstance(connection, HTTPConnection)
    assert connection.sock is not None
    connection.sock.setblocking(False)
    try:
        return connection.sock.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True


def test_a_call_cuts_the_connection_it_uses(pool: HTTPConnectionPool) -> None:
    call = Call()
    ask(pool, call)
    call.cut()
    assert not is_open(pool)


def test_a_call_leaves_alone_what_another_uses_by_now(pool: HTTPConnectionPool) -> None:
    first, second = Call(), Call()
    ask(pool, first)
    ask(pool, second)
    first.cut()
    assert is_open(pool)


def test_a_call_that_is_over_leaves_its_connection_alone(pool: HTTPConnectionPool) -> None:
    call = Call()
    call.made(lambda it: ask(pool, it))
    call.cut()
    assert is_open(pool)


def test_a_call_that_was_cut_asks_nothing_more(pool: HTTPConnectionPool) -> None:
    call = Call()
    call.cut()
    with pytest.raises(ProtocolError, match="ConnectionAborted"):
        ask(pool, call)
