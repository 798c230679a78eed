"""Images: listed, tagged, pulled, pushed and removed."""

from __future__ import annotations

import asyncio
from typing import Any

import docker
import pytest
from docker import APIClient

from dockertui.sim import scenario
from dockertui.sim.image import familiar
from dockertui.sim.server import SimulatedEngine
from tests.unit.sim.conftest import Run, until


async def removed(client: APIClient, name: str, **more: bool) -> list[dict[str, str]]:
    found = await asyncio.to_thread(client.remove_image, name, **more)
    return list(found)


async def test_an_image_of_several_tags_loses_one_at_a_time(client: APIClient) -> None:
    await asyncio.to_thread(client.tag, "busybox:1", "shop/box", "2")
    assert await removed(client, "busybox:1") == [{"Untagged": "busybox:1"}]
    (image,) = await asyncio.to_thread(client.images)
    assert image["RepoTags"] == ["shop/box:2"]
    gone = await removed(client, "shop/box:2")
    assert gone[0] == {"Untagged": "shop/box:2"}
    assert {"Deleted": image["Id"]} in gone
    assert await asyncio.to_thread(client.images) == []


async def test_a_name_with_a_registry_a_port_and_slashes_is_found(client: APIClient) -> None:
    await asyncio.to_thread(client.tag, "busybox:1", "localhost:5000/a/b/c", "1")
    image = await asyncio.to_thread(client.inspect_image, "localhost:5000/a/b/c:1")
    assert "localhost:5000/a/b/c:1" in image["RepoTags"]
    assert await asyncio.to_thread(client.history, "localhost:5000/a/b/c:1")


async def test_one_that_containers_need_is_kept(client: APIClient, run: Run) -> None:
    container = await run("sleep 100")
    (image,) = await asyncio.to_thread(client.images)
    for reference, words in (
        ("busybox:1", r"must force.*is using its referenced image"),
        (image["Id"], r"cannot be forced.*is being used by running container"),
    ):
        with pytest.raises(docker.errors.APIError, match=words) as caught:
            await removed(client, reference)
        assert caught.value.status_code == 409
    container.crash()
    with pytest.raises(docker.errors.APIError, match=r"must be forced.*by stopped container"):
        await removed(client, image["Id"])
    assert await removed(client, image["Id"], force=True)


async def test_one_of_several_repositories_is_not_removed_by_its_id(client: APIClient) -> None:
    await asyncio.to_thread(client.tag, "busybox:1", "other/name", "1")
    (image,) = await asyncio.to_thread(client.images)
    with pytest.raises(docker.errors.APIError, match="referenced in multiple repositories"):
        await removed(client, image["Id"])
    assert len(await removed(client, image["Id"], force=True)) >= 3


async def test_a_container_shows_the_id_of_an_image_that_lost_its_name(
    client: APIClient, run: Run
) -> None:
    container = await run("sleep 100")
    await removed(client, "busybox:1", force=True)
    (shown,) = await asyncio.to_thread(client.containers)
    assert shown["Image"] == container.image_id


async def test_unknown_images_are_not_found(client: APIClient) -> None:
    for call in (client.inspect_image, client.history, client.remove_image):
        with pytest.raises(docker.errors.ImageNotFound, match="No such image: nope:latest"):
            await asyncio.to_thread(call, "nope")


async def pulled(client: APIClient, name: str, tag: str) -> list[dict[str, Any]]:
    return await asyncio.to_thread(lambda: list(client.pull(name, tag, stream=True, decode=True)))


async def test_pulling_tells_of_each_layer_and_brings_the_image(
    engine: SimulatedEngine, client: APIClient
) -> None:
    engine.world.bytes_per_s = 10**12
    lines = await pulled(client, "nginx", "1.28")
    statuses = [each["status"] for each in lines]
    for status in ("Pulling fs layer", "Downloading", "Extracting", "Pull complete"):
        assert status in statuses
    assert statuses[-1] == "Status: Downloaded newer image for nginx:1.28"
    progress = next(each for each in lines if each["status"] == "Downloading")
    assert set(progress["progressDetail"]) == {"current", "total"}
    assert await asyncio.to_thread(client.inspect_image, "nginx:1.28")
    again = await pulled(client, "nginx", "1.28")
    assert again[-1]["status"] == "Status: Image is up to date for nginx:1.28"


async def test_a_pull_cut_short_leaves_nothing(engine: SimulatedEngine) -> None:
    engine.world.bytes_per_s = 1000
    reader, writer = await asyncio.open_unix_connection(engine.socket_path)
    writer.write(b"POST /images/create?fromImage=nginx&tag=1.28 HTTP/1.1\r\nHost: d\r\n\r\n")
    await reader.readuntil(b"Downloading")
    writer.close()
    await until(lambda: not engine.connections)
    assert engine.world.images.meaning("nginx:1.28") is None


@pytest.mark.parametrize(
    ("name", "tag", "status", "words"),
    [
        ("nginx", "0.1", 404, "manifest for nginx:0.1 not found: manifest unknown"),
        ("nobody/nothing", "1", 404, "pull access denied for nobody/nothing"),
        ("registry.example.org/x", "1", 500, "no such host"),
        ("BAD", "1", 400, "repository name must be lowercase"),
    ],
)
async def test_what_cannot_be_pulled_says_why(  # noqa: PLR0913, RUF100 - a case
    client: APIClient, name: str, tag: str, status: int, words: str
) -> None:
    with pytest.raises(docker.errors.APIError, match=words) as caught:
        await pulled(client, name, tag)
    assert caught.value.status_code == status


async def test_pushing_fails_in_its_last_line(client: APIClient) -> None:
    def push(name: str) -> list[dict[str, Any]]:
        return list(client.push(name, stream=True, decode=True))

    lines = await asyncio.to_thread(push, "nope")
    assert lines[-1]["error"] == "An image does not exist locally with the tag: nope"
    await asyncio.to_thread(client.tag, "busybox:1", "localhost:5000/box", "1")
    lines = await asyncio.to_thread(push, "localhost:5000/box:1")
    assert lines[-1]["aux"]["Tag"] == "1"


async def test_dangling_images_are_chosen_and_pruned() -> None:
    async with SimulatedEngine(scenario.demo()) as engine:
        client = APIClient(engine.base_url, version="1.45")
        dangling = await asyncio.to_thread(client.images, filters={"dangling": True})
        assert len(dangling) == 2
        pruned = await asyncio.to_thread(client.prune_images)
        assert pruned["SpaceReclaimed"] == sum(each["Size"] for each in dangling)
        assert not await asyncio.to_thread(client.images, filters={"dangling": True})
        client.close()


async def test_old_clients_are_told_of_virtual_sizes_and_new_ones_are_not(
    engine: SimulatedEngine,
) -> None:
    for version, told in (("1.41", True), ("1.45", False)):
        client = APIClient(engine.base_url, version=version)
        (image,) = await asyncio.to_thread(client.images)
        assert ("VirtualSize" in image) is told
        client.close()


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("nginx", "nginx:latest"),
        ("docker.io/library/nginx:1", "nginx:1"),
        ("docker.io/shop/web", "shop/web:latest"),
        ("localhost:5000/x", "localhost:5000/x:latest"),
        ("x@sha256:ab", "x@sha256:ab"),
    ],
)
def test_references_are_shown_as_people_write_them(reference: str, shown: str) -> None:
    assert familiar(reference) == shown
