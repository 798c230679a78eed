"""What a person does with images: from a registry, from files, from folders, and away."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockertui.model import Image
from dockertui.model.job import Job, JobState
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person


def last(person: Person) -> Job:
    return person.app.fleet.jobs.all()[0]


async def done(person: Person) -> Job:
    """Wait until the last job is done."""
    await person.until(lambda: person.app.fleet.jobs.all() and last(person).state.is_over)
    assert last(person).state is JobState.DONE, last(person)
    return last(person)


def tags(sim: SimulatedEngine) -> set[str]:
    return {tag for it in sim.world.images for tag in it.tags}


async def test_a_tag_is_checked_while_it_is_typed(person: Person, sim: SimulatedEngine) -> None:
    await person.select("alpine:3.20")
    await person.press("t")
    await person.see("Tag alpine:3.20")
    await person.see("That is one of its tags.")
    await person.press("home", "X")
    await person.see("lower")
    await person.press("backspace", *"localhost:5000/")
    await person.see("It will be called localhost:5000/alpine:3.20, too.")
    await person.press("enter")
    await person.see("is localhost:5000/alpine:3.20, too")
    assert "localhost:5000/alpine:3.20" in tags(sim)


async def test_one_that_is_here_is_pulled_again(person: Person) -> None:
    await person.select("alpine:3.20")
    await person.press("p")
    assert (await done(person)).outcome == "nothing newer"


async def test_an_image_is_saved_and_loaded_again(
    person: Person, sim: SimulatedEngine, tmp_path: Path
) -> None:
    await person.select("busybox:1")
    await person.press("s")
    await person.see("Save busybox:1")
    path = tmp_path / "box.tar"
    await person.press("home", *(["delete"] * 30))
    await person.type(str(path))
    await person.see("About 4.3 MB")
    await person.press("enter")
    assert str(path) in (await done(person)).outcome
    sim.world.images.untag(sim.world.images.find("busybox:1"), "busybox:1")
    await person.press("l")
    await person.see("Load images from a file")
    await person.type(f"{path}x")
    await person.see("There is no such file.")
    await person.press("backspace", "enter")
    await person.until(lambda: last(person).kind == "load")
    await done(person)
    assert "busybox:1" in tags(sim)


async def test_a_file_that_is_there_is_replaced_only_when_that_is_ticked(
    person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "box.tar"
    path.write_text("mine")
    await person.select("busybox:1")
    await person.press("s", "home", *(["delete"] * 30))
    await person.type(str(path))
    await person.see("Tick the box to replace it.")
    await person.press("enter")
    assert not person.app.fleet.active_jobs
    await person.press("tab", "space")
    await person.see("About 4.3 MB")
    await person.press("y")
    await done(person)
    assert path.read_bytes()[:4] != b"mine"


async def test_a_folder_is_built_and_the_image_selected(
    person: Person, sim: SimulatedEngine, tmp_path: Path
) -> None:
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.20 AS first\nCOPY a /a\nRUN echo hi\n")
    (tmp_path / "a").write_text("x")
    await person.press("2", "b")
    await person.see("Build an image")
    await person.press("backspace")
    await person.type(str(tmp_path))
    await person.see("Stages: first.")
    await person.press("tab", "tab")
    await person.type("mine/app:1")
    await person.press("enter")
    job = await done(person)
    assert job.title == "build mine/app:1"
    assert "mine/app:1" in tags(sim)
    await person.until(lambda: person.main.selected and person.selected.name == "mine/app:1")


async def test_a_build_that_fails_names_the_step(person: Person, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.20\nRUN make && exit 3\n")
    await person.press("2", "b")
    await person.see("Build an image")
    await person.press("backspace")
    await person.type(str(tmp_path))
    await person.press("enter")
    await person.see("returned a non-zero code: 3")
    assert last(person).error.splitlines()[0] == "Step 2/2 : RUN make && exit 3"
    await person.press("J")
    await person.see("Step 2/2 : RUN make && exit 3")


async def test_a_prune_shows_what_goes_and_just_that_goes(
    person: Person, sim: SimulatedEngine
) -> None:
    before = {it.id for it in sim.world.images}
    dangling = {it.id for it in sim.world.images if not it.tags}
    await person.press("2", "X")
    await person.see("Prune images")
    await person.see("2 images go, exactly these.")
    for id_ in dangling:
        assert id_[7:19] in person.text()
    await person.press("y")
    assert (await done(person)).outcome == "2 images removed"
    assert before - {it.id for it in sim.world.images} == dangling


async def test_a_prune_by_default_removes_nothing(person: Person, sim: SimulatedEngine) -> None:
    before = len(sim.world.images)
    await person.press("2", "X")
    await person.see("Prune images")
    await person.press("enter")
    await person.no_longer_see("Prune images")
    assert len(sim.world.images) == before
    assert not person.app.fleet.active_jobs


async def test_an_image_that_is_named_meanwhile_stays(person: Person, sim: SimulatedEngine) -> None:
    dangling = [it for it in sim.world.images if not it.tags]
    await person.press("2", "X")
    await person.see("2 images go")
    sim.world.images.tag(dangling[0], "rescued:1")
    await person.press("y")
    assert (await done(person)).outcome == "1 image removed, 1 kept"
    assert "rescued:1" in tags(sim)


async def test_what_needs_no_object_works_in_an_empty_list() -> None:
    async with SimulatedEngine(scenario.bare()) as sim:
        sim.world.images.untag(sim.world.images.find("busybox:1"), "busybox:1")
        sim.world.images.remove(next(iter(sim.world.images)))
        async with Person.at(sim, loaded=False) as person:
            await person.see("No images yet. n pulls one")
            await person.press("2", "n")
            await person.type("alpine:3.21")
            await person.press("enter")
            await done(person)
            await person.until(lambda: person.app.fleet.objects(Image))


async def test_the_menu_of_an_empty_list_offers_what_needs_no_object() -> None:
    async with SimulatedEngine(scenario.bare()) as sim:
        sim.world.images.untag(sim.world.images.find("busybox:1"), "busybox:1")
        sim.world.images.remove(next(iter(sim.world.images)))
        async with Person.at(sim, loaded=False) as person:
            await person.see("No images yet.")
            await person.press("2", "enter")
            await person.see("Pull new…")
            assert "Push…" not in person.text()


@pytest.mark.parametrize("key", ["n", "P", "t", "b", "l", "F", "X", "p"])
async def test_nothing_is_changed_when_reading_only(sim: SimulatedEngine, key: str) -> None:
    async with Person.at(sim, read_only=True) as person:
        await person.select("alpine:3.20")
        await person.press(key)
        await person.see("not in read-only mode")
