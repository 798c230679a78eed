"""Keys that come in one burst do what they would do one by one."""

from __future__ import annotations

import pytest
from textual.events import Key

from dockertui.widgets.log_page import LogPage
from tests.pilot.person import Person

NAMES = {"/": "slash", "&": "ampersand", " ": "space", "-": "minus"}


def burst(person: Person, *keys: str) -> None:
    """Press keys, all in the same instant."""
    for key in keys:
        person.app.post_message(Key(NAMES.get(key, key), key if len(key) == 1 else None))


async def test_all_letters_behind_the_slash_are_the_filter(person: Person) -> None:
    await person.select("shop-web-1")
    burst(person, *"/shop-db")
    await person.until(lambda: person.main.list_pane.query_text == "shop-db")
    burst(person, "enter", "2", *"/alp")
    await person.until(lambda: person.main.list_pane.query_text == "alp")


@pytest.mark.parametrize(("key", "mark"), [("/", "/"), ("&", "&")])
async def test_all_letters_behind_a_log_s_prompt_are_for_it(
    person: Person, key: str, mark: str
) -> None:
    await person.select("shop-web-1")
    await person.see("GET /")
    burst(person, "4", key, *"health")
    await person.see(f"{mark} health")


async def test_a_search_typed_in_one_burst_is_done(person: Person) -> None:
    await person.select("shop-web-1")
    await person.see("GET /")
    burst(person, "4", "f", *"/GET", "enter", "N", "N")
    await person.see("/GET ")
    page = person.main.detail.query_one(LogPage)
    await person.until(lambda: (search := page.reading.search) and search.pattern.text == "GET")
    await person.until(lambda: not page.query("LogPrompt").first().display)
    await person.until(lambda: page.view.cursor.line is not None)


async def test_a_key_whose_widget_goes_away_holds_no_other_back(person: Person) -> None:
    await person.select("shop-web-1")
    burst(person, "question_mark", "escape", "question_mark", "escape", "2", *"/alp")
    await person.until(lambda: person.main.list_pane.query_text.endswith("alp"))
