"""Charts: what they show, and what keys and the mouse do in them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from rich.color import ColorType
from textual.widgets import Button

from dockertui.model.happening import What
from dockertui.widgets.chart_span import RANGES
from tests.support.chart_screen import MIB, ChartScreen, chart_screen, local
from tests.support.detail_screen import container
from tests.support.told_measurements import NOW_S

SIZES = [(60, 20), (58, 8), (78, 9), (100, 40), (158, 46), (198, 60), (34, 4), (20, 3), (7, 1)]


@pytest.fixture
async def charts() -> AsyncIterator[ChartScreen]:
    async with chart_screen() as screen:
        screen.measure()
        screen.follow()
        await screen.see("CPU 0%")
        yield screen


# What they show


async def test_a_title_says_what_is_used_now_and_the_highest_in_sight(charts: ChartScreen) -> None:
    assert "peak 99%" in charts.line("CPU")
    assert "Memory 64M of 128M 50%" in charts.line("Memory")
    assert "Processes 7" in charts.line("Processes")


async def test_what_is_not_known_is_a_dash(charts: ChartScreen) -> None:
    assert "Network in –      out –" in charts.line("Network")
    charts.told.measure(charts.web, NOW_S + 1, cpu_percent=None, processes=7.0)
    await charts.see("CPU –")


async def test_a_chart_of_what_was_never_measured_says_why(charts: ChartScreen) -> None:
    await charts.see("It has no network of its own.")
    charts.told.measure(charts.web, NOW_S + 1, received_per_s=2048.0, sent_per_s=0.0)
    await charts.no_longer_see("It has no network of its own.")
    assert "Network in 2.0K/s out 0/s" in charts.line("Network")


async def test_new_figures_are_shown_as_they_come(charts: ChartScreen) -> None:
    charts.told.measure(charts.web, NOW_S + 1, cpu_percent=42.0)
    await charts.see("CPU 42%")


async def test_a_limit_is_a_line_of_its_own(charts: ChartScreen) -> None:
    assert "128M" in charts.text()
    charts.told.measure(charts.web, NOW_S + 1, memory_bytes=64 * MIB, memory_limit_bytes=2**30)
    await charts.see("Memory 64M of 1.0G 6.2%")
    assert "128M" not in charts.text()


async def test_where_nothing_was_measured_there_is_a_gap() -> None:
    async with chart_screen() as charts:
        for ago_s in (*range(900, 500, -1), *range(200, -1, -1)):
            charts.told.measure(charts.web, NOW_S - ago_s, cpu_percent=50.0)
        charts.follow()
        await charts.see("CPU 50%")
        bars = charts.lines()[5][7:]
        assert bars.rstrip().count("█") < len(bars.rstrip())
        assert "█ " in bars
        assert " █" in bars


async def test_a_gap_between_two_readings_that_are_some_seconds_apart_is_none() -> None:
    async with chart_screen() as charts:
        for ago_s in range(300, -1, -10):
            charts.told.measure(charts.web, NOW_S - ago_s, cpu_percent=50.0)
        charts.follow()
        await charts.see("CPU 50%")
        await charts.press("minus", "plus", "plus")
        await charts.until(lambda: charts.page.reading.range_name == "5m")
        assert "█ █" not in charts.text()


async def test_a_restart_between_two_readings_leaves_a_gap() -> None:
    async with chart_screen() as charts:
        for ago_s in range(300, -1, -10):
            charts.told.note(charts.web, NOW_S - ago_s, cpu_percent=50.0)
        charts.told.happen(charts.web, What.STARTED, NOW_S - 55)
        charts.page.reading.see("5m")
        charts.follow()
        await charts.see("CPU 50%")
        bars = charts.line(" 30% ")[7:].replace("▔", " ")
        assert len(bars.split()) == 2


# Without figures


async def test_before_the_first_figures_it_says_that_they_come() -> None:
    async with chart_screen() as charts:
        charts.follow()
        await charts.see("Measuring has just begun.")
        charts.measure(3)
        await charts.see("CPU 0%")
        assert "Measuring" not in charts.text()


async def test_what_does_not_run_shows_what_it_used_before(charts: ChartScreen) -> None:
    charts.follow("It is not running.")
    await charts.see("It is not running.  This is what it used before.")
    assert "CPU – " in charts.text()
    assert "peak 99%" in charts.line("CPU")


async def test_of_what_never_ran_nothing_was_measured() -> None:
    async with chart_screen() as charts:
        charts.follow("It has never run.")
        await charts.see("It has never run. Nothing was measured of it yet.")


async def test_what_keeps_it_from_being_measured_is_said(charts: ChartScreen) -> None:
    charts.told.hinders = "Stats are switched off."
    charts.told.tell()
    await charts.see("Stats are switched off.")
    charts.page.follow(container("db-1"), charts.told, "")
    await charts.no_longer_see("CPU")
    assert "Stats are switched off." in charts.text()


# What happened


async def test_what_happened_is_marked_and_counted(charts: ChartScreen) -> None:
    charts.told.happen(charts.web, What.FAILED, NOW_S - 400, 137)
    charts.told.happen(charts.web, What.STARTED, NOW_S - 300)
    charts.told.happen(charts.web, What.UNHEALTHY, NOW_S - 200)
    await charts.see("✖ 1 failed  ! 1 unhealthy  ↻ 1 started again")
    for glyph in "✖!↻":
        assert charts.text().count(glyph) == 7


async def test_of_several_at_once_the_worst_is_marked(charts: ChartScreen) -> None:
    for what in (What.STARTED, What.OUT_OF_MEMORY, What.FAILED):
        charts.told.happen(charts.web, what, NOW_S - 400)
    await charts.until(lambda: charts.text().count("◆") == 7)
    assert charts.text().count("✖") == 1


async def test_one_goes_through_what_happened_and_reads_it(charts: ChartScreen) -> None:
    charts.told.happen(charts.web, What.FAILED, NOW_S - 400, 137)
    charts.told.happen(charts.web, What.STARTED, NOW_S - 300)
    await charts.press("N")
    await charts.see("↻ started again")
    await charts.press("N")
    await charts.see("✖ failed with 137, SIGKILL")
    await charts.press("N")
    await charts.see("↻ started again")
    await charts.press("n")
    await charts.see("✖ failed with 137, SIGKILL")


async def test_what_happened_long_before_is_brought_into_sight(charts: ChartScreen) -> None:
    charts.begin_anew(7200)
    charts.told.happen(charts.web, What.OUT_OF_MEMORY, NOW_S - 3600)
    await charts.press("n")
    await charts.see("◆ out of memory")
    await charts.press("escape")
    await charts.no_longer_see("◆")


# Where one looks


async def test_the_figures_of_a_moment_can_be_read(charts: ChartScreen) -> None:
    await charts.press("r", "r", "r", "r")
    await charts.until(lambda: charts.page.reading.range_name == "1m")
    await charts.press("left", "left", "left")
    await charts.see(local(NOW_S - 2))
    assert "CPU 98%" in charts.line("CPU")
    assert charts.line("CPU").rstrip().endswith(local(NOW_S - 2))
    await charts.press("right")
    await charts.see("CPU 99%")


async def test_after_the_last_moment_comes_now(charts: ChartScreen) -> None:
    await charts.press("left")
    await charts.until(lambda: charts.page.sight and charts.page.sight.cursor is not None)
    await charts.press("right")
    await charts.until(lambda: charts.page.sight and charts.page.sight.cursor is None)


async def test_one_can_go_back_beyond_what_one_sees(charts: ChartScreen) -> None:
    charts.begin_anew(3600)
    await charts.press("home", "left")
    await charts.until(lambda: charts.page.sight and charts.page.sight.is_past)
    assert charts.page.reading.cursor_s is not None
    assert charts.page.reading.cursor_s < NOW_S - 900
    await charts.press("end", "right")
    await charts.until(lambda: charts.page.sight and not charts.page.sight.is_past)


async def test_one_stops_at_the_first_moment_of_all(charts: ChartScreen) -> None:
    for _ in range(12):
        await charts.press("home")
    assert charts.page.reading.cursor_s is not None
    assert charts.page.reading.cursor_s >= NOW_S - 1000


async def test_a_moment_stays_while_figures_come(charts: ChartScreen) -> None:
    await charts.press("left", "pageup")
    moment_s = charts.page.reading.cursor_s
    for second in range(1, 60):
        charts.told.measure(charts.web, NOW_S + second, cpu_percent=1.0)
    assert charts.page.reading.cursor_s == moment_s
    assert moment_s is not None
    await charts.see(local(moment_s))


async def test_a_moment_and_the_range_stay_for_another_object(charts: ChartScreen) -> None:
    await charts.press("left", "pageup", "plus")
    moment_s = charts.page.reading.cursor_s
    db = container("db-1")
    for ago_s in range(900, -1, -1):
        charts.told.note(db, NOW_S - ago_s, cpu_percent=11.0)
    charts.page.follow(db, charts.told, "")
    await charts.see("CPU 11%")
    assert charts.page.reading.cursor_s == moment_s
    assert charts.page.reading.range_name == "5m"


async def test_a_closer_range_is_around_the_moment_one_looks_at(charts: ChartScreen) -> None:
    charts.told.happen(charts.web, What.UNHEALTHY, NOW_S - 600)
    await charts.press("N", "plus", "plus")
    sight = charts.page.sight
    assert sight is not None
    assert sight.span.step_s == 1
    await charts.see("! unhealthy")


async def test_each_step_back_is_one_key(charts: ChartScreen) -> None:
    await charts.press("enter", "left", "escape")
    assert charts.page.reading.cursor_s is None
    assert charts.page.is_large
    await charts.press("escape")
    assert not charts.page.is_large
    await charts.press("escape")
    assert charts.app.times_back == 1


async def test_the_ranges_go_round(charts: ChartScreen) -> None:
    seen = []
    for _ in RANGES:
        await charts.press("r")
        seen.append(charts.page.reading.range_name)
    assert seen == ["1h", "6h", "24h", "1m", "5m", "15m"]
    await charts.press("plus", "plus", "plus", "plus")
    assert charts.page.reading.range_name == "1m"
    await charts.press(*["minus"] * 9)
    assert charts.page.reading.range_name == "24h"


# One chart and the others


async def test_a_chart_can_be_seen_large(charts: ChartScreen) -> None:
    await charts.press("down", "enter")
    await charts.no_longer_see("Processes")
    assert "Memory" in charts.text()
    await charts.press("down")
    await charts.see("Network")
    await charts.press("enter")
    await charts.see("Processes")


async def test_where_there_is_little_room_the_rest_is_a_line() -> None:
    async with chart_screen((58, 19)) as charts:
        charts.measure()
        charts.follow()
        await charts.see("CPU 0%")
        assert charts.lines()[-1].startswith(" Processes 7  Throttled –")
        await charts.press("down", "down", "down", "down", "down")
        await charts.see("▸Throttled")
        assert charts.lines()[-1].startswith(" CPU 0%  Memory 64M")


async def test_the_chart_that_keys_go_to_is_marked_while_they_do(charts: ChartScreen) -> None:
    assert "▸CPU" in charts.text()
    await charts.press("down")
    await charts.see("▸Memory")
    button = charts.app.query_one(Button)
    button.display = True
    button.focus()
    await charts.no_longer_see("▸")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colours", [True, False])
async def test_charts_fit_any_room(size: tuple[int, int], colours: bool) -> None:
    async with chart_screen(size, colours=colours) as charts:
        charts.measure(received_per_s=3e6, sent_per_s=5e4, read_per_s=0.0, written_per_s=1e5)
        charts.told.happen(charts.web, What.FAILED, NOW_S - 60, 1)
        charts.follow()
        await charts.press("left", "enter", "left", "enter", "r", "N", "escape")
        assert [len(it) for it in charts.lines()] == [size[0]] * size[1]
        if size[0] >= 34 and size[1] >= 4:
            assert "CPU" in charts.text()


async def test_they_are_laid_out_anew_when_the_size_changes(charts: ChartScreen) -> None:
    await charts.pilot.resize_terminal(58, 14)
    await charts.until(lambda: len(charts.lines()) == 14)
    await charts.see("CPU 0%")
    assert "Throttled" not in charts.text()
    await charts.pilot.resize_terminal(160, 50)
    await charts.see("Throttled")


async def test_without_colours_nothing_is_told_by_colour_alone() -> None:
    async with chart_screen(colours=False) as charts:
        for ago_s in range(900, -1, -1):
            cpu = 90.0 if ago_s % 50 == 25 else 5.0
            charts.told.measure(
                charts.web, NOW_S - ago_s, cpu_percent=cpu, received_per_s=3e6, sent_per_s=2e6
            )
        charts.told.happen(charts.web, What.FAILED, NOW_S - 300, 1)
        charts.follow()
        await charts.see("CPU 5.0%")
        for style in charts.styles():
            for colour in (style.color, style.bgcolor):
                assert colour is None or colour.type is ColorType.DEFAULT
        assert "░" in charts.text()
        assert "✖" in charts.text()
