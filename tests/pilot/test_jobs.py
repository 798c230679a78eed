"""Work that goes on in the background, as a person sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dockertui.model.job import Job, JobState
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person


@pytest.fixture
async def sim() -> AsyncIterator[SimulatedEngine]:
    """A company whose line is slow enough to look at what goes on."""
    async with SimulatedEngine(scenario.demo()) as engine:
        engine.world.bytes_per_s = 20_000_000
        yield engine


def jobs(person: Person) -> list[Job]:
    return person.app.fleet.jobs.all()


async def pull(person: Person, reference: str) -> None:
    """Pull an image that is not there yet."""
    before = len(jobs(person))
    await person.press("2", "n")
    await person.see("Pull an image")
    await person.type(reference)
    await person.press("enter")
    await person.until(lambda: len(jobs(person)) > before)
    await person.no_longer_see("Pull an image")


async def test_a_pull_goes_on_while_the_person_works_on(
    person: Person, sim: SimulatedEngine
) -> None:
    sim.world.bytes_per_s = 60_000_000
    await pull(person, "python:3.13-slim")
    await person.see("1 job ")
    await person.see("%")
    await person.press("1", "j")
    assert person.selected.kind == "container"
    await person.see("Pull python:3.13-slim: 46.2 MB in 2 layers")
    assert "python:3.13-slim" in {tag for it in sim.world.images for tag in it.tags}
    await person.no_longer_see("1 job ")


async def test_several_go_on_at_once_and_are_listed_with_bars(person: Person) -> None:
    for reference in ("postgres:17", "nginx:mainline", "python:3.13-slim"):
        await pull(person, reference)
    await person.see("3 jobs ")
    await person.press("J")
    await person.see("3 running")
    await person.see("━")
    await person.see("MB/s")
    for title in ("pull postgres:17", "pull nginx:mainline", "pull python:3.13-slim"):
        assert title in person.text()


async def test_an_open_job_shows_its_layers_and_its_output(person: Person) -> None:
    await pull(person, "postgres:17")
    await person.press("J")
    await person.see("Downloading")
    await person.see("17: Pulling from library/postgres")
    await person.press("enter")
    await person.see("following")
    await person.press("escape", "escape")
    await person.no_longer_see("Pulling from library/postgres")


async def test_cancelling_asks_and_leaves_nothing_behind(
    person: Person, sim: SimulatedEngine
) -> None:
    await pull(person, "postgres:17")
    await person.press("J", "c")
    await person.see("Cancel pull postgres:17?")
    await person.press("escape")
    assert jobs(person)[0].state is JobState.RUNNING
    await person.press("c")
    await person.see("Cancel pull postgres:17?")
    await person.press("y")
    await person.see("was cancelled")
    assert jobs(person)[0].state is JobState.CANCELLED
    assert "postgres:17" not in {tag for it in sim.world.images for tag in it.tags}


async def test_what_failed_says_why_and_can_be_tried_again(
    person: Person, sim: SimulatedEngine
) -> None:
    sim.trouble.fail("POST", "/images/create", 500, "no space left on device")
    await pull(person, "alpine:3.21")
    await person.see("no space left on device")
    await person.press("exclamation_mark")
    await person.see("Make room first")
    await person.press("escape", "J")
    await person.see("1 failed")
    await person.see("Make room first")
    sim.trouble.clear()
    await person.press("r")
    await person.see("1 done")
    assert jobs(person)[0].attempt == 2


async def test_a_failure_in_the_middle_of_a_push_is_one(
    person: Person, sim: SimulatedEngine
) -> None:
    await person.press("2")
    await person.select("shop/web:2.4.1")
    await person.press("P")
    await person.see("Push shop/web")
    await person.see("To localhost:5000, as shop/web:2.4.1.")
    await person.press("enter")
    await person.until(lambda: jobs(person) and jobs(person)[0].done_bytes)
    sim.world.registry_is_down = True
    await person.see("connection refused")
    assert jobs(person)[0].state is JobState.FAILED
    assert "localhost:5000/shop/web:2.4.1" not in sim.world.registry
    sim.world.registry_is_down = False
    await person.press("J", "r")
    await person.until(lambda: jobs(person)[0].state is JobState.DONE)
    assert "localhost:5000/shop/web:2.4.1" in sim.world.registry


async def test_quitting_asks_while_a_job_runs(person: Person) -> None:
    await pull(person, "postgres:17")
    await person.press("q")
    await person.see("1 job runs: pull postgres:17")
    await person.press("escape")
    assert person.app.is_running
    await person.press("q")
    await person.see("Quit and cancel it")
    await person.press("y")
    await person.until(lambda: not person.app.is_running)
    assert jobs(person)[0].state is JobState.CANCELLED


async def test_quitting_asks_nothing_when_no_job_runs(person: Person, sim: SimulatedEngine) -> None:
    sim.world.bytes_per_s = 1_000_000_000
    await pull(person, "alpine:3.21")
    await person.until(lambda: jobs(person)[0].state is JobState.DONE)
    await person.press("q")
    await person.until(lambda: not person.app.is_running)


async def test_jobs_that_are_over_can_be_taken_off_the_list(
    person: Person, sim: SimulatedEngine
) -> None:
    sim.world.bytes_per_s = 1_000_000_000
    await pull(person, "alpine:3.21")
    await person.until(lambda: jobs(person)[0].state is JobState.DONE)
    await person.press("J", "c")
    await person.see("Cancel: not possible, pull alpine:3.21 is done.")
    await person.press("d")
    await person.see("No jobs yet.")
    await person.press("escape", "escape")
    await person.see("1 Containers")


async def test_output_is_copied_whole(person: Person, sim: SimulatedEngine) -> None:
    sim.world.bytes_per_s = 1_000_000_000
    await pull(person, "alpine:3.21")
    await person.until(lambda: jobs(person)[0].state is JobState.DONE)
    await person.press("J", "Y")
    await person.see("Copied")
    assert "3.21: Pulling from library/alpine" in person.app.clipboard
    assert "Status: Downloaded newer image for alpine:3.21" in person.app.clipboard


@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_small_screens_list_and_open_jobs(
    sim: SimulatedEngine, size: tuple[int, int]
) -> None:
    async with Person.at(sim, size=size, loaded=False) as person:
        await person.until(lambda: person.main.panes[1].table.total_count)
        await pull(person, "postgres:17")
        await person.press("J")
        await person.see("pull postgres:17")
        await person.press("enter")
        await person.see("Verifying Checksum")
