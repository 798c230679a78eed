"""What a log asks for: a whole record, a file, a program, switches."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static

from dockertui.screens import log_program
from dockertui.screens.item import WordList
from dockertui.screens.keeping import SaveQuestion, Saving, file_stem, watched
from dockertui.screens.log_keep import ENDINGS, save_question
from dockertui.screens.log_record import WholeRecord
from dockertui.screens.log_switches import LogSwitches
from dockertui.sim.server import SimulatedEngine
from dockertui.store.log_filter import parse_filter
from dockertui.store.log_reading import LogReading
from dockertui.store.log_record import tagged
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.log_export import Form, LogExport
from dockertui.widgets.log_messages import ProgramWanted, SaveWanted
from tests.pilot.person import Person
from tests.pilot.stage import HOSTILE, Stage, opened, screen_lines

STAMP = "2026-11-23T12:03:11.123456789Z"
WARNING = b'{"level": "warn", "http": {"status": 502}, "password": "hunter2"}'
SOURCES = {
    b"A": LogSource(tag=b"A", name=HOSTILE, short="web"),
    b"B": LogSource(tag=b"B", number=1, name="db-1", short="db"),
}


def record(text: bytes, stream: str = "1") -> bytes:
    return f"{stream}{STAMP} ".encode() + text


def reading_of(*texts: bytes) -> LogReading:
    store = LogStore()
    store.append(b"".join(record(it) + b"\n" for it in texts))
    return LogReading(store)


def merged() -> LogReading:
    store = LogStore()
    for tag in SOURCES:
        store.append(tagged(record(b"from " + tag) + b"\n", tag))
    return LogReading(store, SOURCES)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program was started."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# A whole record


async def test_a_record_with_fields_is_a_tree_with_its_time_in_two_ways() -> None:
    async with opened(WholeRecord(record(WARNING, "2"), "web-1"), (100, 30)) as it:
        text = "\n".join(screen_lines(it))
        for words in ("web-1", "stderr", "2026-11-23 12:03:11.123456789 UTC", "status: 502"):
            assert words in text


async def test_a_secret_in_a_record_is_masked() -> None:
    async with opened(WholeRecord(record(WARNING), "web-1")) as it:
        assert "hunter2" not in "\n".join(screen_lines(it))


async def test_the_selected_value_and_its_path_are_copied() -> None:
    async with opened(WholeRecord(record(WARNING), "web-1")) as it:
        assert isinstance(it.app, Stage)
        await it.press("y", "down", "down", "Y")
        assert it.app.copied == ["warn", ".http.status"]
        assert "copied the path" in "\n".join(screen_lines(it))


async def test_a_record_with_fields_can_be_read_as_text_too() -> None:
    async with opened(WholeRecord(record(WARNING), "web-1")) as it:
        assert isinstance(it.app, Stage)
        await it.press("J", "y")
        assert '"level": "warn"' in "\n".join(screen_lines(it))
        assert it.app.copied == [WARNING.decode()]


async def test_a_long_text_is_wrapped_and_copied_whole_without_escapes() -> None:
    words = b"could \x1b[31mnot\x1b[0m connect " * 40
    async with opened(WholeRecord(record(words), "web-1")) as it:
        assert isinstance(it.app, Stage)
        await it.press("y")
        assert it.app.copied == ["could not connect " * 40]
        assert sum("could not connect" in line for line in screen_lines(it)) > 9


async def test_a_record_of_a_megabyte_opens_at_once() -> None:
    dialog = WholeRecord(record(b"x" * (1 << 20)), "web-1")
    async with opened(dialog) as it:
        began = asyncio.get_running_loop().time()
        await it.press("pagedown", "end")
        assert asyncio.get_running_loop().time() - began < 3
        assert "xxxx" in "\n".join(screen_lines(it))


@pytest.mark.parametrize("raw", [b"no record", b"", record(b""), record(HOSTILE.encode(), "3")])
async def test_any_line_can_be_opened(raw: bytes) -> None:
    async with opened(WholeRecord(raw, HOSTILE), (100, 30)) as it:
        assert HOSTILE in "\n".join(screen_lines(it))


# A file


def test_a_title_makes_a_name_that_no_folder_can_be_left_with() -> None:
    assert file_stem("../../etc/passwd") == "etc-passwd"
    assert file_stem("\x1b]0;x\x07") == "0-x"


async def test_the_name_ends_as_what_is_written(folder: Path) -> None:
    dialog = SaveQuestion(save_question(reading_of(b"x"), "web-1"), ENDINGS)
    async with opened(dialog) as it:
        line = dialog.query_one(Input)
        assert line.value.startswith("web-1-")
        await it.press("tab", "end")
        await it.until(lambda: line.value.endswith(".jsonl"))
        await it.press("home")
        await it.until(lambda: line.value.endswith(".log"))


async def test_a_name_of_ones_own_keeps_its_ending(folder: Path) -> None:
    dialog = SaveQuestion(save_question(reading_of(b"x"), "web-1", file="notes.txt"), ENDINGS)
    async with opened(dialog) as it:
        await it.press("tab", "end")
        assert dialog.query_one(Input).value == "notes.txt"


async def saving(person: Person, reading: LogReading, name: str, *keys: str) -> None:
    """Ask to save, type a name, press keys."""
    person.main.post_message(SaveWanted(reading, "web-1"))
    await person.until(lambda: isinstance(person.app.screen, SaveQuestion))
    await person.until(lambda: isinstance(person.app.focused, Input))
    await person.press(*name, *keys)


async def test_all_lines_are_saved_where_the_person_says(person: Person, folder: Path) -> None:
    await saving(person, reading_of(b"one", b"two"), "a.log", "enter")
    await person.see("Saved 2 lines in a.log.")
    assert (folder / "a.log").read_text() == f"{STAMP} one\n{STAMP} two\n"


async def test_what_the_filters_leave_is_saved_unless_all_is_chosen(
    person: Person, folder: Path
) -> None:
    reading = reading_of(b"one", b"two", b"two more")
    reading.set_filters([parse_filter("two")], keep=0)
    while reading.advance(0.01):
        pass
    await saving(person, reading, "a.log")
    assert "2 lines that the filters leave" in person.text()
    await person.press("enter")
    await person.see("Saved 2 lines in a.log.")
    await saving(person, reading, "b.jsonl", "tab", "end", "tab", "end", "enter")
    await person.see("Saved 3 lines in b.jsonl.")
    told = [json.loads(it) for it in (folder / "b.jsonl").read_text().splitlines()]
    assert [it["text"] for it in told] == ["one", "two", "two more"]


async def test_a_file_that_is_there_is_replaced_only_on_purpose(
    person: Person, folder: Path
) -> None:
    (folder / "a.log").write_text("dear to me")
    await saving(person, reading_of(b"one"), "a.log", "enter")
    await person.see("Replace a.log?")
    await person.press("enter")
    await person.until(lambda: isinstance(person.app.screen, SaveQuestion))
    assert (folder / "a.log").read_text() == "dear to me"
    assert person.app.screen.query_one(Input).value == "a.log"
    await person.press("enter")
    await person.see("Replace a.log?")
    await person.press("y")
    await person.see("Saved 1 line in a.log.")
    assert (folder / "a.log").read_text() == f"{STAMP} one\n"


async def test_what_cannot_be_written_is_said_and_what_was_typed_stays(
    person: Person, folder: Path
) -> None:
    await saving(person, reading_of(b"one"), "none/a.log", "enter")
    await person.see("there is no such folder")
    assert person.app.screen.query_one(Input).value == "none/a.log"


async def test_a_person_who_would_rather_not_saves_nothing(person: Person, folder: Path) -> None:
    await saving(person, reading_of(b"one"), "a.log", "escape")
    await person.until(lambda: person.app.screen is person.main)
    assert not os.listdir(folder)


async def test_what_takes_long_shows_how_far_it_is_and_can_be_stopped(folder: Path) -> None:
    app = Stage()
    go_on = asyncio.Event()
    export = LogExport(reading_of(*[b"x"] * 10).store, Form.BARE, name="")

    async def work() -> None:
        export.done = 4
        await go_on.wait()

    async with app.run_test() as pilot:
        worker = app.run_worker(watched(app, "Saving a.log", export, work()))
        while not isinstance(app.screen, Saving):
            await pilot.pause(0.02)
        await pilot.pause(0.15)
        assert "4 of 10 lines" in str(app.screen.query_one(".count", Static).render())
        await pilot.press("escape")
        await worker.wait()
        assert worker.result is False


# A program


@contextmanager
def suspended(app: Stage | object) -> Iterator[None]:
    yield


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called `less` that keeps what it was given."""
    kept, program = tmp_path / "kept", tmp_path / "less"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys, json\npath = sys.argv[-1]\n"
        f"json.dump([sys.argv[1:], open(path).read(), os.stat(path).st_mode, path], "
        f"open({str(kept)!r}, 'w'))\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PAGER", str(program))
    monkeypatch.setenv("VISUAL", str(program))
    return kept


def given(reader: Path) -> list[Any]:
    """What the program was given: its words, the file's text, its mode and its path."""
    text = reader.read_text() if reader.exists() else ""
    return json.loads(text) if text.endswith("]") else []


@asynccontextmanager
async def with_terminal(
    sim: SimulatedEngine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Person]:
    async with Person.at(sim) as person:
        monkeypatch.setattr(person.app, "suspend", lambda: suspended(person.app))
        yield person


@pytest.mark.parametrize("program", ["PAGER", "EDITOR"])
async def test_a_program_gets_the_lines_that_are_left_at_the_place_one_is_at(
    sim: SimulatedEngine, reader: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    reading = reading_of(b"one", b"\x1b[31mtwo\x1b[2J", b"three", b"two more")
    reading.set_filters([parse_filter("two")], keep=0)
    async with with_terminal(sim, monkeypatch) as person:
        person.main.post_message(ProgramWanted(reading, program, reading.lines.first))
        await person.until(lambda: given(reader))
        words, text, mode, path = given(reader)
        assert words == ["+1", path]
        coloured = "\x1b[31mtwo\x1b[0m" if program == "PAGER" else "two"
        assert text == f"{STAMP} {coloured}\n{STAMP} two more\n"
        assert stat.S_IMODE(mode) == 0o600
        await person.until(lambda: not Path(path).parent.exists())


def test_a_page_that_ends_with_the_last_line_is_opened_there() -> None:
    file = Path("a.log")
    assert log_program.opened_at(["less", "-R"], file, 9, 9) == ["less", "-R", "+G", "a.log"]
    assert log_program.opened_at(["vi"], file, 9, 9) == ["vi", "+9", "a.log"]


async def test_a_program_that_is_missing_is_named(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "no-such-pager -R")
    person.main.post_message(ProgramWanted(reading_of(b"x"), "PAGER", 0))
    await person.see("no-such-pager is not installed here. $PAGER may name another program.")


async def test_a_program_that_cannot_be_understood_is_said(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "less 'x")
    person.main.post_message(ProgramWanted(reading_of(b"x"), "PAGER", 0))
    await person.see("$PAGER cannot be understood")


async def test_without_a_terminal_of_its_own_no_program_is_run(
    person: Person, reader: Path
) -> None:
    person.main.post_message(ProgramWanted(reading_of(b"x"), "PAGER", 0))
    await person.see("That needs a terminal of its own")
    assert not given(reader)


def test_the_program_is_never_found_through_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    words = log_program.command_line("EDITOR", {"EDITOR": "vi; touch /tmp/x", "PAGER": "less"})
    assert words == ["vi;", "touch", "/tmp/x"]
    assert log_program.missing(words, "EDITOR").startswith("vi; is not installed")


def test_what_is_set_to_have_no_pager_is_none() -> None:
    assert log_program.command_line("PAGER", {"PAGER": "cat"}) == ["less", "-R"]
    assert log_program.command_line("PAGER", {"PAGER": ""}) == ["less", "-R"]


def test_a_temporary_log_is_private_and_leaves_nothing(tmp_path: Path) -> None:
    file = log_program.TemporaryLog("log")
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    file.remove()
    assert not os.path.exists(file.path.parent)


# Filters and sources


async def test_a_filter_is_switched_off_at_once_and_removed_with_d() -> None:
    reading = reading_of(b"one", b"two")
    reading.set_filters([parse_filter("one"), parse_filter("!two")], keep=0)
    dialog = LogSwitches(reading)
    async with opened(dialog) as it:
        await it.press("space")
        assert [each.on for each in reading.filters] == [False, True]
        await it.press("enter")
        assert [each.on for each in reading.filters] == [True, True]
        await it.press("down", "d")
        assert [each.text for each in reading.filters] == ["one"]
        await it.press("escape")
        assert it.closed


async def test_a_source_is_switched_off_and_on_and_told_by_more_than_colour() -> None:
    reading = merged()
    async with opened(LogSwitches(reading)) as it:
        assert HOSTILE in it.text("WordList")
        assert it.text("WordList").count("✓") == 2
        await it.press("down", "space")
        assert reading.hidden == {b"B"}
        assert it.text("WordList").count("✓") == 1
        assert it.dialog.query_one(WordList).highlighted == 1
        await it.press("space")
        assert not reading.hidden


async def test_one_source_can_be_read_alone() -> None:
    reading = merged()
    async with opened(LogSwitches(reading)) as it:
        await it.press("down", "o")
        assert reading.hidden == {b"A"}
        await it.press("o")
        assert not reading.hidden


async def test_without_filters_and_sources_it_says_so() -> None:
    async with opened(LogSwitches(reading_of(b"x"))) as it:
        await it.press("space", "d", "o")
        assert "There is no filter" in "\n".join(screen_lines(it))
