"""Events, volumes, networks, statistics, processes, and the engine in another process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import docker
import pytest
from docker import APIClient

from dockertui.sim import scenario
from dockertui.sim.background import BackgroundEngine
from dockertui.sim.server import SimulatedEngine
from tests.unit.sim.conftest import PATIENCE_S, Run


async def replayed(client: APIClient, **asked: Any) -> list[dict[str, Any]]:
    """What the engine remembers."""
    until: Any = time.time()

    def work() -> list[dict[str, Any]]:
        return list(client.events(since=1, until=until, decode=True, **asked))

    return await asyncio.to_thread(work)


async def test_events_have_the_shape_of_the_engines(client: APIClient, run: Run) -> None:
    container = await run("sleep 100", labels={"env": "prod"})
    create, connect, start = await replayed(client)
    assert create["status"] == create["Action"] == "create"
    assert create["id"] == create["Actor"]["ID"] == container.id
    assert create["from"] == "busybox:1"
    assert create["Actor"]["Attributes"] == {
        **{"env": "prod", "image": "busybox:1"},
        "name": container.name,
    }
    assert create["time"] == create["timeNano"] // 10**9
    assert connect["Type"] == "network"
    assert "status" not in connect
    assert create["timeNano"] < connect["timeNano"] < start["timeNano"]


async def test_events_are_filtered(client: APIClient, run: Run) -> None:
    container = await run("sleep 100", labels={"env": "prod"})
    await run("sleep 100")
    for filters, count in (
        ({"type": "network"}, 2),
        ({"event": "start"}, 2),
        ({"container": container.name}, 2),
        ({"label": "env=prod"}, 2),
        ({"image": "busybox"}, 4),
        ({"nonsense": "x"}, 0),
    ):
        assert len(await replayed(client, filters=filters)) == count


async def test_only_the_last_256_events_are_remembered(engine: SimulatedEngine) -> None:
    for number in range(300):
        engine.world.events.emit("volume", "create", f"v{number}", {})
    past = engine.world.events.past
    assert len(past) == 256
    assert past[0].actor == "v44"


async def test_a_volume_in_use_is_kept(client: APIClient, run: Run) -> None:
    host_config = client.create_host_config(binds=["data:/data:ro"])
    container = await run("sleep 100", host_config=host_config)
    with pytest.raises(docker.errors.APIError, match=f"volume is in use - .{container.id}"):
        await asyncio.to_thread(client.remove_volume, "data")
    await asyncio.to_thread(client.remove_container, container.id, force=True)
    await asyncio.to_thread(client.remove_volume, "data")
    with pytest.raises(docker.errors.NotFound, match="get data: no such volume"):
        await asyncio.to_thread(client.inspect_volume, "data")


async def test_networks_are_made_joined_left_and_removed(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    made = await asyncio.to_thread(client.create_network, "shop", labels={"a": "b"})
    await asyncio.to_thread(client.connect_container_to_network, container.id, "shop")
    network = await asyncio.to_thread(client.inspect_network, made["Id"])
    assert network["Containers"][container.id]["IPv4Address"].endswith("/16")
    with pytest.raises(docker.errors.APIError, match="has active endpoints"):
        await asyncio.to_thread(client.remove_network, "shop")
    await asyncio.to_thread(client.disconnect_container_from_network, container.id, "shop")
    await asyncio.to_thread(client.remove_network, "shop")
    with pytest.raises(docker.errors.APIError, match="is a pre-defined network") as caught:
        await asyncio.to_thread(client.remove_network, "bridge")
    assert caught.value.status_code == 403


async def test_statistics_grow_with_time() -> None:
    async with SimulatedEngine(scenario.demo()) as engine:
        client = APIClient(engine.base_url, version="1.45")

        def two() -> list[dict[str, Any]]:
            stream = client.stats("shop-api-1", decode=True)
            return [next(stream), next(stream)]

        first, second = await asyncio.to_thread(two)
        used = [each["cpu_stats"]["cpu_usage"]["total_usage"] for each in (first, second)]
        assert used[0] < used[1]
        assert second["precpu_stats"]["cpu_usage"]["total_usage"] == used[0]
        assert second["preread"] == first["read"]
        client.close()


async def test_one_that_does_not_run_has_no_statistics(client: APIClient) -> None:
    made = await asyncio.to_thread(client.create_container, "busybox:1", "top")
    stats = await asyncio.to_thread(client.stats, made["Id"], stream=False, one_shot=True)
    assert stats["read"] == "0001-01-01T00:00:00Z"
    assert stats["memory_stats"] == {}


async def test_processes_are_listed(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    top = await asyncio.to_thread(client.top, container.id)
    assert top["Titles"][-1] == "CMD"
    assert top["Processes"][0][-1] == "sh -c sleep 100"
    aux = await asyncio.to_thread(client.top, container.id, ps_args="aux")
    assert aux["Titles"][0] == "USER"


async def test_changes_tell_what_was_written(client: APIClient, run: Run) -> None:
    container = await run("touch /new; rm /etc/passwd; sleep 100")
    changes = await asyncio.to_thread(client.diff, container.id)
    assert changes == [{"Path": "/etc/passwd", "Kind": 2}, {"Path": "/new", "Kind": 1}]


async def test_the_odd_world_can_be_listed_and_inspected() -> None:
    async with SimulatedEngine(scenario.odd()) as engine:
        client = APIClient(engine.base_url, version="1.45")
        shown = await asyncio.to_thread(client.containers, all=True)
        assert any(each.get("Names", ...) is None for each in shown)
        assert any("State" in each and each["State"] == "hibernating" for each in shown)
        assert any("HostConfig" not in each for each in shown)
        for each in shown:
            await asyncio.to_thread(client.inspect_container, each["Id"])
        assert None in [each["RepoTags"] for each in await asyncio.to_thread(client.images)]
        client.close()


def test_another_process_serves_and_ends_with_its_owner() -> None:
    with BackgroundEngine("many:50") as engine:
        client = APIClient(engine.base_url, version="1.45", timeout=int(PATIENCE_S))
        assert len(client.containers(all=True)) == 50
        engine.wait()
        client.close()
        pid = engine.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_it_dies_when_its_owner_is_killed() -> None:
    script = (
        "import time\n"
        "from dockertui.sim.background import BackgroundEngine\n"
        "engine = BackgroundEngine('bare')\n"
        "engine.start()\n"
        "print(engine.pid, engine.base_url.removeprefix('unix://'), flush=True)\n"
        "time.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pid, path = owner.stdout.readline().split()
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    deadline = time.monotonic() + PATIENCE_S
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not os.path.exists(f"/proc/{pid}")
    assert not os.path.exists(os.path.dirname(path))


def test_a_scenario_that_is_none_says_so() -> None:
    with pytest.raises(RuntimeError, match="could not serve 'nonsense'"):
        BackgroundEngine("nonsense").start()


def test_a_long_path_to_temporary_files_is_none_for_sockets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / ("long" * 20)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with BackgroundEngine("bare") as engine:
        assert len(engine.base_url) < 60
        assert not list(folder.iterdir())
