"""What the benchmarks make of what they measure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.__main__ import SCENARIOS
from tests.bench.figure import Figure, Scenario, median, p95
from tests.bench.keys import answers_ms
from tests.bench.report import Report
from tests.support.terminal import Painted, Terminal

FAST = Figure(name="fast", unit="ms", bar=10, of_peer=0.5)
MUCH = Figure(name="much", unit="%", bar=95, at_least=True)


def test_a_figure_over_its_bar_is_missed() -> None:
    assert FAST.misses(10.0, None) == ""
    assert FAST.misses(10.1, None) == "the bar is 10 ms"


def test_a_lower_bar_is_missed_from_below() -> None:
    assert MUCH.misses(95.0, 10.0) == ""
    assert MUCH.misses(94.9, 10.0) == "the bar is 95 %"


def test_a_figure_that_was_not_taken_is_missed() -> None:
    assert FAST.misses(None, 1.0) == "not measured"


def test_a_figure_is_held_against_the_peer_of_the_same_run() -> None:
    assert FAST.misses(8.0, 16.0) == ""
    assert FAST.misses(8.0, 15.0) == "more than 0.5 of the peer's"


def test_a_median_and_what_19_of_20_do_not_exceed() -> None:
    samples = [float(each) for each in range(1, 22)]
    assert (median(samples), p95(samples)) == (11, 20)


def test_the_table_tells_every_tool_and_the_verdict() -> None:
    report = Report(["dockertui", "other"])
    scenario = Scenario(
        name="both", title="", figures=(FAST, MUCH), measure=lambda *_: pytest.fail("not measured")
    )
    report.add(scenario, {"dockertui": {"fast": [4.0], "much": [90.0]}, "other": {"fast": [9.0]}})
    assert report.table().splitlines() == [
        "| figure | unit | bar   | dockertui | other |                 |",
        "| ------ | ---- | ----: | --------: | ----: | --------------- |",
        "| fast   | ms   | <= 10 |         4 |     9 | ok              |",
        "| much   | %    | >= 95 |        90 |       | the bar is 95 % |",
    ]
    assert report.missed


def test_the_table_takes_the_place_of_the_one_in_a_page(tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    page.write_text("# Figures\n\n| old | 1 |\n| older | 2 |\n\nThey are good.\n")
    report = Report(["dockertui"])
    report.write_into(page)
    assert page.read_text() == f"# Figures\n\n{report.table()}\n\nThey are good.\n"


def test_every_figure_has_a_name_of_its_own() -> None:
    names = [figure.name for scenario in SCENARIOS for figure in scenario.figures]
    assert len(names) == len(set(names))


@contextmanager
def painted(*pieces: tuple[float, bytes]) -> Iterator[Terminal]:
    """A terminal in which these pieces were painted at these times."""
    with Terminal(["true"]) as terminal:
        terminal.wait_ended()
        terminal.painted = [Painted(at_s, data) for at_s, data in pieces]
        yield terminal


def test_the_answer_to_a_key_is_the_first_piece_that_changes_the_screen() -> None:
    with painted((0.5, b"one"), (1.01, b"\rone"), (1.02, b"\rtwo"), (1.03, b"\rsix")) as terminal:
        assert answers_ms(terminal, [1.0]) == [pytest.approx(20)]


def test_a_key_without_an_answer_counts_as_the_whole_pause() -> None:
    with painted((0.5, b"one"), (2.005, b"two")) as terminal:
        assert answers_ms(terminal, [1.0, 2.0]) == [pytest.approx(1000), pytest.approx(5)]


def test_an_answer_is_looked_for_where_it_is_expected() -> None:
    far = (1.01, b"\x1b[1;100Hlog")
    with painted((0.5, b"one"), far, (1.04, b"\x1b[1;1Htwo")) as terminal:
        assert answers_ms(terminal, [1.0]) == [pytest.approx(10)]
        assert answers_ms(terminal, [1.0], columns=48) == [pytest.approx(40)]
