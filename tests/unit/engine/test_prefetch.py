"""The first questions, asked early."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from pathlib import Path
from threading import Event

import pytest

from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.prefetch import CONTAINERS, VERSION, Prefetch
from dockertui.model import Container, Image
from tests.unit.engine.local_server import OK, Serve, holds, serving

RECORDED = Path(__file__).parent / "recorded"


def engine_that_counts(asked: list[str]) -> Serve:
    """Answer the first questions as Docker once did, and write down what is asked."""
    answers = {
        "version": "docker-20.10-version",
        "containers": "docker-20.10-containers",
        "images": "docker-20.10-images",
    }

    def serve(connection: socket.socket, head: bytes) -> None:
        target = head.split()[1].decode()
        asked.append(target)
        name = next(it for part, it in answers.items() if part in target)
        connection.sendall(OK + (RECORDED / f"{name}.json").read_bytes())

    return serve


async def test_the_first_answers_are_there_without_asking_again() -> None:
    asked: list[str] = []
    with serving(engine_that_counts(asked)) as address:
        prefetch = Prefetch(address)
        prefetch.start()
        engine = DockerEngine(address, prefetch=prefetch)
        info = await engine.connect()
        assert info.version == "20.10.24+dfsg1"
        assert len(await engine.list(Container)) == 6
        assert len(await engine.list(Image)) == 2
        assert asked == ["/version", "/containers/json?all=1", "/images/json"]
        await engine.close()


async def test_each_answer_is_given_once() -> None:
    asked: list[str] = []
    with serving(engine_that_counts(asked)) as address:
        prefetch = Prefetch(address)
        prefetch.start()
        opening = await prefetch.take()
        assert opening is not None
        assert json.loads(opening.take(VERSION) or b"")["ApiVersion"] == "1.41"
        assert opening.take(VERSION) is None
        assert await prefetch.take() is None


async def test_old_answers_are_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(engine_that_counts([])) as address:
        prefetch = Prefetch(address)
        prefetch.start()
        opening = await prefetch.take()
        assert opening is not None
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 60)
        assert opening.take(CONTAINERS) is None


async def test_an_engine_that_is_not_there_is_met_again_when_connecting(tmp_path: Path) -> None:
    prefetch = Prefetch(Address("default", f"unix://{tmp_path}/none"))
    prefetch.start()
    assert await prefetch.take() is None


async def test_silence_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dockertui.engine.prefetch._TIMEOUT_S", 0.1)
    with serving(holds()) as address:
        prefetch = Prefetch(address)
        prefetch.start()
        assert await prefetch.take() is None


async def test_whoever_waits_is_told() -> None:
    go = Event()

    def held(serve: Serve) -> Serve:
        def wait(connection: socket.socket, head: bytes) -> None:
            go.wait(2)
            serve(connection, head)

        return wait

    with serving(held(engine_that_counts([]))) as address:
        prefetch = Prefetch(address)
        prefetch.start()
        asyncio.get_running_loop().call_later(0.01, go.set)
        assert await prefetch.take() is not None
