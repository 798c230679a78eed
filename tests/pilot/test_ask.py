"""A question: what it shows, what keys and the mouse do in it, and what it answers."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.widgets import Button, Input, OptionList

from dockertui.actions.question import Check, Choice, Entry, Question
from dockertui.screens.ask import Ask
from dockertui.screens.dialog import Frame
from dockertui.screens.fields import CheckBox, free_letter, underlined
from tests.pilot.stage import (
    HOSTILE,
    REMOVE,
    RENAME,
    SIGNAL,
    TYPED,
    Opened,
    Result,
    Stage,
    opened,
    screen_lines,
)


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


async def test_a_question_that_is_closed_before_it_is_open_does_no_harm() -> None:
    app = Stage()
    async with app.run_test() as pilot:
        for question in (REMOVE, RENAME, SIGNAL):
            asking = Ask(question)
            app.push_screen(asking)
            asking.dismiss(None)
            await pilot.pause()
        assert app.screen is app.screen_stack[0]
