"""Registries, browsed as a person does, over those of the simulated world."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dockertui.app import DockerTUI
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.registry.problems import plain_refused
from dockertui.engine.registry.secret import Secret
from dockertui.model.registry import LoginOutcome
from dockertui.screens.registries.room import RegistriesRoom
from dockertui.sim.registries import LOCKED
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person
from tests.pilot.seated import no_demo


@asynccontextmanager
async def in_room(
    sim: SimulatedEngine, size: tuple[int, int] = (120, 35), *, read_only: bool = False
) -> AsyncIterator[Person]:
    """Somebody in the room of registries."""
    address = Address("default", sim.base_url, stand_in=sim.stand_in)
    app = DockerTUI([DockerEngine(address, read_only=read_only)], no_demo, measures=False)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot, sim)
        await person.until(lambda: person.main.panes[1].table.total_count)
        await person.press("H")
        await person.see("Docker Hub")
        await person.see("localhost:5000")
        yield person


@pytest.fixture
async def person(sim: SimulatedEngine) -> AsyncIterator[Person]:
    async with in_room(sim) as person:
        yield person


def room(person: Person) -> RegistriesRoom:
    found = next(it for it in person.app.screen_stack if isinstance(it, RegistriesRoom))
    assert isinstance(found, RegistriesRoom)
    return found


async def go(person: Person, *names: str) -> None:
    """Go down the way: a row by its name at each step."""
    for name in names:
        await person.until(lambda: not room(person).level.is_loading)
        await person.press("slash")
        await person.type(name)
        await person.press("enter", "enter")
        await person.until(lambda: room(person).level.path)


async def test_the_way_leads_from_all_registries_to_an_image_and_back(person: Person) -> None:
    await go(person, "localhost")
    await person.see("shop/worker")
    await go(person, "web")
    await person.see("2.5.0")
    await person.see("MB")
    await go(person, "2.5.0")
    await person.see("Layers, the lowest first")
    await person.see("Registries › localhost:5000 › shop/web › 2.5.0")
    for _ in range(6):
        await person.press("escape")
    await person.see("Known from")


async def test_each_step_is_filtered_and_esc_first_shows_all_again(person: Person) -> None:
    await person.press("slash")
    await person.type("gcr")
    await person.no_longer_see("localhost:5000")
    await person.press("enter", "escape")
    await person.see("localhost:5000")
    await go(person, "localhost", "web", "2.5.0")
    await person.see("Layers")
    await person.press("slash")
    await person.type("downl")
    await person.no_longer_see("Layers")
    await person.see("27.4 MB")
    await person.type("xx")
    await person.see("Nothing matches downlxx.")
    await person.press("escape")
    await person.see("Layers")


async def test_where_nothing_is_listed_a_name_leads_on(person: Person) -> None:
    await go(person, "gcr.io")
    await person.see("does not let its repositories be listed")
    await person.see("distroless/static-debian12")
    await person.press("n")
    await person.see("Go to a repository of gcr.io")
    await person.type("distroless/static-debian12:nonroot")
    await person.press("enter")
    await person.see("the same image is here")


async def test_the_hub_is_searched_and_its_limit_shown(person: Person) -> None:
    await person.press("S")
    await person.see("Search Docker Hub")
    await person.type("nginx")
    await person.press("enter")
    await person.see("20,871")
    await person.see("Official build of Nginx.")
    await person.press("enter")
    await person.see("mainline")
    await person.see("73.3 MB")
    await person.press("enter")
    await person.see("98 of 100 pulls left")
    await person.see("linux/arm64/v8")
    await person.press("right_square_bracket")
    await person.see("mainline  linux/arm64/v8")


async def test_what_is_found_is_pulled_as_a_job(person: Person, sim: SimulatedEngine) -> None:
    await go(person, "localhost", "web")
    await person.see("2.5.0")
    await person.press("p")
    await person.see("Pulling localhost:5000/shop/web:2.5.0 to default; J shows how far it is.")
    await person.until(lambda: sim.world.images.meaning("localhost:5000/shop/web:2.5.0"))
    await person.see("Pull localhost:5000/shop/web:2.5.0: ")
    await person.until(lambda: person.text().count(" here ") >= 2)
    await person.press("J")
    await person.see("pull localhost:5000/shop/web:2.5.0")


async def test_a_name_is_copied_whole(person: Person) -> None:
    await go(person, "localhost", "web")
    await person.see("2.5.0")
    await person.press("y")
    await person.see("Copied localhost:5000/shop/web:2.5.0.")
    assert person.app.clipboard == "localhost:5000/shop/web:2.5.0"


async def log_in(person: Person, user: str, password: str) -> None:
    await person.press("i")
    await person.see(f"Log in to {LOCKED}")
    if user:
        await person.type(user)
    await person.press("down")
    await person.type(password)
    assert password not in person.text()
    await person.press("enter")


async def test_one_logs_out_and_in_again(person: Person, sim: SimulatedEngine) -> None:
    config = Path(sim.stand_in) / ".docker" / "config.json"
    await person.press("G", "o")
    await person.see(f"Log out of {LOCKED}?")
    await person.see("for the docker command as well")
    await person.press("y")
    await person.see(f"Logged out of {LOCKED}.")
    assert LOCKED not in config.read_text()
    await person.press("enter")
    await person.see("i logs in.")
    await log_in(person, "shop", "wr0ng-one")
    await person.see("does not accept the user name")
    assert "wr0ng-one" not in person.text()
    await person.press("down", *"shop", "enter")
    await person.see(f"Logged in to {LOCKED} as shop; kept by config.json.")
    await person.see("plain text")
    assert LOCKED in config.read_text()
    await person.see("equipe/donnees")


async def test_an_open_registry_lets_any_password_through_and_that_is_said(person: Person) -> None:
    await person.press("slash", *"localhost", "enter", "i")
    await person.see("Log in to localhost:5000")
    await person.press(*"ada", "down", *"secret", "enter")
    await person.see("did not ask who you are")


async def test_a_password_is_shown_by_no_widget_and_goes_to_no_clipboard(person: Person) -> None:
    await person.press("G", "i")
    await person.see("Log in to")
    await person.press("down", *"s3cr3t-word", "ctrl+a", "ctrl+c", "shift+home", "ctrl+c", "ctrl+x")
    assert "s3cr3t" not in person.app.clipboard
    await person.press(*"s3cr3t-word")
    assert "s3cr3t" not in person.text()
    for widget in person.app.screen.query("*"):
        said = [repr(widget), str(widget), *(repr(it) for it in vars(widget).values())]
        assert not any("s3cr3t" in it for it in said), widget
    assert "s3cr3t" not in person.app.export_screenshot()


async def test_deleting_is_asked_twice_and_names_what_goes_along(
    person: Person, sim: SimulatedEngine
) -> None:
    again = sim.world.registry["localhost:5000/shop/web:2.5.0"]
    sim.world.registry["localhost:5000/shop/web:stable"] = again
    await go(person, "localhost", "web")
    await person.see("stable")
    await person.press("d")
    await person.see("Delete shop/web:2.5.0 from localhost:5000?")
    await person.press("enter")
    await person.no_longer_see("Delete shop/web:2.5.0 from")
    await person.press("d", "y")
    await person.see("Type 2.5.0 to delete it")
    await person.press(*"2.5", "enter", "y")
    await person.see("Type 2.5.0.")
    await person.press(*"2.5.0", "enter", "y")
    await person.see("Delete the image with 2 tags?")
    await person.see("shop/web:stable")
    await person.press(*"2.5.0", "enter", "y")
    await person.see("Deleted localhost:5000/shop/web:2.5.0 and 1 other tag.")
    await person.no_longer_see("stable")
    assert "localhost:5000/shop/web:2.5.0" not in sim.world.registry


async def test_the_hub_lets_nothing_be_deleted(person: Person) -> None:
    await person.press("n")
    await person.see("Go to a repository")
    await person.press(*"nginx", "enter")
    await person.see("mainline")
    await person.press("d")
    await person.see("Delete nginx:mainline from Docker Hub?")
    await person.press("y")
    await person.see("Type mainline to delete it")
    await person.press(*"mainline", "enter", "y")
    await person.until(lambda: room(person).message_bar.failures)
    await person.see("✖")


async def test_a_registry_is_added_for_good_and_forgotten(
    person: Person, sim: SimulatedEngine
) -> None:
    await person.press("a")
    await person.see("Add a registry")
    await person.press(*"no host!", "enter")
    await person.see("is no registry")
    await person.press(*["backspace"] * 8, *"https://ghcr.io/v2/", "enter")
    await person.see("Added ghcr.io.")
    await person.see("added by you")
    kept = Path(sim.stand_in) / ".config" / "dockertui" / "registries"
    assert kept.read_text() == "ghcr.io\n"
    await person.press("enter")
    await person.see("There is no host ghcr.io.")
    await back(person)
    await person.press("d")
    await person.see("no longer among those that you added")
    await person.no_longer_see("added by you")
    assert kept.read_text() == ""


async def back(person: Person) -> None:
    """Go one step back, past what is being said."""
    room(person).message_bar.dismiss()
    depth = len(room(person).level.path)
    await person.press("escape")
    await person.until(lambda: len(room(person).level.path) == depth - 1)


async def test_esc_waits_for_nothing(person: Person, sim: SimulatedEngine) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def keep_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()
        gone.set()
        writer.close()

    path = Path(sim.stand_in) / "registries" / "slow.example.com:443"
    async with await asyncio.start_unix_server(keep_silent, path):
        await person.press("a")
        await person.see("Add a registry")
        await person.press(*"slow.example.com", "enter")
        await person.see("Added")
        await person.press("enter")
        await asked.wait()
        await person.see("Asking slow.example.com… esc goes back.")
        await back(person)
        await asyncio.wait_for(gone.wait(), 2)
        asked.clear()
        gone.clear()
        await person.press("i")
        await person.see("Log in to slow")
        await person.press(*"ada", "down", *"secret", "enter")
        await asked.wait()
        await person.see("Logging in to slow.example.com… esc calls it off")
        await person.press("escape")
        await asyncio.wait_for(gone.wait(), 2)
        await person.see("called off.")


async def test_read_only_changes_nothing(sim: SimulatedEngine) -> None:
    async with in_room(sim, read_only=True) as person:
        await person.press("i")
        await person.see("Log in: not in read-only mode.")
        await person.press("escape", "o")
        await person.see("Log out: not in read-only mode.")
        await go(person, "localhost", "web")
        await person.see("2.5.0")
        await person.press("d")
        await person.see("Delete: not in read-only mode.")
        await person.press("escape", "p")
        await person.see("Pull: not in read-only mode.")


async def test_every_key_of_the_room_is_explained(person: Person) -> None:
    await person.press("question_mark")
    await person.see("Search Hub…")


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_it_fits_small_terminals(sim: SimulatedEngine, size: tuple[int, int]) -> None:
    async with in_room(sim, size) as person:
        await go(person, "localhost", "web", "2.5.0")
        await person.see("shop/web")


async def test_plain_http_is_up_to_the_person_and_safe_by_default(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    registries = next(iter(person.app.fleet)).registries
    sent: list[str] = []

    async def login(host: str, username: str, secret: Secret) -> LoginOutcome:
        if host not in registries.trust.hosts:
            raise plain_refused(host)
        sent.append(secret.reveal())
        return LoginOutcome(host, username, "pass")

    monkeypatch.setattr(registries, "login", login)
    await log_in_at_last(person)
    await person.see(f"Speak to {LOCKED} without TLS?")
    await person.see("anybody to read and to change")
    await person.press("enter")
    await person.see("speaks plain http")
    assert sent == []
    await person.press("escape")
    await log_in_at_last(person)
    await person.see("without TLS?")
    await person.press("y")
    await person.see("Logged in to")
    assert sent == ["pa55-phrase"]


async def log_in_at_last(person: Person) -> None:
    """Log in to the last registry of the list."""
    await person.press("G")
    await log_in(person, "ada", "pa55-phrase")


async def test_a_damaged_configuration_is_said_and_hides_no_registry(
    person: Person, sim: SimulatedEngine
) -> None:
    (Path(sim.stand_in) / ".docker" / "config.json").write_text("{not json")
    await person.press("ctrl+r")
    await person.see("is damaged: it is not JSON")
    await person.see("Nothing is written to it")
    await person.see("localhost:5000")
    await go(person, "localhost")
    await person.see("shop/worker")


async def test_tags_are_looked_at_without_being_gone_to(person: Person) -> None:
    await go(person, "localhost", "web")
    await person.until(lambda: person.text().count("linux/amd64") == 2)
    await person.see("27.4 MB")
