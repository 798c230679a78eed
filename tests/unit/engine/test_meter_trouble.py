"""The meter, when something is wrong with its engine, or with whom it reads for."""

from __future__ import annotations

import asyncio
import errno
import json
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine import EngineUnavailable, ProblemKind
from dockertui.engine.address import Address, TLSFiles
from dockertui.engine.meter import EngineMeter
from dockertui.engine.metering.channel import Channel
from dockertui.engine.metering.way import Way
from dockertui.sim.server import SimulatedEngine
from tests.support.measuring import Measuring, measuring
from tests.unit.engine.local_server import serving
from tests.unit.engine.metered import OFTEN, known, meter_of, running


async def test_an_engine_that_goes_is_told_and_read_again_when_it_is_back(
    engine: SimulatedEngine,
) -> None:
    wanted = {it.id: OFTEN for it in running(engine, 10)}
    meter = meter_of(engine)
    async with measuring(meter, wanted) as measured:
        await measured.reads(*wanted)
        await engine.refuse()
        await asyncio.wait_for(measured.task, 5)
        assert isinstance(measured.failure, EngineUnavailable)
        assert measured.failure.problem.kind is ProblemKind.REFUSED
        await engine.listen()
        again = Measuring(meter)
        await again.reads(*wanted)
        meter.close()
        await again.task


async def test_an_engine_that_cuts_connections_and_stays_is_not_gone(
    slow: SimulatedEngine, impatient: None
) -> None:
    wanted = {it.id: OFTEN for it in running(slow, 10)}
    async with measuring(meter_of(slow), wanted) as measured:
        await measured.reads(*wanted)
        await slow.drop_connections()
        await measured.reads(*wanted, times=2)
        assert measured.failure is None


async def test_an_engine_that_falls_silent_is_told_after_a_while(
    engine: SimulatedEngine, impatient: None
) -> None:
    wanted = {it.id: OFTEN for it in running(engine, 10)}
    async with measuring(meter_of(engine), wanted) as measured:
        await measured.reads(*wanted)
        engine.trouble.silent = True
        if not engine.world.host.reads_at_once:  # What streams already would go on.
            await engine.drop_connections()
        await asyncio.wait_for(measured.task, 10)
        assert isinstance(measured.failure, EngineUnavailable)
        assert measured.failure.problem.kind is ProblemKind.SILENT


async def test_nobody_there_from_the_beginning_is_told(tmp_path: Path) -> None:
    meter = EngineMeter(Address("x", f"unix://{tmp_path}/none"), known())
    async with measuring(meter, {"a": OFTEN}) as measured:
        await asyncio.wait_for(measured.task, 5)
        assert isinstance(measured.failure, EngineUnavailable)
        assert measured.failure.problem.kind is ProblemKind.NO_SOCKET


async def test_rubbish_is_told_as_what_it_is(quick: SimulatedEngine) -> None:
    quick.trouble.rubbish = b"SSH-2.0-OpenSSH_9.2\r\n"
    async with measuring(meter_of(quick), {running(quick)[0].id: OFTEN}) as measured:
        await asyncio.wait_for(measured.task, 5)
        assert isinstance(measured.failure, EngineUnavailable)
        assert measured.failure.problem.kind is ProblemKind.NOT_AN_ENGINE


async def test_a_refusal_is_told_in_the_engines_words(quick: SimulatedEngine) -> None:
    quick.trouble.fail("GET", "/containers/.*/stats", 403, "stats are not for you")
    async with measuring(meter_of(quick), {it.id: OFTEN for it in running(quick)}) as measured:
        await measured.until(lambda: "stats are not for you" in measured.meter.way)
        assert measured.readings == {}
        assert measured.failure is None


async def test_an_engine_that_cannot_keep_up_makes_it_say_so(
    quick: SimulatedEngine, impatient: None
) -> None:
    wanted = {it.id: OFTEN for it in running(quick, 40)}
    async with measuring(meter_of(quick), wanted) as measured:
        await measured.reads(*wanted, times=2)
        assert measured.meter.behind_s == 0
        quick.trouble.delay_s = 0.2
        await measured.until(lambda: measured.meter.behind_s > 0.3)
        quick.trouble.delay_s = 0.0
        await measured.until(lambda: measured.meter.behind_s == 0)


async def test_nothing_is_read_while_nobody_fetches_it(
    slow: SimulatedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dockertui.engine.meter._ROOM", 30)
    ids = {it.id for it in running(slow, 20)}
    meter = meter_of(slow)
    meter.want(dict.fromkeys(ids, OFTEN))
    readings = meter.readings()
    seen = {it.container_id for it in await anext(readings)}
    async with asyncio.timeout(10):
        # The loop goes on, for the simulated engine needs it, but fetches nothing.
        while slow.connections < len(ids):
            await asyncio.sleep(0.01)
        while slow.connections > 2:
            await asyncio.sleep(0.01)
        assert len(await anext(readings)) <= 30 + len(ids)
        seen.clear()
        while seen < ids:
            seen |= {it.container_id for it in await anext(readings)}
    await readings.aclose()


async def test_a_process_that_may_open_no_more_files_goes_on_with_those_it_has(
    slow: SimulatedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [it.id for it in running(slow, 20)]
    connections = 0

    def connect(*args: Any, **more: Any) -> Channel:
        nonlocal connections
        connections += 1
        if connections > 8:
            raise OSError(errno.EMFILE, "Too many open files")
        return Channel(*args, **more)

    monkeypatch.setattr("dockertui.engine.metering.reader.Channel", connect)
    async with measuring(meter_of(slow), dict.fromkeys(ids, OFTEN)) as measured:
        await measured.until(lambda: sum(measured.count(it) > 4 for it in ids) > 5)
        assert measured.failure is None


class Answers:
    """A server that answers whatever is asked for over a connection, so many times at most."""

    def __init__(self, times: int, piece: int = 1_000_000) -> None:
        self.connections = 0
        self._times = times
        self._piece = piece

    def __call__(self, connection: socket.socket, head: bytes) -> None:
        self.connections += 1
        for _ in range(self._times):
            body = json.dumps({"read": datetime.now(UTC).isoformat()}).encode()
            size = f"{len(body):x}".encode()
            answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            answer += size + b"\r\n" + body + b"\r\n0\r\n\r\n"
            for start in range(0, len(answer), self._piece):
                connection.sendall(answer[start : start + self._piece])
            if not connection.recv(65536):
                return


async def test_a_connection_that_the_engine_has_left_is_replaced() -> None:
    server = Answers(times=2)
    with serving(server) as address:
        async with measuring(EngineMeter(address, known()), {"a": 0.3, "b": 0.4}) as measured:
            await measured.reads("a", "b", times=4)
            assert measured.failure is None
            assert server.connections > 2


async def test_an_answer_may_come_in_many_pieces() -> None:
    with serving(Answers(times=99, piece=7)) as address:
        async with measuring(EngineMeter(address, known()), {"a": 0.3}) as measured:
            await measured.reads("a", times=3)


@asynccontextmanager
async def behind_tls(engine: SimulatedEngine, folder: Path) -> AsyncIterator[Address]:
    """A simulated engine behind TLS on a port, which asks for our certificate."""
    await asyncio.to_thread(make_certificate, folder)
    certificate, key = str(folder / "ca.pem"), str(folder / "key.pem")
    files = TLSFiles(certificate, certificate, key)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=files.ca)
    context.load_cert_chain(files.cert, files.key)
    context.verify_mode = ssl.CERT_REQUIRED

    async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
        except OSError:
            pass
        finally:
            writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(engine.socket_path)
        await asyncio.gather(hand_on(reader, back), hand_on(there, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Address("tls", f"https://127.0.0.1:{port}", files)
    finally:
        server.close()


def make_certificate(folder: Path) -> None:
    """Make a certificate that vouches for itself."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", folder / "key.pem", "-out", folder / "ca.pem"),
        ],
        check=True,
        capture_output=True,
    )


async def test_an_engine_behind_tls_is_read_in_either_way(
    engine: SimulatedEngine, tmp_path: Path
) -> None:
    ids = [it.id for it in running(engine, 12)]
    async with behind_tls(engine, tmp_path) as address:
        meter = EngineMeter(address, known())
        async with measuring(meter, dict.fromkeys(ids, OFTEN)) as measured:
            await measured.reads(*ids, times=3)
            assert measured.meter.way == (
                Way.SHOTS if engine.world.host.reads_at_once else Way.STREAMS
            )
            await engine.refuse()
            await asyncio.wait_for(measured.task, 5)
            assert isinstance(measured.failure, EngineUnavailable)


async def test_a_certificate_that_is_not_trusted_is_told(
    quick: SimulatedEngine, tmp_path: Path
) -> None:
    async with behind_tls(quick, tmp_path) as address:
        meter = EngineMeter(replace(address, tls=TLSFiles()), known())
        async with measuring(meter, {"a": OFTEN}) as measured:
            await asyncio.wait_for(measured.task, 5)
            assert isinstance(measured.failure, EngineUnavailable)
            assert measured.failure.problem.kind is ProblemKind.TLS
