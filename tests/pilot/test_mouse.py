"""What the mouse does; nothing needs it."""

from __future__ import annotations

from textual.events import MouseScrollDown

from tests.pilot.person import Person

TABLE = "#containers VirtualTable"


def names(person: Person) -> list[str]:
    return [it.row.name for it in person.main.panes[0].table.model.shown]


async def test_a_click_selects_the_row_and_shows_its_log(person: Person) -> None:
    wanted = names(person)[4]
    await person.pilot.click(TABLE, offset=(5, 5))
    await person.until(lambda: person.selected.name == wanted)
    await person.see(f"{wanted} ─")


async def test_a_heading_sorts_and_a_second_click_turns_it_round(person: Person) -> None:
    await person.pilot.click(TABLE, offset=(5, 0))
    await person.until(lambda: names(person) == sorted(names(person)))
    await person.pilot.click(TABLE, offset=(5, 0))
    await person.until(lambda: names(person) == sorted(names(person), reverse=True))


async def test_a_double_click_opens_the_menu(person: Person) -> None:
    await person.pilot.click(TABLE, offset=(5, 5), times=2)
    await person.see("Restart")


async def test_a_click_on_a_key_presses_it(person: Person) -> None:
    await person.select("shop-web-1")
    await person.see("s stop")
    await person.pilot.click("KeyBar", offset=(2, 0))
    await person.until(lambda: person.state("shop-web-1") == "exited")


async def test_a_click_on_a_tab_opens_it(person: Person) -> None:
    await person.select("shop-web-1")
    await person.see("Inspect")
    line = next(it for it in person.text().splitlines() if "Inspect" in it)
    await person.pilot.click(offset=(line.index("Inspect") + 2, 1))
    await person.see("RestartCount")


async def test_the_wheel_scrolls_the_list_under_it(person: Person) -> None:
    person.main.panes[1].table.focus()
    before = person.main.panes[1].table.selected
    for _ in range(20):
        await person.pilot._post_mouse_events(  # noqa: SLF001 - the pilot has no public wheel
            [MouseScrollDown], widget="#images VirtualTable", offset=(5, 3)
        )
    await person.until(lambda: person.main.panes[1].table.selected != before)
