"""The Stats tab, over the whole app."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from textual.widgets import Input

from dockertui.model import Event
from dockertui.model.usage import Reading
from dockertui.screens.keeping import SaveQuestion
from dockertui.screens.usage_keep import ENDINGS, save_question
from dockertui.sync.fleet import Member
from dockertui.widgets.chart_page import ChartPage
from tests.pilot.person import Person
from tests.pilot.stage import HOSTILE, opened, screen_lines
from tests.support.told_measurements import NOW_S, NS

pytestmark = pytest.mark.usefixtures("told_figures")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program was started."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def member(person: Person) -> Member:
    """The engine that is shown, and what is known of it."""
    return next(iter(person.app.fleet))


def measure(person: Person, seconds: int = 120) -> None:
    """Have the selected container read each second."""
    id_ = person.selected.id
    member(person).measured.forget([id_])
    member(person).measured.take(
        Reading(
            container_id=id_,
            read_ns=(NOW_S + it) * NS,
            cpu_ns=it * NS // 4,
            memory_bytes=50 * 1024**2,
            memory_limit_bytes=64 * 1024**2,
            processes=3,
        )
        for it in range(seconds)
    )


async def look_at_stats(person: Person, name: str = "shop-web-1") -> ChartPage:
    """Select a container that was measured, and open its charts."""
    await person.select(name)
    measure(person)
    await person.press("c")
    await person.see("CPU 25%")
    page = person.app.screen.query_one(ChartPage)
    await person.until(lambda: page.has_focus)
    return page


async def test_a_key_opens_the_charts_of_a_container(person: Person) -> None:
    await look_at_stats(person)
    assert "Memory 50M of 64M 78%" in person.text()
    assert "r range" in person.text()


async def test_they_go_on_as_it_is_measured(person: Person) -> None:
    await look_at_stats(person)
    member(person).measured.take(
        [Reading(container_id=person.selected.id, read_ns=(NOW_S + 120) * NS, processes=99)]
    )
    await person.see("Processes 99")


async def test_what_happens_is_marked(person: Person) -> None:
    await look_at_stats(person)
    id_, chronicle = person.selected.id, member(person).chronicle
    chronicle.heed(Event("container", "oom", id_, (NOW_S + 60) * NS))
    chronicle.heed(
        Event("container", "die", id_, (NOW_S + 61) * NS, attributes={"exitCode": "137"})
    )
    await person.see("◆ 1 out of memory  ✖ 1 failed")
    await person.press("n")
    await person.see("failed with 137, SIGKILL")


async def test_a_container_that_does_not_run_says_so(person: Person) -> None:
    await person.select("import-2024")
    await person.press("c")
    await person.see("It is not running. Nothing was measured of it yet.")
    measure(person)
    await person.see("This is what it used before.")
    await person.select("new-landing-page")
    await person.see("It has never run. Nothing was measured of it yet.")


async def test_a_container_that_ends_keeps_its_charts(person: Person) -> None:
    await look_at_stats(person, "ci-runner")
    person.sim.world.container("ci-runner").crash(1)
    await person.see("It is not running.  This is what it used before.")
    assert "peak 25%" in person.text()


async def test_the_selection_goes_on_with_the_same_range(person: Person) -> None:
    page = await look_at_stats(person)
    await person.press("r", "escape")
    await person.select("shop-web-2")
    await person.see("Measuring has just begun.")
    await person.select("shop-web-1")
    await person.see("CPU 25%")
    assert page.reading.range_name == "1h"


async def test_an_image_has_none(person: Person) -> None:
    await person.press("2", "c")
    await person.see("Stats: an image has none.")


async def test_what_was_measured_is_saved_where_the_person_says(
    person: Person, folder: Path
) -> None:
    await look_at_stats(person)
    await person.press("S")
    await person.until(lambda: isinstance(person.app.focused, Input))
    assert "Save what shop-web-1 used" in person.text()
    await person.press(*"a.csv", "enter")
    await person.see("Saved 120 rows in a.csv.")
    with (folder / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[-1]["container"] == "shop-web-1"
    assert (rows[0]["cpu_percent"], rows[-1]["cpu_percent"]) == ("", "25")


async def test_it_can_be_saved_as_json_lines(person: Person, folder: Path) -> None:
    await look_at_stats(person)
    await person.press("S")
    await person.until(lambda: isinstance(person.app.focused, Input))
    await person.press(*"a.csv", "tab", "end", "enter")
    await person.see("Saved 120 rows in a.jsonl.")
    told = [json.loads(it) for it in (folder / "a.jsonl").read_text().splitlines()]
    assert told[0]["cpu_percent"] is None
    assert told[-1]["processes"] == 3


async def test_a_file_that_is_there_is_replaced_only_on_purpose(
    person: Person, folder: Path
) -> None:
    (folder / "a.csv").write_text("dear to me")
    await look_at_stats(person)
    await person.press("S")
    await person.until(lambda: isinstance(person.app.focused, Input))
    await person.press(*"a.csv", "enter")
    await person.see("Replace a.csv?")
    await person.press("enter")
    await person.until(lambda: isinstance(person.app.screen, SaveQuestion))
    assert (folder / "a.csv").read_text() == "dear to me"
    await person.press("enter")
    await person.see("Replace a.csv?")
    await person.press("y")
    await person.see("Saved 120 rows in a.csv.")


async def test_what_cannot_be_written_is_said_and_what_was_typed_stays(
    person: Person, folder: Path
) -> None:
    await look_at_stats(person)
    await person.press("S")
    await person.until(lambda: isinstance(person.app.focused, Input))
    await person.press(*"none/a.csv", "enter")
    await person.see("there is no such folder")
    assert person.app.screen.query_one(Input).value == "none/a.csv"
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.main)
    assert os.listdir(folder) == []


async def test_a_name_that_is_markup_is_only_text(folder: Path) -> None:
    dialog = SaveQuestion(save_question(HOSTILE), ENDINGS)
    async with opened(dialog) as it:
        assert HOSTILE in "\n".join(screen_lines(it))
        assert dialog.query_one(Input).value.startswith("red-x-")


async def test_charts_are_followed_by_nobody_when_the_engine_changes(person: Person) -> None:
    await look_at_stats(person)
    measured = member(person).measured
    await person.main.take(person.app.fleet)
    # The lists follow them again, at most.
    assert len(measured._listeners) <= 1  # noqa: SLF001 - nobody else could say
