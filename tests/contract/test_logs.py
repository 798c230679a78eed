"""What a container has written, and writes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime

import pytest

from dockertui.engine import LogRequest, NotSupported, ObjectNotFound
from tests.contract.subject import STDERR, Subject

PATIENCE_S = 10


def texts(block: bytes) -> list[bytes]:
    """What the records of a block say, with their stream."""
    records = [line.split(b" ", 1) for line in block.removesuffix(b"\n").split(b"\n")]
    return [head[:1] + b" " + text for head, text in records]


def stamps(block: bytes) -> list[str]:
    """The time stamps of the records of a block."""
    return [line[1:].split(b" ", 1)[0].decode() for line in block.splitlines()]


async def read_all(stream: AsyncGenerator[bytes]) -> bytes:
    """Everything that comes until a stream ends."""
    async with asyncio.timeout(PATIENCE_S):
        return b"".join([block async for block in stream])


async def read_until(stream: AsyncGenerator[bytes], text: bytes) -> bytes:
    """Everything that comes until a text is there."""
    got = b""
    async with asyncio.timeout(PATIENCE_S):
        while text not in got:
            got += await anext(stream)
    return got


async def test_stdout_and_stderr_are_told_apart(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "out\n")
    await subject.write(container_id, "err\n", STDERR)
    request = LogRequest(container_id=container_id, follow=False)
    assert texts(await read_all(subject.engine.logs(request))) == [b"1 out", b"2 err"]


async def test_every_record_has_its_time(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "one\ntwo\n")
    block = await read_all(
        subject.engine.logs(LogRequest(container_id=container_id, follow=False, tty=False))
    )
    times = [datetime.fromisoformat(it[:26] + "+00:00") for it in stamps(block)]
    assert times == sorted(times)
    assert abs(times[0].timestamp() - time.time()) < 60
    assert all(it.endswith("Z") and len(it) == 30 for it in stamps(block))


async def test_new_lines_come_as_they_are_written(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "before\n")
    async with aclosing(subject.engine.logs(LogRequest(container_id=container_id))) as stream:
        await read_until(stream, b"before\n")
        await subject.write(container_id, "after\n")
        await read_until(stream, b"after\n")


async def test_only_the_last_lines_come_when_asked(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "".join(f"{number}\n" for number in range(50)))
    request = LogRequest(container_id=container_id, follow=False, tail=2)
    assert texts(await read_all(subject.engine.logs(request))) == [b"1 48", b"1 49"]


async def test_a_terminals_lines_have_no_frames(subject: Subject) -> None:
    container_id = await subject.make(tty=True)
    await subject.write(container_id, "10%\r50%\n\x1b[31mred\x1b[0m\n")
    request = LogRequest(container_id=container_id, follow=False)
    got = texts(await read_all(subject.engine.logs(request)))
    assert got == [b"0 10%\r50%", b"0 \x1b[31mred\x1b[0m"]


async def test_a_long_line_is_one_record(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "x" * 40_000 + "\n" + "next\n")
    request = LogRequest(container_id=container_id, follow=False)
    assert texts(await read_all(subject.engine.logs(request))) == [
        b"1 " + b"x" * 40_000,
        b"1 next",
    ]


async def test_a_long_line_of_a_terminal_is_one_record(subject: Subject) -> None:
    container_id = await subject.make(tty=True)
    await subject.write(container_id, "x" * 40_000 + "\n" + "next\n")
    request = LogRequest(container_id=container_id, follow=False)
    got = texts(await read_all(subject.engine.logs(request)))
    assert [len(it) for it in got] == [40_002, 6]


async def test_a_log_goes_on_exactly_where_it_was_left(subject: Subject) -> None:
    container_id = await subject.make()
    for number in range(5):
        await subject.write(container_id, f"{number}\n")
    request = LogRequest(container_id=container_id, follow=False)
    whole = await read_all(subject.engine.logs(request))
    stamp = stamps(whole)[2]
    moment = datetime.fromisoformat(stamp[:19] + "+00:00")
    since = f"{int(moment.timestamp())}.{stamp[20:29]}"
    rest = await read_all(
        subject.engine.logs(LogRequest(container_id=container_id, follow=False, since=since))
    )
    assert rest == b"".join(whole.splitlines(keepends=True)[2:])


async def test_a_log_ends_with_its_container(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "last\n")
    stream = subject.engine.logs(LogRequest(container_id=container_id))
    await read_until(stream, b"last")
    await subject.engine.kill(container_id)
    assert await read_all(stream) == b""


async def test_a_container_that_never_ran_has_an_empty_log(subject: Subject) -> None:
    container_id = await subject.make(start=False)
    request = LogRequest(container_id=container_id, follow=False)
    assert await read_all(subject.engine.logs(request)) == b""


async def test_a_driver_that_keeps_nothing_is_told(subject: Subject) -> None:
    container_id = await subject.make(host={"log_config": {"type": "none"}})
    with pytest.raises(NotSupported, match="does not support reading"):
        await read_all(subject.engine.logs(LogRequest(container_id=container_id)))


@pytest.mark.parametrize("tty", [None, False])
async def test_the_log_of_what_is_gone_is_not_found(subject: Subject, tty: bool | None) -> None:
    with pytest.raises(ObjectNotFound, match="No such container"):
        await read_all(subject.engine.logs(LogRequest(container_id="f" * 64, tty=tty)))


async def test_leaving_a_quiet_log_takes_no_time(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "ready\n")
    stream = subject.engine.logs(LogRequest(container_id=container_id))
    await read_until(stream, b"ready")
    task = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    start = time.perf_counter()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.perf_counter() - start < 0.25


async def test_closing_the_engine_ends_its_streams(subject: Subject) -> None:
    container_id = await subject.make()
    engine = subject.another_engine()
    await subject.write(container_id, "ready\n")
    stream = engine.logs(LogRequest(container_id=container_id))
    await read_until(stream, b"ready")
    await engine.close()
    assert await read_all(stream) == b""


async def test_thirty_logs_may_be_followed_at_once(subject: Subject) -> None:
    container_id = await subject.make()
    await subject.write(container_id, "ready\n")
    request = LogRequest(container_id=container_id, tty=False)
    streams = [subject.engine.logs(request) for _ in range(30)]
    await asyncio.gather(*(read_until(it, b"ready") for it in streams))
    start = time.perf_counter()
    await subject.engine.ping()
    assert time.perf_counter() - start < 0.5
    for stream in streams:
        await stream.aclose()
