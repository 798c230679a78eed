"""BuildKit, through `docker buildx`: a process of the Docker CLI, and what it says."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from codecs import getincrementaldecoder
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dockertui.engine.address import Address
from dockertui.engine.errors import EngineError
from dockertui.engine.image_work import BuildRequest
from dockertui.engine.payload.buildkit import Solve
from dockertui.engine.payload.progress import lines_in
from dockertui.engine.transfers import GATHER_S
from dockertui.model.progress import Progress, Result
from dockertui.text import clean

Version = tuple[int, ...]

_TELLS_IN_JSON: Version = (0, 13)
_ASK_S = 5.0
_GRACE_S = 2.0
_LONGEST_WORD = 16 << 20
_KEPT_LINES = 20
_found: dict[str, Version] = {}


async def find_buildx() -> Version:
    """The version of `docker buildx` on this machine; empty if there is none."""
    docker = shutil.which("docker")
    if docker is None:
        return ()
    if docker not in _found:
        _found[docker] = await _ask_version(docker)
    return _found[docker]


async def _ask_version(docker: str) -> Version:
    try:
        process = await asyncio.create_subprocess_exec(
            docker, "buildx", "version", stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
        )
    except OSError:
        return ()
    try:
        async with asyncio.timeout(_ASK_S):
            answer, _ = await process.communicate()
    except TimeoutError:
        await _end(process)
        return ()
    found = re.search(rb"\bv?(\d+)\.(\d+)\.(\d+)", answer)
    return tuple(int(it) for it in found.groups()) if found and process.returncode == 0 else ()


class Buildx:
    """Builds images with a process for each."""

    def __init__(self, address: Address, version: Version) -> None:
        """Be ready.

        Args:
            address: The engine that shall have the images.
            version: That of the plug-in.
        """
        self._address = address
        self._in_json = version >= _TELLS_IN_JSON

    async def build(self, request: BuildRequest) -> AsyncGenerator[tuple[Progress, ...]]:
        """Build an image; the process ends with the generator."""
        with tempfile.TemporaryDirectory(prefix="dockertui-") as place:
            id_file = Path(place) / "id"
            process = await self._begin(request, id_file)
            try:
                report = _Report(self._in_json)
                async for words in _words(process, report):
                    yield words
                if await process.wait():
                    raise EngineError(report.failure or "BuildKit gave no reason.")
                yield (Result(image_id=_read(id_file)),)
            finally:
                await _end(process)

    async def _begin(self, request: BuildRequest, id_file: Path) -> Process:
        command = [*self._command(request, id_file)]
        try:
            return await asyncio.create_subprocess_exec(
                *command,
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=PIPE,
                env=self._environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise EngineError(f"docker buildx did not start: {error.strerror}.") from error

    def _command(self, request: BuildRequest, id_file: Path) -> Iterator[str]:
        folder = request.folder.expanduser().resolve()
        yield from ("docker", "buildx", "build", "--load", f"--iidfile={id_file}")
        yield f"--progress={'rawjson' if self._in_json else 'plain'}"
        if request.dockerfile:
            yield f"--file={folder / Path(request.dockerfile).expanduser()}"
        yield from (f"--tag={each}" for each in request.tags)
        yield from (f"--build-arg={name}={value}" for name, value in request.args.items())
        for option, value in (("target", request.target), ("platform", request.platform)):
            if value:
                yield f"--{option}={value}"
        if request.no_cache:
            yield "--no-cache"
        if request.pull:
            yield "--pull"
        yield from ("--", str(folder))

    def _environment(self) -> Mapping[str, str]:
        """The person's own, bent to the engine: whatever context is current elsewhere."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DOCKER_CONTEXT", "BUILDX_BUILDER", "DOCKER_TLS_VERIFY"}
        }
        kept |= {"DOCKER_HOST": self._address.url, "BUILDX_NO_DEFAULT_ATTESTATIONS": "1"}
        files = self._address.tls
        if files is not None:
            kept["DOCKER_TLS"] = "1"
            if files.verify:
                kept["DOCKER_TLS_VERIFY"] = "1"
            if files.ca or files.cert:
                kept["DOCKER_CERT_PATH"] = str(Path(files.ca or files.cert).parent)
        return kept


class _Report:
    """Reads what the process says, and remembers what may be the reason of a failure."""

    def __init__(self, in_json: bool) -> None:
        self._solve = Solve() if in_json else None
        self._last: list[str] = []
        self._rest = ""

    @property
    def failure(self) -> str:
        """The failing step and its error, or else the last that was said."""
        own = self._solve.failure if self._solve is not None else ""
        return own or "\n".join(it.removeprefix("ERROR: ") for it in self._last)

    def feed(self, text: str, *, at_end: bool = False) -> Iterator[Progress]:
        """What the next piece of output says: lines, and objects of one line or many."""
        self._rest += text
        while self._rest:
            if self._solve is not None and self._rest.lstrip().startswith("{"):
                payload = self._object()
                if payload is None:
                    break
                yield from self._solve.words(payload)
                continue
            line, end, rest = self._rest.partition("\n")
            if not end and not at_end:
                break
            self._rest = rest
            yield from self._line(line.strip())
        if len(self._rest) > _LONGEST_WORD:
            self._rest = ""

    def _object(self) -> dict[str, Any] | None:
        """The object that has come whole; `None` when more of it is to come."""
        text = self._rest.lstrip()
        try:
            payload, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            return None
        self._rest = text[end:].lstrip()
        return payload if isinstance(payload, dict) else {}

    def _line(self, line: str) -> Iterator[Progress]:
        if line:
            self._last = [*self._last, clean(line)][-_KEPT_LINES:]
            yield from lines_in(line)


async def _words(process: Process, report: _Report) -> AsyncGenerator[tuple[Progress, ...]]:
    assert process.stderr is not None
    decoder = getincrementaldecoder("utf-8")("replace")
    while piece := await process.stderr.read(1 << 16):
        yield tuple(report.feed(decoder.decode(piece)))
        await asyncio.sleep(GATHER_S)
    yield tuple(report.feed(decoder.decode(b"", final=True), at_end=True))


async def _end(process: Process) -> None:
    """End the process and all that it has started, gently if it lets us."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_S):
                await process.wait()


def _read(path: Path) -> str:
    try:
        return clean(path.read_text("ascii", "replace").strip())
    except OSError:
        return ""
