"""The registries of the simulated world, through what asks real ones."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dockertui.engine.errors import (
    LoginRefused,
    RegistryCannot,
    RegistryUnreachable,
    Unreachable,
)
from dockertui.engine.outside import outside_of
from dockertui.engine.registry.registries import Registries
from dockertui.engine.registry.secret import Secret
from dockertui.model.reference import parse_reference
from dockertui.model.registry import Freshness
from dockertui.sim import scenario
from dockertui.sim.registries import LOCKED, PASSWORD, USER
from dockertui.sim.server import SimulatedEngine


@pytest.fixture
async def sim() -> AsyncIterator[SimulatedEngine]:
    async with SimulatedEngine(scenario.demo()) as engine:
        yield engine


@pytest.fixture
async def registries(sim: SimulatedEngine) -> AsyncIterator[Registries]:
    outside = outside_of(sim.stand_in)
    asked = Registries(outside.environ, outside.home, sockets=outside.sockets)
    yield asked
    await asked.close()


async def test_what_the_engine_has_pulled_is_what_the_registry_has(
    sim: SimulatedEngine, registries: Registries
) -> None:
    for image in list(sim.world.images):
        for tag in {*image.tags} - {*sim.world.registry} if image.digests else ():
            found = await registries.check(
                parse_reference(tag), image_id=image.id, digests=image.digests
            )
            assert found.freshness is Freshness.CURRENT, tag


async def test_an_image_is_there_for_several_platforms(registries: Registries) -> None:
    image = await registries.image(parse_reference("nginx:1.28"))
    assert [str(it) for it in image.platforms] == [
        "linux/amd64", "linux/arm64/v8", "linux/arm/v7",
    ]  # fmt: skip
    assert image.config.ports == ("80/tcp",)
    assert image.manifest.download_bytes > 10_000_000
    limit = registries.limit("docker.io")
    assert limit is not None
    assert (limit.limit, limit.remaining) == (100, 98)


async def test_the_catalogue_is_open_where_it_is(registries: Registries) -> None:
    catalogue = await registries.repositories("localhost:5000", room=2)
    assert [it.path for it in catalogue.repositories] == ["shop/api", "shop/web"]
    rest = await registries.repositories("localhost:5000", after=catalogue.after)
    assert [it.path for it in rest.repositories] == ["shop/worker"]
    with pytest.raises(RegistryCannot):
        await registries.repositories("docker.io")


async def test_the_hub_is_searched_and_tells_sizes(registries: Registries) -> None:
    hits = await registries.search("nginx")
    assert [(it.repository.familiar, it.is_official) for it in hits] == [("nginx", True)]
    tags = await registries.hub_tags(hits[0].repository)
    assert [it.name for it in tags[:2]] == ["mainline", "1.28"]
    assert all(it.size_bytes and it.pushed and len(it.images) == 3 for it in tags)


async def test_one_logs_in_and_out_in_the_demo_s_own_home(
    sim: SimulatedEngine, registries: Registries
) -> None:
    config = Path(sim.stand_in) / ".docker" / "config.json"
    known = {it.host: it for it in await registries.registries()}
    assert known[LOCKED].username == USER
    assert await registries.logout(LOCKED)
    with pytest.raises(LoginRefused):
        await registries.login(LOCKED, USER, Secret("wrong"))
    assert LOCKED not in json.loads(config.read_text()).get("auths", {})
    await registries.login(LOCKED, USER, Secret(PASSWORD))
    assert LOCKED in json.loads(config.read_text())["auths"]


async def test_deleting_takes_every_tag_of_an_image_along(registries: Registries) -> None:
    web = parse_reference("localhost:5000/shop/web:2.5.0")
    assert not await registries.untag(web)
    digest = (await registries.digest(web)).digest
    await registries.delete_image(web.repository.with_digest(digest))
    assert "2.5.0" not in (await registries.tags(web)).names


async def test_there_is_no_world_beyond_it(registries: Registries) -> None:
    with pytest.raises(RegistryUnreachable) as failure:
        await registries.tags(parse_reference("ghcr.io/team/app"))
    assert failure.value.kind is Unreachable.UNKNOWN_HOST


async def test_nothing_is_left_of_it_after() -> None:
    # The path of a socket must be short, which a test's own folder is not.
    with TemporaryDirectory(prefix="out-") as folder:
        socket = Path(folder) / "d.sock"
        async with SimulatedEngine(scenario.demo(), socket, stand_in=folder):
            assert (Path(folder) / "registries" / "localhost:5000").is_socket()
        assert os.listdir(folder) == []
