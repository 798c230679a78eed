"""No engine, a lost engine, a silent engine: what the person is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dockertui.engine import Engine
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from dockertui.widgets.log_view import LogView
from tests.pilot.person import Person


def count(person: Person) -> int:
    return len(tuple(person.sim.world.containers))


@asynccontextmanager
async def lost(person: Person) -> AsyncIterator[None]:
    await person.sim.vanish()
    await person.see("default lost")
    yield
    await person.sim.listen()
    await person.press("ctrl+r")
    await person.no_longer_see("default lost")


async def test_a_lost_engine_is_said_at_once_and_its_last_picture_kept(person: Person) -> None:
    async with lost(person):
        await person.see("no such socket")
        await person.see("shop-web-1")
        assert person.main.list_pane.table.stale
    assert not person.main.list_pane.table.stale


async def test_actions_are_refused_politely_while_it_is_lost(person: Person) -> None:
    await person.select("shop-web-1")
    async with lost(person):
        await person.press("s")
        await person.see("default does not answer. Nothing was done.")
        person.main.message_bar.dismiss()
    assert person.state("shop-web-1") == "running"


async def test_what_happened_meanwhile_is_there_after_the_loss(person: Person) -> None:
    async with lost(person):
        person.sim.world.container("quiet-proxy").crash(137, oom=True)
    await person.see("exited 137")


async def test_a_log_goes_on_after_the_loss_without_a_line_doubled(person: Person) -> None:
    await person.select("shop-web-1")
    await person.see("GET /")  # Until then the log of what was selected before is in view.
    store = person.main.detail.query_one(LogView).reader.lines
    await person.until(lambda: len(store))
    async with lost(person):
        before = len(store)
    await person.until(lambda: len(store) > before)
    lines = store.lines(store.first, store.total)
    assert len(lines) == len(set(lines))


async def test_an_engine_that_accepts_and_stays_silent_is_lost_within_three_seconds(
    person: Person,
) -> None:
    began = person.app._loop.time() if person.app._loop else 0.0  # noqa: SLF001
    person.sim.trouble.silent = True
    await person.see("default lost")
    assert person.app._loop is not None  # noqa: SLF001
    assert person.app._loop.time() - began < 3.5  # noqa: SLF001
    person.sim.trouble.silent = False
    await person.press("ctrl+r")
    await person.no_longer_see("default lost")


async def test_no_engine_says_what_was_tried_and_what_to_do(sim: SimulatedEngine) -> None:
    await sim.vanish()
    async with Person.at(sim, loaded=False) as person:
        await person.see("No engine answers. no such socket")
        await person.see(sim.base_url)
        await person.see("systemctl start docker")
        await person.see("Trying again")
        await sim.listen()
        await person.see(f"1 Containers {count(person)}")


async def test_the_demo_engine_is_one_key_away(sim: SimulatedEngine) -> None:
    await sim.vanish()
    async with SimulatedEngine(scenario.demo()) as demo:

        async def start_demo() -> Engine:
            return DockerEngine(Address("demo", demo.base_url))

        async with Person.at(sim, loaded=False, start_demo=start_demo) as person:
            await person.see("No engine answers")
            await person.press("D")
            await person.see("● demo")
            await person.see("shop-web-1")
