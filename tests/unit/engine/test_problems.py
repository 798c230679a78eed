"""Why nobody answers, in words."""

from __future__ import annotations

import os
import socket
import ssl
from pathlib import Path

import pytest
import requests
import urllib3

from dockertui.engine import EngineError, EngineUnavailable, ProblemKind
from dockertui.engine.address import Address, TLSFiles
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.problems import problem_of
from dockertui.engine.wire import NotHTTPError
from tests.unit.engine.local_server import OK, Serve, answer, holds, says, serving

LOCAL = Address("default", "unix:///var/run/docker.sock")


async def trouble_at(address: Address) -> EngineUnavailable:
    """What connecting to an address raises."""
    with pytest.raises(EngineUnavailable) as caught:
        await DockerEngine(address).connect()
    return caught.value


async def test_a_missing_socket_says_how_to_start_an_engine(tmp_path: Path) -> None:
    error = await trouble_at(Address("default", f"unix://{tmp_path}/none", origin="DOCKER_HOST"))
    assert error.problem.kind is ProblemKind.NO_SOCKET
    assert f"{tmp_path}/none" in error.problem.sentence
    assert "sudo systemctl start docker" in error.problem.advice
    assert error.problem.advice[-1] == "The address comes from DOCKER_HOST."
    assert str(error) == error.problem.sentence


async def test_a_socket_that_nobody_serves_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{tmp_path}/dead")
    error = await trouble_at(Address("default", f"unix://{tmp_path}/dead"))
    assert error.problem.kind is ProblemKind.REFUSED


async def test_a_port_that_nobody_serves_is_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = await trouble_at(Address("default", f"tcp://127.0.0.1:{port}"))
    assert error.problem.kind is ProblemKind.REFUSED
    assert "listen on that port" in error.problem.advice[0]


@pytest.mark.parametrize(
    ("serve", "kind"),
    [
        (says(b""), ProblemKind.ENDED),
        (says(b"SSH-2.0-OpenSSH_9.2\r\n"), ProblemKind.NOT_AN_ENGINE),
        (says(OK + b"<html>hello</html>"), ProblemKind.NOT_AN_ENGINE),
        (says(OK + b'{"ApiVersion": 7}'), ProblemKind.NOT_AN_ENGINE),
        (says(OK + b"[]"), ProblemKind.NOT_AN_ENGINE),
        (says(OK + b'{"ApiVersion": "1.12"}'), ProblemKind.TOO_OLD),
        (says(answer(404, b"<html>")), ProblemKind.NOT_AN_ENGINE),
        (
            says(answer(400, b"Client sent an HTTP request to an HTTPS server.\n")),
            ProblemKind.TLS,
        ),
        (says(b"\x15\x03\x01\x00\x02\x02\x46"), ProblemKind.TLS),
    ],
)
async def test_what_answers_wrongly_is_told_apart(serve: Serve, kind: ProblemKind) -> None:
    with serving(serve) as address:
        error = await trouble_at(address)
    assert error.problem.kind is kind
    assert address.url in error.problem.sentence


async def test_silence_is_told_within_three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dockertui.engine.connection.CONNECT_TIMEOUT_S", 0.2)
    with serving(holds()) as address:
        error = await trouble_at(address)
    assert error.problem.kind is ProblemKind.SILENT


async def test_a_drip_of_an_answer_is_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dockertui.engine.connection.CONNECT_TIMEOUT_S", 0.2)

    def drip(connection: socket.socket, _: bytes) -> None:
        connection.sendall(OK)
        connection.settimeout(0.05)
        while True:
            connection.sendall(b" ")
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                pass

    with serving(drip) as address:
        error = await trouble_at(address)
    assert error.problem.kind is ProblemKind.SILENT


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(13, os.strerror(13)), ProblemKind.PERMISSION),
        (socket.gaierror(-2, "Name or service not known"), ProblemKind.UNKNOWN_HOST),
        (TimeoutError(), ProblemKind.SILENT),
        (ConnectionResetError(104, "reset"), ProblemKind.ENDED),
        (OSError(113, "No route to host"), ProblemKind.OTHER),
        (ssl.SSLCertVerificationError(1, "self-signed certificate"), ProblemKind.TLS),
        (NotHTTPError(b"220 smtp"), ProblemKind.NOT_AN_ENGINE),
        (
            EngineError("client version 1.99 is too new. Maximum supported API version is 1.41"),
            ProblemKind.TOO_OLD,
        ),
        (
            EngineError("client version 1.24 is too old. Minimum supported API version is 1.44"),
            ProblemKind.TOO_NEW,
        ),
        (
            requests.ConnectionError(
                urllib3.exceptions.ProtocolError("Connection aborted.", PermissionError(13, "no"))
            ),
            ProblemKind.PERMISSION,
        ),
    ],
)
def test_every_cause_has_a_kind_and_a_sentence(error: Exception, kind: ProblemKind) -> None:
    problem = problem_of(error, LOCAL)
    assert problem.kind is kind
    assert LOCAL.url in problem.sentence
    assert problem.sentence.endswith(".")


def test_the_cause_is_looked_for_behind_what_wraps_it() -> None:
    wrapper = RuntimeError("Error while fetching")
    wrapper.__cause__ = FileNotFoundError(2, "No such file")
    assert problem_of(wrapper, LOCAL).kind is ProblemKind.NO_SOCKET


def test_tls_advice_names_the_files_that_were_used() -> None:
    address = Address("away", "tcp://box:2376", TLSFiles(ca="/certs/ca.pem"))
    problem = problem_of(ssl.SSLError(1, "certificate verify failed"), address)
    assert any("/certs" in it for it in problem.advice)
    plain = Address("away", "tcp://box:2376")
    assert "DOCKER_TLS_VERIFY" in problem_of(NotHTTPError(b"\x15\x03\x03"), plain).advice[0]


def test_hostile_words_are_cleaned() -> None:
    problem = problem_of(OSError(999, "\x1b]0;x\x07"), LOCAL)
    assert "\x1b" not in problem.sentence
