"""Every action, by its key, seen on the screen and in the engine."""

from __future__ import annotations

import pytest
from textual.events import Key

from dockertui.engine import TimedOut
from dockertui.model import Container
from tests.pilot.person import Person

WEB = "shop-web-1"


async def test_stop_and_start_share_a_key(person: Person) -> None:
    await person.select(WEB)
    await person.press("s")
    await person.until(lambda: person.state(WEB) == "exited")
    await person.see(f"{WEB} stopped")
    await person.press("s")
    await person.until(lambda: person.state(WEB) == "running")
    await person.see(f"{WEB} started")


async def test_a_row_says_what_is_being_done_to_it(person: Person) -> None:
    person.sim.trouble.delay_s = 0.3
    await person.select(WEB)
    await person.press("s")
    await person.see("stopping")
    person.sim.trouble.delay_s = 0
    await person.no_longer_see("stopping")


async def test_what_is_being_done_is_not_done_twice(person: Person) -> None:
    person.sim.trouble.delay_s = 0.3
    await person.select(WEB)
    await person.press("s")
    await person.see("stopping")
    await person.press("s")
    await person.see(f"{WEB} is stopping already.")
    person.sim.trouble.delay_s = 0


async def test_stopping_what_was_started_with_rm_asks_for_it_would_be_gone(
    person: Person,
) -> None:
    await person.select("scratchpad")
    await person.press("s")
    await person.see("--rm")
    await person.press("n")
    await person.no_longer_see("--rm")
    assert person.state("scratchpad") == "running"


async def test_restart(person: Person) -> None:
    await person.select(WEB)
    await person.press("r")
    await person.see(f"{WEB} restarted")
    assert person.state(WEB) == "running"


async def test_pause_and_unpause_share_a_key(person: Person) -> None:
    await person.select(WEB)
    await person.press("p")
    await person.until(lambda: person.state(WEB) == "paused")
    await person.see(f"{WEB} paused")
    await person.press("p")
    await person.until(lambda: person.state(WEB) == "running")


async def test_kill_sends_the_chosen_signal(person: Person) -> None:
    await person.select(WEB)
    await person.press("K")
    await person.see("SIGUSR1")
    await person.press("down", "tab", "tab", "enter")
    await person.until(lambda: person.state(WEB) == "exited")
    await person.see("was sent SIGTERM")


async def test_stop_after_a_grace_of_ones_choice(person: Person) -> None:
    await person.select("old-queue")
    await person.press("S")
    await person.see("Grace in seconds")
    await person.press("ctrl+a", "ctrl+k")
    await person.type("x")
    await person.see("A whole number of seconds")
    await person.press("enter")
    await person.see("A whole number of seconds")
    await person.press("backspace", "0", "enter")
    await person.until(lambda: person.state("old-queue") == "exited")


async def test_rename_refuses_a_name_that_is_taken(person: Person) -> None:
    await person.select(WEB)
    await person.press("R")
    await person.see("New name")
    await person.press("ctrl+a", "ctrl+k")
    await person.type("shop-db-1")
    await person.see("Another container is called shop-db-1")
    await person.press("ctrl+a", "ctrl+k")
    await person.type("shop-web-blue")
    await person.press("enter")
    await person.until(lambda: person.state("shop-web-blue") == "running")
    await person.see("shop-web-blue")


async def test_remove_asks_and_enter_alone_destroys_nothing(person: Person) -> None:
    await person.select("import-2024")
    await person.press("d")
    await person.see("Remove import-2024?")
    await person.press("enter")
    await person.no_longer_see("Remove import-2024?")
    assert person.state("import-2024") == "exited"
    await person.press("d")
    await person.see("Remove import-2024?")
    await person.press("y")
    await person.see("import-2024 removed")
    with pytest.raises(Exception, match="No such container"):
        person.state("import-2024")


async def test_removing_what_runs_needs_force_and_says_the_engines_words_without(
    person: Person,
) -> None:
    await person.select(WEB)
    await person.press("d")
    await person.see("force")
    await person.press("y")
    await person.see("You cannot remove a running container")
    assert person.state(WEB) == "running"
    await person.press("escape")
    await person.no_longer_see("You cannot remove")
    await person.press("exclamation_mark")
    await person.see("You cannot remove a running container")
    await person.press("escape", "d")
    await person.see(f"Remove {WEB}?")
    await person.press("shift+tab", "space", "y")
    await person.see(f"{WEB} removed")


async def test_all_that_is_marked_goes_with_one_question_and_one_summary(person: Person) -> None:
    await person.select("shop-web-1")
    for name in ("shop-web-1", "shop-web-2", "shop-api-1"):
        await person.select(name)
        await person.press("space")
    await person.see("3 marked")
    await person.press("s")
    await person.see("Stop 3 containers?")
    await person.press("y")
    await person.see("3 containers stopped")
    assert {person.state(it) for it in ("shop-web-1", "shop-web-2", "shop-api-1")} == {"exited"}


async def test_one_failure_among_many_is_named(person: Person) -> None:
    person.sim.trouble.fail("POST", r"/containers/[0-9a-f]+/stop", 500, "cannot stop: tangled", 1)
    for name in ("shop-web-1", "shop-web-2"):
        await person.select(name)
        await person.press("space")
    await person.press("s")
    await person.see("Stop 2 containers?")
    await person.press("y")
    await person.see("1 of 2 stopped")
    await person.see("cannot stop: tangled")


async def test_copy_puts_the_name_in_the_clipboard(person: Person) -> None:
    await person.select(WEB)
    await person.press("y")
    await person.see(f"Copied the name {WEB}")
    assert person.app.clipboard == WEB


async def test_copy_offers_the_rest(person: Person) -> None:
    await person.select(WEB)
    await person.press("Y")
    await person.see("short ID")
    await person.press("down", "enter")
    await person.until(lambda: len(person.app.clipboard) == 64)


async def test_browse_copies_the_address_where_there_is_no_browser(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1")
    await person.select("monitoring-grafana-1")
    await person.press("w")
    await person.see("Copied the address: http://localhost:3000")


async def test_a_key_that_makes_no_sense_now_says_why(person: Person) -> None:
    await person.select("import-2024")
    await person.press("e")
    await person.see("Shell: not possible, import-2024 is exited.")
    await person.press("p")
    await person.see("Pause: not possible, import-2024 is exited.")


async def test_an_image_with_several_tags_is_only_untagged(person: Person) -> None:
    await person.select("nginx:1.27")
    await person.press("d")
    await person.see("only untags")
    await person.press("down", "tab", "tab", "tab", "enter")
    await person.until(lambda: any(it.tags == ["nginx:1.27"] for it in person.sim.world.images))


async def test_removing_the_last_tag_says_that_it_deletes(person: Person) -> None:
    await person.select("debian:12")
    await person.press("escape")
    await person.select("gcr.io/distroless/static-debian12:nonroot")
    await person.press("d")
    await person.see("only tag, so the image is deleted")
    await person.press("y")
    await person.see("deleted")


async def test_read_only_refuses_whatever_is_not_a_read(person: Person) -> None:
    async with Person.at(person.sim, read_only=True) as reader:
        await reader.see("READ ONLY")
        await reader.select(WEB)
        for key in ("s", "r", "p", "d", "K", "e", "R"):
            await reader.press(key)
            await reader.see("not in read-only mode")
            reader.main.message_bar.dismiss()
            await reader.no_longer_see("not in read-only mode")
        await reader.press("y")
        await reader.see("Copied the name")
        assert reader.state(WEB) == "running"


async def test_a_time_out_looks_again_before_it_claims_anything(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answers_too_late(container_id: str) -> None:
        person.sim.world.container(container_id).life.pause()
        raise TimedOut("The engine has not answered within 30 s.")

    await person.select(WEB)
    engine = person.main.fleet.of(person.selected).engine
    monkeypatch.setattr(engine, "pause", answers_too_late)
    await person.press("p")
    await person.see("Looked again: it is now Up")
    await person.see("(Paused)")


async def test_quitting_with_an_action_under_way_is_quiet(person: Person) -> None:
    person.sim.trouble.delay_s = 5
    await person.select(WEB)
    await person.press("s")
    await person.see("stopping")
    await person.press("q")
    await person.until(lambda: not person.app.is_running)


async def test_an_action_is_done_to_what_was_selected_when_its_key_was_pressed(
    person: Person,
) -> None:
    await person.select(WEB)
    for key in ("s", "down", "down"):
        person.app.post_message(Key(key, key if len(key) == 1 else None))
    await person.until(lambda: person.state(WEB) == "exited")
    assert person.selected.name != WEB
    await person.see(f"{WEB} stopped")


async def test_a_key_that_follows_another_at_once_is_for_the_pane_it_led_to(
    person: Person,
) -> None:
    await person.select(WEB)
    for key in ("2", "d"):
        person.app.post_message(Key(key, key))
    await person.see("Remove alpine:3.20?")


async def test_a_filter_typed_in_one_go_starts_no_action(person: Person) -> None:
    await person.select(WEB)
    for key in ("slash", "p", "s", "r"):
        person.app.post_message(Key(key, "/" if key == "slash" else key))
    await person.see("Keep the filter".lower())
    await person.type("shop")
    await person.until(lambda: "shop" in person.main.list_pane.query_text)
    assert person.state(WEB) == "running"
    assert not any(it.activity for it in person.main.fleet.objects(Container))
