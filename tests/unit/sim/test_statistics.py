"""What the simulated engine says that containers use."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from docker import APIClient

from dockertui.sim import scenario, wave
from dockertui.sim.clock import SECOND, FrozenClock
from dockertui.sim.container import Container
from dockertui.sim.creation import create
from dockertui.sim.server import SimulatedEngine
from dockertui.sim.statistics import sample
from dockertui.sim.world import World

NOW_NS = 1_795_435_391 * SECOND
NEVER = "0001-01-01T00:00:00Z"


def demo() -> World:
    """The demo, in which time stands still."""
    return scenario.demo(clock=FrozenClock(NOW_NS))


def at(container: Container, after_s: float) -> Any:
    """What it uses so long after the beginning of the world."""
    return sample(container, NOW_NS + round(after_s * SECOND))


def cpu_ns(container: Container, after_s: float) -> int:
    """The processor time that it has used by then."""
    used: int = at(container, after_s)["cpu_stats"]["cpu_usage"]["total_usage"]
    return used


def test_load_rises_and_falls_about_its_middle() -> None:
    rates = [wave.wanted_s(it, it + 1) for it in range(47)]
    assert sum(rates) == pytest.approx(47)
    assert min(rates) == pytest.approx(0.6, abs=0.01)
    assert max(rates) == pytest.approx(1.4, abs=0.01)


def test_a_limit_gives_what_is_below_it_and_holds_back_above() -> None:
    rates = [wave.given_s(it, it + 1, 1.1) for it in range(94)]
    assert max(rates) == pytest.approx(1.1)
    assert min(rates) == pytest.approx(0.6, abs=0.01)
    held_back = [wave.held_back_s(it, it + 1, 1.1) for it in range(94)]
    assert min(held_back) == 0
    assert max(held_back) == pytest.approx(1)
    assert wave.given_s(0, 47, 2) == pytest.approx(47, abs=0.01)
    assert wave.held_back_s(0, 470, 2) == 0


def test_one_with_a_limit_is_held_back_at_times() -> None:
    runner = demo().container("ci-runner")
    rates = [(cpu_ns(runner, it + 1) - cpu_ns(runner, it)) / SECOND for it in range(47)]
    assert max(rates) == pytest.approx(0.5)
    assert min(rates) < 0.3
    periods = at(runner, 0)["cpu_stats"]["throttling_data"]
    assert 0 < periods["throttled_periods"] < periods["periods"]


def test_one_is_near_its_memory_limit() -> None:
    queue = demo().container("shop-queue-1")
    for after_s in range(0, 300, 5):
        memory = at(queue, after_s)["memory_stats"]
        assert memory["usage"] <= memory["limit"] == 150 << 20
        assert memory["usage"] - memory["stats"]["inactive_file"] > 0.85 * memory["limit"]


async def test_a_paused_one_uses_no_time_until_it_goes_on() -> None:
    world = demo()
    clock, api = world.clock, world.container("shop-api-1")
    assert isinstance(clock, FrozenClock)
    before = cpu_ns(api, 10)
    clock.advance(10)
    api.life.pause()
    assert cpu_ns(api, 20) == cpu_ns(api, 30) == before
    assert at(api, 20)["memory_stats"]["usage"] > 0
    clock.advance(20)
    api.life.unpause()
    assert cpu_ns(api, 30) == before
    assert cpu_ns(api, 31) > before
    assert cpu_ns(world.container("mailpit"), 1) == cpu_ns(world.container("mailpit"), 99)


async def test_a_restarted_one_begins_anew() -> None:
    world = demo()
    web = world.container("shop-web-1")
    before = at(web, 0)
    web.life.end(0)
    web.life.start()
    after = at(web, 0)
    assert 0 < after["cpu_stats"]["cpu_usage"]["total_usage"] < 10**9
    assert after["networks"]["eth0"]["rx_bytes"] < before["networks"]["eth0"]["rx_bytes"]


@pytest.mark.parametrize(("version", "read"), [(1, "Read"), (2, "read")])
def test_each_cgroup_version_has_its_shape(version: int, read: str) -> None:
    world = demo()
    world.host.cgroup_version = version
    db = at(world.container("shop-db-1"), 0)
    assert {it["op"] for it in db["blkio_stats"]["io_service_bytes_recursive"]} >= {read}
    assert ("percpu_usage" in db["cpu_stats"]["cpu_usage"]) is (version == 1)
    assert ("total_inactive_file" in db["memory_stats"]["stats"]) is (version == 1)


async def test_without_a_network_none_is_told_of() -> None:
    world = scenario.bare()
    asked = {"Image": "busybox:1", "Cmd": ["top"], "HostConfig": {"NetworkMode": "none"}}
    container = create(world, "alone", asked)
    container.life.start()
    assert "networks" not in sample(container, world.clock.time_ns())


@pytest.fixture
async def slow() -> AsyncIterator[SimulatedEngine]:
    """An engine that reads at its own tick only, as Docker 20.10 does."""
    async with SimulatedEngine(scenario.demo()) as engine:
        engine.world.host.reads_at_once = False
        yield engine


async def took_s(client: APIClient, name: str) -> float:
    """How long one reading took."""
    start_s = time.monotonic()
    await asyncio.to_thread(client.stats, name, stream=False, one_shot=True)
    return time.monotonic() - start_s


async def test_one_reading_waits_for_the_tick_of_a_slow_engine(slow: SimulatedEngine) -> None:
    client = APIClient(slow.base_url, version="1.41")
    assert await took_s(client, "shop-api-1") < 0.5
    assert await took_s(client, "shop-api-1") > 0.5
    assert await took_s(client, "new-landing-page") < 0.5
    slow.world.host.reads_at_once = True
    assert await took_s(client, "shop-api-1") < 0.5
    client.close()


async def test_a_stream_goes_on_through_a_stop_and_ends_with_its_container() -> None:
    async with SimulatedEngine(scenario.demo()) as engine:
        web = engine.world.container("shop-web-1")
        reader, writer = await asyncio.open_unix_connection(engine.socket_path)
        writer.write(b"GET /v1.41/containers/shop-web-1/stats?stream=1 HTTP/1.0\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        assert json.loads(await reader.readline())["read"] != NEVER
        web.host_config["RestartPolicy"] = {}
        web.life.end(0)
        stopped = json.loads(await reader.readline())
        assert (stopped["read"], stopped["memory_stats"]) == (NEVER, {})
        engine.world.remove_container(web)
        assert await reader.read() == b""
        writer.close()
