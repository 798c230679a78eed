"""Rooms of logs: merged, beside each other, and those of the removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from random import Random

import pytest

from dockertui.engine import LogRequest
from dockertui.model import Container
from dockertui.screens.log_pane import columns, room_for
from dockertui.screens.log_room import LogRoom
from dockertui.screens.log_switches import LogSwitches
from dockertui.screens.menu import Menu
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person


def room(person: Person) -> LogRoom:
    """The room that is open."""
    assert isinstance(person.app.screen, LogRoom)
    return person.app.screen


async def enter(person: Person, key: str = "") -> LogRoom:
    """Go into a room, and wait for its first lines."""
    await person.press("L")
    await person.until(lambda: isinstance(person.app.screen, Menu | LogRoom))
    if isinstance(person.app.screen, Menu):
        await person.until(lambda: person.app.screen.is_active and person.app.screen.children)
    await person.press(*key)
    await person.until(lambda: isinstance(person.app.screen, LogRoom))
    await person.until(lambda: len(room(person).grid.page.reading.store))
    return room(person)


def count_streams(person: Person, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """From now on, how many streams there are of the logs of containers, by their names."""
    engine = next(iter(person.main.fleet)).engine
    names = {it.id: it.name for it in person.main.fleet.objects(Container)}
    streams: Counter[str] = Counter()
    plain = engine.logs

    async def counted(request: LogRequest) -> AsyncGenerator[bytes]:
        streams[names[request.container_id]] += request.follow
        try:
            async with aclosing(plain(request)) as blocks:
                async for block in blocks:
                    yield block
        finally:
            streams[names[request.container_id]] -= request.follow

    monkeypatch.setattr(engine, "logs", counted)
    return streams


# Merged


async def test_a_project_is_read_as_one_log_with_the_names_of_its_containers(
    person: Person,
) -> None:
    await person.select("shop-worker-1")
    await enter(person, "p")
    await person.see("project shop  8 containers")
    await person.see(" worker-1 ")
    await person.see(" web-1 ")


async def test_marked_containers_are_read_without_asking(person: Person) -> None:
    await person.select("shop-web-1")
    await person.press("space")
    await person.select("shop-api-1")
    await person.press("space")
    here = await enter(person)
    await person.see("2 containers")
    assert {it.name for it in here.containers} == {"shop-web-1", "shop-api-1"}


async def test_an_image_opens_the_logs_of_its_containers(person: Person) -> None:
    await person.select("shop/web:2.4.1")
    here = await enter(person)
    assert {it.name for it in here.containers} == {"shop-web-1", "shop-web-2"}
    await person.see("image shop/web:2.4.1")


async def test_escape_leads_back_to_the_lists_as_they_were(person: Person) -> None:
    await person.select("shop-worker-1")
    await enter(person, "p")
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)
    assert person.selected.name == "shop-worker-1"
    assert person.main.list_pane.table.has_focus


async def test_a_room_that_closes_follows_nothing_more_and_below_it_goes_on(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = count_streams(person, monkeypatch)
    await person.select("shop-worker-1")
    await person.until(lambda: streams.total() == 1, str(streams))
    await enter(person, "p")
    await person.until(lambda: streams.total() >= 7)
    assert max(streams.values()) == 1, "nothing is followed twice"
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)
    await person.until(lambda: streams.total() == streams["shop-worker-1"] == 1)
    before = person.sim.world.container("shop-worker-1")
    before.log.write("written after the room\n")
    await person.see("written after the room")


async def test_escape_ends_the_filters_of_the_log_first(person: Person) -> None:
    await person.select("shop-worker-1")
    here = await enter(person, "p")
    await person.press("ampersand", *"done", "enter")
    await person.until(lambda: here.grid.page.filters)
    await person.press("escape")
    assert not here.grid.page.filters
    assert person.app.screen is here


async def test_a_container_that_appears_later_joins(person: Person) -> None:
    await person.select("shop-worker-1")
    here = await enter(person, "a")
    before = len(here.grid.page.reading.sources)
    person.sim.world.container("new-landing-page").life.start()
    await person.until(lambda: len(here.grid.page.reading.sources) == before + 1)


# Beside each other


async def test_two_containers_are_read_side_by_side_and_merged_again(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = count_streams(person, monkeypatch)
    await person.select("shop-web-1")
    await person.press("space")
    await person.select("shop-api-1")
    await person.press("space")
    here = await enter(person)
    await person.press("vertical_line")
    await person.until(lambda: len(here.grid.panes) == 2)
    await person.see("● shop-web-1")
    await person.see("● shop-api-1")
    await person.until(lambda: +streams == {"shop-web-1": 1, "shop-api-1": 1})
    assert here.grid.panes[0].region.y == here.grid.panes[1].region.y
    await person.press("vertical_line")
    await person.until(lambda: not here.grid.panes)
    await person.until(lambda: +streams == {"shop-web-1": 1, "shop-api-1": 1})
    await person.until(lambda: here.grid.page.view.has_focus)


async def test_tab_goes_from_log_to_log_and_z_gives_one_the_whole_screen(person: Person) -> None:
    await person.select("shop-worker-1")
    here = await enter(person, "p")
    await person.press("vertical_line")
    await person.until(lambda: len(here.grid.panes) == 4)
    await person.until(lambda: here.grid.panes[0].has_focus_within)
    await person.press("tab")
    await person.until(lambda: here.grid.panes[1].has_focus_within)
    second = here.grid.panes[1]
    await person.press("z")
    await person.until(lambda: second.size.height > 40)
    assert not here.grid.panes[0].is_on_screen
    await person.press("escape")
    await person.until(lambda: here.grid.panes[0].is_on_screen)
    assert person.app.screen is here


async def test_what_is_switched_off_is_not_put_beside_and_stays_off(person: Person) -> None:
    await person.select("shop-worker-1")
    here = await enter(person, "p")
    await person.press("X")
    await person.until(lambda: isinstance(person.app.screen, LogSwitches))
    await person.until(lambda: person.app.screen.focused)
    await person.press("space", "escape")
    await person.until(lambda: person.app.screen is here)
    off = here.grid.names_off
    assert len(off) == 1
    await person.press("vertical_line")
    await person.until(lambda: len(here.grid.panes) == 4)
    assert not {(it.engine, it.name) for it in here.grid.shown} & off
    await person.see("4 of 8 side by side")
    await person.press("vertical_line")
    await person.until(lambda: not here.grid.panes)
    assert here.grid.names_off == off


async def test_one_container_alone_has_nothing_beside_it(person: Person) -> None:
    await person.select("shop-worker-1")
    await enter(person, "s")
    await person.press("vertical_line")
    await person.see("There is nothing to put beside it")


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 35), (200, 60)])
def test_logs_beside_each_other_have_room_to_be_read(size: tuple[int, int]) -> None:
    count = room_for(*size)
    across = columns(count, size[0])
    assert 2 <= count <= 4
    assert size[0] // across >= 45
    assert (size[1] - 2) // -(-count // across) >= 6


# Keys and sizes


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
async def test_a_room_fits_a_small_screen(sim: SimulatedEngine, size: tuple[int, int]) -> None:
    async with Person.at(sim, size=size) as person:
        await person.select("shop-worker-1")
        await enter(person, "p")
        await person.see("project shop")
        await person.see("esc back")
        await person.press("vertical_line")
        await person.until(lambda: room(person).grid.panes)


async def test_the_help_of_a_room_names_its_keys(person: Person) -> None:
    await person.select("shop-worker-1")
    await enter(person, "p")
    await person.press("question_mark")
    await person.see("Side by side")


async def test_a_command_of_a_room_is_found_by_its_name(person: Person) -> None:
    await person.select("shop-worker-1")
    here = await enter(person, "p")
    await person.press("colon")
    await person.see("type a few letters")
    await person.press(*"side by", "enter")
    await person.until(lambda: here.grid.panes)


async def test_a_record_of_a_merged_log_names_its_container(person: Person) -> None:
    await person.select("shop-worker-1")
    await enter(person, "s")
    await person.press("enter")
    await person.see("─ shop-worker-1 ─")


# The removed


async def test_the_log_of_a_container_that_was_removed_can_be_read(person: Person) -> None:
    await person.select("import-2024")
    await person.press("d")
    await person.see("Remove import-2024?")
    await person.press("y")
    await person.see("import-2024 removed.")
    await person.press("L", "r")
    await person.see("Logs of removed containers")
    await person.press("enter")
    await person.until(lambda: isinstance(person.app.screen, LogRoom))
    await person.see("import-2024, previous life")
    assert len(room(person).grid.page.reading.store)


async def test_where_nothing_was_removed_that_is_said(person: Person) -> None:
    await person.press("L", "r")
    await person.see("Nothing was removed while this ran")


# In a hurry


@pytest.mark.parametrize("seed", range(4))
async def test_keys_in_a_hurry_break_nothing(
    sim: SimulatedEngine, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = ["L", "p", "a", "vertical_line", "tab", "z", "X", "space", "o", "escape", "enter", "J"]
    chance = Random(seed)
    async with Person.at(sim, size=(100, 30)) as person:
        streams = count_streams(person, monkeypatch)
        await person.select("shop-worker-1")
        await person.press("L", "p")
        for _ in range(12):
            await person.press(*chance.choices(keys, k=12))
        await person.until(lambda: person.app.screen.is_active)
        for _ in range(12):
            await person.press("escape")
        await person.until(lambda: person.app.screen is person.main)
        await person.until(lambda: streams.total() <= 1)


async def test_a_room_that_is_closed_while_it_splits_leaves_nothing_open(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = count_streams(person, monkeypatch)
    await person.select("shop-worker-1")
    here = await enter(person, "p")
    here.action_side_by_side()
    here.dismiss(None)
    await person.until(lambda: person.app.screen is person.main)
    await person.until(lambda: streams.total() == 1, str(streams))


async def test_marked_logs_open_one_room_however_often_the_key_is_pressed(person: Person) -> None:
    await person.select("shop-web-1")
    await person.press("space")
    await person.select("shop-api-1")
    await person.press("space", "L", "L", "L")
    await person.until(lambda: isinstance(person.app.screen, LogRoom))
    assert sum(isinstance(it, LogRoom) for it in person.app.screen_stack) == 1


async def test_hostile_names_and_labels_are_read_as_they_stand() -> None:
    async with SimulatedEngine(scenario.odd()) as engine, Person.at(engine) as person:
        names = [it.name for it in person.main.fleet.objects(Container)]
        for name in names[:6]:
            await person.select(name)
            await person.press("L")
            await person.see("Logs together with")
            await person.press("end", "escape")
            await person.until(lambda: person.app.screen is person.main)
        here = await enter(person, "a")
        await person.press("vertical_line")
        await person.until(lambda: here.grid.panes)
        await person.press("vertical_line")
        await person.until(lambda: not here.grid.panes)
        await person.press("X")
        await person.until(lambda: isinstance(person.app.screen, LogSwitches))
        await person.until(lambda: person.app.screen.focused)
        await person.press("end", "space", "home", "space", "escape")
        await person.until(lambda: person.app.screen is here)
        assert len(here.grid.names_off) == 2


async def test_one_who_reads_a_log_can_read_on_in_those_beside_it(person: Person) -> None:
    await person.select("shop-worker-1")
    await person.press("l")
    await person.until(lambda: person.main.detail.has_focus_within)
    await enter(person, "p")
    await person.see("project shop")
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)
    assert person.main.detail.has_focus_within


async def test_logs_together_are_found_in_the_palette(person: Person) -> None:
    await person.select("shop-worker-1")
    await person.press("colon")
    await person.see("type a few letters")
    await person.press(*"logs tog", "enter")
    await person.see("Logs together with shop-worker-1")
