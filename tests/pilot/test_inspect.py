"""A JSON document to fold, to search and to copy from."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from dockertui.secrecy import MASK
from dockertui.widgets.tree_view import TreeView
from tests.support.detail_screen import DetailScreen, container, detail_screen

WEB, DB = container("web-1"), container("db-1")


def document(name: str) -> dict[str, Any]:
    return {
        "Name": name,
        "State": {"Running": True, "ExitCode": 0, "Health": {"Log": [{"Output": "refused"}]}},
        "Config": {"Env": ["LANG=C", "API_KEY=s3cret"], "Long": "word " * 60},
        "Script": "one\ntwo",
    }


@pytest.fixture
async def detail() -> AsyncIterator[DetailScreen]:
    async with detail_screen() as screen:
        screen.engine.answers["inspect"] = lambda it: document(it.name)
        await screen.read(WEB, "Inspect", 'Name: "web-1"')
        yield screen


async def test_a_branch_opens_and_folds_with_the_arrow_keys(detail: DetailScreen) -> None:
    assert "Running" not in detail.line("Config")
    await detail.press("down", "right")
    await detail.see("Running: true")
    await detail.press("right", "left", "left")
    await detail.no_longer_see("Running: true")


async def test_enter_opens_a_branch_and_folds_it_again(detail: DetailScreen) -> None:
    await detail.press("down", "enter")
    await detail.see("ExitCode: 0")
    await detail.press("enter")
    await detail.no_longer_see("ExitCode: 0")


async def test_plus_and_minus_open_and_fold_all_by_a_level(detail: DetailScreen) -> None:
    await detail.press("plus")
    await detail.see("▸ Health")
    await detail.press("plus", "plus", "plus")
    await detail.see('Output: "refused"')
    await detail.press("minus", "minus", "minus", "minus")
    await detail.no_longer_see("Running:")


async def test_the_selection_goes_to_the_branch_that_swallows_it(detail: DetailScreen) -> None:
    await detail.press("plus", "down", "down", "down")
    await detail.until(lambda: detail.foot == ".State.ExitCode")
    await detail.press("minus")
    await detail.until(lambda: detail.foot == ".State")


async def test_what_is_open_and_selected_stays_for_the_next_object(detail: DetailScreen) -> None:
    await detail.press("down", "right", "down")
    await detail.until(lambda: detail.foot == ".State.Running")
    detail.show(DB)
    await detail.see('Name: "db-1"')
    assert "Running: true" in detail.text()
    assert detail.foot == ".State.Running"


async def test_a_long_value_is_cut_and_opens_in_full(detail: DetailScreen) -> None:
    await detail.press("plus", "end", "up")
    await detail.until(lambda: detail.foot == ".Config.Long")
    assert detail.line("Long:").rstrip("│ ").endswith("…")
    await detail.press("enter")
    await detail.until(lambda: detail.text().count("word") == 60)


async def test_a_value_of_many_lines_opens_line_by_line(detail: DetailScreen) -> None:
    await detail.see(r'Script: "one\ntwo"')
    await detail.press("end", "enter")
    await detail.until(lambda: any(it.strip("│ ") == "two" for it in detail.text().splitlines()))


async def test_a_search_opens_what_hides_its_hits_and_counts_them(detail: DetailScreen) -> None:
    await detail.press("slash", *"refused")
    await detail.see('Output: "refused"')
    await detail.until(lambda: detail.foot == "hit 1 of 1 ─ .State.Health.Log[0].Output")


async def test_hits_are_marked(detail: DetailScreen) -> None:
    await detail.press("slash", *"config", "enter")
    view = detail.pane.query_one(TreeView)
    await detail.until(lambda: view.words == "config")
    marked = [
        segment.text
        for y in range(view.size.height)
        for segment in view.render_line(y)
        if segment.style and segment.style.reverse
    ]
    assert marked == ["Config"]


async def test_n_goes_through_the_hits_and_round(detail: DetailScreen) -> None:
    detail.engine.answers["inspect"] = lambda _: {"a": "hit", "b": {"c": "hit"}, "d": "hit"}
    detail.show(DB)
    await detail.see('d: "hit"')
    await detail.press("slash", *"hit", "enter")
    foots = []
    for key in "nnnN":
        foots.append(detail.foot)
        await detail.press(key)
        await detail.until(lambda: detail.foot != foots[-1])
    assert foots == ["hit 1 of 3 ─ .a", "hit 2 of 3 ─ .b.c", "hit 3 of 3 ─ .d", "hit 1 of 3 ─ .a"]
    assert detail.foot == "hit 3 of 3 ─ .d"


async def test_a_search_without_hits_says_so(detail: DetailScreen) -> None:
    await detail.press("slash", *"zzz")
    await detail.until(lambda: detail.foot == "nothing matches zzz")


async def test_escape_ends_the_search_and_keeps_what_was_found(detail: DetailScreen) -> None:
    await detail.press("slash", *"refused", "escape")
    await detail.until(lambda: detail.foot == ".State.Health.Log[0].Output")
    assert detail.pane.query_one(TreeView).has_focus
    assert "refused" in detail.text()


async def test_escape_ends_one_thing_at_a_time(detail: DetailScreen) -> None:
    await detail.press("slash", *"name", "enter", "escape")
    assert detail.app.times_back == 0
    await detail.press("escape")
    assert detail.app.times_back == 1


async def test_a_secret_is_neither_shown_nor_found_nor_copied(detail: DetailScreen) -> None:
    await detail.press("slash", *"s3cret")
    await detail.until(lambda: detail.foot == "nothing matches s3cret")
    await detail.press(*("backspace",) * 6, *"api_key", "enter")
    await detail.see(f"API_KEY={MASK}")
    await detail.press("y", "left", "y", "v", "down", "down", "v", "y", "V", "V", "left", "y")
    await detail.until(lambda: len(detail.app.copied) == 4)
    path = ".Config.Env[1]"
    masked, whole, revealed, again = detail.app.copied
    assert masked == (f"API_KEY={MASK}", f"{path}, masked; v reveals it first")
    assert json.loads(whole[0]) == ["LANG=C", f"API_KEY={MASK}"]
    assert revealed == ("API_KEY=s3cret", path)
    assert "s3cret" not in again[0]


async def test_a_path_is_copied_as_jq_takes_it(detail: DetailScreen) -> None:
    await detail.press("slash", *"refused", "enter", "Y")
    await detail.until(lambda: detail.app.copied)
    assert detail.app.copied == [(".State.Health.Log[0].Output", "the path")]


async def test_an_equal_document_draws_nothing(
    detail: DetailScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await detail.pilot.pause()  # The focus that it was given is still to be drawn.
    repaints = detail.watch_repaints(detail.pane.query_one(TreeView), monkeypatch)
    asked = detail.engine.asked.count("inspect")
    detail.pane.reload()
    await detail.until(lambda: detail.engine.has_asked("inspect", asked + 1))
    await detail.pilot.pause()
    assert repaints == []


async def test_markup_in_a_value_is_only_text(detail: DetailScreen) -> None:
    detail.engine.answers["inspect"] = lambda _: {"[red]a[/b]": "[@click=app.bell]x[/]"}
    detail.pane.reload()
    await detail.see('[red]a[/b]: "[@click=app.bell]x[/]"')
