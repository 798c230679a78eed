"""docker-py's client, bent to one engine."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from dockertui.engine import EngineError, EngineUnavailable, ReadOnlyRefused, TimedOut
from dockertui.engine.address import Address, TLSFiles
from dockertui.engine.client import Client
from dockertui.engine.wire import fetch
from tests.unit.engine.local_server import answer, holds, says, serving


@pytest.fixture
def clients() -> Iterator[list[Client]]:
    """What is closed after the test."""
    made: list[Client] = []
    yield made
    for client in made:
        client.close()


def client_for(address: Address, clients: list[Client], *, read_only: bool = False) -> Client:
    """A client that is closed after the test."""
    clients.append(Client(address, api_version="1.41", read_only=read_only))
    return clients[-1]


def test_one_connection_serves_any_number_of_urls(clients: list[Client]) -> None:
    connections: list[int] = []

    def serve(connection: socket.socket, head: bytes) -> None:
        connections.append(1)
        while head:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            head = connection.recv(65536)

    with serving(serve) as address:
        client = client_for(address, clients)
        for number in range(100):
            assert client.inspect_container(f"c{number}") == {}
        client.close()
    assert len(connections) == 1


def test_read_only_sends_nothing_that_is_not_a_read(clients: list[Client]) -> None:
    heads: list[bytes] = []

    def serve(connection: socket.socket, head: bytes) -> None:
        heads.append(head)
        connection.sendall(answer(200, b"{}"))

    with serving(serve) as address:
        client = client_for(address, clients, read_only=True)
        for refused in (
            lambda: client.start("x"),
            lambda: client.put("http+docker://localhost/x"),
            lambda: client.delete("http+docker://localhost/x"),
            lambda: client.patch("http+docker://localhost/x"),
            lambda: client.change("/containers/{0}/stop", "x", params={}, timeout_s=1),
        ):
            with pytest.raises(ReadOnlyRefused):
                refused()
        assert heads == []
        assert client.inspect_container("x") == {}
    assert len(heads) == 1


def test_silence_times_out(clients: list[Client]) -> None:
    with serving(holds()) as address:
        client = client_for(address, clients)
        with pytest.raises(TimedOut):
            client.get("http+docker://localhost/x", timeout=0.1)


def test_an_engine_that_is_gone_is_unavailable(clients: list[Client], tmp_path: Path) -> None:
    client = client_for(Address("x", f"unix://{tmp_path}/none"), clients)
    with pytest.raises(EngineUnavailable, match="There is no socket"):
        client.inspect_container("x")


def test_an_answer_cut_off_is_unavailable(clients: list[Client]) -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"
    with serving(says(cut)) as address:
        client = client_for(address, clients)
        with pytest.raises(EngineUnavailable):
            client.inspect_container("x")


def test_a_refusal_without_words_names_its_status(clients: list[Client]) -> None:
    with serving(says(answer(500, b""))) as address:
        client = client_for(address, clients)
        with pytest.raises(EngineError, match="status 500"):
            client.inspect_container("x")


def test_the_environment_does_not_come_between_us_and_the_engine(
    clients: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/none")
    with serving(says(answer(200, b"{}"))) as address:
        assert client_for(address, clients).inspect_container("x") == {}


@pytest.fixture
def tls_address(tmp_path: Path) -> Iterator[Address]:
    """An engine behind TLS, on a port of this machine, with a certificate of its own making."""
    cert, key = tmp_path / "ca.pem", tmp_path / "server-key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65536)
                    connection.sendall(answer(200, b'{"ApiVersion": "1.41"}'))
            except OSError:
                plain.close()

    server = Thread(target=serve, daemon=True)
    server.start()
    url = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    yield Address("away", url, TLSFiles(ca=str(cert)))
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    server.join(2)


def test_tls_is_spoken_by_clients_and_wires(tls_address: Address, clients: list[Client]) -> None:
    assert b"1.41" in fetch(tls_address, "/version", timeout_s=2)
    assert client_for(tls_address, clients).inspect_container("x") == {"ApiVersion": "1.41"}


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tls_address: Address, clients: list[Client]
) -> None:
    stranger = Address("away", tls_address.url, TLSFiles())
    with pytest.raises(EngineUnavailable, match=r"TLS with .* failed"):
        client_for(stranger, clients).inspect_container("x")
    trusting = Address("away", tls_address.url, TLSFiles(verify=False))
    assert client_for(trusting, clients).inspect_container("x") == {"ApiVersion": "1.41"}
    assert b"1.41" in fetch(trusting, "/version", timeout_s=2)
