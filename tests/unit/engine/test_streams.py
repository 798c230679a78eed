"""A stream, iterated from asyncio."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import aclosing

import pytest

from dockertui.engine import EngineError
from dockertui.engine.address import Address
from dockertui.engine.streams import follow
from dockertui.engine.threads import in_thread
from dockertui.engine.wire import Wire
from tests.unit.engine.local_server import OK, holds, says, serving


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


def stream_threads() -> int:
    """How many streams are being read."""
    return sum(it.name == "engine-stream" for it in threading.enumerate())


def pieces(wire: Wire) -> Iterator[bytes]:
    """Whatever a wire brings."""
    wire.open("/")
    while piece := wire.recv():
        yield piece


async def test_everything_comes_and_then_the_end() -> None:
    with serving(says(OK + b"x" * 1_000_000)) as address:
        got = [b"".join(it) async for it in follow(Wire(address), pieces, room=65536)]
    assert len(b"".join(got)) == 1_000_000
    await until(lambda: stream_threads() == 0)


async def test_what_reading_raises_is_raised_after_what_came_before() -> None:
    def read(_: Wire) -> Iterator[bytes]:
        yield b"one"
        raise EngineError("gone")

    batches = follow(Wire(Address("", "unix:///none")), read, room=10)
    assert await anext(batches) == [b"one"]
    with pytest.raises(EngineError, match="gone"):
        await anext(batches)


async def test_quiet_is_said_once_after_something_came() -> None:
    more, end = threading.Event(), threading.Event()

    def read(_: Wire) -> Iterator[bytes]:
        yield b"one"
        more.wait()
        yield b"two"
        end.wait()

    batches = follow(Wire(Address("", "unix:///none")), read, room=10, quiet_s=0.05)
    assert [await anext(batches) for _ in range(2)] == [[b"one"], []]
    later = asyncio.ensure_future(anext(batches))
    assert await asyncio.wait({later}, timeout=0.2) == (set(), {later})
    more.set()
    assert await later == [b"two"]
    assert await anext(batches) == []
    end.set()
    assert [it async for it in batches] == []


async def test_what_comes_without_a_pause_is_never_called_quiet() -> None:
    def read(_: Wire) -> Iterator[bytes]:
        for _each in range(40):
            time.sleep(0.005)
            yield b"x"

    batches = follow(Wire(Address("", "unix:///none")), read, room=10, quiet_s=2)
    assert [] not in [it async for it in batches]


@pytest.mark.parametrize("answered", [b"", OK, OK + b"x"])
async def test_cancelling_takes_no_time_and_leaves_no_thread(answered: bytes) -> None:
    with serving(holds(answered)) as address:

        def read(wire: Wire) -> Iterator[bytes]:
            try:
                yield from pieces(wire)
            except OSError as error:
                raise EngineError(str(error)) from error

        async def consume() -> None:
            async with aclosing(follow(Wire(address), read, room=10)) as batches:
                async for _ in batches:
                    pass

        task = asyncio.create_task(consume())
        await until(lambda: stream_threads() == 1)
        start = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - start < 0.25
        await until(lambda: stream_threads() == 0)


async def test_a_flood_is_read_on_only_when_what_was_taken_is_worked_through() -> None:
    read_so_far = 0
    flood, end = threading.Event(), threading.Event()

    def read(_: Wire) -> Iterator[bytes]:
        nonlocal read_so_far
        yield bytes(100_000)
        flood.wait()
        for _number in range(3):
            read_so_far += 1
            yield b"x"
        end.wait()

    async with aclosing(follow(Wire(Address("", "unix:///none")), read, room=1_000_000)) as batches:
        assert len((await anext(batches))[0]) == 100_000
        flood.set()
        await until(lambda: read_so_far == 1)
        await asyncio.sleep(0.05)  # As long as three readings take, many times over.
        assert read_so_far == 1
        later = asyncio.ensure_future(anext(batches))
        await until(lambda: read_so_far == 3)
        assert (await later)[0] == b"x"
        end.set()


async def test_a_consumer_that_does_not_fetch_holds_the_reader_up() -> None:
    read_so_far = 0

    def read(_: Wire) -> Iterator[bytes]:
        nonlocal read_so_far
        for _number in range(1000):
            read_so_far += 1
            yield b"x" * 100

    async with aclosing(follow(Wire(Address("", "unix:///none")), read, room=1000)) as batches:
        await anext(batches)
        await until(lambda: read_so_far >= 11)
        assert read_so_far < 30
    await until(lambda: stream_threads() == 0)


async def test_a_burst_wakes_the_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    woken = 0
    real = loop.call_soon_threadsafe

    def counted(*args: object, **kwargs: object) -> object:
        nonlocal woken
        woken += 1
        return real(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    go = threading.Event()

    def read(_: Wire) -> Iterator[bytes]:
        for _number in range(100):
            yield b"x"
        go.set()

    batches = follow(Wire(Address("", "unix:///none")), read, room=1000)
    task = asyncio.ensure_future(anext(batches))
    await asyncio.sleep(0)
    go.wait(2)  # On the loop's own thread, so that nothing is fetched meanwhile.
    assert len(await task) == 100
    assert woken <= 2
    await batches.aclose()


async def test_a_call_in_a_thread_returns_or_raises() -> None:
    assert await in_thread(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 // 0)


async def test_a_cancelled_call_is_let_go() -> None:
    go = threading.Event()
    task = asyncio.create_task(in_thread(go.wait))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()


async def test_a_call_that_takes_too_long_times_out() -> None:
    go = threading.Event()
    with pytest.raises(TimeoutError):
        await in_thread(go.wait, timeout_s=0.01)
    go.set()


async def test_an_answer_that_came_while_the_loop_stood_still_came_in_time() -> None:
    call = asyncio.create_task(in_thread(lambda: 7, timeout_s=0.05))
    await asyncio.sleep(0)
    time.sleep(0.1)  # noqa: ASYNC251 - the loop stands still, as it does behind a shell
    assert await call == 7


def test_a_silent_engine_does_not_hold_up_quitting() -> None:
    program = """
import asyncio, sys
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model import Container

async def main():
    engine = DockerEngine(Address("x", sys.argv[1]))
    engine._info = engine._checked(b'{"ApiVersion": "1.41"}')
    asyncio.ensure_future(engine.list(Container))
    asyncio.ensure_future(anext(engine.events()))
    await asyncio.sleep(0.3)
    print("quits", flush=True)

asyncio.run(main())
"""
    with serving(holds()) as address:
        command = [sys.executable, "-W", "ignore", "-c", program, address.url]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"quits\n"
            start = time.monotonic()
            process.wait(5)
            assert time.monotonic() - start < 1
