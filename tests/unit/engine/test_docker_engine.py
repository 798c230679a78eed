"""What only an engine that plays its part badly can show."""

from __future__ import annotations

import asyncio
import socket
import time
from struct import pack

import pytest

from dockertui.engine import EngineError, EngineUnavailable, LogRequest
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model import Container, Event, Image
from tests.unit.engine.local_server import OK, Serve, answer, serving

VERSION = b'{"ApiVersion": "1.41", "Version": "20.10", "Os": "linux"}'
STAMP = b"2026-11-23T12:03:11.123456789Z "
REQUEST = LogRequest(container_id="a", tty=False)


def speaks(target: str, body: bytes, *, hold: bool = False) -> Serve:
    """Give a body for whatever has `target` in its path, and a version for anything else."""

    def serve(connection: socket.socket, head: bytes) -> None:
        path = head.split()[1].decode()
        streams = head.split(b"\r\n")[0].endswith(b"1.0")
        given = VERSION if target not in path else body
        connection.sendall(OK + given if streams else answer(200, given))
        while hold and target in path and connection.recv(100):
            pass

    return serve


async def test_a_line_that_does_not_end_is_told_after_a_moment() -> None:
    frame = pack(">BxxxL", 1, len(STAMP) + 6) + STAMP + b"name: "
    with serving(speaks("/logs", frame, hold=True)) as address:
        engine = DockerEngine(address)
        stream = engine.logs(REQUEST)
        start = time.monotonic()
        assert await asyncio.wait_for(anext(stream), 5) == b"1" + STAMP + b"name: \n"
        assert time.monotonic() - start >= 0.2
        await stream.aclose()
        await engine.close()


async def test_a_log_cut_off_gives_what_has_come() -> None:
    frame = pack(">BxxxL", 1, len(STAMP) + 4) + STAMP + b"one\n"
    with serving(speaks("/logs", frame + frame[:20])) as address:
        engine = DockerEngine(address)
        assert [block async for block in engine.logs(REQUEST)] == [b"1" + STAMP + b"one\n"]


async def test_events_are_read_however_odd_their_lines_are() -> None:
    lines = [
        b"",
        b"rubbish",
        b"[]",
        b"null",
        b'{"Type": "container", "Action": "exec_die", "Actor": {"ID": "a"}}',
        b'{"Type": "container", "Action": "die", "Actor": {"ID": "a"}, "timeNano": 7}',
        b'{"Type": "container"',
    ]
    with serving(speaks("/events", b"\n".join(lines))) as address:
        engine = DockerEngine(address)
        assert [it async for it in engine.events()] == [Event("container", "die", "a", 7)]


@pytest.mark.parametrize("body", [b"", b"{", b"[1", b"<html>"])
async def test_an_answer_that_is_no_json_is_an_error_of_the_engine(body: bytes) -> None:
    with serving(speaks("json", body)) as address:
        engine = DockerEngine(address)
        with pytest.raises(EngineError, match="not JSON"):
            await engine.list(Container)
        with pytest.raises(EngineError, match="not JSON"):
            await engine.list(Image)
        await engine.close()


@pytest.mark.parametrize("body", [b"{}", b"7", b"null", b'[null, 7, {}, {"Id": 7}, {"Id": ""}]'])
async def test_an_answer_of_another_shape_is_nothing(body: bytes) -> None:
    with serving(speaks("json", body)) as address:
        engine = DockerEngine(address)
        assert await engine.list(Container) == ()
        assert await engine.list(Image) == ()
        assert (await engine.detail("a")).id == ""
        await engine.close()


async def test_the_second_of_two_with_one_id_counts() -> None:
    twins = b'[{"Id": "a", "Names": ["/x1"]}, {"Id": "a", "Names": ["/x2"]}]'
    with serving(speaks("json", twins)) as address:
        engine = DockerEngine(address)
        assert [it.name for it in await engine.list(Container)] == ["x2"]
        await engine.close()


async def test_whoever_asks_first_connects() -> None:
    with serving(speaks("none", b"")) as address:
        engine = DockerEngine(address)
        assert await engine.list(Container) == ()
    with pytest.raises(EngineUnavailable):
        await DockerEngine(address).list(Container)
    with pytest.raises(EngineUnavailable):
        await anext(DockerEngine(address).events())
    await engine.close()
