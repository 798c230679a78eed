"""The lines of a log, written to a file."""

from __future__ import annotations

import asyncio
import errno
import io
import json
import os
from pathlib import Path

import pytest

from dockertui.store.log_record import rule, tagged
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.draft import reason
from dockertui.sync.log_export import SLICE, Form, LogExport, plain_text, written

STAMP = "2026-11-23T12:03:11.123456789Z"
HOSTILE = b"a\x1b]52;c;aGk=\x07b\x1b[31mred\x1b[2J\xc2\x9b0mcd\x00\te\xff"
WEB = LogSource(tag=b"A", name="web-1", short="web")
DB = LogSource(tag=b"B", number=1, name="database", short="db")


def record(text: bytes, stream: str = "1") -> bytes:
    return f"{stream}{STAMP} ".encode() + text


def store_of(*texts: bytes) -> LogStore:
    store = LogStore()
    store.append(b"".join(record(it) + b"\n" for it in texts))
    return store


def numbered(count: int) -> LogStore:
    return store_of(*(f"line {number}".encode() for number in range(count)))


async def saved(export: LogExport, path: Path, *, replace: bool = False) -> str:
    await export.save(path, replace=replace)
    return text_of(path)


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


async def test_every_line_that_is_held_is_written_in_its_order(tmp_path: Path) -> None:
    export = LogExport(numbered(2 * SLICE + 7), Form.BARE, name="web-1")
    text = await saved(export, tmp_path / "web.log")
    assert text.splitlines() == [f"line {number}" for number in range(2 * SLICE + 7)]
    assert export.done == export.total == 2 * SLICE + 7
    assert not export.missing


async def test_lines_that_come_while_it_writes_are_not_in_the_file(tmp_path: Path) -> None:
    store = numbered(3)
    export = LogExport(store, Form.BARE, name="web-1")
    store.append(record(b"too late") + b"\n")
    assert await saved(export, tmp_path / "web.log") == "line 0\nline 1\nline 2\n"


async def test_lines_that_the_store_drops_before_they_are_written_are_counted(
    tmp_path: Path,
) -> None:
    store = LogStore(limit_bytes=200_000, hot_bytes=1 << 30)
    store.append(b"".join(record(b"x" * 90) + b"\n" for _ in range(1_500)))
    export = LogExport(store, Form.BARE, name="web-1")
    store.append(b"".join(record(b"y" * 90) + b"\n" for _ in range(1_500)))
    assert store.first
    text = await saved(export, tmp_path / "web.log")
    assert export.missing == store.first
    assert text.count("\n") == 1_500 - store.first


async def test_a_file_that_is_there_is_only_replaced_when_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "web.log"
    path.write_text("dear to me")
    with pytest.raises(FileExistsError):
        await LogExport(numbered(1), Form.BARE, name="web-1").save(path)
    assert path.read_text() == "dear to me"
    assert await saved(LogExport(numbered(1), Form.BARE, name=""), path, replace=True) == "line 0\n"
    assert os.listdir(tmp_path) == ["web.log"]


async def test_a_replaced_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "web.log"
    path.write_text("secret")
    path.chmod(0o640)
    await LogExport(numbered(1), Form.BARE, name="").save(path, replace=True)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("replace", [False, True])
async def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    path = tmp_path / "web.log"
    if replace:
        path.write_text("dear to me")
    export = LogExport(numbered(SLICE * 2), Form.BARE, name="web-1")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(export, "_write_slice", full)
    with pytest.raises(OSError, match="No space"):
        await export.save(path, replace=replace)
    assert os.listdir(tmp_path) == (["web.log"] if replace else [])
    assert not replace or path.read_text() == "dear to me"


async def test_a_cancelled_file_is_not_left_behind(tmp_path: Path) -> None:
    export = LogExport(numbered(SLICE * 40), Form.JSON, name="web-1")
    task = asyncio.ensure_future(export.save(tmp_path / "web.log"))
    while not export.done:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert export.done < export.total
    assert not os.listdir(tmp_path)


async def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError) as caught:
        await LogExport(numbered(1), Form.BARE, name="").save(tmp_path)
    assert reason(caught.value) == "that is a folder"


async def test_a_folder_that_is_missing_is_named_as_that(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        await LogExport(numbered(1), Form.BARE, name="").save(tmp_path / "none" / "web.log")
    assert reason(caught.value) == "there is no such folder"


async def test_it_writes_to_an_open_file_as_well() -> None:
    file = io.BytesIO()
    await LogExport(numbered(2), Form.BARE, name="").write_to(file)
    assert file.getvalue() == b"line 0\nline 1\n"


@pytest.mark.parametrize("form", [Form.TEXT, Form.BARE])
def test_plain_text_has_no_control_but_tabs(form: Form) -> None:
    (line,) = written([record(HOSTILE)], form=form)
    assert line.endswith("abredcd\te\N{REPLACEMENT CHARACTER}\n")
    assert not [it for it in line[:-1] if (ord(it) < 32 and it != "\t") or 0x7F <= ord(it) < 0xA0]


def test_a_pager_gets_the_colours_and_no_other_escape() -> None:
    assert plain_text(HOSTILE, colour=True) == "ab\x1b[31mredcd\te\N{REPLACEMENT CHARACTER}\x1b[0m"


def test_text_names_the_container_where_there_are_several() -> None:
    records = [tagged(record(b"GET /"), b"A"), tagged(record(b"ready"), b"B")]
    lines = written(records, form=Form.TEXT, sources={b"A": WEB, b"B": DB})
    assert list(lines) == [f"{STAMP} web-1     GET /\n", f"{STAMP} database  ready\n"]


def test_json_lines_say_all_that_is_known_and_keep_the_text_as_it_was() -> None:
    sources = {b"A": WEB}
    (line,) = written([tagged(record(HOSTILE, "2"), b"A")], form=Form.JSON, sources=sources)
    assert not [it for it in line[:-1] if ord(it) < 32 or 0x7F <= ord(it) < 0xA0]
    told = json.loads(line)
    assert told["text"] == HOSTILE.decode("utf-8", "replace")
    assert (told["container"], told["stream"], told["time"]) == ("web-1", "stderr", STAMP)


def test_json_lines_name_the_container_of_a_log_with_one_source() -> None:
    (line,) = written([record(b"x")], form=Form.JSON, name="web-1")
    assert json.loads(line)["container"] == "web-1"


def test_a_word_of_ours_is_told_from_the_lines_of_the_container() -> None:
    raw = rule(STAMP, "restarted: exited 137").rstrip(b"\n")
    assert next(written([raw], form=Form.BARE)) == "── restarted: exited 137 ──\n"
    assert json.loads(next(written([raw], form=Form.JSON)))["stream"] == "event"


def test_a_line_without_a_head_is_written_as_it_is() -> None:
    assert next(written([b"no record"], form=Form.TEXT)) == "no record\n"


def test_json_lines_have_the_fields_of_a_structured_line() -> None:
    (line,) = written([record(b'{"level": "warn", "status": 502}')], form=Form.JSON)
    assert json.loads(line)["fields"] == {"level": "warn", "status": 502}


def test_of_a_progress_bar_only_what_it_came_to_is_written() -> None:
    assert next(written([record(b"10%\r55%\r100%\r")], form=Form.BARE)) == "100%\n"
