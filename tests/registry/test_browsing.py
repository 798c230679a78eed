"""Real registries are browsed without pulling."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from dockertui.engine.errors import NotInRegistry, RegistryCannot, RegistryUnreachable
from dockertui.engine.registry.registries import Registries
from dockertui.engine.registry.secret import Secret
from dockertui.model.reference import Reference
from dockertui.model.registry import Freshness
from dockertui.model.remote_image import Platform
from tests.registry.conftest import APP, Person
from tests.support.real_engine import RealEngine
from tests.support.real_registry import PASSWORD, USER, RealRegistry

pytestmark = pytest.mark.engine


def app(registry: RealRegistry, tag: str = "1.2") -> Reference:
    """An image there."""
    return Reference(registry.host, APP, tag)


async def test_what_there_is_is_listed(ours: Registries, open_registry: RealRegistry) -> None:
    assert await ours.greet(open_registry.host) == open_registry.url
    catalogue = await ours.repositories(open_registry.host)
    assert Reference(open_registry.host, APP) in catalogue.repositories
    assert (await ours.tags(app(open_registry))).names == ("latest", "1.10", "1.2")


async def test_a_long_catalogue_comes_in_pages(
    ours: Registries, open_registry: RealRegistry
) -> None:
    for number in range(7):
        open_registry.push(f"many/r{number}")
    first = await ours.repositories(open_registry.host, room=3)
    rest = await ours.repositories(open_registry.host, after=first.after)
    names = [it.path for it in (*first.repositories, *rest.repositories)]
    assert len(first.repositories) == 3
    assert names == sorted(set(names))
    assert {f"many/r{it}" for it in range(7)} < set(names)
    assert rest.after == ""


async def test_an_image_tells_all_that_it_declares(
    ours: Registries, open_registry: RealRegistry, real_engine: RealEngine
) -> None:
    image = await ours.image(app(open_registry))
    seen = real_engine.client.images.get("app:built").attrs
    config = image.config
    assert image.manifest.config_digest == seen["Id"]
    assert image.index is None
    assert config.platform == Platform("linux", seen["Architecture"])
    assert config.created is not None
    assert abs(datetime.now(UTC) - config.created) < timedelta(minutes=10)
    assert ("GREETING", "hello world") in config.env
    assert ("EMPTY", "") in config.env
    assert config.labels == {"org.opencontainers.image.version": "1.2.3"}
    assert config.entrypoint == ("sh", "-c")
    assert config.command == ("echo $GREETING",)
    assert config.ports == ("443/udp", "80/tcp")
    assert (config.volumes, config.working_dir, config.user) == (("/data",), "/srv", "1000")
    assert config.stop_signal == "SIGINT"
    assert "CMD [" in config.history[0].created_by
    assert sum(it.size_bytes for it in config.history) == sum(
        it.size_bytes for it in image.manifest.layers
    )
    assert image.manifest.download_bytes > 500_000


async def test_an_index_has_an_image_for_each_platform(
    ours: Registries, open_registry: RealRegistry
) -> None:
    one = open_registry.described(f"{APP}:1.2", os="linux", architecture="amd64")
    two = open_registry.described(f"{APP}:latest", os="linux", architecture="arm", variant="v7")
    index = open_registry.put_index(f"{APP}:all", [one, two])
    tag = app(open_registry, "all")
    assert (await ours.digest(tag)).digest == index
    image = await ours.image(tag, Platform("linux", "arm", "v7"))
    assert (image.digest, image.manifest.digest) == (index, two["digest"])
    assert [str(it) for it in image.platforms] == ["linux/amd64", "linux/arm/v7"]
    with pytest.raises(NotInRegistry, match="not for linux/s390x"):
        await ours.image(tag, Platform("linux", "s390x"))


async def test_what_is_not_there_is_told(ours: Registries, open_registry: RealRegistry) -> None:
    host = open_registry.host
    for attempt, sentence in (
        (ours.tags(Reference(host, "nope")), f"{host} has no repository nope."),
        (ours.image(app(open_registry, "nope")), f"{host} has no {APP}:nope."),
        (ours.digest(app(open_registry, "nope")), f"{host} has no {APP}:nope."),
    ):
        with pytest.raises(NotInRegistry) as told:
            await attempt
        assert str(told.value) == sentence


async def test_is_there_a_newer_one(
    ours: Registries, open_registry: RealRegistry, real_engine: RealEngine
) -> None:
    open_registry.push(f"{APP}:moving", "app:built")
    pulled = real_engine.client.images.pull(f"{open_registry.host}/{APP}", "moving")
    seen = pulled.attrs
    moving = app(open_registry, "moving")

    async def freshness() -> Freshness:
        check = await ours.check(moving, image_id=seen["Id"], digests=seen["RepoDigests"])
        return check.freshness

    assert await freshness() is Freshness.CURRENT
    # An index around the same image: another digest, and nothing new all the same.
    same = open_registry.described(f"{APP}:moving", os="linux", architecture="amd64")
    index = open_registry.put_index(f"{APP}:moving", [same])
    assert (await ours.digest(moving)).digest == index
    assert await freshness() is Freshness.CURRENT
    open_registry.push(f"{APP}:moving")
    assert await freshness() is Freshness.NEWER


async def test_an_image_is_deleted_with_all_its_tags(
    ours: Registries, open_registry: RealRegistry
) -> None:
    for tag in ("1", "2"):
        open_registry.push(f"gone/app:{tag}", "app:built")
    open_registry.push("gone/app:3")
    first = Reference(open_registry.host, "gone/app", "1")
    assert not await ours.untag(first)
    digest = (await ours.digest(first)).digest
    assert (await ours.tags_of(first, digest)).names == ("2", "1")
    await ours.delete_image(first.with_digest(digest))
    assert (await ours.tags(first)).names == ("3",)
    with pytest.raises(NotInRegistry):
        await ours.delete_image(first.with_digest(digest))


async def test_where_nothing_may_be_deleted_that_is_told(
    ours: Registries, tls_registry: RealRegistry
) -> None:
    ours.allow(tls_registry.host)
    await ours.login(tls_registry.host, USER, Secret(PASSWORD))
    digest = (await ours.digest(app(tls_registry))).digest
    for attempt in (
        ours.untag(app(tls_registry)),
        ours.delete_image(app(tls_registry).with_digest(digest)),
    ):
        with pytest.raises(RegistryCannot, match="lets nothing be deleted"):
            await attempt
    assert "1.2" in (await ours.tags(app(tls_registry))).names


async def test_a_registry_that_crashes_is_told_and_found_again(
    ours: Registries, real_engine: RealEngine
) -> None:
    with RealRegistry() as registry:
        await ours.repositories(registry.host)
        registry.kill()
        with pytest.raises(RegistryUnreachable, match="Nobody listens"):
            await ours.repositories(registry.host)
        registry.start()
        assert (await ours.repositories(registry.host)).repositories == ()


async def test_an_unknown_authority_is_told_and_then_believed(
    ours: Registries, tls_registry: RealRegistry, person: Person
) -> None:
    with pytest.raises(RegistryUnreachable, match="from an authority that nobody here knows"):
        await ours.greet(tls_registry.host)
    place = person.home / "certs.d" / tls_registry.host
    place.mkdir(parents=True)
    (place / "ca.crt").write_bytes(tls_registry.authority.read_bytes())
    assert await ours.greet(tls_registry.host) == tls_registry.url
    await ours.login(tls_registry.host, USER, Secret(PASSWORD))
    assert (await ours.image(app(tls_registry))).config.user == "1000"


async def test_many_questions_at_once_all_have_their_answers(
    ours: Registries, open_registry: RealRegistry
) -> None:
    digests = await asyncio.gather(*(ours.digest(app(open_registry)) for _ in range(50)))
    assert len({it.digest for it in digests}) == 1
