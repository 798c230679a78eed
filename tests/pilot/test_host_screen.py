"""An engine's own page: what is wrong, who uses most, what changed, the machine and its disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.events import Key

from dockertui.engine import EngineError
from dockertui.model.disk import DiskUsage, Total
from dockertui.screens.host_screen import HostScreen
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from dockertui.sync import Member
from dockertui.widgets.section_list import SectionList
from tests.pilot.person import Person
from tests.support.burden import measure

SIZES = [(60, 15), (80, 24), (120, 35), (200, 60)]

pytestmark = pytest.mark.usefixtures("told_figures")


def member_of(person: Person) -> Member:
    return next(iter(person.app.fleet))


async def opened(person: Person) -> HostScreen:
    """Open the engine's page, and wait until it is drawn."""
    await person.press("O")
    await person.see("What is wrong")
    await person.until(lambda: isinstance(person.app.focused, SectionList))
    screen = person.app.screen
    assert isinstance(screen, HostScreen)
    return screen


async def select(person: Person, words: str) -> None:
    """Go down to the row that has some words."""
    column = person.app.focused
    assert isinstance(column, SectionList)
    await person.until(lambda: any(words in " ".join(it.cells) for it in column.rows), words)
    column.move_to(next(at for at, it in enumerate(column.rows) if words in " ".join(it.cells)))


class SlowDisk:
    """Stands in for an engine's search of its disk, which takes as long as a test wants."""

    def __init__(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        self.given_up = 0
        self.speaks = asyncio.Event()
        self.error: EngineError | None = None
        monkeypatch.setattr(member_of(person).engine, "disk_usage", self)

    async def __call__(self) -> DiskUsage:
        self.asked += 1
        try:
            await self.speaks.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if self.error is not None:
            raise self.error
        return DiskUsage(image_total=Total(self.asked, 1, 7_000_000, 2_000_000))


@asynccontextmanager
async def quiet(size: tuple[int, int] = (120, 35)) -> AsyncIterator[Person]:
    """Somebody in front of an engine with nothing on it."""
    async with (
        SimulatedEngine(scenario.bare()) as sim,
        Person.at(sim, size=size, loaded=False) as person,
    ):
        await person.see("No containers yet")
        yield person


async def test_it_says_at_a_glance_what_is_wrong(person: Person) -> None:
    await opened(person)
    await person.see("monitoring-alerts-1 unhealthy: its health check fails")
    await person.see("8 cores and 15.5G of memory")
    # What happened before the program was started is known, too.
    await person.see("the kernel killed it, out of memory")
    await person.see("4 containers were created and started")


async def test_where_nothing_is_wrong_it_says_so() -> None:
    async with quiet() as person:
        await opened(person)
        await person.see("Nothing is wrong. There are no containers.")
        await person.see("Nothing changed.")


async def test_what_goes_wrong_meanwhile_appears_by_itself(person: Person) -> None:
    await opened(person)
    person.sim.world.container("quiet-proxy").crash(127)
    await person.see("failed with exit code 127: its command was not found")
    await person.see("failed: exit code 127")


async def test_those_who_use_most_are_listed_once_they_are_measured(person: Person) -> None:
    await opened(person)
    await person.see("– Nothing is measured yet.")
    measure(member_of(person), person.sim.world)
    await person.see("ci-runner")
    await person.see("━━━━━━━━━━━━    46%")
    await person.see("113% of 800%")


async def test_the_engines_own_warnings_are_told(person: Person) -> None:
    person.sim.world.host.warnings = ("WARNING: No swap limit support",)
    await opened(person)
    await person.see("engine warns")
    await person.see("No swap limit support")


async def test_enter_leads_to_the_container(person: Person) -> None:
    await opened(person)
    await select(person, "monitoring-alerts-1")
    await person.press("enter")
    await person.until(lambda: person.app.screen is person.main)
    await person.until(lambda: person.selected.name == "monitoring-alerts-1")
    assert person.main.list_pane.table.has_focus
    await person.see("monitoring-alerts-1 ─")


async def test_enter_leads_there_though_the_list_hides_it(person: Person) -> None:
    await person.press("slash", *"postgres", "enter")
    await person.until(lambda: person.main.list_pane.table.shown_count == 1)
    await opened(person)
    await select(person, "monitoring-alerts-1")
    await person.press("enter")
    await person.until(lambda: person.selected.name == "monitoring-alerts-1")


async def test_a_row_about_no_container_says_so(person: Person) -> None:
    await opened(person)
    await person.press("right", "end", "enter")
    await person.see("That is about no container that is still there.")


async def test_escape_leads_back_and_what_was_read_goes_on(person: Person) -> None:
    await person.select("shop-web-1")
    await person.see("GET /")
    await opened(person)
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)
    await person.see("following")
    await person.press("O")
    await person.see("What is wrong")
    await person.press("O")
    await person.until(lambda: person.app.screen is person.main)


async def test_keys_in_one_burst_go_where_they_are_meant(person: Person) -> None:
    await person.until(lambda: member_of(person).chronicle.all)
    for key in (
        "O",
        "right_square_bracket",
        "r",
        "right_square_bracket",
        "right_square_bracket",
        "j",
        "j",
        "j",
    ):
        person.app.post_message(Key(key, key if len(key) == 1 else None))
    await person.see("What happened to containers")
    await person.until(lambda: member_of(person).disk.answer)
    await person.see("4 of ")


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_any_terminal(sim: SimulatedEngine, size: tuple[int, int]) -> None:
    async with Person.at(sim, size=size) as person:
        await opened(person)
        beside = person.app.screen.query_one(".beside")
        assert bool(beside.display) is (size[0] >= 120)
        for words in ("shop-mailer-1", "was created and started"):
            await select(person, words)
            await person.see(words[:12])
        await person.press("right_square_bracket", "r")
        await person.see("Reclaimable")
        await select(person, "Together")
        await person.see("Together")


async def test_a_wider_terminal_gets_a_second_column(sim: SimulatedEngine) -> None:
    async with Person.at(sim, size=(90, 30)) as person:
        await opened(person)
        beside = person.app.screen.query_one(".beside", SectionList)
        assert not beside.display
        await person.pilot.resize_terminal(140, 40)
        await person.until(lambda: beside.display)
        await person.press("right")
        await person.until(lambda: beside.has_focus)
        await person.pilot.resize_terminal(90, 30)
        await person.until(lambda: not beside.display)
        await person.until(lambda: isinstance(person.app.focused, SectionList))
        assert person.app.focused is not beside
        await person.see("What is wrong")


async def test_the_disk_is_asked_only_when_one_says_so(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SlowDisk(person, monkeypatch)
    disk.speaks.set()
    await opened(person)
    await person.press("right_square_bracket")
    await person.see("Press r to ask.")
    assert disk.asked == 0
    await person.press("r")
    await person.see("7.0 MB")
    assert disk.asked == 1
    await person.see("as of 1s ago")
    await person.press("r")
    await person.until(lambda: disk.asked == 2)
    await person.see("as of 0s ago")


async def test_waiting_for_the_disk_is_counted_and_can_be_given_up(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SlowDisk(person, monkeypatch)
    screen = await opened(person)
    await person.press("right_square_bracket", "r")
    await person.see("Asking the engine, 0 s. esc gives up.")
    await person.see("Asking the engine, 1 s. esc gives up.")
    await person.press("r")
    await person.press("escape")
    await person.see("Press r to ask.")
    assert (disk.asked, disk.given_up) == (1, 1)
    assert person.app.screen is screen
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)


async def test_what_was_known_of_the_disk_stays_while_it_is_asked_again(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SlowDisk(person, monkeypatch)
    disk.speaks.set()
    await opened(person)
    await person.press("right_square_bracket", "r")
    await person.see("7.0 MB")
    disk.speaks.clear()
    await person.press("r")
    await person.see("Asking the engine, 0 s.")
    await person.see("7.0 MB")
    disk.error = EngineError("a disk usage operation is already running")
    disk.speaks.set()
    await person.see("a disk usage operation is already running. r asks again.")
    await person.see("7.0 MB")


async def test_an_answer_waits_for_who_has_left_meanwhile(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SlowDisk(person, monkeypatch)
    await opened(person)
    await person.press("right_square_bracket", "r", "left_square_bracket", "escape")
    await person.until(lambda: person.app.screen is person.main)
    disk.speaks.set()
    await person.until(lambda: member_of(person).disk.answer)
    await opened(person)
    await person.press("right_square_bracket")
    await person.see("7.0 MB")


async def test_every_event_can_be_read(person: Person) -> None:
    await opened(person)
    await person.press("left_square_bracket")
    await person.see("What happened to containers")
    await person.see("shop-worker-1    the kernel killed a process in it, out of memory")
    await person.press("end")
    await person.see("was created")


async def test_a_lost_engine_is_said_and_what_is_shown_is_dimmed(person: Person) -> None:
    await opened(person)
    await person.sim.vanish()
    await person.see("default lost")
    await person.see("The engine does not answer")
    assert all(it.has_class("-stale") for it in person.app.screen.query(SectionList))
    await person.sim.listen()
    await person.press("ctrl+r")
    await person.no_longer_see("default lost")
    await person.no_longer_see("The engine does not answer")
    assert not any(it.has_class("-stale") for it in person.app.screen.query(SectionList))


async def test_an_engine_that_hides_its_own_description_is_watched_all_the_same(
    person: Person,
) -> None:
    person.sim.trouble.fail("GET", "/info", 403, "/info is not for you")
    await opened(person)
    await person.see("The engine does not describe itself: /info is not for you")
    await person.see("unhealthy: its health check fails")


async def test_what_is_closed_costs_nothing(person: Person) -> None:
    screen = await opened(person)
    page = screen.query_one("SectionPage")
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)
    await person.until(lambda: not page.is_running)
    assert member_of(person).host._listeners == []  # noqa: SLF001


async def test_only_what_changes_is_drawn_again(person: Person) -> None:
    await opened(person)
    await person.see("Security")
    column = person.app.focused
    assert isinstance(column, SectionList)
    drawn: list[int] = []
    before = column._repaint  # noqa: SLF001

    def repaint(places: object) -> None:
        kept = list(places)  # type: ignore[call-overload]  # It is an iterable.
        drawn.extend(kept)
        before(kept)

    column._repaint = repaint  # type: ignore[method-assign]  # noqa: SLF001 - a test looks on
    await person.until(lambda: len(drawn) >= 2)
    young = [it for it in drawn if any(cell.endswith("s") for cell in column.rows[it].cells[:2])]
    assert young == drawn


async def test_help_and_palette_know_its_keys(person: Person) -> None:
    await person.press("colon", *"disk")
    await person.see("Overview")
    await person.press("enter")
    await person.see("What is wrong")
    await person.press("question_mark")
    await person.see("Go to the container that the selected row is")
    await person.press("escape")
    await person.press("colon", *"next tab", "enter")
    await person.see("What takes room")


async def test_a_row_can_be_copied(person: Person) -> None:
    await opened(person)
    await select(person, "monitoring-alerts-1")
    await person.press("y")
    await person.see("Copied the line.")
    assert person.app.clipboard.endswith("unhealthy: its health check fails")


async def test_only_what_can_be_seen_is_drawn(person: Person) -> None:
    screen = await opened(person)
    assert not person.main.is_current
    await person.press("question_mark")
    await person.until(lambda: person.app.screen is not screen)
    # A dialog dims what is below it, and no more than that can be seen.
    assert (screen.is_current, person.main.is_current) == (True, False)


async def test_what_was_covered_is_up_to_date_again_afterwards(person: Person) -> None:
    await opened(person)
    person.sim.world.container("quiet-proxy").crash(3)
    await person.see("failed with exit code 3")
    await person.pilot.resize_terminal(80, 24)
    await person.until(lambda: person.app.screen.size.width == 80)
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)
    await person.until(lambda: person.main.size.width == 80)
    await person.select("quiet-proxy")
    await person.see("exited 3")
    assert all(len(line) <= 80 for line in person.text().splitlines())
