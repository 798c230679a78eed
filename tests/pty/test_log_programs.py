"""A log read on in the person's own pager and editor, and saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pty.conftest import OpenApp
from tests.pty.seat import ENTER, READY, crash_reports, press
from tests.support.terminal import Picture, Terminal


@pytest.fixture
def log(open_app: OpenApp) -> Terminal:
    """The focused log of the demo's first container."""
    terminal = open_app(
        "--demo", columns=120, rows=35, env={"PAGER": "less", "EDITOR": "vi -u NONE -T vt100"}
    )
    terminal.wait_for(READY)
    press(terminal, "l")
    terminal.wait_for("? help")
    return terminal


def is_app(picture: Picture) -> bool:
    """Is all of it back: the first line, and the keys?"""
    return "dockertui" in picture.lines[0] and "help" in picture.lines[-1]


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_the_pager_has_the_screen_until_it_is_left_and_heeds_ctrl_c_itself(log: Terminal) -> None:
    log.send("o")
    log.wait_for(lambda it: not is_app(it) and "build #" in it.text)
    log.send("F")
    log.wait_for("Waiting for data")
    log.send("\x03")
    log.wait_for(lambda it: "Waiting for data" not in it.text)
    log.send("q")
    log.wait_for(is_app)
    press(log, "k")
    log.wait_for("line")
    assert not crash_reports(log)


@pytest.mark.skipif(not shutil.which("vi"), reason="vi is not installed")
def test_the_editor_has_the_screen_until_it_is_left(log: Terminal) -> None:
    log.send("E")
    log.wait_for(lambda it: not is_app(it) and "log.log" in it.text)
    log.send(":q!\r")
    log.wait_for(is_app)
    assert not crash_reports(log)


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_a_hang_up_while_one_reads_leaves_no_lines_behind(
    open_app: OpenApp, tmp_path: Path
) -> None:
    terminal = open_app("--demo", env={"PAGER": "less", "TMPDIR": str(tmp_path)})
    terminal.wait_for(READY)
    press(terminal, "l")
    terminal.send("o")
    terminal.wait_for(lambda it: not is_app(it) and "build #" in it.text)
    assert list(tmp_path.glob("dockertui-*/log.log"))
    terminal.hang_up()
    terminal.wait_ended()
    assert not list(tmp_path.glob("dockertui-*/log.log"))


def test_a_pager_that_is_missing_is_named(open_app: OpenApp) -> None:
    terminal = open_app("--demo", env={"PAGER": "no-such-pager"})
    terminal.wait_for(READY)
    press(terminal, "l", "o")
    terminal.wait_for("no-such-pager is not installed here.")


def test_a_room_opens_merges_splits_and_closes_at_every_size(open_app: OpenApp) -> None:
    for columns, rows in ((80, 24), (200, 60)):
        terminal = open_app("--demo", columns=columns, rows=rows)
        terminal.wait_for(READY)
        press(terminal, "L", "a")
        terminal.wait_for("all running")
        terminal.wait_for("following")
        press(terminal, "|")
        terminal.wait_for("side by side")
        press(terminal, "|", "\x1b")
        terminal.wait_for("Containers")
        press(terminal, "q", ENTER)
        assert not crash_reports(terminal)
