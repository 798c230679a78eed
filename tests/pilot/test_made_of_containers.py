"""What is made of a container: its line, another, an image, a file, other limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input

from dockertui.screens.run_line import RecipeScreen
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person
from tests.pilot.seated import fill, form, open_form, seated


@pytest.fixture
async def person(sim: SimulatedEngine) -> AsyncIterator[Person]:
    async with seated(sim) as person:
        yield person


async def test_a_container_is_shown_as_a_line_and_as_a_service(person: Person) -> None:
    await person.select("shop-db-1")
    await person.press("C")
    await person.see("shop-db-1 as a docker run line")
    await person.see("POSTGRES_PASSWORD=••••••••")
    assert "labels of Compose" in person.text()
    await person.press("y")
    await person.see("y copied")
    assert "--health-retries 3" in person.app.clipboard
    assert "••••" in person.app.clipboard
    await person.press("c", "v")
    await person.see("shop-db-1 as a Compose service")
    await person.press("y")
    assert "services:\n  shop-db-1:\n    image: postgres:16" in person.app.clipboard
    assert "••••" not in person.app.clipboard
    await person.press("escape")
    await person.until(lambda: not isinstance(person.app.screen, RecipeScreen))


async def test_another_like_it_is_filled_in_with_a_free_name(person: Person) -> None:
    screen = await open_form(person, "shop-web-1", "A")
    assert screen.spec.name == "shop-web-3"
    assert screen.spec.image == "shop/web:2.4.1"
    await person.press("enter")
    await person.see("is taken by")
    assert person.app.screen is screen


async def test_limits_change_on_a_running_container_and_the_effect_is_said(
    person: Person,
) -> None:
    screen = await open_form(person, "shop-db-1", "u")
    await fill(person, "Memory", "512m")
    await fill(person, "CPUs", "1.5")
    await person.see("docker update -m 512m --memory-swap 1g --cpus 1.5 shop-db-1")
    await person.press("enter")
    await person.until(lambda: person.app.screen is not screen)
    await person.see("shop-db-1: memory none → 512m; CPUs none → 1.5.")
    host = person.sim.world.container("shop-db-1").host_config
    assert (host["Memory"], host["MemorySwap"], host["NanoCpus"]) == (1 << 29, 1 << 30, 1500000000)


async def test_a_limit_that_is_refused_brings_the_form_back(person: Person) -> None:
    await open_form(person, "shop-db-1", "u")
    await fill(person, "CPUs", "99")
    await person.press("enter")
    await person.see("Range of CPUs is from 0.01 to 8.00")
    assert form(person).spec.cpus == "99"


async def test_a_container_is_committed(person: Person) -> None:
    await person.select("shop-db-1")
    await person.press("m")
    await person.see("Make an image of shop-db-1")
    await person.type("Meddb")
    await person.see("lower case")
    await person.press(*["backspace"] * 5)
    await person.type("me/db:2")
    await person.press("enter")
    await person.see("shop-db-1 is now an image as well: me/db:2.")
    assert person.sim.world.images.meaning("me/db:2")


async def test_the_files_of_a_container_are_exported(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await person.select("shop-db-1")
    for answer in ("enter", "n", "y"):
        await person.press("x")
        await person.see("Export the files of shop-db-1")
        line = person.app.screen.query_one(Input)
        line.value = "db.tar"
        await person.press("enter")
        if answer != "enter":
            await person.see("Replace db.tar?")
            await person.press(answer)
        if answer == "n":
            await person.see("Export the files of shop-db-1")
            await person.press("escape")
            await person.until(lambda: person.app.screen is person.main)
            continue
        await person.see("was exported to db.tar")
        assert (tmp_path / "db.tar").stat().st_size > 1024
