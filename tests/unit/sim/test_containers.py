"""Containers: listed, found, made, renamed and removed."""

from __future__ import annotations

import asyncio

import docker
import pytest
from docker import APIClient

from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.unit.sim.conftest import Run


async def make(client: APIClient, name: str, **more: object) -> str:
    made = await asyncio.to_thread(client.create_container, "busybox:1", "top", name=name, **more)  # type: ignore[arg-type]
    return str(made["Id"])


async def names(client: APIClient, **asked: object) -> list[str]:
    found = await asyncio.to_thread(client.containers, **asked)  # type: ignore[arg-type]
    return [each["Names"][0] for each in found]


async def test_a_container_made_is_listed_but_not_among_those_that_run(client: APIClient) -> None:
    await make(client, "one")
    assert await names(client) == []
    assert await names(client, all=True) == ["/one"]


async def test_the_newest_comes_first_and_a_limit_takes_the_newest(client: APIClient) -> None:
    for name in ("one", "two", "three"):
        await make(client, name)
    assert await names(client, all=True) == ["/three", "/two", "/one"]
    assert await names(client, limit=1) == ["/three"]


async def test_it_is_found_by_name_by_id_and_by_the_beginning_of_its_id(
    client: APIClient,
) -> None:
    id_ = await make(client, "one")
    for reference in ("one", id_, id_[:6]):
        assert (await asyncio.to_thread(client.inspect_container, reference))["Id"] == id_


async def test_filters_choose(client: APIClient, engine: SimulatedEngine) -> None:
    one = await make(client, "one", labels={"env": "prod"})
    two = await make(client, "two", labels={"env": "test"})
    await make(client, "three")
    engine.world.container("two").life.start()
    for filters, expected in (
        ({"label": "env=prod"}, ["/one"]),
        ({"label": "env"}, ["/two", "/one"]),
        ({"id": [one, two]}, ["/two", "/one"]),
        ({"name": "thr"}, ["/three"]),
        ({"status": "running"}, ["/two"]),
        ({"ancestor": "busybox:1"}, ["/three", "/two", "/one"]),
        ({"ancestor": "nothing"}, []),
        ({"health": "healthy"}, []),
    ):
        assert await names(client, all=True, filters=filters) == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"nonsense": "x"}, "Invalid filter 'nonsense'"),
        ({"status": "asleep"}, "Invalid filter 'status=asleep'"),
        ({"health": "so-so"}, "Unrecognised filter value for health: so-so"),
    ],
)
async def test_a_filter_that_is_none_is_refused(
    client: APIClient, filters: dict[str, str], message: str
) -> None:
    with pytest.raises(docker.errors.APIError, match=message):
        await names(client, filters=filters)


async def test_a_name_can_be_taken_only_once(client: APIClient) -> None:
    await make(client, "one")
    with pytest.raises(docker.errors.APIError, match='name "/one" is already in use by') as caught:
        await make(client, "one")
    assert caught.value.status_code == 409


async def test_an_unknown_image_is_not_found(client: APIClient) -> None:
    with pytest.raises(docker.errors.ImageNotFound, match="No such image: nope:latest"):
        await asyncio.to_thread(client.create_container, "nope")


async def test_what_is_unknown_is_not_found(client: APIClient) -> None:
    for call in (client.inspect_container, client.start, client.stop, client.remove_container):
        with pytest.raises(docker.errors.NotFound, match="No such container: nobody"):
            await asyncio.to_thread(call, "nobody")


async def test_a_renamed_container_answers_to_its_new_name_alone(client: APIClient) -> None:
    await make(client, "one")
    await asyncio.to_thread(client.rename, "one", "two")
    assert await names(client, all=True) == ["/two"]
    with pytest.raises(docker.errors.NotFound):
        await asyncio.to_thread(client.inspect_container, "one")


async def test_one_that_runs_is_removed_only_by_force(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    with pytest.raises(docker.errors.APIError, match="Stop the container before") as caught:
        await asyncio.to_thread(client.remove_container, container.id)
    assert caught.value.status_code == 409
    await asyncio.to_thread(client.remove_container, container.id, force=True)
    assert await names(client, all=True) == []


async def test_its_anonymous_volumes_go_if_asked_and_named_ones_stay(client: APIClient) -> None:
    host_config = client.create_host_config(binds=["named:/data"])
    id_ = await make(client, "one", volumes=["/cache"], host_config=host_config)
    volumes = await asyncio.to_thread(client.volumes)
    assert len(volumes["Volumes"]) == 2
    await asyncio.to_thread(client.remove_container, id_, v=True)
    left = await asyncio.to_thread(client.volumes)
    assert [each["Name"] for each in left["Volumes"]] == ["named"]


async def test_published_ports_are_shown_while_it_runs(client: APIClient, run: Run) -> None:
    host_config = client.create_host_config(port_bindings={80: 8088, 81: ("127.0.0.1", 8089)})
    container = await run("sleep 100", ports=[80, 81, 443], host_config=host_config)
    (shown,) = await asyncio.to_thread(client.containers)
    ports = {(it.get("IP"), it["PrivatePort"], it.get("PublicPort")) for it in shown["Ports"]}
    assert ports == {
        ("0.0.0.0", 80, 8088),
        ("::", 80, 8088),
        ("127.0.0.1", 81, 8089),
        (None, 443, None),
    }
    container.crash()
    (shown,) = await asyncio.to_thread(client.containers, all=True)
    assert shown["Ports"] == []


async def test_pruning_removes_what_does_not_run(client: APIClient, run: Run) -> None:
    await run("sleep 100")
    gone = await make(client, "one")
    pruned = await asyncio.to_thread(client.prune_containers)
    assert pruned["ContainersDeleted"] == [gone]
    assert len(await names(client, all=True)) == 1


async def test_a_summary_kept_is_still_true_after_every_change(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    seen = []
    for step in (container.life.pause, container.life.unpause, container.crash):
        step()
        (shown,) = await asyncio.to_thread(client.containers, all=True)
        seen.append(shown["State"])
    assert seen == ["paused", "running", "exited"]


async def test_ten_thousand_are_listed_fast_and_a_few_of_them_faster() -> None:
    world = scenario.many(10_000)
    now_ns = world.clock.time_ns()
    world.containers.listed(now_ns, everything=True)
    loop = asyncio.get_running_loop()
    wanted = next(iter(world.containers))
    wanted.crash()
    began = loop.time()
    body = world.containers.listed(world.clock.time_ns(), everything=True)
    took_s = loop.time() - began
    assert body.count(b'"Id":') == 10_000
    assert took_s < 0.25
    began = loop.time()
    assert list(world.containers.starting(wanted.id)) == [wanted]
    assert loop.time() - began < 0.005
