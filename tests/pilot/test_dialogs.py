"""Menu, palette, help and message: what they show, what keys and the mouse do in them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.style import Style
from textual.color import Color
from textual.events import Key
from textual.widgets import OptionList, Static

from dockertui.screens.ask import Ask
from dockertui.screens.dialog import Dialog, Frame
from dockertui.screens.help import Help, KeyColumn, KeyGroup, columns
from dockertui.screens.item import Item, ItemOption
from dockertui.screens.menu import Menu
from dockertui.screens.message import Message
from dockertui.screens.palette import Palette
from dockertui.themes import THEMES
from tests.pilot.stage import (
    HOSTILE,
    ITEMS,
    REMOVE,
    RENAME,
    SIGNAL,
    TYPED,
    Stage,
    opened,
    screen_lines,
)

WORD = re.compile(r"[\w✓]")


@pytest.mark.parametrize("kind", ["menu", "palette", "help", "message"])
async def test_the_other_dialogs_read_no_markup_either(kind: str) -> None:
    items = (
        Item(id="a", key="a", label=HOSTILE, help=HOSTILE, group=HOSTILE),
        Item(id="a", key="b", label=HOSTILE, enabled=False, why_not=HOSTILE),
    )
    dialogs: dict[str, Dialog[Any]] = {
        "menu": Menu(HOSTILE, items),
        "palette": Palette(items),
        "help": Help((KeyGroup(HOSTILE, (("a", HOSTILE, HOSTILE),)),)),
        "message": Message(HOSTILE, HOSTILE, advice=HOSTILE),
    }
    async with opened(dialogs[kind], (160, 50)) as it:
        lines = [line for line in screen_lines(it) if HOSTILE in line]
        assert len(lines) >= 3 - (kind == "help")


async def test_a_menu_shows_what_cannot_be_done_last_and_why() -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        rows = [line.split() for line in it.text("OptionList").splitlines()]
        assert [row[1] for row in rows] == ["Logs", "Stop", "Remove", "Prune", "Start", "Unpause"]
        assert rows[-1][2:] == ["it", "is", "not", "paused"]


async def test_a_menu_says_what_the_highlighted_item_does() -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        assert it.text(".help").strip() == "See what it writes."
        await it.press("j")
        assert it.text(".help").strip() == "Ask it to exit."
        await it.press("enter")
        assert it.results == ["stop"]


@pytest.mark.parametrize(
    ("key", "chosen"), [("s", "stop"), ("delete", "remove"), ("ctrl+x", "prune")]
)
async def test_a_menu_item_is_chosen_with_its_own_key(key: str, chosen: str) -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        await it.press(key)
        assert it.results == [chosen]


async def test_the_key_of_what_cannot_be_done_says_why() -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        await it.press("p")
        assert not it.closed
        assert it.text(".help").strip() == "it is not paused"


async def test_a_menu_item_is_chosen_with_a_click_and_a_click_beside_it_closes() -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        await it.pilot.click(OptionList, offset=(3, 2))
        await it.until(lambda: it.closed)
        assert it.results == ["remove"]
    async with opened(Menu("web-1", ITEMS)) as it:
        await it.pilot.click(offset=(0, 0))
        assert it.results == [None]


async def test_the_last_item_of_a_long_menu_is_seen_on_the_smallest_screen() -> None:
    items = [Item(id=str(number), key="", label=f"Do {number}") for number in range(40)]
    async with opened(Menu("web-1", items), (60, 15)) as it:
        await it.press("end")
        assert any("Do 39" in line for line in screen_lines(it))


async def test_the_palette_finds_by_letters_of_any_word() -> None:
    async with opened(Palette(ITEMS)) as it:
        await it.press(*"rem web")
        assert it.text("OptionList").split()[:3] == ["d", "Remove", "web-1"]
        await it.press("enter")
        assert it.results == ["remove"]


async def test_the_palette_finds_what_only_the_help_says() -> None:
    async with opened(Palette(ITEMS)) as it:
        await it.press(*"no one", "enter")
        assert it.results == ["prune"]


async def test_the_palette_is_moved_through_while_typing() -> None:
    async with opened(Palette(ITEMS)) as it:
        await it.press("down", "up", "pagedown", "enter")
        assert it.results == ["prune"]


async def test_the_palette_says_that_it_finds_nothing() -> None:
    async with opened(Palette(ITEMS)) as it:
        await it.press(*"qqq", "enter")
        assert not it.closed
        assert any("Nothing is called that." in line for line in screen_lines(it))
        await it.press("escape")
        assert it.results == [None]


async def test_the_palette_shows_each_key() -> None:
    async with opened(Palette(ITEMS)) as it:
        keys = [line.split()[0] for line in it.text("OptionList").splitlines()[:4]]
        assert keys == ["l", "s", "d", "ctrl+x"]


async def test_help_has_two_columns_where_it_is_wide_and_one_where_it_is_not() -> None:
    groups = [KeyGroup(f"Group {it}", (("a", "Do", "Does."),) * 5) for it in range(4)]
    for width, tops in ((160, 1), (80, 2)):
        async with opened(Help(groups), (width, 50)) as it:
            assert len({each.region.y for each in it.dialog.query(KeyColumn)}) == tops
            lines = screen_lines(it)
            assert all(any(each.title in line for line in lines) for each in groups)


async def test_a_long_sentence_of_the_help_goes_on_under_itself() -> None:
    groups = [KeyGroup("Here", (("a", "Do", "word " * 40),))]
    async with opened(Help(groups)) as it:
        starts = [line.index("word") for line in screen_lines(it) if "word" in line]
        assert len(starts) > 1
        assert len(set(starts)) == 1


def test_a_long_label_has_its_line_to_itself_and_pushes_no_other_aside() -> None:
    group = KeyGroup("Here", (("a", "Do", "Does."), ("b", "Do what takes long to say", "Does.")))
    rows = [[text for _, text in row] for row in KeyColumn((group,), 1, 2).rows(40)]
    assert rows[1] == ["a  ", "Do  ", "Does."]
    assert rows[2:4] == [["b  ", "Do what takes long to say  ", ""], [" " * 7 + "Does."]]


async def test_help_scrolls_to_its_end_and_closes_with_its_own_key() -> None:
    groups = [KeyGroup("Here", tuple(("a", f"Do {it}", "Does.") for it in range(60)))]
    async with opened(Help(groups)) as it:
        await it.press("end")
        await it.until(lambda: any("Do 59" in line for line in screen_lines(it)))
        await it.press("question_mark")
        assert it.closed


def test_columns_keep_their_order_and_are_about_as_high() -> None:
    groups = [KeyGroup(str(it), (("a", "", ""),) * it) for it in (9, 3, 3, 3)]
    left, right = columns(groups)
    assert [each.title for each in (*left, *right)] == ["9", "3", "3", "3"]
    assert len(left) == 1


async def test_a_message_is_copied_with_y_as_it_is() -> None:
    text = "\n".join(f"step {it}" for it in range(100))
    async with opened(Message("The build failed", text, advice="Read its end.")) as it:
        await it.press("y")
        assert isinstance(it.app, Stage)
        assert it.app.copied == [text]
        await it.press("end")
        await it.until(lambda: any("step 99" in line for line in screen_lines(it)))
        assert any("Read its end." in line for line in screen_lines(it))
        await it.press("escape")
        assert it.closed


async def test_what_goes_on_behind_is_not_drawn_each_time() -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        before = screen_lines(it)
        behind = it.app.screen_stack[0].query_one("#behind", Static)
        for number in range(3):
            behind.update(f"changed {number} " * 300)
            await it.pilot.pause()
        assert screen_lines(it) == before
        await it.until(lambda: "changed 2" in screen_lines(it)[0])


def luminance(colour: Color) -> float:
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in colour.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(style: Style | None) -> float:
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    darker, lighter = sorted(
        luminance(Color.from_rich_color(each)) for each in (style.color, style.bgcolor)
    )
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
async def test_every_word_stands_out_from_its_ground(theme: str) -> None:
    dialogs: dict[Dialog[Any], str] = {
        Ask(REMOVE): "k",
        Ask(RENAME): "tab",
        Ask(SIGNAL): "tab",
        Ask(TYPED): "x",
        Menu("web-1", ITEMS): "p",
        Palette(ITEMS): "down",
        Help((KeyGroup("Here", (("a", "Do", "Does."),)),)): "down",
    }
    async with Stage().run_test(size=(80, 24)) as pilot:
        pilot.app.register_theme(THEMES[theme])
        pilot.app.theme = theme
        for dialog, key in dialogs.items():
            pilot.app.push_screen(dialog)
            await pilot.press(key)
            await pilot.pause()
            frame = dialog.query_one(Frame).region
            lines = dialog._compositor.render_strips()[frame.y : frame.bottom]  # noqa: SLF001
            parts = [each for line in lines for each in line.crop(frame.x, frame.right)]
            assert any(WORD.search(each.text) for each in parts)
            assert [it for it in parts if WORD.search(it.text) and contrast(it.style) < 4.5] == []
            await pilot.press("escape")


async def test_keys_that_come_faster_than_a_dialog_closes_close_nothing_else() -> None:
    async with opened(Menu("web-1", ITEMS)) as it:
        for _ in range(3):
            it.dialog.post_message(Key("l", "l"))
        await it.until(lambda: it.closed)
        assert it.results == ["logs"]
        assert it.app.screen is it.app.screen_stack[0]


async def test_what_is_chosen_in_the_palette_stays_what_it_was_while_more_is_typed() -> None:
    async with opened(Palette(ITEMS)) as it:
        rows = it.dialog.query_one(OptionList)
        await it.until(lambda: rows.highlighted == 0)
        rows.action_last()
        chosen = rows.highlighted_option
        rows.action_select()
        rows.set_options([])
        await it.until(lambda: it.closed)
        assert isinstance(chosen, ItemOption)
        assert it.results == [chosen.item.id]
