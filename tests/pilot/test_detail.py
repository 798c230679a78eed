"""What can be read about the selected object."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from dockertui.engine import EngineUnavailable, Problem, ProblemKind, StateConflict
from dockertui.model import ContainerState, Image, ProcessTable
from dockertui.model.container_detail import ContainerDetail
from dockertui.resources import container_tabs, image_tabs
from dockertui.resources.tab import Rows
from dockertui.secrecy import MASK
from dockertui.widgets import loading
from dockertui.widgets.fact_list import FactList
from tests.support.detail_screen import DetailScreen, container, detail_screen

WEB, DB = container("web-1"), container("db-1")


@pytest.fixture
async def detail() -> AsyncIterator[DetailScreen]:
    async with detail_screen() as screen:
        yield screen


async def test_with_nothing_selected_it_says_so(detail: DetailScreen) -> None:
    detail.pane.show(None, ())
    await detail.see("Nothing is selected.")


async def test_the_first_tab_is_the_log_and_it_follows(detail: DetailScreen) -> None:
    detail.show(WEB)
    await detail.until(lambda: detail.app.feeds)
    detail.app.feeds[0].write("GET /health 200")
    await detail.see("GET /health 200")
    await detail.until(lambda: "1 line" in detail.foot)


async def test_a_log_without_lines_says_why(detail: DetailScreen) -> None:
    detail.show(WEB)
    await detail.until(lambda: detail.app.feeds)
    detail.app.feeds[0].explain("It has never run.")
    await detail.see("It has never run.")


async def test_a_log_is_let_go_when_another_object_is_selected(detail: DetailScreen) -> None:
    detail.show(WEB)
    await detail.until(lambda: detail.app.feeds)
    detail.show(DB)
    assert detail.app.feeds[0].closed
    await detail.until(lambda: len(detail.app.feeds) == 2)
    assert not detail.app.feeds[1].closed


async def test_a_log_goes_on_while_another_tab_is_read(detail: DetailScreen) -> None:
    detail.show(WEB)
    await detail.until(lambda: detail.app.feeds)
    detail.pane.open_tab("Env")
    await detail.see("NAME")
    detail.app.feeds[0].write("meanwhile")
    detail.pane.open_tab("Logs")
    await detail.see("meanwhile")
    assert len(detail.app.feeds) == 1


async def test_the_title_names_the_object_and_its_tabs(detail: DetailScreen) -> None:
    detail.show(WEB)
    await detail.see("web-1 ─  Logs  Info  Stats  Inspect  Env  Processes")


async def test_markup_in_a_name_is_only_text(detail: DetailScreen) -> None:
    detail.show(container("[red]a[/red][/b] $x"))
    await detail.see("[red]a[/red][/b] $x ─  Logs")


async def test_a_narrow_pane_keeps_the_open_tab_in_sight() -> None:
    async with detail_screen((36, 12)) as detail:
        detail.show(container("a-very-long-name-of-a-container-17"), "Inspect")
        await detail.see(" Inspect  4/7")
        assert "17" in detail.line("Inspect")


async def test_a_click_on_a_tab_opens_it(detail: DetailScreen) -> None:
    detail.show(WEB)
    await detail.see("Processes")
    x = detail.text().splitlines()[0].index("Env")
    await detail.pilot.click(offset=(x, 0))
    await detail.see(WEB.id)


async def test_the_tab_stays_for_the_next_object_of_the_kind(detail: DetailScreen) -> None:
    detail.show(WEB, "Env")
    await detail.see(WEB.id)
    detail.pane.show(Image(id="i", name="nginx", tags=("nginx",)), image_tabs.TABS)
    await detail.see("Used by")
    detail.show(DB)
    await detail.see(DB.id)
    assert WEB.id not in detail.text()


async def test_the_tabs_go_round(detail: DetailScreen) -> None:
    detail.show(WEB)
    detail.pane.action_previous_tab()
    detail.pane.action_previous_tab()
    await detail.see("init")
    detail.pane.action_next_tab()
    detail.pane.action_next_tab()
    assert detail.pane.reading is not None
    assert detail.pane.reading.tab.title == "Logs"


async def test_the_focus_stays_in_the_pane_whatever_is_opened(detail: DetailScreen) -> None:
    await detail.read(WEB, "Env", "NAME")
    for tab in ("Inspect", "Info", "Stats", "Processes", "Logs"):
        detail.pane.open_tab(tab)
        await detail.pilot.pause()
        await detail.until(lambda: detail.pane.has_focus_within)
    detail.pane.show(None, ())
    await detail.until(lambda: detail.pane.has_focus_within)


async def test_going_through_many_objects_asks_only_about_the_last(detail: DetailScreen) -> None:
    detail.show(WEB, "Env")
    await detail.see(WEB.id)
    asked = len(detail.engine.asked)
    for number in range(200):
        detail.show(container(f"c{number}"))
    await detail.see(container("c199").id)
    assert len(detail.engine.asked) - asked <= 2


async def test_an_answer_that_comes_too_late_is_dropped(detail: DetailScreen) -> None:
    detail.engine.answering.clear()
    detail.show(WEB, "Env")
    await detail.until(lambda: detail.engine.asked)
    detail.show(DB)
    detail.engine.answering.set()
    await detail.see(DB.id)
    assert WEB.id not in detail.text()


async def test_waiting_is_said_only_after_a_while(
    detail: DetailScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "PATIENCE_S", 30.0)
    detail.engine.answering.clear()
    detail.show(WEB, "Env")
    await detail.until(lambda: detail.engine.asked)
    await detail.pilot.pause()
    assert "Waiting" not in detail.text()
    monkeypatch.setattr(loading, "PATIENCE_S", 0.01)
    detail.show(DB)
    await detail.see("Waiting for the engine to tell about db-1.")
    detail.engine.answering.set()
    await detail.see(DB.id)


async def test_a_failure_is_told_in_the_engines_words_and_tried_again(
    detail: DetailScreen,
) -> None:
    detail.engine.error = StateConflict("container is marked for removal")
    detail.show(WEB, "Inspect")
    await detail.see("container is marked for removal")
    detail.engine.error = None
    detail.pane.refresh_target(replace(WEB, status="Up 1 minute"))
    await detail.see('Name: "web-1"')


async def test_what_was_read_of_a_lost_engine_stays(detail: DetailScreen) -> None:
    detail.show(WEB, "Env")
    await detail.see(WEB.id)
    detail.engine.error = EngineUnavailable(Problem(ProblemKind.REFUSED, "refused"))
    asked = len(detail.engine.asked)
    detail.pane.refresh_target(replace(WEB, status="Up 2 minutes"))
    await detail.until(lambda: len(detail.engine.asked) > asked)
    await detail.pilot.pause()
    assert WEB.id in detail.text()
    detail.pane.set_stale(True)
    detail.engine.error = None
    detail.engine.answers["detail"] = lambda id_: ContainerDetail(id=id_, env=(("BACK", "yes"),))
    detail.pane.set_stale(False)
    await detail.see("BACK")


async def test_nothing_is_asked_while_the_pane_is_hidden(detail: DetailScreen) -> None:
    detail.show(WEB, "Env")
    await detail.see(WEB.id)
    detail.pane.display = False
    await detail.no_longer_see("web-1")
    await detail.pilot.pause()
    asked = len(detail.engine.asked)
    detail.show(DB)
    await detail.pilot.pause()
    assert len(detail.engine.asked) == asked
    detail.pane.display = True
    await detail.see(DB.id)


async def test_the_same_facts_again_draw_nothing(
    detail: DetailScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    detail.show(WEB, "Env")
    await detail.see(WEB.id)
    view = detail.pane.query_one(FactList)
    repaints = detail.watch_repaints(view, monkeypatch)
    asked = len(detail.engine.asked)
    detail.pane.refresh_target(replace(WEB, status="Up 2 minutes"))
    await detail.until(lambda: len(detail.engine.asked) > asked)
    await detail.pilot.pause()
    assert repaints == []


async def test_one_fact_that_changes_draws_its_lines_alone(
    detail: DetailScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    detail.show(WEB, "Env")
    await detail.see(WEB.id)
    repaints = detail.watch_repaints(detail.pane.query_one(FactList), monkeypatch)
    detail.engine.answers["detail"] = lambda id_: ContainerDetail(
        id=id_, env=(("NAME", "other"), ("API_KEY", "s3cret"))
    )
    detail.pane.reload()
    await detail.see("other")
    assert [region.height for regions in repaints for region in regions] == [1]


async def test_the_uptime_counts(detail: DetailScreen) -> None:
    started = datetime.now(UTC) - timedelta(hours=2)
    detail.engine.answers["detail"] = lambda id_: ContainerDetail(id=id_, started=started)
    detail.show(WEB, "Info")
    await detail.see("running for 2h 0m")
    before = detail.line("running for")
    asked = len(detail.engine.asked)
    await detail.until(lambda: detail.line("running for") != before)
    assert len(detail.engine.asked) == asked


async def test_processes_are_asked_for_again_while_they_are_in_view(detail: DetailScreen) -> None:
    tabs = [
        replace(tab, body=replace(tab.body, every_s=0.01)) if isinstance(tab.body, Rows) else tab
        for tab in container_tabs.TABS
    ]
    detail.pane.show(WEB, tabs)
    detail.pane.open_tab("Processes")
    await detail.see("init")
    detail.engine.answers["processes"] = lambda _: ProcessTable(("PID", "CMD"), (("9", "later"),))
    await detail.see("later")
    detail.pane.open_tab("Env")
    await detail.see("NAME")
    asked = detail.engine.asked.count("processes")
    for times in range(1, 5):
        detail.pane.reload()
        await detail.until(partial(detail.engine.has_asked, "detail", times + 1))
    assert detail.engine.asked.count("processes") == asked


async def test_a_container_that_stopped_has_no_processes(detail: DetailScreen) -> None:
    detail.show(WEB, "Processes")
    await detail.see("init")
    detail.pane.refresh_target(replace(WEB, state=ContainerState.EXITED))
    await detail.see("It is not running, so there are no processes.")
    detail.pane.refresh_target(WEB)
    await detail.see("init")


async def test_a_row_that_is_cut_off_opens_in_full(detail: DetailScreen) -> None:
    detail.pane.show(Image(id="i", name="nginx", tags=("nginx",)), image_tabs.TABS)
    detail.pane.open_tab("Layers")
    await detail.see("RUN make all")
    assert detail.text().count("all") < 60
    detail.pane.focus_body()
    await detail.press("enter")
    await detail.until(lambda: detail.text().count("all") == 60)
    await detail.press("enter")
    await detail.until(lambda: detail.text().count("all") < 60)


async def test_a_secret_is_masked_until_revealed_and_again_for_the_next_object(
    detail: DetailScreen,
) -> None:
    await detail.read(WEB, "Env", MASK)
    assert "s3cret" not in detail.text()
    await detail.press("down", "v")
    await detail.see("s3cret")
    detail.show(DB)
    await detail.see(DB.id)
    assert "s3cret" not in detail.text()
    await detail.press("V")
    await detail.see("s3cret")
    await detail.press("V")
    await detail.no_longer_see("s3cret")


async def test_a_masked_value_is_copied_masked_and_says_so(detail: DetailScreen) -> None:
    await detail.read(WEB, "Env", MASK)
    await detail.press("down", "y", "v", "y")
    await detail.until(lambda: len(detail.app.copied) == 2)
    assert detail.app.copied == [
        (MASK, "API_KEY, masked; v reveals it first"),
        ("s3cret", "API_KEY"),
    ]
