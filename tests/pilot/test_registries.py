"""Registries, browsed as a person does, over those of the simulated world."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dockertui.app import DockerTUI
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
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
        await person.until(lambda name=name: room(person).level.path)


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
    await person.see("Known because")
