"""Compose projects: seen, read and handled as one."""

from __future__ import annotations

import re

from tests.pilot.person import Person


async def test_each_project_is_a_row_with_what_its_containers_use(person: Person) -> None:
    await person.see("3 Projects 2")
    await person.until(lambda: re.search(r"● shop +8/8 +[\d.]+%.* +[\d.]+[MG]", person.text()))


async def test_the_log_of_a_project_is_that_of_all_its_containers(person: Person) -> None:
    await person.select("shop")
    await person.until(lambda: {"api-1", "db-1"} <= set(re.findall(r"\w+-1", person.text())))
    await person.until(lambda: person.main.detail.source_name(b"A").startswith("shop-"))


async def test_its_containers_can_be_listed(person: Person) -> None:
    await person.select("monitoring")
    await person.press(*["right_square_bracket"] * 3)
    await person.see("monitoring-prometheus-1")
    await person.see("Service")


async def test_stopping_it_names_all_containers_and_stops_them(person: Person) -> None:
    await person.select("monitoring")
    await person.press("s")
    await person.see("Stop monitoring?")
    for name in ("monitoring-alerts-1", "monitoring-grafana-1", "monitoring-prometheus-1"):
        await person.see(name)
    await person.press("y")
    await person.until(lambda: person.state("monitoring-grafana-1") == "exited")
    await person.until(lambda: re.search(r"monitoring +0/3", person.text()))
    await person.press("s")
    await person.until(lambda: person.state("monitoring-grafana-1") == "running")


async def test_removing_it_asks_and_nothing_goes_unless_one_says_so(person: Person) -> None:
    await person.select("monitoring")
    await person.press("d")
    await person.see("Volumes, networks and images stay")
    await person.press("enter")
    await person.no_longer_see("Volumes, networks and images stay")
    assert person.state("monitoring-grafana-1") == "running"
    await person.press("d")
    await person.see("Volumes, networks and images stay")
    await person.press("y")
    await person.see("3 Projects 1")


async def test_its_logs_can_be_read_on_the_whole_screen(person: Person) -> None:
    await person.select("shop")
    await person.press("L")
    await person.see("project shop")


async def test_a_tab_that_a_project_does_not_have_is_said_not_to_be_there(
    person: Person,
) -> None:
    await person.select("shop")
    await person.press("t")
    await person.see("Processes: a project has none.")
