"""Somebody in front of the app, at the form that containers are run from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.events import Paste

from dockertui.app import DockerTUI
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.screens.run_form import RunFormScreen
from dockertui.screens.run_input import ValueInput
from dockertui.screens.run_rows import FieldRow
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person


@asynccontextmanager
async def seated(sim: SimulatedEngine, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Person]:
    """Somebody in front of the app."""
    address = Address("default", sim.base_url, stand_in=sim.stand_in)
    app = DockerTUI([DockerEngine(address)], no_demo, measures=False)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot, sim)
        await person.until(lambda: person.main.list_pane.table.total_count)
        await person.until(lambda: person.main.panes[1].table.total_count)
        yield person


async def no_demo() -> DockerEngine:
    raise OSError


def form(person: Person) -> RunFormScreen:
    screen = person.app.screen
    assert isinstance(screen, RunFormScreen)
    return screen


async def open_form(person: Person, name: str, key: str = "r") -> RunFormScreen:
    await person.select(name)
    await person.press(key)
    await person.until(lambda: isinstance(person.app.screen, RunFormScreen))
    await person.until(lambda: isinstance(person.app.focused, ValueInput))
    return form(person)


async def paste(person: Person, text: str) -> None:
    screen = person.app.screen
    (person.app.focused or screen).post_message(Paste(text))
    await person.pilot.pause()


async def fill(person: Person, label: str, text: str) -> None:
    """Type into the field with a label, after going there with the arrow key."""
    for _ in range(80):
        focused = person.app.focused
        row = focused.parent if focused is not None else None
        if isinstance(row, FieldRow) and row.field.label == label:
            await person.type(text)
            return
        await person.press("down")
    raise AssertionError(f"there is no {label}:\n{person.text()}")
