"""What containers use, seen in the lists and above them."""

from __future__ import annotations

import re

from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person

SIZE = (200, 50)
"""Wide enough for the columns that are looked at here."""


def row_of(person: Person, name: str) -> str:
    """The line of the screen that shows a container or a project."""
    lines = person.text().splitlines()
    return next((it for it in lines if re.search(rf"[●◐○✖!↻] {re.escape(name)}\b", it)), "")


async def test_the_list_shows_what_running_containers_use(person: Person) -> None:
    await person.until(lambda: re.search(r"\d%", row_of(person, "ci-runner")))
    assert re.search(r"ci-runner .* up \S+ +[\d.]+% .* \d+M", row_of(person, "ci-runner"))


async def test_what_does_not_run_has_no_figures(person: Person) -> None:
    await person.until(lambda: re.search(r"\d%", row_of(person, "ci-runner")))
    assert "%" not in row_of(person, "nightly-backup").partition("│")[2].partition("│")[0]


async def test_figures_go_when_a_container_stops(person: Person) -> None:
    await person.until(lambda: re.search(r"\d%", row_of(person, "registry")))
    await person.select("registry")
    await person.press("s")
    await person.until(lambda: "exited" in row_of(person, "registry"))
    await person.until(lambda: not re.search(r"\d%", row_of(person, "registry").split("│")[1]))


async def test_the_line_above_says_what_all_use_together(person: Person) -> None:
    await person.until(lambda: re.search(r"cpu +[\d.]+% +mem +[\d.]+[MG]", person.text()))


async def test_rows_can_be_put_in_the_order_of_what_they_use(person: Person) -> None:
    await person.until(lambda: re.search(r"\d%", row_of(person, "shop-worker-1")))
    await person.press("o")
    await person.see("Order of containers")
    await person.press("c")
    table = person.main.list_pane.table
    await person.until(lambda: table.is_ordered_by_figures)
    busiest = {"ci-runner", "shop-worker-1"}
    await person.until(lambda: next(it.row.name for it in table.model.shown) in busiest)
    await person.press("o", "u")
    await person.until(lambda: not table.is_ordered_by_figures)


async def test_a_column_that_does_not_fit_can_be_sorted_by_all_the_same(
    person: Person,
) -> None:
    await person.press("o")
    await person.see("Networks")
    await person.press("end", "up", "enter")
    table = person.main.list_pane.table
    await person.until(lambda: table.columns[table.sorting.column or 0].title == "Command")


async def test_all_that_is_measured_can_be_seen_in_full_width(sim: SimulatedEngine) -> None:
    async with Person.at(sim, size=SIZE) as person:
        await person.press("z")
        for title in ("CPU", "Mem", "Mem%", "In/s", "Out/s", "Read/s", "Write/s", "Procs"):
            await person.see(title)
        await person.until(lambda: re.search(r"\d%.*\d+M.*\d%", row_of(person, "shop-db-1")))


async def test_measuring_can_be_switched_off(sim: SimulatedEngine) -> None:
    async with Person.at(sim, size=SIZE, measures=False) as person:
        await person.see("Status")
        assert "CPU" not in person.text()
        assert not person.app.fleet.measures


async def test_a_hidden_terminal_is_measured_less(person: Person) -> None:
    (member,) = person.app.fleet
    await person.until(lambda: member.sampler.attention().in_view)
    person.app.app_focus = False
    assert member.sampler.attention().is_away
    person.app.app_focus = True
    assert not member.sampler.attention().is_away


async def test_only_what_is_in_view_is_measured_at_full_rate(sim: SimulatedEngine) -> None:
    async with Person.at(sim, size=(80, 24)) as person:
        (member,) = person.app.fleet
        table = person.main.list_pane.table
        await person.until(lambda: member.sampler.attention().in_view)
        seen = {it.id for it in table.in_view}
        assert 0 < len(seen) < 20
        assert seen <= member.sampler.attention().in_view
        await person.press("end")
        last = table.model.shown[-1].row.id
        await person.until(lambda: last in member.sampler.attention().in_view)
