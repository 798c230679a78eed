"""The dialogs: what they show, what keys and the mouse do in them, and what they answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList, Static

from dockertui.actions.question import Check, Choice, Entry, Question
from dockertui.screens.ask import Ask
from dockertui.screens.dialog import Dialog, Frame
from dockertui.screens.fields import CheckBox, free_letter, underlined
from dockertui.screens.help import Help, KeyGroup, columns
from dockertui.screens.item import Item
from dockertui.screens.menu import Menu
from dockertui.screens.message import Message
from dockertui.screens.palette import Palette
from dockertui.widgets.command import key_name

Result = TypeVar("Result")
HOSTILE = "[red]x[/] [/red] \\[ $primary"

REMOVE = Question(
    title="Remove 27 containers?",
    sentence="They are stopped first.",
    gone=tuple(f"worker-{number}" for number in range(27)),
    fields=(Check("force", "Kill what does not stop"), Check("volumes", "Remove volumes", True)),
    verb="Remove 27 containers",
    destroys=True,
)
RENAME = Question(
    title="Rename web-1",
    fields=(
        Entry("name", "New name", "web-1", problem=lambda it: "" if it != "web-1" else "Same."),
    ),
    verb="Rename",
)
SIGNAL = Question(
    title="Send a signal",
    fields=(Choice("signal", "Signal", (("TERM", "asks"), ("KILL", "ends"), ("HUP", "")), "KILL"),),
    verb="Send",
    refusal="Cancel",
)
TYPED = Question(
    title="Take shop down?",
    fields=(Entry("name", "Type shop", problem=lambda it: "" if it == "shop" else "Type shop."),),
    verb="Remove shop",
    destroys=True,
)
ITEMS = (
    Item(id="logs", key="l", label="Logs", help="See what it writes.", group="web-1"),
    Item(id="start", key="s", label="Start", group="web-1", enabled=False, why_not="it runs"),
    Item(id="stop", key="s", label="Stop", help="Ask it to exit.", group="web-1"),
    Item(id="unpause", key="p", label="Unpause", enabled=False, why_not="it is not paused"),
    Item(id="remove", key="d,delete", label="Remove", help="Remove it.", group="web-1"),
    Item(id="prune", key="ctrl+x", label="Prune", help="Remove what no one uses.", group="images"),
)


class Stage(App[None]):
    """Something to dim, and an error that a clipped text would raise."""

    def __init__(self) -> None:
        super().__init__()
        self.copied: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("behind " * 500, id="behind")

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)


class Opened(Generic[Result]):
    """An open dialog, and what it answers."""

    def __init__(self, pilot: Pilot[None], dialog: Dialog[Result]) -> None:
        self.pilot = pilot
        self.app = pilot.app
        self.dialog = dialog
        self.results: list[Result | None] = []

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                await self.pilot.pause()

    @property
    def closed(self) -> bool:
        return bool(self.results)

    def text(self, selector: str) -> str:
        """The words on a widget."""
        widget = self.dialog.query_one(selector)
        region = widget.region
        lines = widget.render_lines(Region(0, 0, region.width, region.height))
        return "\n".join(line.text.rstrip() for line in lines)


@asynccontextmanager
async def opened(
    dialog: Dialog[Result], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Opened[Result]]:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        opening = Opened(pilot, dialog)
        app.push_screen(dialog, opening.results.append)
        await pilot.pause()
        yield opening


def button(opening: Opened[Result], name: str) -> Button:
    return opening.dialog.query_one(f".{name}", Button)


async def test_the_safe_button_has_the_focus_and_enter_keeps() -> None:
    async with opened(Ask(REMOVE)) as it:
        assert it.dialog.focused is button(it, "refusal")
        await it.press("enter")
        await it.until(lambda: it.closed)
        assert it.results == [None]


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_a_refusal_answers_nothing(key: str) -> None:
    async with opened(Ask(REMOVE)) as it:
        await it.press(key)
        assert it.results == [None]


async def test_yes_answers_with_every_field() -> None:
    async with opened(Ask(REMOVE)) as it:
        await it.press("y")
        assert it.results == [{"force": False, "volumes": True}]


async def test_a_box_is_ticked_by_its_letter_and_by_space() -> None:
    async with opened(Ask(REMOVE)) as it:
        letters = [each.letter for each in it.dialog.query(CheckBox)]
        assert letters == ["k", "r"]
        await it.press("r", "k", "space", "space", "y")
        assert it.results == [{"force": True, "volumes": False}]


async def test_a_ticked_box_differs_by_more_than_colour() -> None:
    async with opened(Ask(REMOVE)) as it:
        boxes = list(it.dialog.query(CheckBox))
        assert ["✓" in each.render().plain for each in boxes] == [False, True]
        await it.press("k", "r")
        assert ["✓" in each.render().plain for each in boxes] == [True, False]


async def test_a_button_that_is_reached_on_purpose_is_pressed_with_enter() -> None:
    async with opened(Ask(REMOVE)) as it:
        await it.press("right", "enter")
        await it.until(lambda: it.closed)
        assert it.results == [{"force": False, "volumes": True}]


async def test_the_mouse_presses_the_verb() -> None:
    async with opened(Ask(REMOVE)) as it:
        await it.pilot.click(button(it, "verb"))
        await it.until(lambda: it.closed)
        assert it.results[0] is not None


async def test_a_click_beside_a_question_loses_nothing() -> None:
    async with opened(Ask(RENAME)) as it:
        await it.pilot.click(offset=(0, 0))
        assert not it.closed


async def test_a_long_list_says_how_much_more_there_is_and_can_be_read_to_its_end() -> None:
    async with opened(Ask(REMOVE)) as it:
        assert it.text("LineList").splitlines()[-1].strip() == "and 18 more (pgdn)"
        await it.press("pagedown", "pagedown", "pagedown")
        assert it.text("LineList").splitlines()[-1].split()[0] == "worker-26"
        await it.press("pageup", "pageup", "pageup")
        assert it.text("LineList").splitlines()[0].split()[0] == "worker-0"


async def test_a_line_to_type_has_the_focus_with_its_text_selected() -> None:
    async with opened(Ask(RENAME)) as it:
        line = it.dialog.query_one(Input)
        assert it.dialog.focused is line
        assert line.selected_text == "web-1"


async def test_a_problem_is_said_while_typing_and_the_verb_refuses_and_nothing_is_lost() -> None:
    async with opened(Ask(RENAME)) as it:
        await it.press("end", "backspace", "1")
        assert it.text(".problem").strip() == "Same."
        assert button(it, "verb").has_class("-refusing")
        await it.press("enter")
        assert not it.closed
        assert it.dialog.query_one(Input).value == "web-1"
        await it.press("2")
        assert it.text(".problem").strip() == ""
        assert not button(it, "verb").has_class("-refusing")
        await it.press("enter")
        assert it.results == [{"name": "web-12"}]


async def test_what_has_not_been_touched_is_not_shown_as_wrong() -> None:
    async with opened(Ask(RENAME)) as it:
        assert not it.dialog.query("EntryField.-typed")
        await it.press("x")
        assert it.dialog.query("EntryField.-typed")


async def test_y_and_n_are_letters_in_a_line() -> None:
    async with opened(Ask(RENAME)) as it:
        await it.press("y", "n")
        assert it.dialog.query_one(Input).value == "yn"
        assert not it.closed


async def test_the_button_shows_the_key_that_presses_it_now() -> None:
    async with opened(Ask(RENAME)) as it:
        assert str(button(it, "verb").label) == "enter Rename"
        await it.press("tab")
        assert str(button(it, "verb").label) == "y Rename"
        assert str(button(it, "refusal").label) == "esc Keep"


async def test_enter_in_a_line_never_destroys() -> None:
    async with opened(Ask(TYPED)) as it:
        await it.press(*"shop", "enter")
        assert not it.closed
        assert it.dialog.focused is button(it, "refusal")
        await it.press("y")
        assert it.results == [{"name": "shop"}]


async def test_what_was_typed_wrong_is_not_done_with_y_either() -> None:
    async with opened(Ask(TYPED)) as it:
        await it.press(*"sho", "tab", "y")
        assert not it.closed
        assert it.dialog.focused is it.dialog.query_one(Input)


async def test_a_choice_begins_with_what_is_chosen_and_moves_with_the_arrows() -> None:
    async with opened(Ask(SIGNAL)) as it:
        assert it.dialog.focused is it.dialog.query_one(OptionList)
        await it.press("down", "up", "j", "enter")
        assert it.results == [{"signal": "HUP"}]


async def test_a_click_on_a_choice_only_chooses() -> None:
    async with opened(Ask(SIGNAL)) as it:
        await it.pilot.click(OptionList, offset=(3, 0))
        await it.pilot.pause()
        assert not it.closed
        await it.press("y")
        assert it.results == [{"signal": "TERM"}]


@pytest.mark.parametrize("question", [REMOVE, RENAME, SIGNAL, TYPED], ids=lambda it: it.verb)
async def test_a_question_fits_the_smallest_screen(question: Question) -> None:
    async with opened(Ask(question), (60, 15)) as it:
        screen = Region(0, 0, 60, 15)
        assert screen.contains_region(it.dialog.query_one(Frame).region)
        for each in it.dialog.query(Button):
            assert screen.contains_region(each.region)
            assert str(each.label) in it.text(f".{'verb' if each.has_class('verb') else 'refusal'}")


async def test_more_fields_than_there_is_room_for_scroll_into_sight() -> None:
    entries = tuple(Entry(f"e{number}", f"Line {number}") for number in range(9))
    async with opened(Ask(Question(title="Run", fields=entries, verb="Run")), (60, 15)) as it:
        frame, last = it.dialog.query_one(Frame), it.dialog.query(Input).last()
        await it.press(*["tab"] * 8)
        assert it.dialog.focused is last
        await it.until(lambda: frame.region.contains_region(last.region))
        await it.press("x", "enter")
        assert it.results[0]
        assert it.results[0]["e8"] == "x"


async def test_names_are_never_read_as_markup() -> None:
    question = Question(
        title=HOSTILE,
        sentence=HOSTILE,
        gone=(HOSTILE,),
        fields=(
            Check("c", HOSTILE),
            Choice("o", HOSTILE, ((HOSTILE, HOSTILE),)),
            Entry("e", HOSTILE, HOSTILE, HOSTILE, lambda it: it),
        ),
        verb=HOSTILE,
        refusal=HOSTILE,
    )
    async with opened(Ask(question), (160, 50)) as it:
        for selector in (".sentence", "LineList", "OptionList", ".problem", ".label", "CheckBox"):
            assert HOSTILE in it.text(selector)
        assert str(button(it, "verb").label).endswith(HOSTILE)
        assert it.text("Frame").splitlines()[0].count(HOSTILE) == 1


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


def screen_lines(it: Opened[Result]) -> Sequence[str]:
    return [strip.text for strip in it.dialog._compositor.render_strips()]  # noqa: SLF001


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
    for width, tops in ((160, 2), (80, 4)):
        async with opened(Help(groups), (width, 50)) as it:
            assert len({each.region.y for each in it.dialog.query(".title")}) == tops


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


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("question_mark", "?"),
        ("slash", "/"),
        ("colon", ":"),
        ("left_square_bracket", "["),
        ("ctrl+r", "ctrl+r"),
        ("space", "space"),
        ("enter", "enter"),
        ("escape", "esc"),
        ("K", "K"),
        ("d,delete", "d"),
    ],
)
def test_a_key_is_named_as_it_stands_on_the_keyboard(key: str, name: str) -> None:
    assert key_name(key) == name


def test_a_box_gets_a_letter_that_nothing_else_has() -> None:
    assert free_letter("Force", "") == "f"
    assert free_letter("Yes", "y") == "e"
    assert free_letter("Ää", "") == "1"
    assert underlined("Remove it", "i").spans[0].start == len("Remove ")


async def test_a_line_that_is_too_long_ends_in_an_ellipsis() -> None:
    question = Question(title="Remove?", gone=("世" * 100, "short"), verb="Remove")
    async with opened(Ask(question)) as it:
        first, second = it.text("LineList").splitlines()[:2]
        assert first.endswith("世…")
        assert second.strip() == "short"


async def test_a_dialog_fits_a_screen_that_is_resized() -> None:
    async with opened(Ask(REMOVE), (160, 50)) as it:
        await it.pilot.resize_terminal(60, 15)
        await it.until(lambda: it.dialog.has_class("-short"))
        await it.until(lambda: len(screen_lines(it)) == 15)
        assert Region(0, 0, 60, 15).contains_region(it.dialog.query_one(Frame).region)
