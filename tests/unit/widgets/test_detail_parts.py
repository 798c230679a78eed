"""The parts of the detail that need no screen: lines, rows of any height, the strip of tabs."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from dockertui.engine import EngineError
from dockertui.widgets.loading import Loading
from dockertui.widgets.row_layout import RowLayout
from dockertui.widgets.tab_strip import tab_strip
from dockertui.widgets.wrapping import wrapped

TITLES = ("Logs", "Info", "Inspect")


@pytest.mark.parametrize(
    "text",
    ["", "word", "a b c", "x" * 50, "/usr/bin:" * 9, "数据库" * 9, "e\u0301" * 30, "one two " * 9],
)
@pytest.mark.parametrize("width", [1, 2, 7, 8, 40])
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines) == text
    assert all(cell_len(line) <= max(width, 2) for line in lines)


def test_lines_break_at_their_own_ends_and_at_spaces() -> None:
    assert wrapped("one two three\nfour", 9) == ["one two ", "three", "four"]


def test_a_line_is_found_in_its_row() -> None:
    generator = random.Random(7)
    heights = [generator.randint(1, 5) for _ in range(50)]
    layout = RowLayout(heights, range(50))
    lines = [row for row, height in enumerate(heights) for _ in range(height)]
    assert [layout.at(line) for line in range(layout.height)] == lines
    assert all(layout.end(row) - layout.start(row) == heights[row] for row in range(50))


def test_a_key_that_is_gone_is_where_one_says() -> None:
    assert RowLayout([1, 1], ["a", "b"]).place_of("b", 7) == 1
    assert RowLayout([1, 1], ["a", "b"]).place_of("z", 7) == 7


def test_nothing_has_a_layout_too() -> None:
    assert RowLayout().height == RowLayout().start(3) == RowLayout().end(3) == 0


def test_the_strip_knows_which_tab_is_where() -> None:
    strip = tab_strip("web", TITLES, 1, 60)
    assert strip.line.plain == "web ─  Logs  Info  Inspect "
    for number, title in enumerate(TITLES):
        assert strip.at(strip.line.plain.index(title)) == number
    assert strip.at(0) is None
    assert strip.at(59) is None


@pytest.mark.parametrize(
    ("active", "line"),
    [
        (0, "web ─  Logs  Info  1/3"),
        (1, "web ─  Logs  Info  2/3"),
        (2, "web ─  Inspect  3/3"),
    ],
)
def test_where_not_all_tabs_fit_those_beside_the_open_one_do(active: int, line: str) -> None:
    strip = tab_strip("web", TITLES, active, 24)
    assert strip.line.plain == line
    assert [it for _, _, it in strip.places] == ([0, 1] if active < 2 else [2])


@pytest.mark.parametrize("room", range(12, 60))
@pytest.mark.parametrize("name", ["web", "a-long-name-17", "数据库" * 6])
def test_the_strip_fits_and_keeps_the_open_tab(room: int, name: str) -> None:
    strip = tab_strip(name, TITLES, 2, room)
    assert strip.line.cell_length <= max(room, len(" ─  Inspect  3/3"))
    assert " Inspect " in strip.line.plain


def test_the_strip_of_nothing_is_empty() -> None:
    assert tab_strip("", (), 0, 40).line.plain == ""


async def test_a_new_question_cancels_the_last() -> None:
    answers: list[str] = []
    loading = Loading(answers.append, lambda _: None, lambda: None)
    first_may_answer = asyncio.Event()

    async def first() -> str:
        await first_may_answer.wait()
        return "first"

    async def second() -> str:
        return "second"

    loading.ask(first)
    await asyncio.sleep(0)
    loading.ask(second)
    first_may_answer.set()
    async with asyncio.timeout(2):
        while not answers:
            await asyncio.sleep(0)
    assert answers == ["second"]


async def test_a_question_asked_again_survives_a_failure() -> None:
    failures: list[str] = []
    answers = asyncio.Queue[str]()
    loading = Loading(answers.put_nowait, lambda it: failures.append(str(it)), lambda: None)
    outcomes: Iterator[EngineError | str] = iter([EngineError("not now"), "here"])

    async def question() -> str:
        outcome = next(outcomes, "still here")
        if isinstance(outcome, EngineError):
            raise outcome
        return outcome

    loading.ask(question, every_s=0.001)
    async with asyncio.timeout(2):
        assert await answers.get() == "here"
    loading.stop()
    assert failures == ["not now"]
