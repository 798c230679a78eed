"""Charts: the mouse, what can be taken away from them, and what drawing them costs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual import events
from textual.geometry import Region
from textual.screen import ModalScreen, Screen

from dockertui.widgets.chart_page import SeriesWanted
from dockertui.widgets.row_messages import CopyWanted
from tests.support.chart_screen import MIB, ChartScreen, chart_screen
from tests.support.detail_screen import container
from tests.support.told_measurements import NOW_S, ToldMeasurements

SIZES = [(60, 20), (58, 8), (78, 9), (100, 40), (158, 46), (198, 60), (34, 4), (20, 3), (7, 1)]


@pytest.fixture
async def charts() -> AsyncIterator[ChartScreen]:
    async with chart_screen() as screen:
        screen.measure()
        screen.follow()
        await screen.see("CPU 0%")
        yield screen


async def test_a_click_looks_at_a_moment_and_chooses_the_chart(charts: ChartScreen) -> None:
    y = next(at for at, it in enumerate(charts.lines()) if "Memory" in it)
    await charts.pilot.click(offset=(20, y + 2))
    await charts.see("▸Memory")
    sight = charts.page.sight
    assert sight is not None
    assert sight.cursor == sight.span.bar_at(20 - 7)


async def test_the_pointer_can_be_drawn_across(charts: ChartScreen) -> None:
    await charts.pilot.mouse_down(offset=(20, 4))
    await charts.pilot.hover(offset=(40, 4))
    await charts.pilot.mouse_up(offset=(40, 4))
    sight = charts.page.sight
    assert sight is not None
    assert sight.cursor == sight.span.bar_at(40 - 7)
    await charts.pilot.hover(offset=(60, 4))
    assert charts.page.sight == sight


async def test_a_range_can_be_clicked(charts: ChartScreen) -> None:
    await charts.pilot.click(offset=(charts.lines()[0].index("6h"), 0))
    await charts.until(lambda: charts.page.reading.range_name == "6h")


async def test_a_double_click_shows_a_chart_large(charts: ChartScreen) -> None:
    await charts.pilot.click(offset=(20, 4), times=2)
    await charts.until(lambda: charts.page.is_large)


async def test_the_wheel_goes_through_the_charts(charts: ChartScreen) -> None:
    charts.page.post_message(
        events.MouseScrollDown(charts.page, 20, 4, 0, 1, 0, shift=False, meta=False, ctrl=False)
    )
    await charts.see("▸Memory")


# What one takes along


async def test_the_figures_can_be_copied(charts: ChartScreen) -> None:
    await charts.press("y")
    (message,) = charts.app.wanted
    assert isinstance(message, CopyWanted)
    assert message.text.splitlines()[:3] == ["CPU 0%", "Memory 64M", "Network in –"]


async def test_what_was_measured_can_be_saved(charts: ChartScreen) -> None:
    await charts.press("S")
    (message,) = charts.app.wanted
    assert isinstance(message, SeriesWanted)
    assert message.history is charts.told.histories[charts.web.id]
    assert message.target.name == "web-1"


# What it costs


def regions(charts: ChartScreen, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What is wanted drawn from now on."""
    wanted: list[tuple[object, ...]] = []
    monkeypatch.setattr(charts.page, "refresh", lambda *it, **_: wanted.append(it))
    return wanted


async def test_nothing_is_drawn_when_nothing_changed(
    charts: ChartScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = regions(charts, monkeypatch)
    charts.told.tell()
    charts.follow()
    await charts.pilot.pause()
    assert drawn == []


async def test_a_second_draws_only_the_lines_that_change_in_it(
    charts: ChartScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = regions(charts, monkeypatch)
    charts.told.measure(
        charts.web, NOW_S + 1, cpu_percent=1.0, memory_bytes=64 * MIB, memory_limit_bytes=128 * MIB
    )
    rows = sum(it.height for its in drawn for it in its if isinstance(it, Region))
    assert 0 < rows < charts.page.size.height / 2


async def test_what_is_hidden_is_not_drawn(
    charts: ChartScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = regions(charts, monkeypatch)
    charts.app.push_screen(Screen())
    await charts.pilot.pause()
    charts.told.measure(charts.web, NOW_S + 1, cpu_percent=77.0)
    assert drawn == []
    charts.app.pop_screen()
    await charts.see("CPU 77%")


async def test_charts_in_a_pane_that_is_hidden_are_not_drawn(
    charts: ChartScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    charts.app.query_one("#pane").display = False
    await charts.no_longer_see("CPU")
    drawn = regions(charts, monkeypatch)
    charts.told.measure(charts.web, NOW_S + 1, cpu_percent=77.0)
    assert drawn == []
    monkeypatch.undo()
    charts.app.query_one("#pane").display = True
    await charts.see("CPU 77%")


async def test_while_the_engine_is_lost_nothing_has_a_colour(charts: ChartScreen) -> None:
    def inks() -> set[object]:
        return {it.color for it in charts.styles()}

    colours = len(inks())
    charts.page.add_class("-stale")
    await charts.until(lambda: len(inks()) < colours)
    charts.page.remove_class("-stale")
    await charts.until(lambda: len(inks()) == colours)


async def test_what_is_behind_a_dialog_goes_on(
    charts: ChartScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    charts.app.push_screen(ModalScreen())
    await charts.pilot.pause()
    drawn = regions(charts, monkeypatch)
    charts.told.measure(charts.web, NOW_S + 1, cpu_percent=77.0)
    assert drawn


async def test_only_the_object_that_is_shown_is_followed(charts: ChartScreen) -> None:
    assert [id_ for id_, _ in charts.told.listeners] == [charts.web.id]
    charts.follow()
    charts.page.follow(container("db-1"), charts.told, "")
    assert [id_ for id_, _ in charts.told.listeners] == [container("db-1").id]
    charts.page.let_go()
    assert charts.told.listeners == []


async def test_another_theme_is_taken_up(charts: ChartScreen) -> None:
    before = {it.bgcolor for it in charts.styles()}
    charts.app.theme = "light"
    await charts.until(lambda: before.isdisjoint(it.bgcolor for it in charts.styles()))


async def test_a_clock_that_no_calendar_has_does_no_harm() -> None:
    async with chart_screen() as charts:
        charts.told = ToldMeasurements()
        charts.told.measure(charts.web, 4e11, cpu_percent=3.0)
        charts.follow()
        await charts.see("CPU 3.0%")
        await charts.press("left", "r", "r", "n")
        assert "–" in charts.text()
