"""Real registries, through the room in which a person browses them."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from dockertui.app import DockerTUI
from dockertui.engine import Engine
from dockertui.engine.address import resolve
from dockertui.engine.docker_engine import DockerEngine
from dockertui.screens.registries.room import RegistriesRoom
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person as Seated
from tests.registry.conftest import APP, Person
from tests.support.real_engine import RealEngine
from tests.support.real_registry import PASSWORD, USER, RealRegistry

pytestmark = pytest.mark.engine

Room = Callable[[str], AbstractAsyncContextManager[Seated]]


async def no_demo() -> Engine:
    raise OSError


@pytest.fixture
def room(person: Person, real_engine: RealEngine, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Opens the room, with a registry added and selected."""
    for name, value in person.environ.items():
        monkeypatch.setenv(name, value)

    @asynccontextmanager
    async def opened(host: str) -> AsyncIterator[Seated]:
        engine = DockerEngine(resolve(real_engine.base_url, {}, Path("/nowhere")))
        app = DockerTUI([engine], no_demo, measures=False)
        async with app.run_test(size=(120, 35)) as pilot:
            seated = Seated(app, pilot, SimulatedEngine(scenario.demo(), "/nowhere"))
            await seated.until(lambda: app.main.panes[1].table.total_count)
            await seated.press("H")
            await seated.see("Docker Hub")
            await seated.press("a")
            await seated.see("Add a registry")
            await seated.press(*host, "enter")
            await seated.see(f"Added {host}.")
            await seated.see("added by you")
            yield seated

    return opened


def the_room(seated: Seated) -> RegistriesRoom:
    found = seated.app.screen_stack[1]
    assert isinstance(found, RegistriesRoom)
    return found


async def go(seated: Seated, *names: str) -> None:
    """Go down the way: a row by its name at each step."""
    for name in names:
        depth = len(the_room(seated).level.path)
        await seated.until(lambda: not the_room(seated).level.is_loading)
        the_room(seated).message_bar.dismiss()
        await seated.press("slash", *name, "enter", "enter")
        await seated.until(lambda: len(the_room(seated).level.path) > depth)  # noqa: B023


async def log_in(seated: Seated, user: str, password: str) -> None:
    await seated.press("i")
    await seated.see("User name")
    await seated.press(*user, "down", *password, "enter")


def kept(person: Person, host: str) -> str:
    """What is kept for a registry, as it was typed."""
    if not person.config.exists():
        return ""
    auths = json.loads(person.config.read_text())["auths"]
    return base64.b64decode(auths.get(host, {}).get("auth", "")).decode()


async def test_an_image_is_read_without_being_pulled(
    room: Room, open_registry: RealRegistry, real_engine: RealEngine
) -> None:
    before = {it["Id"] for it in real_engine.client.api.images()}
    async with room(open_registry.host) as seated:
        await seated.press("enter")
        await seated.see(APP)
        await go(seated, APP, "1.10")
        await seated.see("hello world")
        await seated.see("443/udp, 80/tcp")
        await seated.see("org.opencontainers.image.version")
        await seated.see("Layers, the lowest first")
    assert {it["Id"] for it in real_engine.client.api.images()} == before


async def test_a_wrong_password_a_right_one_and_out_again(
    room: Room, person: Person, locked_registry: RealRegistry
) -> None:
    host = locked_registry.host
    async with room(host) as seated:
        await seated.press("enter")
        await seated.see("i logs in.")
        await log_in(seated, USER, "wrong")
        await seated.see("does not accept the user name")
        assert kept(person, host) == ""
        await seated.press("down", *PASSWORD, "enter")
        await seated.see(f"Logged in to {host} as {USER}; kept by config.json.")
        await seated.see("as plain text")
        assert PASSWORD not in seated.text()
        assert kept(person, host) == f"{USER}:{PASSWORD}"
        assert stat.S_IMODE(person.config.stat().st_mode) == 0o600
        await seated.see(APP)
        await seated.press("escape", "o")
        await seated.see(f"Log out of {host}?")
        await seated.press("y")
        await seated.see(f"Logged out of {host}.")
        assert kept(person, host) == ""
        await seated.see("i logs in.")


async def test_a_certificate_that_nobody_vouches_for_is_up_to_the_person(
    room: Room, person: Person, tls_registry: RealRegistry
) -> None:
    host = tls_registry.host
    async with room(host) as seated:
        the_room(seated).message_bar.dismiss()
        await seated.press("enter")
        await seated.see("is not trusted")
        await seated.see("A speaks to it all the same")
        await seated.see(f"/etc/docker/certs.d/{host}/ca.crt")
        await seated.press("A")
        await seated.see("without looking at its certificate?")
        await seated.press("y")
        await seated.see("i logs in.")
        await log_in(seated, USER, PASSWORD)
        await seated.see(f"Logged in to {host} as {USER}")
        assert kept(person, host) == f"{USER}:{PASSWORD}"
        await go(seated, APP, "1.2")
        await seated.see("hello world")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'it is broken' ; exit 1", "it is broken"),
        ("", "not installed"),
    ],
)
async def test_a_helper_that_does_not_work_is_named(
    room: Room, person: Person, locked_registry: RealRegistry, script: str, said: str
) -> None:
    person.config.write_text(json.dumps({"credsStore": "odd"}))
    if script:
        helper = person.home / "bin" / "docker-credential-odd"
        helper.write_text(f"#!/bin/sh\nread word\n{script}\n")
        helper.chmod(0o755)
    async with room(locked_registry.host) as seated:
        await log_in(seated, USER, PASSWORD)
        await seated.until(lambda: the_room(seated).message_bar.failures)
        failure = the_room(seated).message_bar.failures[-1]
        assert "docker-credential-odd" in failure.sentence
        assert said in failure.sentence
        assert PASSWORD not in failure.detail
        assert kept_nothing(person)


def kept_nothing(person: Person) -> bool:
    return PASSWORD not in person.config.read_text()


async def test_deleting_names_every_tag_that_goes_along(
    room: Room, open_registry: RealRegistry
) -> None:
    for tag in ("1", "one"):
        open_registry.push(f"gone/app:{tag}", "app:built")
    async with room(open_registry.host) as seated:
        await seated.press("enter")
        await seated.see("gone/app")
        await go(seated, "gone/app")
        await seated.see("one")
        await seated.press("d")
        await seated.see(f"Delete gone/app:1 from {open_registry.host}?")
        await seated.press("y")
        await seated.see("Type 1 to delete it")
        await seated.press("1", "enter", "y")
        await seated.see("Delete the image with 2 tags?")
        await seated.see("gone/app:one")
        await seated.press("1", "enter", "y")
        await seated.see(f"Deleted {open_registry.host}/gone/app:1 and 1 other tag.")
        await seated.see("has no tags")


async def test_a_registry_that_lets_nothing_be_deleted_says_so(
    room: Room, person: Person, tls_registry: RealRegistry
) -> None:
    certificates = person.home / "certs.d" / tls_registry.host
    certificates.mkdir(parents=True)
    (certificates / "ca.crt").write_bytes(tls_registry.authority.read_bytes())
    async with room(tls_registry.host) as seated:
        the_room(seated).registries.allow(tls_registry.host)
        await log_in(seated, USER, PASSWORD)
        await seated.see("Logged in to")
        await seated.press("escape", "enter")
        await go(seated, APP)
        await seated.see("latest")
        await seated.press("d")
        await seated.see("Delete team/app:latest from")
        await seated.press("y")
        await seated.see("Type latest to delete it")
        await seated.press(*"latest", "enter", "y")
        await seated.see("lets nothing be deleted")
