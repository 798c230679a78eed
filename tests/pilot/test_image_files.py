"""The layers of an image and the files in them, from the keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dockertui.model import Image
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from dockertui.sync.image_reading import ReadingState
from dockertui.widgets.files_page import FilesPage
from tests.pilot.person import Person

API, WEB, BASE = "shop/api:2.4.1", "shop/web:2.4.1", "alpine:3.20"
SIZES = [(160, 50), (80, 24)]


@pytest.fixture(params=SIZES, ids=["wide", "small"])
async def person(request: pytest.FixtureRequest, sim: SimulatedEngine) -> AsyncIterator[Person]:
    """Somebody at a terminal of some size."""
    async with Person.at(sim, size=request.param, measures=False) as person:
        yield person


def page(person: Person) -> FilesPage:
    return person.main.query_one(FilesPage)


def rows(person: Person) -> list[str]:
    """The paths on show, from top to bottom."""
    tree = page(person).tree_view
    assert tree.sight is not None
    return [tree.sight.view.table.path(it) for it in tree.rows]


async def settled(person: Person) -> None:
    browsing = page(person).browsing
    assert browsing is not None
    await person.until(lambda: browsing.sight is not None and not browsing.is_busy)
    await person.until(lambda: page(person).tree_view.sight is browsing.sight)


async def read(person: Person, name: str) -> None:
    """Go to an image and read its files."""
    await person.select(name)
    await person.press("f")
    await person.see("enter reads them")
    await person.press("enter")
    await person.see("efficiency")
    await settled(person)


async def test_layers_tell_their_size_and_who_shares_them(person: Person) -> None:
    await person.select(API)
    await person.press("4", "right_square_bracket")
    await person.see("RUN pip install -r requirements.txt")
    await person.see("5 layers, 119.5 MB of 243.8 MB unique")
    for shown in ("74.8 MB", "4 more"):
        assert shown in person.text()
    # What did not fit is there in full.
    await person.press("G", "enter")
    await person.see("python:3.12-slim")
    await person.see("Digest sha256:")


async def test_from_a_layer_one_goes_to_its_files(person: Person) -> None:
    await person.select(API)
    await person.press("4", "right_square_bracket")
    await person.see("unique")
    await person.press("down", "f")
    await person.see("Layer 5 of 5")
    await settled(person)
    assert "~ 51 changed" in person.text()
    assert "- 19 hidden" in person.text()
    assert "/app/.git" in rows(person)
    await person.press("4", "left_square_bracket", "down", "f")
    await person.see("Layer 4 of 5")
    await settled(person)
    assert "+ 56 added" in person.text()


async def test_nothing_is_read_before_one_says_so(person: Person) -> None:
    await person.select(BASE)
    await person.press("f")
    await person.see("Not read yet")
    browsing = page(person).browsing
    assert browsing is not None
    assert browsing.reading.state is ReadingState.UNREAD


async def test_folders_open_and_fold_and_files_tell_their_story(person: Person) -> None:
    await read(person, API)
    assert rows(person)[:2] == ["/usr", "/app"]
    await person.press("down", "right", "right")
    assert rows(person)[2] == "/app/shop"
    await person.press("left", "left")
    assert "/app/shop" not in rows(person)
    await person.press("slash", *"pyproject", "enter")
    await person.see("1 hit")
    await person.press("enter")
    await person.see("layer 4 adds it")
    if "layer 5" not in person.text():
        await person.press("down", "down")
    await person.see("layer 5 changes it")
    await person.press("n", "enter")
    await person.no_longer_see("layer 5 changes it")


async def test_the_last_file_can_be_seen(person: Person) -> None:
    await read(person, API)
    await person.press("plus", "plus", "plus", "plus", "plus", "plus")
    await settled(person)
    await person.press("G")
    *_, last = rows(person)
    await person.see(f" {last.rpartition('/')[2]}")
    tree = page(person).tree_view
    assert tree.size.height == page(person).size.height - 2


async def test_only_what_is_hidden_or_wasted_can_be_shown(person: Person) -> None:
    await read(person, API)
    await person.press("e", "e")
    await person.see("changed only")
    await settled(person)
    assert "/usr/bin/awk" not in rows(person)
    await person.press("e")
    await person.see("hidden only")
    await settled(person)
    assert {"/app/.git", "/var/cache/pip"} <= set(rows(person))
    assert "/app/shop" not in rows(person)
    await person.press("e")
    await person.see("wasted space only")
    await person.see("Wasted")
    await person.press("e")
    await settled(person)
    await person.no_longer_see("wasted space only")


async def test_where_nothing_is_left_a_sentence_says_so(person: Person) -> None:
    await read(person, BASE)
    await person.press("e", "e", "e")
    await person.see("Nothing here is hidden.")
    await person.press("enter", "down", "right", "left", "y", "n")
    await person.press("e", "e")
    await settled(person)
    assert "/bin" in rows(person)


async def test_one_goes_through_the_layers_alone_and_together(person: Person) -> None:
    await read(person, API)
    await person.press("comma")
    await person.see("Layer 5 of 5  RUN chown")
    await person.press("comma")
    await person.see("Layer 4 of 5  COPY . /app")
    await settled(person)
    assert "/usr" not in rows(person)
    await person.press("u")
    await person.see("and all below it")
    await settled(person)
    assert "/usr" in rows(person)
    await person.press("full_stop", "full_stop")
    await person.see("Whole image")


async def test_files_can_be_sorted_by_name(person: Person) -> None:
    await read(person, API)
    await person.press("s")
    await person.see("by name")
    await settled(person)
    assert rows(person) == sorted(rows(person))


async def test_a_search_goes_through_folded_folders_and_esc_ends_it(person: Person) -> None:
    await read(person, API)
    await person.press("slash", *"_redis")
    await person.see("1 hit")
    await settled(person)
    path = page(person).tree_view.path
    assert path.endswith("_redis.cpython-312-x86_64-linux-gnu.so")
    await person.see("_redis.cp")
    await person.press("enter", "n")
    assert page(person).tree_view.path == path
    await person.press("escape")
    await person.no_longer_see("1 hit")
    await person.press("slash", *"nosuchname")
    await person.see("nothing matches nosuchname")
    await person.press("escape", "escape")
    assert person.main.list_pane.table.has_focus


async def test_a_path_can_be_copied(person: Person) -> None:
    await read(person, BASE)
    await person.press("y")
    await person.see(f"Copied {rows(person)[0]}.")


async def test_what_was_read_stays_for_when_one_comes_back(person: Person) -> None:
    await read(person, API)
    await person.press("down", "enter")
    await settled(person)
    assert "/app/shop" in rows(person)
    await person.select(WEB)
    await person.see("Not read yet")
    await person.select(API)
    await person.see("efficiency")
    await settled(person)
    assert "/app/shop" in rows(person)


async def test_reading_can_be_stopped_and_begun_anew(sim: SimulatedEngine) -> None:
    sim.world.host.saving_pause_s = 0.02
    async with Person.at(sim, measures=False) as person:
        await person.select(API)
        await person.press("f")
        await person.see("enter reads them")
        await person.press("enter")
        await person.see("Reading")
        await person.see("esc stops")
        await person.press("escape")
        await person.see("Stopped")
        sim.world.host.saving_pause_s = 0
        await person.press("r")
        await person.see("efficiency")


async def test_a_reading_that_fails_says_why_and_can_be_tried_again(sim: SimulatedEngine) -> None:
    sim.world.host.saves_at_most = 100_000_000
    async with Person.at(sim, measures=False) as person:
        await person.select(API)
        await person.press("f")
        await person.see("enter reads them")
        await person.press("enter")
        await person.see("Not read to the end")
        await person.see("not whole")
        sim.world.host.saves_at_most = None
        await person.press("r")
        await person.see("efficiency")


async def test_going_to_another_image_stops_a_reading(sim: SimulatedEngine) -> None:
    sim.world.host.saving_pause_s = 0.02
    async with Person.at(sim, measures=False) as person:
        await person.select(API)
        await person.press("f")
        await person.see("enter reads them")
        await person.press("enter")
        await person.see("Reading")
        browsing = page(person).browsing
        assert browsing is not None
        await person.select(BASE)
        await person.until(lambda: browsing.reading.state is ReadingState.STOPPED)


async def test_an_engine_that_vanishes_leaves_what_had_come(sim: SimulatedEngine) -> None:
    sim.world.host.saving_pause_s = 0.02
    async with Person.at(sim, measures=False) as person:
        await person.select(API)
        await person.press("f")
        await person.see("enter reads them")
        await person.press("enter")
        await person.see("usr/")
        await sim.vanish()
        await person.see("Not read to the end")
        assert "usr/" in person.text()


async def test_hostile_names_are_drawn_as_names() -> None:
    async with SimulatedEngine(scenario.odd()) as sim, Person.at(sim, measures=False) as person:
        images = [it for it in person.app.fleet.objects(Image) if it.size_bytes]
        for image in images[:4]:
            person.main.lists.show(Image, image.key, tab="Layers")
            await person.until(lambda: person.main.detail.has_focus_within)
            for tab in ("Files", "Used by", "Dockerfile"):
                person.main.lists.show(Image, image.key, tab=tab)
                await person.pilot.pause()
        assert "\x1b" not in person.text()
