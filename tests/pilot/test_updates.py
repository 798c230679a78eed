"""Looking for newer images, and copying some, in the demo with registries of its own."""

from __future__ import annotations

import pytest

from dockertui.model import Container, Image
from dockertui.model.job import JobState
from dockertui.model.update_word import Update
from dockertui.sim.server import SimulatedEngine
from dockertui.sync import Member
from tests.pilot.person import Person

CACHE, REDIS = "shop-cache-1", "redis:7-alpine"


def member(person: Person) -> Member:
    return next(iter(person.app.fleet))


def image(person: Person, name: str) -> Image:
    images = member(person).store.snapshot(Image).values()
    return next(it for it in images if name in it.tags)


def cache(person: Person) -> Container:
    containers = member(person).store.snapshot(Container).values()
    return next(it for it in containers if it.name == CACHE)


def heading(person: Person) -> str:
    """The heading of the list of containers."""
    return person.text().splitlines()[2][:80]


async def test_all_in_use_is_checked_pulled_and_then_an_older_one_runs(person: Person) -> None:
    assert "Update" not in heading(person)
    await person.press("W")
    await person.see("1 with an update (redis:7-alpine)")
    assert "Update" in heading(person)
    assert cache(person).update is image(person, REDIS).update is Update.NEWER
    assert image(person, "shop/mailer:0.4").update is Update.UNKNOWN

    await person.select(REDIS)
    person.main.detail.open_tab("Update")
    await person.see("There is a newer one in the registry: p pulls it.")
    await person.see("7.4.0 → 7.4.1")
    await person.see("55d 0h 0m later")
    await person.press("p")
    await person.see("again?")
    await person.press("enter")
    await person.until(lambda: cache(person).update is Update.OLDER)
    await person.until(lambda: image(person, REDIS).update is Update.CURRENT)
    await person.select(CACHE)
    person.main.detail.open_tab("Update")
    await person.see("It runs an older one")
    await person.see("7.4.0 → 7.4.1")


async def test_rows_are_found_and_sorted_by_what_is_known_of_updates(person: Person) -> None:
    await person.press("W")
    await person.see("1 with an update")
    await person.press("slash", *"update:yes", "enter")
    await person.until(lambda: [it.name for it in shown(person)] == [CACHE])
    await person.press("escape", "o")
    await person.see("Order of containers")
    await person.type("Update")
    await person.press("enter")
    await person.until(lambda: shown(person)[0].name == CACHE)


def shown(person: Person) -> list[Container]:
    table = person.main.panes[0].table
    return [it.row for it in table.model.shown]


async def test_why_it_is_not_known_is_told(person: Person) -> None:
    await person.select("shop/mailer:0.4")
    await person.press("U")
    await person.see("shop/mailer:0.4: unknown. It was built here")


async def test_several_marked_are_told_of_together(person: Person) -> None:
    await person.select("nginx:1.27")
    await person.press("space")
    await person.select(REDIS)
    await person.press("space", "U")
    await person.see("1 with an update (redis:7-alpine)")


async def test_looking_changes_nothing_so_read_only_allows_it(sim: SimulatedEngine) -> None:
    async with Person.at(sim, read_only=True) as person:
        await person.select(CACHE)
        await person.press("U")
        await person.see("redis:7-alpine: there is a newer one")
        await person.select(REDIS)
        await person.press("C")
        await person.see("not in read-only mode")


async def test_an_image_is_copied_to_a_registry_in_one_go(
    person: Person, sim: SimulatedEngine
) -> None:
    await person.select("alpine:3.20")
    await person.press("C")
    await person.see("That is its own name: P pushes it.")
    await person.press("home")
    await person.type("localhost:5000/mirror/")
    await person.see("It goes to localhost:5000, as mirror/alpine:3.20.")
    await person.press("enter")
    await person.see("is in its registry")
    assert "localhost:5000/mirror/alpine:3.20" in sim.world.registry
    assert sim.world.images.meaning("localhost:5000/mirror/alpine:3.20") is None


async def test_what_is_not_here_is_pulled_first(person: Person, sim: SimulatedEngine) -> None:
    await person.select("alpine:3.20")
    await person.press("C", *(["backspace"] * 30))
    await person.type("localhost:5000/mirror/base:1")
    await person.press("tab", *(["backspace"] * 30))
    await person.type("alpine:3.21")
    await person.see("alpine:3.21 is not here: it is pulled first.")
    await person.press("enter")
    await person.see("is in its registry")
    assert "localhost:5000/mirror/base:1" in sim.world.registry


async def test_a_copy_that_fails_says_that_nothing_is_left_of_it(
    person: Person, sim: SimulatedEngine
) -> None:
    sim.world.registry_is_down = True
    await person.select("alpine:3.20")
    await person.press("C", "home")
    await person.type("localhost:5000/mirror/")
    await person.press("enter")
    jobs = person.app.fleet.jobs
    await person.until(lambda: jobs.all() and jobs.all()[0].state is JobState.FAILED)
    assert "Nothing is left of it here" in jobs.all()[0].error
    assert sim.world.images.meaning("localhost:5000/mirror/alpine:3.20") is None


@pytest.mark.parametrize("size", [(80, 24), (120, 35)])
async def test_the_word_is_in_sight_at_any_size(
    sim: SimulatedEngine, size: tuple[int, int]
) -> None:
    async with Person.at(sim, size=size) as person:
        await person.press("W")
        await person.see("1 with an update")
        await person.select(CACHE)
        await person.until(
            lambda: any(CACHE in it and "update" in it for it in person.text().splitlines())
        )
