"""BuildKit through the Docker CLI, in whose place stands a script."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from dockertui.engine import EngineError
from dockertui.engine import buildx as module
from dockertui.engine.address import Address, TLSFiles
from dockertui.engine.buildx import Buildx, find_buildx
from dockertui.engine.image_work import BuildRequest
from dockertui.model.progress import Progress, Result
from tests.support.real_engine import process_state

HERE = Address("default", "unix:///srv/d.sock")


def line(**what: object) -> str:
    """A word as BuildKit writes it, over several lines."""
    return json.dumps(what, indent=2)


VERTEX = {"digest": "a", "name": "[1/2] RUN make", "started": "2026-11-23T12:00:00Z"}
LOG = {"vertex": "a", "stream": 1, "data": base64.b64encode(b"cc\n").decode()}


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program called docker, which does what a test writes into it."""
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("DOCKER_CONTEXT", "elsewhere")
    module._found.clear()  # noqa: SLF001 - what another test has found
    yield program
    module._found.clear()  # noqa: SLF001


def does(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def request(place: Path, **more: object) -> BuildRequest:
    return BuildRequest(folder=place, tags=("a/b:1",), **more)  # type: ignore[arg-type]


async def told(what: BuildRequest, version: tuple[int, ...] = (0, 20, 0)) -> list[Progress]:
    return [word async for words in Buildx(HERE, version).build(what) for word in words]


async def test_its_version_tells_that_it_is_there(docker: Path) -> None:
    does(docker, "echo github.com/docker/buildx v0.17.1 257815a")
    assert await find_buildx() == (0, 17, 1)


async def test_without_it_there_is_none(docker: Path) -> None:
    does(docker, "echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1")
    assert await find_buildx() == ()


async def test_a_build_is_told_and_its_image_named(docker: Path, tmp_path: Path) -> None:
    said = tmp_path / "said"
    does(
        docker,
        f'echo "$DOCKER_HOST|$DOCKER_CONTEXT|$*" >{said}\n'
        f"cat >&2 <<'END'\n{line(vertexes=[VERTEX])}\n{line(logs=[LOG])}\nEND\n"
        'for it; do case $it in --iidfile=*) printf sha256:abc >"${it#*=}";; esac; done',
    )
    words = await told(
        request(tmp_path, target="t", args={"A": "1 2"}, platform="linux/arm64", no_cache=True)
    )
    assert [it.line for it in words if it.line] == ["#1 [1/2] RUN make", "#1 cc"]
    assert (words[0].step, words[0].steps) == (1, 2)
    assert isinstance(words[-1], Result)
    assert words[-1].image_id == "sha256:abc"
    host, context, command = said.read_text().strip().split("|")
    assert (host, context) == ("unix:///srv/d.sock", "")
    for part in (
        *("buildx build --load", "--progress=rawjson", "--tag=a/b:1", "--build-arg=A=1 2"),
        *("--target=t", "--platform=linux/arm64", "--no-cache", f"-- {tmp_path}"),
    ):
        assert part in command


async def test_an_old_one_is_read_line_by_line(docker: Path, tmp_path: Path) -> None:
    does(docker, 'case "$*" in *--progress=plain*) echo "#1 RUN make" >&2;; esac')
    assert [it.line for it in await told(request(tmp_path), (0, 10, 0)) if it.line] == [
        "#1 RUN make"
    ]


async def test_a_failure_names_the_step_its_output_and_its_error(
    docker: Path, tmp_path: Path
) -> None:
    failed = line(vertexes=[{**VERTEX, "error": "exit code: 2"}])
    does(docker, f"cat >&2 <<'END'\n{line(logs=[LOG])}\n{failed}\nERROR: failed\nEND\nexit 1")
    with pytest.raises(EngineError) as caught:
        await told(request(tmp_path))
    assert str(caught.value) == "[1/2] RUN make\ncc\nexit code: 2"


async def test_a_failure_before_any_step_is_told_in_its_own_words(
    docker: Path, tmp_path: Path
) -> None:
    does(docker, 'printf "{\\"vertexes\\": []}\\nERROR: no builder \\"x\\" found\\n" >&2; exit 1')
    with pytest.raises(EngineError, match=r'^no builder "x" found'):
        await told(request(tmp_path))


async def test_leaving_it_ends_all_that_was_started(docker: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    does(docker, f"sleep 1000 & echo $! >{pid}; echo begun >&2; wait")
    async with aclosing(Buildx(HERE, (0, 20, 0)).build(request(tmp_path))) as words:
        await anext(words)
        began = time.perf_counter()
    assert time.perf_counter() - began < 1.5
    for _ in range(200):
        if process_state(int(pid.read_text())) in {"", "Z"}:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it still runs")


def test_tls_is_handed_on() -> None:
    files = TLSFiles("/c/ca.pem", "/c/cert.pem", "/c/key.pem")
    environment = Buildx(Address("x", "tcp://h:2376", files), ())._environment()  # noqa: SLF001
    assert environment["DOCKER_CERT_PATH"] == "/c"
    assert environment["DOCKER_TLS_VERIFY"] == "1"
