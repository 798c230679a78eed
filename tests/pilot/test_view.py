"""Finding one's way: panes, filters, sorting, zoom, palette, help, sizes."""

from __future__ import annotations

from typing import Any

import pytest
from textual.geometry import Region
from textual.strip import Strip

from dockertui.resources.tab import Body
from dockertui.sim.server import SimulatedEngine
from dockertui.widgets.detail_pages import Page, page_for
from dockertui.widgets.resource_table import ResourceTable
from tests.pilot.person import Person


def names(person: Person) -> list[str]:
    table = person.main.list_pane.table
    return [it.row.name for it in table.model.shown]


def count(person: Person) -> int:
    return len(tuple(person.sim.world.containers))


async def test_the_screen_shows_containers_images_and_a_log_at_once(person: Person) -> None:
    await person.see(f"1 Containers {count(person)}")
    await person.see(f"2 Images {len(tuple(person.sim.world.images))}")
    await person.select("shop-web-1")
    await person.see("GET /")
    await person.see("following")


async def test_the_list_is_drawn_before_a_log_is_made(
    sim: SimulatedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    draw, make = ResourceTable.render_lines, page_for

    def drawn(table: ResourceTable, crop: Region) -> list[Strip]:
        happened.extend(["a list"] if table.total_count else [])
        return draw(table, crop)

    def made(body: Body[Any]) -> Page:
        happened.append("a page")
        return make(body)

    monkeypatch.setattr(ResourceTable, "render_lines", drawn)
    monkeypatch.setattr("dockertui.widgets.detail_body.page_for", made)
    async with Person.at(sim) as person:
        await person.until(lambda: "a page" in happened)
    assert happened[0] == "a list"


async def test_a_filter_narrows_as_one_types_and_escape_shows_all_again(person: Person) -> None:
    await person.press("slash")
    await person.type("state:running !shop")
    await person.until(lambda: 0 < len(names(person)) < 15)
    assert not any("shop" in it for it in names(person))
    await person.press("enter")
    await person.see("/state:running !shop")
    await person.press("escape")
    await person.until(lambda: len(names(person)) == count(person))


async def test_a_filter_that_leaves_nothing_says_so(person: Person) -> None:
    await person.press("slash")
    await person.type("zzz")
    await person.see("Nothing matches zzz.")


async def test_h_hides_what_is_stopped(person: Person) -> None:
    await person.press("h")
    await person.until(lambda: "import-2024" not in names(person))
    await person.see("running")
    await person.press("h")
    await person.until(lambda: "import-2024" in names(person))


async def test_the_selection_stays_on_its_object_when_the_list_changes(person: Person) -> None:
    await person.select("shop-web-2")
    person.sim.world.container("quiet-proxy").crash(1)
    await person.until(
        lambda: (
            next(
                it.row
                for it in person.main.list_pane.table.model.shown
                if it.row.name == "quiet-proxy"
            ).failed
        )
    )
    assert person.selected.name == "shop-web-2"
    await person.press("greater_than_sign", "greater_than_sign", "I")
    assert person.selected.name == "shop-web-2"


async def test_numbers_and_tab_go_between_panes(person: Person) -> None:
    await person.press("2")
    await person.until(lambda: person.main.list_pane.resource.title == "Images")
    await person.press("3")
    await person.until(lambda: person.main.list_pane.resource.title == "Projects")
    await person.press("4")
    await person.until(lambda: person.main.detail.has_focus_within)
    await person.press("1")
    await person.until(lambda: person.main.list_pane.resource.title == "Containers")
    await person.press("tab")
    await person.until(lambda: person.main.list_pane.resource.title == "Images")


async def test_z_gives_the_pane_the_whole_screen_and_all_its_columns(person: Person) -> None:
    await person.press("z")
    await person.see("Address")
    await person.no_longer_see("2 Images")
    await person.press("escape")
    await person.see("2 Images")


async def test_enter_lists_what_can_be_done_and_runs_it(person: Person) -> None:
    await person.select("shop-web-1")
    await person.press("enter")
    await person.see("Restart")
    await person.press("s")
    await person.until(lambda: person.state("shop-web-1") == "exited")


async def test_the_palette_finds_any_action_by_a_few_letters(person: Person) -> None:
    await person.select("shop-web-1")
    await person.press("colon")
    await person.see("a few letters")
    await person.type("paus")
    await person.press("enter")
    await person.until(lambda: person.state("shop-web-1") == "paused")


async def test_the_palette_runs_commands_of_the_view(person: Person) -> None:
    await person.press("ctrl+p")
    await person.see("a few letters")
    await person.type("zoom")
    await person.press("enter")
    await person.no_longer_see("2 Images")


async def test_help_shows_the_keys_of_what_has_the_focus_first(person: Person) -> None:
    await person.press("question_mark")
    await person.see("On a container")
    await person.see("Anywhere")
    await person.press("escape")
    await person.no_longer_see("On a container")


async def test_every_pane_says_something_when_it_is_empty(sim: SimulatedEngine) -> None:
    for container in tuple(sim.world.containers):
        sim.world.remove_container(container, volumes=False)
    async with Person.at(sim, loaded=False) as person:
        await person.see("No containers yet.")


async def test_escape_never_quits(person: Person) -> None:
    await person.press(*["escape"] * 8)
    assert person.app.is_running


@pytest.mark.parametrize("size", [(80, 24), (120, 35), (60, 15), (200, 60)])
async def test_everything_works_at_every_size(sim: SimulatedEngine, size: tuple[int, int]) -> None:
    async with Person.at(sim, size=size) as person:
        await person.see(f"1 Containers {count(person)}")
        await person.select("shop-web-1")
        await person.press("l")
        await person.see("following")
        await person.press("escape")
        await person.press("2")
        await person.see(f"2 Images {len(tuple(person.sim.world.images))}")
        await person.press("1", "s")
        await person.until(lambda: person.state("shop-web-1") == "exited")


async def test_a_terminal_too_small_says_so(sim: SimulatedEngine) -> None:
    async with Person.at(sim, size=(40, 10), loaded=False) as person:
        await person.see("60x15")
