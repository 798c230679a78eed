"""The engine itself: versions, errors, being there and being gone."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import docker
import pytest
import requests
from docker import APIClient

from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.unit.sim.conftest import until


async def test_the_sdk_negotiates_the_newest_version(engine: SimulatedEngine) -> None:
    client = await asyncio.to_thread(APIClient, engine.base_url, timeout=5)
    assert client.api_version == "1.45"
    assert await asyncio.to_thread(client.ping)
    client.close()


async def test_a_version_from_the_future_is_refused_in_the_engines_words(
    engine: SimulatedEngine,
) -> None:
    client = APIClient(engine.base_url, version="1.99")
    with pytest.raises(docker.errors.APIError, match=r"Maximum supported API version is 1\.45"):
        await asyncio.to_thread(client.containers)
    client.close()


async def test_an_unknown_path_is_not_found(client: APIClient) -> None:
    response = await asyncio.to_thread(client.get, "http+docker://localhost/nonsense")
    assert response.status_code == 404
    assert response.json() == {"message": "page not found"}


async def test_info_counts_the_containers() -> None:
    async with SimulatedEngine(scenario.demo()) as engine:
        client = APIClient(engine.base_url, version="1.45")
        info = await asyncio.to_thread(client.info)
        counted = info["ContainersRunning"] + info["ContainersPaused"] + info["ContainersStopped"]
        assert info["Containers"] == counted == len(engine.world.containers)
        client.close()


async def test_a_client_that_speaks_http_1_0_gets_no_chunks(engine: SimulatedEngine) -> None:
    reader, writer = await asyncio.open_unix_connection(engine.socket_path)
    writer.write(b"GET /v1.41/events?until=1 HTTP/1.0\r\n\r\n")
    answer = await reader.read()
    writer.close()
    assert b"chunked" not in answer
    assert b"connection: close" in answer.lower()


async def test_one_connection_serves_many_requests(
    engine: SimulatedEngine, client: APIClient
) -> None:
    for _ in range(20):
        await asyncio.to_thread(client.version)
    assert engine.connections == 1


async def test_a_connection_outlives_a_head(engine: SimulatedEngine) -> None:
    reader, writer = await asyncio.open_unix_connection(engine.socket_path)
    for method, body in ((b"HEAD", b""), (b"GET", b"OK"), (b"HEAD", b"")):
        writer.write(method + b" /_ping HTTP/1.1\r\nHost: d\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"200 OK" in head
        assert await reader.readexactly(len(body)) == body
    writer.close()


async def test_a_failure_asked_for_comes_as_often_as_asked(
    engine: SimulatedEngine, client: APIClient
) -> None:
    engine.trouble.fail("GET", "/containers/json", 500, "disk on fire", times=1)
    with pytest.raises(docker.errors.APIError, match="disk on fire"):
        await asyncio.to_thread(client.containers)
    assert await asyncio.to_thread(client.containers) == []


async def test_a_silent_engine_accepts_and_never_answers(engine: SimulatedEngine) -> None:
    engine.trouble.silent = True
    client = APIClient(engine.base_url, version="1.45", timeout=0.2)  # type: ignore[arg-type]
    with pytest.raises(requests.exceptions.ReadTimeout):
        await asyncio.to_thread(client.ping)
    client.close()


async def test_rubbish_is_not_http(engine: SimulatedEngine, client: APIClient) -> None:
    engine.trouble.rubbish = b"\x15\x03\x01 what?\n"
    with pytest.raises(requests.exceptions.ConnectionError):
        await asyncio.to_thread(client.ping)


async def test_slow_answers_are_held_back(engine: SimulatedEngine, client: APIClient) -> None:
    engine.trouble.delay_s = 0.1
    began = asyncio.get_running_loop().time()
    await asyncio.to_thread(client.ping)
    assert asyncio.get_running_loop().time() - began >= 0.1


async def test_a_killed_engine_refuses_and_comes_back_at_the_same_address(
    engine: SimulatedEngine, client: APIClient
) -> None:
    await engine.refuse()
    assert engine.socket_path.is_socket()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_unix_connection(engine.socket_path)
    await engine.listen()
    assert await asyncio.to_thread(client.ping)


async def test_a_stopped_engine_leaves_no_socket(engine: SimulatedEngine) -> None:
    await engine.vanish()
    assert not engine.socket_path.exists()


async def test_dropped_connections_end_the_streams(engine: SimulatedEngine) -> None:
    reader, writer = await asyncio.open_unix_connection(engine.socket_path)
    writer.write(b"GET /events HTTP/1.1\r\nHost: d\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    await engine.drop_connections()
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    writer.close()
    assert engine.connections == 0


async def test_a_client_that_leaves_ends_its_stream(engine: SimulatedEngine) -> None:
    reader, writer = await asyncio.open_unix_connection(engine.socket_path)
    writer.write(b"GET /events HTTP/1.1\r\nHost: d\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    assert engine.world.events.listening == 1
    writer.close()
    await until(lambda: not engine.world.events.listening)


async def test_nothing_is_left_when_it_ends() -> None:
    async with SimulatedEngine(scenario.bare()) as engine:
        place = engine.socket_path.parent
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(engine.socket_path))
    assert not place.exists()


async def test_it_listens_where_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "d.sock"
    async with SimulatedEngine(scenario.bare(), path) as engine:
        assert engine.base_url == f"unix://{path}"
        assert path.is_socket()
    assert not path.exists()


@pytest.mark.parametrize("rounds", range(5))
async def test_who_has_just_connected_is_cut_off_with_the_rest(rounds: int) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        async with SimulatedEngine(scenario.bare()) as engine:
            client.connect(str(engine.socket_path))
            for _ in range(rounds):
                await asyncio.sleep(0)
        client.settimeout(1)
        with suppress(ConnectionResetError):
            assert client.recv(1) == b""
