"""Is there a newer one? Asked of a real registry, about what a real engine runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from dockertui.app import DockerTUI
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.model import Container, Image
from dockertui.model.update import Finding
from dockertui.model.update_word import Update
from dockertui.sync import Fleet, Member
from dockertui.sync.updates import Clock, Updates
from tests.pilot.person import Person
from tests.pilot.seated import no_demo
from tests.registry.conftest import APP, Made
from tests.support.real_engine import RealEngine
from tests.support.real_registry import RealRegistry

WEB = "shop/web:1"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


class Later(Clock):
    """A clock that a test puts on, so that no answer counts any more."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@dataclass
class Shop:
    """A container that runs an image of a registry, and somebody who asks for newer ones."""

    member: Member
    clock: Later
    registry: RealRegistry
    engine: RealEngine

    @property
    def name(self) -> str:
        return f"{self.registry.host}/{WEB}"

    @property
    def web(self) -> Container:
        containers = self.member.store.snapshot(Container).values()
        return next(it for it in containers if it.name == "shop-web")

    @property
    def image(self) -> Image | None:
        images = self.member.store.snapshot(Image).values()
        return next((it for it in images if self.name in it.tags), None)

    @property
    def finding(self) -> Finding:
        """What is known of what the container runs."""
        notes = self.member.updates.notes
        return notes.finding(notes.subjects_of(self.web)[0])

    async def check(self) -> tuple[Update, Update]:
        """What the rows of the container and of its image say when both were asked about anew."""
        self.clock.ahead += timedelta(minutes=5)
        assert self.image is not None
        self.member.updates.check([self.web, self.image])
        await self.member.updates.settled()
        return self.web.update, self.image.update


def listening(app_or_fleet: Fleet, made: Made) -> tuple[Member, Later]:
    """Let a fleet's only member ask as somebody without credentials; it, and its clock."""
    (member,) = app_or_fleet
    clock = Later()
    updates = Updates(member.engine, member.store, made(), clock=clock)
    member.__dict__["updates"] = updates
    return member, clock


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def moved(registry: RealRegistry, source: str, target: str) -> dict[str, Any]:
    """Have an image of one repository in another, too; its manifest is returned."""
    repository, _, tag = source.partition(":")
    there = f"{registry.url}/v2/{repository}"
    body: dict[str, Any] = registry.pool.request(
        "GET", f"{there}/manifests/{tag}", headers={"Accept": MANIFEST}
    ).json()
    for each in (body["config"], *body["layers"]):
        blob = registry.pool.request("GET", f"{there}/blobs/{each['digest']}")
        registry.put_blob(target.partition(":")[0], blob.data)
    registry.put_manifest(target, body, MANIFEST)
    return body


def newer(registry: RealRegistry) -> None:
    """Let somebody else push a newer image, of which the engine knows nothing."""
    moved(registry, f"{APP}:latest", WEB)


@pytest.fixture
def running(open_registry: RealRegistry, real_engine: RealEngine) -> Iterator[None]:
    """A container that runs what a tag meant when it was made."""
    open_registry.push(WEB, "app:built")
    name = f"{open_registry.host}/{WEB}"
    real_engine.client.images.pull(name)
    real_engine.run("shop-web", ["sleep 1000"], image=name)
    yield
    real_engine.client.api.remove_container("shop-web", force=True)
    real_engine.client.api.remove_image(name, force=True)


@pytest.fixture
async def shop(
    running: None, made: Made, open_registry: RealRegistry, real_engine: RealEngine
) -> AsyncIterator[Shop]:
    fleet = Fleet([DockerEngine(Address("default", real_engine.base_url))], [Container, Image])
    member, clock = listening(fleet, made)
    shop = Shop(member, clock, open_registry, real_engine)
    watching = asyncio.create_task(fleet.run())
    await until(lambda: shop.image is not None and member.store.snapshot(Container))
    yield shop
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await fleet.close()


async def test_what_runs_is_current_until_a_newer_one_is_pushed(shop: Shop) -> None:
    assert await shop.check() == (Update.CURRENT, Update.CURRENT)
    await asyncio.to_thread(newer, shop.registry)
    assert await shop.check() == (Update.NEWER, Update.NEWER)
    check = shop.finding.check
    assert check is not None
    assert check.newer is not None
    assert "org.opencontainers.image.version" not in check.newer.config.labels
    await asyncio.to_thread(shop.engine.client.images.pull, shop.name)
    await until(lambda: shop.web.update is Update.OLDER)
    # The engine lists an ID for it from now on.
    shop.member.watcher.retry_now()
    await until(lambda: shop.web.image.startswith("sha256:"))
    assert shop.web.update is Update.OLDER
    assert shop.image is not None
    assert shop.image.update is Update.CURRENT


async def test_an_index_with_the_same_image_for_this_machine_is_nothing_new(shop: Shop) -> None:
    moved(shop.registry, f"{APP}:latest", "shop/web:arm")
    same = shop.registry.described(WEB, os="linux", architecture="amd64")
    other = shop.registry.described("shop/web:arm", os="linux", architecture="arm64")
    digest = shop.registry.put_index(WEB, [other, same])
    assert await shop.check() == (Update.CURRENT, Update.CURRENT)
    assert shop.finding.check is not None
    assert shop.finding.check.digest == digest
    swapped = [
        same | {"platform": other["platform"]},
        other | {"platform": same["platform"]},
    ]
    shop.registry.put_index(WEB, swapped)
    assert await shop.check() == (Update.NEWER, Update.NEWER)


async def test_a_registry_that_has_gone_leaves_what_is_known(shop: Shop) -> None:
    await shop.check()
    shop.registry.kill()
    assert await shop.check() == (Update.CURRENT, Update.CURRENT)
    assert "refuse" in shop.finding.problem
    # Not in a thread: it would end with the thread that started it.
    shop.registry.start()
    assert await shop.check() == (Update.CURRENT, Update.CURRENT)
    assert not shop.finding.problem


async def test_a_person_sees_the_update_what_changes_and_pulls_it(
    running: None, made: Made, open_registry: RealRegistry, real_engine: RealEngine
) -> None:
    engine = DockerEngine(Address("default", real_engine.base_url))
    app = DockerTUI([engine], no_demo, measures=False)
    _, clock = listening(app.fleet, made)
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot, None)  # type: ignore[arg-type]  # the engine is a real one
        await person.until(lambda: all(it.table.total_count for it in person.main.panes[:2]))
        await person.select("shop-web")
        await person.press("U")
        await person.see("is current")
        await asyncio.to_thread(newer, open_registry)
        clock.ahead = timedelta(minutes=5)
        await person.press("W")
        await person.see("newer one in its registry")
        person.main.detail.open_tab("Update")
        await person.see("create this again.")
        await person.see("org.opencontainers.image.version")
        await person.see("gone, was 1.2.3")
        await person.press("M")
        await person.until(lambda: isinstance(person.main.selected, Image))
        person.main.detail.open_tab("Update")
        await person.see("There is a newer one in the registry: p pulls it.")
        await person.press("p")
        # It is called app:built, too, which is no tag of any registry.
        await person.see("again?")
        await person.press("enter")
        await person.select("shop-web")
        await person.see("It runs an older one")
