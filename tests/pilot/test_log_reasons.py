"""Where there is no line to read, the pane says why, and what to do."""

from __future__ import annotations

from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person

LOGS = r"/containers/[^/]+/logs"


async def read(person: Person, name: str) -> None:
    """Open the log of a container."""
    await person.select(name)
    await person.press("l")


def words(person: Person) -> str:
    """What is on the screen, however it is broken into lines."""
    halves = [line.rpartition("││")[2].strip("│") for line in person.text().splitlines()]
    return " ".join(" ".join(halves).split())


async def sees(person: Person, sentence: str) -> None:
    await person.until(lambda: sentence in words(person), f"to see {sentence!r}")


async def test_a_driver_that_cannot_be_read_is_named_and_one_that_can(sim: SimulatedEngine) -> None:
    container = sim.world.container("shop-web-1")
    container.host_config["LogConfig"] = {"Type": "none", "Config": {}}
    async with Person.at(sim) as person:
        await read(person, "shop-web-1")
        await sees(person, "configured logging driver does not support reading.")
        await sees(person, "--log-driver local or json-file")


async def test_who_may_not_read_a_log_is_told_and_whom_to_ask(sim: SimulatedEngine) -> None:
    sim.trouble.fail("GET", LOGS, 403, "authorization denied by plugin: no logs")
    async with Person.at(sim) as person:
        await read(person, "shop-web-1")
        await sees(person, "You may not read its log.")
        await sees(person, "authorization denied by plugin: no logs.")
        await sees(person, "must allow GET /containers/…/logs")
        await person.press("escape")
        await read(person, "shop-db-1")
        await sees(person, "You may not read its log.")


async def test_a_log_that_may_be_read_again_is_read_again(sim: SimulatedEngine) -> None:
    sim.trouble.fail("GET", LOGS, 403, "authorization denied by plugin: no logs")
    async with Person.at(sim) as person:
        await sees(person, "You may not read its log.")
        sim.trouble.clear()
        await read(person, "shop-web-1")
        await person.see("GET /")
        assert "You may not" not in words(person)


async def test_no_lines_in_the_chosen_time_is_said_with_the_key_that_helps(
    sim: SimulatedEngine,
) -> None:
    async with Person.at(sim) as person:
        await read(person, "nightly-backup")
        await person.until(lambda: "line" in words(person))
        await person.press("s")
        await sees(person, "No lines in the last minute. Press s for a longer time.")
        for _ in range(5):
            await person.press("s")
        await person.until(lambda: "No lines in the last" not in words(person))


async def test_what_has_never_run_is_told_how_to_start(person: Person) -> None:
    await read(person, "new-landing-page")
    await sees(person, "It has never run, so it has written nothing. Start it with s.")
