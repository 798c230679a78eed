"""What comes faster than the screen can follow: keys, clicks and sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.style import Style
from textual.events import Callback, Click, Key, Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import OptionList

from dockertui.engine import Engine
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.screens.ask import Ask
from dockertui.screens.dialog import Dialog
from dockertui.screens.help import Help
from dockertui.screens.menu import Menu
from dockertui.screens.message import Message
from dockertui.screens.palette import Palette
from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine
from tests.pilot.person import Person
from tests.pilot.stage import ITEMS, REMOVE, RENAME, SIGNAL, opened

DIALOGS: dict[str, Callable[[], Dialog[Any]]] = {
    "menu": lambda: Menu("web-1", ITEMS),
    "palette": lambda: Palette(ITEMS),
    "help": lambda: Help(()),
    "message": lambda: Message("Failures", "none"),
    "remove": lambda: Ask(REMOVE),
    "rename": lambda: Ask(RENAME),
    "signal": lambda: Ask(SIGNAL),
}
HASTY = ("p", "j", "k", "down", "up", "pagedown", "pageup", "n", "f", "space", "home", "end")
"""Keys that do something in one dialog or another."""


def hurry(person: Person, *keys: str) -> None:
    """Press keys without waiting for what comes of any of them."""
    for key in keys:
        person.app.post_message(Key(key, {"colon": ":"}.get(key, key if len(key) == 1 else None)))


def both_sizes(screen: Screen[Any]) -> None:
    """Have two sizes on their way, of which the terminal has only the second."""
    now = screen.app.size
    for size in (Size(80, 24), now, Size(60, 15), now):
        screen.post_message(Resize(size, size))
        screen.post_message(Callback(lambda: None))


@pytest.mark.parametrize("dialog", ["", "question_mark", "colon", "d"])
async def test_two_sizes_at_once_are_laid_out_and_that_is_that(person: Person, dialog: str) -> None:
    main, laid_out = person.main, list[Size]()
    if dialog:
        await person.press(dialog)
        await person.until(lambda: person.app.screen is not main)
    screen = person.app.screen
    screen.screen_layout_refresh_signal.subscribe(
        screen, lambda it: laid_out.append(it.size), immediate=True
    )
    both_sizes(screen)
    for _ in range(40):
        await person.pilot.pause()
    assert screen.size == person.app.size
    assert len(laid_out) < 20


async def test_a_click_on_a_line_that_has_gone_chooses_nothing() -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        words = it.dialog.query_one(OptionList)
        gone = Style(meta={"option": len(ITEMS)})
        words.post_message(Click(words, 1, 1, 0, 0, 1, False, False, False, style=gone))
        await it.press("down")
        assert not it.closed
        await it.press("escape")
        assert it.closed


@pytest.mark.parametrize("kind", DIALOGS)
async def test_keys_that_come_before_a_dialog_has_opened_do_no_harm(
    person: Person, kind: str
) -> None:
    for key in HASTY:
        dialog = DIALOGS[kind]()
        person.app.push_screen(dialog)
        hurry(person, key, key, "escape")
        await person.pilot.pause()
        await person.until(lambda: person.app.screen is person.main)


async def test_keys_that_come_while_it_ends_do_no_harm(sim: SimulatedEngine) -> None:
    async with Person.at(sim) as person:
        hurry(person, "2", "slash", "1", "colon")
        person.app.exit()
        hurry(person, "2", "slash", "escape", "1", "slash", "down", "up", "question_mark", "down")
    assert person.app.return_code == 0


async def test_keys_that_come_while_the_engine_is_changed_do_no_harm(person: Person) -> None:
    async with SimulatedEngine(scenario.demo()) as demo:
        engine: Engine = DockerEngine(Address("other", demo.base_url))

        async def start_demo() -> Engine:
            return engine

        person.app._start_demo = start_demo  # noqa: SLF001
        keys = ("1", "slash", "escape", "2", "slash", "escape", "greater_than_sign", "3", "G")
        hurry(person, "D", *keys * 8)
        await person.until(lambda: "other" in person.app.fleet.members)
        await person.until(lambda: person.main.list_pane.table.total_count)
        await person.see("● other")
        await person.see("shop-web-1")


async def test_a_flood_steps_back_while_a_person_types(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stepped: list[bool] = []
    monkeypatch.setattr(
        "dockertui.widgets.keys_in_order.COURTESY.give_way", lambda: stepped.append(True)
    )
    assert not stepped
    await person.press("j")
    assert stepped


async def test_a_key_behind_enter_is_not_typed_into_what_enter_closes(person: Person) -> None:
    await person.press("2", "n")
    await person.see("Pull an image")
    hurry(person, *"postgres", "colon", *"17", "enter", "n")
    await person.until(person.app.fleet.jobs.all, "for a job")
    assert [it.title for it in person.app.fleet.jobs.all()] == ["pull postgres:17"]
    await person.see("Pull an image")
    hurry(person, *"redis", "enter", "J")
    await person.see("pull redis:latest")
