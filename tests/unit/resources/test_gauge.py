"""A column of figures shows what was measured, a dash for what is not known, and never 0 for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from dockertui.model.usage import Metric, Usage
from dockertui.resources.containers import RESOURCE
from dockertui.resources.gauge import (
    Figures,
    Gauge,
    columns_of,
    cpu_trend,
    gauge,
    memory_share,
)
from dockertui.store.history import History

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
START = 1_700_000_040


class Row(NamedTuple):
    """Something that is measured."""

    runs: bool = True


def runs(row: Row) -> bool:
    return row.runs


def figures(*cpus: float | None, memory: float | None = None, limit: int = 100) -> Figures:
    history = History()
    for second, cpu in enumerate(cpus):
        history.add(
            Usage(
                at_ns=(START + second) * 10**9,
                cpu_percent=cpu,
                memory_bytes=memory,
                memory_limit_bytes=limit,
            )
        )
    assert history.last is not None
    return Figures(history.last, history)


CPU: Gauge[Row] = gauge("CPU", Metric.CPU, "{:.0f}%".format, applies=runs, width=5, keep=1)


def said(column: Gauge[Row], found: Figures | None, row: Row = Row()) -> str:  # noqa: B008
    return column.bound(lambda _: found).read(row, NOW)[0]


def style(column: Gauge[Row], found: Figures | None) -> str:
    return column.bound(lambda _: found).style(Row())


def test_a_figure_is_shown_as_it_was_measured_last() -> None:
    assert said(CPU, figures(10, 38)) == "38%"
    assert said(CPU, figures(0)) == "0%"


def test_what_is_not_known_is_a_dash() -> None:
    assert said(CPU, None) == "–"
    assert said(CPU, figures(None)) == "–"


def test_what_does_not_run_has_no_figures_at_all() -> None:
    assert said(CPU, figures(10), Row(runs=False)) == ""
    column = CPU.bound(lambda _: figures(10))
    assert column.value(Row(runs=False)) is None


def test_an_order_goes_by_what_is_steady() -> None:
    column = CPU.bound(lambda _: figures(*[0, 100] * 10))
    assert column.value(Row()) == 50
    assert column.measured
    assert column.descending
    noise = CPU.bound(lambda _: figures(0.02))
    assert noise.value(Row()) == 0


def test_nothing_and_the_unknown_step_back() -> None:
    assert style(CPU, figures(0)) == "$dim"
    assert style(CPU, None) == "$dim"
    assert style(CPU, figures(3)) == ""


def test_memory_near_its_limit_stands_out() -> None:
    share: Gauge[Row] = memory_share(applies=runs, width=4, keep=1)
    assert said(share, figures(0, memory=50)) == "50%"
    assert [style(share, figures(0, memory=it)) for it in (10, 85, 95)] == [
        "$dim",
        "$health-starting",
        "$danger",
    ]
    assert said(share, figures(0, memory=50, limit=0)) == "–"


def test_the_last_minute_is_drawn_in_bars_of_ten_seconds() -> None:
    trend: Gauge[Row] = cpu_trend(applies=runs, keep=1)
    assert said(trend, figures(*[0] * 10, *[50] * 10, *[100] * 10)) == "   ▁▅█"
    assert said(trend, figures(*[200] * 10)).strip() == "█"
    assert said(trend, None) == ""


def test_a_bar_that_is_over_stays_as_it_was() -> None:
    trend: Gauge[Row] = cpu_trend(applies=runs, keep=1)
    before, after = figures(*[50] * 15), figures(*[50] * 15, *[100] * 3)
    assert said(trend, before)[:-1] == said(trend, after)[:-1]


def test_where_nothing_is_measured_the_columns_are_left_out() -> None:
    without = columns_of(RESOURCE, None)
    assert not any(isinstance(it, Gauge) for it in without)
    assert len(columns_of(RESOURCE, lambda _: None)) == len(RESOURCE.columns) > len(without)
    assert "CPU" not in [it.title for it in without]
