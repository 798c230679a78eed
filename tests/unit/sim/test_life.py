"""What happens to containers, and what is told of it."""

from __future__ import annotations

import asyncio
import json
import time

import docker
import pytest
from docker import APIClient

from dockertui.sim import scenario
from dockertui.sim.clock import FrozenClock, how_long
from dockertui.sim.container import Container
from dockertui.sim.inspection import inspect, status_text
from dockertui.sim.server import SimulatedEngine
from dockertui.sim.world import World
from tests.unit.sim.conftest import Run, until


def told(world: World, container: Container | None = None) -> list[str]:
    """What happened to a container, and what followed for others."""
    lines = (event.line() for event in world.events.past)
    events = (json.loads(line) for line in lines)
    return [
        each["Action"]
        for each in events
        if container is None
        or container.id in {each["Actor"]["ID"], each["Actor"]["Attributes"].get("container")}
    ]


async def test_a_stop_is_told_step_by_step(engine: SimulatedEngine, run: Run) -> None:
    container = await run("trap 'exit 0' TERM; while true; do sleep 0.01; done")
    await container.life.stop(5)
    assert told(engine.world, container) == [
        *("create", "connect", "start"),
        *("kill", "die", "disconnect", "stop"),
    ]
    assert container.exit_code == 0


async def test_one_that_ignores_the_signal_is_killed_after_its_grace(
    engine: SimulatedEngine, client: APIClient, run: Run
) -> None:
    container = await run("sleep 100")
    began = time.monotonic()
    await asyncio.to_thread(client.stop, container.id, timeout=1)
    assert 1 <= time.monotonic() - began < 3
    assert container.exit_code == 137
    assert told(engine.world, container)[-5:] == ["kill", "kill", "die", "disconnect", "stop"]


async def test_stopping_twice_changes_nothing(client: APIClient, run: Run) -> None:
    container = await run("exit 3")
    await until(lambda: container.state == "exited")
    await asyncio.to_thread(client.stop, container.id)
    assert container.exit_code == 3


async def test_a_restart_is_a_stop_and_a_start(
    engine: SimulatedEngine, client: APIClient, run: Run
) -> None:
    container = await run("sleep 100")
    first_ns = container.started_ns
    await asyncio.to_thread(client.restart, container.id, timeout=0)
    assert container.is_up
    assert container.started_ns > first_ns
    assert told(engine.world, container)[-4:] == ["stop", "connect", "start", "restart"]


async def test_waiting_gives_the_exit_code(client: APIClient, run: Run) -> None:
    container = await run("sleep 0.05; exit 7")
    assert (await asyncio.to_thread(client.wait, container.id))["StatusCode"] == 7


async def test_the_head_of_an_answer_does_not_wait_for_the_next_exit(
    engine: SimulatedEngine, client: APIClient
) -> None:
    made = await asyncio.to_thread(client.create_container, "busybox:1", ["sh", "-c", "exit 4"])
    reader, writer = await asyncio.open_unix_connection(engine.socket_path)
    target = f"/containers/{made['Id']}/wait?condition=next-exit"
    writer.write(f"POST {target} HTTP/1.1\r\nHost: d\r\n\r\n".encode())
    assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
    await asyncio.to_thread(client.start, made["Id"])
    assert b'"StatusCode":4' in await reader.readuntil(b"}")
    writer.close()


async def test_a_crash_for_want_of_memory_is_told_and_remembered(
    engine: SimulatedEngine, run: Run
) -> None:
    container = await run("sleep 100")
    container.crash(exit_code=137, oom=True)
    assert told(engine.world, container)[-3:] == ["oom", "die", "disconnect"]
    state = inspect(container)["State"]
    assert (state["OOMKilled"], state["ExitCode"], state["Status"]) == (True, 137, "exited")


async def test_a_restart_policy_starts_it_again_and_counts(
    engine: SimulatedEngine, client: APIClient, run: Run
) -> None:
    policy: dict[str, str | int] = {"Name": "on-failure", "MaximumRetryCount": 2}
    container = await run("exit 1", host_config=client.create_host_config(restart_policy=policy))
    await until(lambda: container.state == "exited" and container.restart_count == 2)
    assert told(engine.world, container).count("start") == 3


async def test_one_that_waits_for_its_restart_says_so(client: APIClient, run: Run) -> None:
    policy = {"Name": "always"}
    container = await run("sleep 100", host_config=client.create_host_config(restart_policy=policy))
    container.crash(2)
    assert container.state == "restarting"
    (shown,) = await asyncio.to_thread(client.containers)
    assert shown["Status"].startswith("Restarting (2)")


async def test_one_stopped_by_hand_is_not_started_again(client: APIClient, run: Run) -> None:
    policy = {"Name": "always"}
    container = await run("sleep 100", host_config=client.create_host_config(restart_policy=policy))
    await asyncio.to_thread(client.kill, container.id)
    assert container.state == "exited"


async def test_one_that_shall_not_stay_is_gone_when_it_ends(
    engine: SimulatedEngine, client: APIClient, run: Run
) -> None:
    container = await run("exit 0", host_config=client.create_host_config(auto_remove=True))
    await until(lambda: len(engine.world.containers) == 0)
    assert told(engine.world, container)[-1] == "destroy"


@pytest.mark.parametrize(
    ("verb", "state", "status", "message"),
    [
        ("pause", "paused", 409, "is already paused"),
        ("pause", "exited", 409, "is not running"),
        ("unpause", "running", 500, "is not paused"),
        ("kill", "exited", 409, "Cannot kill container: .* is not running"),
        ("start", "paused", 409, "cannot start a paused container, try unpause instead"),
        ("top", "exited", 409, "is not running"),
        ("remove_container", "running", 409, "You cannot remove a running container"),
    ],
)
async def test_what_cannot_be_done_now_is_refused(
    client: APIClient, run: Run, verb: str, state: str, status: int, message: str
) -> None:
    container = await run("sleep 100")
    if state == "paused":
        container.life.pause()
    elif state == "exited":
        container.crash()
    with pytest.raises(docker.errors.APIError, match=message) as caught:
        await asyncio.to_thread(getattr(client, verb), container.id)
    assert caught.value.status_code == status


async def test_a_program_that_is_not_there_keeps_it_from_starting(client: APIClient) -> None:
    made = await asyncio.to_thread(client.create_container, "busybox:1", "nonesuch")
    with pytest.raises(docker.errors.APIError, match="executable file not found in") as caught:
        await asyncio.to_thread(client.start, made["Id"])
    assert caught.value.status_code == 400
    state = (await asyncio.to_thread(client.inspect_container, made["Id"]))["State"]
    assert (state["Status"], state["ExitCode"]) == ("created", 127)


async def test_an_unknown_signal_is_refused(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    with pytest.raises(docker.errors.APIError, match="Invalid signal: FOO"):
        await asyncio.to_thread(client.kill, container.id, signal="FOO")


async def test_health_is_told_when_it_changes_and_only_then(
    engine: SimulatedEngine, run: Run
) -> None:
    check = {"test": ["CMD-SHELL", "true"], "interval": 20_000_000}
    container = await run("sleep 100", healthcheck=check)
    await until(lambda: container.health is not None and container.health.probes >= 3)
    health = [each for each in told(engine.world, container) if each.startswith("health")]
    assert health == ["health_status: healthy"]


async def test_failing_probes_make_it_unhealthy(engine: SimulatedEngine, run: Run) -> None:
    check = {"test": ["CMD-SHELL", "echo no; exit 1"], "interval": 20_000_000, "retries": 2}
    container = await run("sleep 100", healthcheck=check)
    await until(lambda: "health_status: unhealthy" in told(engine.world, container))
    health = inspect(container)["State"]["Health"]
    assert health["FailingStreak"] >= 2
    assert health["Log"][-1]["Output"] == "no\n"


async def test_the_demo_has_one_of_every_kind() -> None:
    world = scenario.demo()
    states = {each.state for each in world.containers}
    assert states == {"running", "paused", "restarting", "created", "exited"}
    found = {each.name: each for each in world.containers}
    assert found["monitoring-alerts-1"].health
    assert found["monitoring-alerts-1"].health.status == "unhealthy"
    assert found["ci-runner"].has_tty
    assert found["scratchpad"].host_config["AutoRemove"]


async def test_a_frozen_world_is_the_same_each_time() -> None:
    def shown() -> list[bytes]:
        world = scenario.demo(clock=FrozenClock(1_800_000_000 * 10**9))
        bodies = [world.containers.listed(world.clock.time_ns(), everything=True)]
        return bodies + [json.dumps(inspect(each)).encode() for each in world.containers]

    assert shown() == shown()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "Less than a second"),
        (1, "1 second"),
        (1.9, "1 second"),
        (59, "59 seconds"),
        (60, "About a minute"),
        (120, "2 minutes"),
        (3599, "59 minutes"),
        (3600, "About an hour"),
        (5400, "2 hours"),
        (47 * 3600, "47 hours"),
        (48 * 3600, "2 days"),
        (14 * 86400, "2 weeks"),
        (60 * 86400, "2 months"),
        (800 * 86400, "2 years"),
    ],
)
def test_durations_read_as_dockers_do(seconds: float, words: str) -> None:
    assert how_long(seconds) == words


def test_a_status_says_until_when_it_stays_true() -> None:
    clock = FrozenClock(1_800_000_000 * 10**9)
    world = scenario.demo(clock=clock)
    for container in world.containers:
        text, until_ns = status_text(container, clock.time_ns())
        assert status_text(container, until_ns - 2)[0] == text
