"""What containers write, and how it is read."""

from __future__ import annotations

import asyncio
import re
import struct
from collections.abc import Iterator

import docker
import pytest
from docker import APIClient

from dockertui.sim import scenario
from dockertui.sim.behaviour import Behaviour
from dockertui.sim.clock import FrozenClock, parse_since
from dockertui.sim.log import FloodLog, Log, LogQuery
from dockertui.sim.scenario.builder import Builder
from dockertui.sim.scenario.drafts import ContainerDraft, Past
from dockertui.sim.server import SimulatedEngine
from tests.unit.sim.conftest import Run, until

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z ")


def lines_of(data: bytes) -> list[tuple[int, str]]:
    """Take frames apart: the stream and the text of each."""
    found = []
    while data:
        stream, length = struct.unpack(">BxxxL", data[:8])
        found.append((stream, data[8 : 8 + length].decode(errors="replace")))
        data = data[8 + length :]
    return found


async def read(log: Log | FloodLog, **asked: object) -> list[tuple[int, str]]:
    pieces = [piece async for piece in log.read(LogQuery(**asked))]  # type: ignore[arg-type]
    return lines_of(b"".join(pieces))


async def test_stdout_and_stderr_are_kept_apart(client: APIClient, run: Run) -> None:
    container = await run("echo out; echo err >&2")
    await until(lambda: container.state == "exited")
    assert await asyncio.to_thread(client.logs, container.id, stderr=False) == b"out\n"
    assert await asyncio.to_thread(client.logs, container.id, stdout=False) == b"err\n"


async def test_a_terminals_log_is_raw(client: APIClient, run: Run) -> None:
    container = await run("echo one; echo two", tty=True)
    await until(lambda: container.state == "exited")
    assert await asyncio.to_thread(client.logs, container.id) == b"one\r\ntwo\r\n"


async def test_stamps_have_thirty_characters_and_grow(client: APIClient, run: Run) -> None:
    container = await run("for i in $(seq 200); do echo $i; done")
    await until(lambda: container.state == "exited")
    text = (await asyncio.to_thread(client.logs, container.id, timestamps=True)).decode()
    stamps = [line[:31] for line in text.splitlines()]
    assert len(stamps) == 200
    assert all(STAMP.fullmatch(each) for each in stamps)
    assert stamps == sorted(set(stamps))


async def test_the_tail_is_taken_before_the_streams_are_chosen() -> None:
    log = Log(FrozenClock(10**18))
    for text, stream in (("a\n", 1), ("b\n", 2), ("c\n", 1), ("d\n", 2)):
        log.write(text, stream)
    assert await read(log, tail=2) == [(1, "c\n"), (2, "d\n")]
    assert await read(log, tail=2, stdout=False) == [(2, "d\n")]
    assert await read(log, tail=0) == []


async def test_since_includes_its_own_moment() -> None:
    log = Log(FrozenClock(10**18))
    for text in ("a\n", "b\n", "c\n"):
        log.write(text)
    (_, first), (_, second), _ = await read(log, timestamps=True)
    assert first < second
    since_ns = 10**18 + 1
    assert [text for _, text in await read(log, since_ns=since_ns)] == ["b\n", "c\n"]


def test_since_is_read_to_the_nanosecond() -> None:
    assert parse_since("1700000000.000000001") == 1_700_000_000_000_000_001
    assert parse_since("1700000000") == 1_700_000_000_000_000_000


async def test_following_goes_on_until_the_container_ends(client: APIClient, run: Run) -> None:
    container = await run("for i in 1 2 3; do echo $i; sleep 0.03; done")

    def follow() -> list[bytes]:
        return list(client.logs(container.id, stream=True, follow=True))

    assert b"".join(await asyncio.to_thread(follow)) == b"1\n2\n3\n"


async def test_following_one_that_does_not_run_ends_at_once(client: APIClient, run: Run) -> None:
    container = await run("echo over")
    await until(lambda: container.state == "exited")
    log = await asyncio.to_thread(client.logs, container.id, follow=True)
    assert log == b"over\n"


async def test_a_line_appears_to_a_follower_as_it_is_written(run: Run) -> None:
    container = await run("sleep 100")
    query = LogQuery(follow=True, tail=0)
    following = container.log.read(query)
    waiting = asyncio.ensure_future(anext(following))
    await asyncio.sleep(0)
    container.log.write("now\n")
    assert lines_of(await asyncio.wait_for(waiting, 5)) == [(1, "now\n")]
    await following.aclose()  # type: ignore[attr-defined]


async def test_long_lines_are_cut_into_parts_of_16_kib() -> None:
    log = Log(FrozenClock(10**18))
    log.write("x" * 40_000 + "\n")
    assert [len(text) for _, text in await read(log)] == [16_384, 16_384, 7_233]


async def test_a_line_without_its_end_is_kept_until_the_process_ends() -> None:
    log = Log(FrozenClock(10**18))
    log.begin(None)
    log.feed("half")
    assert await read(log) == []
    log.feed(" and half\nrest")
    log.end()
    assert await read(log) == [(1, "half and half\n"), (1, "rest")]


async def test_a_driver_that_cannot_be_read_says_so(client: APIClient, run: Run) -> None:
    config = docker.types.LogConfig(type="none")
    host_config = client.create_host_config(log_config=config)
    container = await run("echo unheard", host_config=host_config)
    with pytest.raises(docker.errors.APIError, match="does not support reading") as caught:
        await asyncio.to_thread(client.logs, container.id)
    assert caught.value.status_code == 501


async def test_a_script_is_made_only_as_far_as_time_has_come() -> None:
    made = []

    def script(_rng: object, start_ns: int) -> Iterator[tuple[int, int, str]]:
        for number in range(100):
            made.append(number)
            yield start_ns + number * 10**9, 1, f"{number}\n"

    clock = FrozenClock(10**18)
    world = scenario.bare(clock=clock)

    draft = ContainerDraft("one", "busybox:1", Past(3.5), act=lambda _story: Behaviour(script))
    container = Builder(world).container(draft)
    assert not made
    assert [text for _, text in await read(container.log)] == ["0\n", "1\n", "2\n", "3\n"]
    clock.advance(2)
    assert len(await read(container.log)) == 6
    assert len(made) == 7


async def test_the_demo_tells_its_story() -> None:
    world = scenario.demo(clock=FrozenClock(1_800_000_000 * 10**9))
    api = "".join(text for _, text in await read(world.container("shop-api-1").log))
    web = "".join(text for _, text in await read(world.container("shop-web-1").log))
    database = "".join(text for _, text in await read(world.container("shop-db-1").log))
    assert "duration: 4821.402 ms" in database
    assert api.index("slow query") < api.index("Traceback") < api.index("healthy again")
    assert "upstream timed out" in web


async def test_every_line_of_the_demo_is_stamped_in_order() -> None:
    world = scenario.demo(clock=FrozenClock(1_800_000_000 * 10**9))
    for container in world.containers:
        stamps = [text[:30] for _, text in await read(container.log, timestamps=True)]
        assert stamps == sorted(stamps)


async def test_a_flood_has_no_gaps_and_every_stamp_is_new() -> None:
    clock = FrozenClock(10**18)
    log = FloodLog(clock, 200_000)
    log.begin(None)
    clock.advance(0.05)
    lines = [text for _, text in await read(log, timestamps=True)]
    assert len(lines) == 10_000
    numbers = [text.split()[2] for text in lines]
    assert numbers == [f"{n // 200:014d}.{n % 200:03d}" for n in range(10_000)]
    stamps = [text[:30] for text in lines]
    assert stamps == sorted(set(stamps))
    assert len(await read(log, tail=1234)) == 1234


async def test_a_flood_delivers_more_than_a_reader_can_take_and_stalls_nobody() -> None:
    async with SimulatedEngine(scenario.demo(flood=True)) as engine:
        reader, writer = await asyncio.open_unix_connection(engine.socket_path)
        writer.write(
            b"GET /containers/flood/logs?stdout=1&timestamps=1&follow=1 HTTP/1.1\r\nHost: d\r\n\r\n"
        )
        loop = asyncio.get_running_loop()
        began, lines = loop.time(), 0
        while (took_s := loop.time() - began) < 0.5:
            lines += (await reader.read(1 << 20)).count(b"quick brown fox")
        writer.close()
        assert lines / took_s > 150_000


async def test_the_odd_world_writes_what_no_terminal_should_see() -> None:
    world = scenario.odd(clock=FrozenClock(1_800_000_000 * 10**9))
    text = "".join(text for _, text in await read(world.container("hostile").log))
    for danger in ("\x1b]52;", "\x07", "[@click=app.quit]", "\u202e", "\ufffd"):
        assert danger in text
