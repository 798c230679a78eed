"""Speaking to registries is bounded in size and time, and safe in whom it speaks to."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event
from threading import enumerate as threads
from typing import Any

import pytest

from dockertui.engine.errors import RegistryError, RegistryUnreachable, TimedOut, Unreachable
from dockertui.engine.registry import asking, transport
from dockertui.engine.registry.hosts import origin_of
from dockertui.engine.registry.registries import Registries
from dockertui.engine.registry.transport import Transport
from dockertui.model.reference import Reference
from dockertui.model.registry import Trust
from tests.support.http_server import Answer, Asked, LocalServer, Said, as_json, serving
from tests.support.scripted_registry import ScriptedRegistry, digest_of
from tests.unit.engine.registry.conftest import Asker
from tests.unit.engine.registry.test_config_file import packed
from tests.unit.engine.registry.test_tokens import log_in


@pytest.fixture
def registry() -> ScriptedRegistry:
    """An open registry with an image."""
    made = ScriptedRegistry()
    made.add_image("app:1")
    return made


@pytest.fixture
def server(registry: ScriptedRegistry) -> Iterator[LocalServer]:
    """Where it is."""
    with serving(registry.answer) as made:
        yield made


@pytest.fixture
def app(server: LocalServer) -> Reference:
    """The image there."""
    return Reference(server.host, "app", "1")


def holding(server: LocalServer) -> Callable[[socket.socket], None]:
    """Say nothing until the other side ends, or the test does."""

    def hold(connection: socket.socket) -> None:
        connection.settimeout(10)
        connection.recv(1)

    return hold


def calls_under_way() -> int:
    """How many threads wait for a registry."""
    return len([it for it in threads() if it.name == "engine-call"])


async def test_one_connection_serves_many_questions(
    ours: Registries, server: LocalServer, app: Reference
) -> None:
    for _ in range(20):
        await ours.image(app)
        await ours.digest(app)
    assert len(server.asked) > 60
    assert len({it.port for it in server.asked}) == 1


async def test_an_answer_that_is_too_long_is_not_read(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            connection.sendall(b" " * 65536)

    registry.instead = lambda asked: endless if "/manifests/" in asked.path else None
    with pytest.raises(RegistryError, match=r"answers with more than 4,194,304 bytes\."):
        await ours.manifest(app)


async def test_a_few_bytes_do_not_unpack_to_many(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    import gzip

    bomb = gzip.compress(b" " * 50_000_000)
    said = Said(200, bomb, {"Content-Encoding": "gzip"})
    registry.instead = lambda asked: said if "/manifests/" in asked.path else None
    with pytest.raises(RegistryError, match="in a format that cannot be read here"):
        await ours.manifest(app)
    assert server.asked[-1].headers["Accept-Encoding"] == "identity"


async def test_blobs_may_be_elsewhere_but_credentials_stay_here(
    ours: Registries,
    registry: ScriptedRegistry,
    server: LocalServer,
    app: Reference,
    tmp_path: Path,
) -> None:
    registry.wants = "basic"
    log_in(tmp_path, server.host, auth=packed("ada:s3cret"))
    blobs = dict(registry.blobs)

    def elsewhere(asked: Asked) -> Said:
        return Said(200, blobs[asked.path.removeprefix("/")])

    with serving(elsewhere) as store:

        def lead(asked: Asked) -> Said | None:
            place = f"{store.url}/{asked.path.rpartition('/')[2]}"
            return Said(307, b"", {"Location": place}) if "/blobs/" in asked.path else None

        registry.instead = lead
        image = await ours.image(app)
    assert image.config.platform.os == "linux"
    assert [it.authorization for it in store.asked] == [""]
    assert server.asked[-1].authorization.startswith("Basic ")


async def test_a_registry_that_sends_us_in_circles_is_left(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    circle = Said(302, b"", {"Location": "/v2/again"})
    registry.instead = lambda asked: circle if asked.path != "/v2/" else None
    with pytest.raises(RegistryError, match="sends us on and on"):
        await ours.manifest(app)
    assert len(server.asked) < 8


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("http://store.example/x", r"store\.example speaks plain http"),
        ("ftp://store.example/x", "That is no address to be followed"),
        ("https://user:pass@store.example/x", "That is no address to be followed"),
    ],
)
async def test_a_registry_cannot_send_us_anywhere(
    ours: Registries, registry: ScriptedRegistry, app: Reference, target: str, sentence: str
) -> None:
    lead = Said(302, b"", {"Location": target})
    registry.instead = lambda asked: lead if asked.path != "/v2/" else None
    with pytest.raises(RegistryError, match=sentence):
        await ours.manifest(app)


@pytest.mark.parametrize(
    ("asked_by", "target", "sentence"),
    [
        ("https://a.example", "https://localhost/x", "sends us to this machine itself"),
        ("https://a.example", "http://127.0.0.1:2375/x", "sends us to this machine itself"),
        ("https://a.example", "http://b.example/x", "without TLS"),
    ],
)
def test_a_registry_cannot_send_us_to_less_safety(
    asked_by: str, target: str, sentence: str
) -> None:
    origin = origin_of(asked_by)
    assert origin is not None
    with pytest.raises(RegistryError, match=sentence):
        Transport((), Trust(frozenset({"b.example"})), {}).permitted(target, asked_by=origin)


async def test_cookies_are_not_kept(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    registry.instead = lambda asked: as_json({}, Set_Cookie="a=b") if "v2" in asked.path else None
    await ours.tags(app)
    await ours.tags(app)
    assert not [it for it in server.asked if "Cookie" in it.headers]


async def test_a_kept_connection_that_ended_meanwhile_is_replaced(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    ends: list[socket.socket] = []

    def once(asked: Asked) -> Answer | None:
        if "/manifests/" in asked.path and not ends:
            # As if it had ended just when the question came.
            return ends.append
        return None

    await ours.greet(app.host)
    registry.instead = once
    assert (await ours.digest(app)).digest == digest_of(registry.manifests["app/1"][0])
    assert len(ends) == 1


async def test_who_stops_waiting_cuts_the_question_off(
    ours: Registries, registry: ScriptedRegistry, app: Reference
) -> None:
    await ours.greet(app.host)
    held, ended = Event(), list[float]()

    def hold(connection: socket.socket) -> None:
        connection.settimeout(10)
        held.set()
        with suppress(OSError):
            connection.recv(1)
        ended.append(time.monotonic())

    registry.instead = lambda asked: hold if "/manifests/" in asked.path else None
    asked = asyncio.ensure_future(ours.manifest(app))
    while not held.is_set():
        await asyncio.sleep(0.001)
    begun = time.monotonic()
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert time.monotonic() - begun < 1
    while not ended or calls_under_way():
        await asyncio.sleep(0.001)
    assert ended[0] - begun < 2
    assert len(ended) == 1
    registry.instead = lambda _: None
    assert (await ours.tags(app)).names == ("1",)


async def test_closing_cuts_every_question_off(
    asker: Asker, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    ours = asker()
    await ours.greet(app.host)
    registry.instead = lambda asked: holding(server) if "/manifests/" in asked.path else None
    waiting = [asyncio.ensure_future(ours.manifest(app)) for _ in range(3)]
    while len(server.asked) < 1 + 3:
        await asyncio.sleep(0.001)
    await ours.close()
    for each in waiting:
        with pytest.raises(RegistryUnreachable, match="ended the connection"):
            await each


async def test_cutting_one_question_off_leaves_the_others_alone(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    await ours.greet(app.host)
    registry.instead = lambda asked: holding(server) if "/blobs/" in asked.path else None
    for _ in range(10):
        image = asyncio.ensure_future(ours.image(app))
        others = [asyncio.ensure_future(ours.digest(app)) for _ in range(5)]
        await asyncio.sleep(0)
        await asyncio.gather(*others)
        image.cancel()
        assert (await ours.tags(app)).names == ("1",)


async def test_a_registry_that_trickles_is_given_up(
    asker: Asker, registry: ScriptedRegistry, app: Reference
) -> None:
    def trickle(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            connection.sendall(b" ")
            time.sleep(0.02)

    ours = asker(answer_timeout_s=0.4)
    await ours.greet(app.host)
    registry.instead = lambda asked: trickle if "/manifests/" in asked.path else None
    with pytest.raises(TimedOut, match="did not answer within 0 s"):
        await ours.manifest(app)
    while calls_under_way():
        await asyncio.sleep(0.001)


async def test_a_silent_registry_is_given_up(
    asker: Asker, registry: ScriptedRegistry, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "READ_TIMEOUT_S", 0.2)
    registry.instead = lambda _: holding(server)
    with pytest.raises(RegistryUnreachable) as told:
        await asker().greet(server.host)
    assert told.value.kind is Unreachable.SILENT
    assert str(told.value) == f"{server.host} does not answer."


async def test_a_registry_that_dies_in_the_middle_is_told_and_found_again(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, app: Reference
) -> None:
    def die(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")

    registry.instead = lambda asked: die if "/manifests/" in asked.path else None
    with pytest.raises(RegistryUnreachable, match="ended the connection before it had answered"):
        await ours.manifest(app)
    registry.instead = lambda _: None
    assert (await ours.manifest(app)).digest


@pytest.mark.parametrize(
    "said",
    [Said(200, b"<html>hello"), Said(404), as_json([], 500), Said(200, b"x" * 100_000)],
)
async def test_what_is_no_registry_is_told(
    ours: Registries, registry: ScriptedRegistry, server: LocalServer, said: Said
) -> None:
    registry.instead = lambda _: said
    with pytest.raises(RegistryError) as told:
        await ours.greet(server.host)
    assert str(told.value).startswith((f"What answers at {server.host} is no", server.host))


async def test_what_is_not_even_http_is_told(ours: Registries) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        greeting = asyncio.ensure_future(ours.greet(f"127.0.0.1:{port}"))
        await asyncio.to_thread(_speak_ssh, listener, 2)
        with pytest.raises(RegistryUnreachable) as told:
            await greeting
    assert told.value.kind is Unreachable.NOT_A_REGISTRY


def _speak_ssh(listener: socket.socket, times: int) -> None:
    for _ in range(times):
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
            connection.recv(65536)


async def test_where_nobody_listens_that_is_told(ours: Registries) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
        with pytest.raises(RegistryUnreachable) as told:
            await ours.greet(host)
    assert told.value.kind is Unreachable.REFUSED
    assert str(told.value) == f"Nobody listens at {host}: connection refused."


async def test_a_host_that_there_is_not_is_told(
    ours: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(RegistryUnreachable) as told:
        await ours.greet("registry.example")
    assert str(told.value) == "There is no host registry.example."
    with pytest.raises(RegistryUnreachable) as told:
        await ours.greet("Team")
    assert told.value.advice == ("For Docker Hub, write it in lower case: team/…",)


def test_a_question_takes_half_a_minute_at_most() -> None:
    assert asking.ANSWER_TIMEOUT_S <= 30
