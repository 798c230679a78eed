"""The terminal that the other tests look into."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from tests.support.terminal import Picture, Terminal


def shell(script: str) -> Terminal:
    return Terminal(["sh", "-c", script])


def test_what_is_typed_reaches_the_program_and_what_it_writes_is_seen() -> None:
    with shell('read name; echo "hello $name"') as terminal:
        terminal.send("world\r")
        painted_s = terminal.wait_for("hello world")
        assert terminal.started_s < painted_s
        assert terminal.line(1) == "hello world"
        assert terminal.wait_ended() == 0


def test_an_exit_code_and_a_killing_signal_are_told_apart() -> None:
    with shell("exit 3") as terminal:
        assert terminal.wait_ended() == 3
    with shell("echo up; sleep 100") as terminal:
        terminal.wait_for("up")
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_ended() == -signal.SIGKILL


def test_the_program_has_the_terminal_as_its_own_and_is_interrupted_through_it() -> None:
    with shell("echo up > /dev/tty; exec sleep 100") as terminal:
        terminal.wait_for("up")
        terminal.send("\x03")
        assert terminal.wait_ended() in {130, -signal.SIGINT}


def test_a_new_size_reaches_the_program() -> None:
    with shell("trap 'stty size; exit' WINCH; stty size; while :; do sleep .01; done") as terminal:
        terminal.wait_for("50 160")
        terminal.resize(80, 24)
        terminal.wait_for("24 80")
        assert len(terminal.look().lines) == 24


def test_the_questions_of_a_program_are_answered() -> None:
    ask = r"stty raw -echo; printf 'ab\033[6n\033[c'; dd bs=1 count=13 2>/dev/null | od -c"
    with shell(ask) as terminal:
        terminal.wait_for("[ ? 6 2 ; c".replace(" ", "   "))
        assert "[   1   ;   3   R" in terminal.text()


def test_waiting_ends_when_the_program_does() -> None:
    with shell("echo done") as terminal:
        terminal.wait_ended()
        with pytest.raises(TimeoutError, match="the program ended"):
            terminal.wait_for("never written", timeout_s=60)


def test_bytes_that_arrive_in_pieces_are_found() -> None:
    with shell("printf one; sleep .1; printf two") as terminal:
        assert terminal.wait_for_bytes(b"onetwo") > terminal.wait_for_bytes(b"one")


def test_modes_that_are_left_on_are_told() -> None:
    with shell(r"printf '\033[?1049h\033[?25l\033[?1000;1006h'; printf '\033[?1000l'") as terminal:
        terminal.wait_ended()
        assert terminal.private_modes_left() == {1049, 25, 1006}


def test_a_line_discipline_that_is_left_raw_is_told() -> None:
    with shell("stty raw") as terminal:
        terminal.wait_ended()
        with pytest.raises(AssertionError, match="line discipline"):
            terminal.assert_usable()
    with shell("stty raw; stty sane") as terminal:
        terminal.wait_ended()


def test_closing_ends_the_program_and_its_children() -> None:
    with shell("sleep 1000 & echo child=$! .; wait") as terminal:
        terminal.wait_for(" .")
        child = int(terminal.text().partition("=")[2].partition(" ")[0])
    with pytest.raises(ProcessLookupError):
        os.kill(terminal.pid, 0)
    # A signal to a whole group reaches each of it in its own time.
    given_up_at = time.monotonic() + 5
    while os.path.exists(f"/proc/{child}") and not zombie(child):
        assert time.monotonic() < given_up_at
        time.sleep(0.005)


def zombie(pid: int) -> bool:
    with open(f"/proc/{pid}/stat") as stat:
        return ") Z " in stat.read()


def test_the_environment_of_the_tests_does_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://elsewhere")
    with Terminal([sys.executable, "-c", "import os; print(sorted(os.environ))"]) as terminal:
        terminal.wait_ended()
        assert "DOCKER_HOST" not in terminal.text()


def test_the_keyboard_protocol_does_not_move_the_cursor_of_the_picture() -> None:
    picture = Picture(20, 2)
    for piece in (b"abc\x1b[", b">1u", b"def\x1bP=1s\x1b", b"\\gh", b"i\x1b[<u"):
        picture.feed(piece)
    assert picture.text == "abcdefghi\n"


def test_what_was_there_before_is_seen_again_when_the_other_screen_is_left() -> None:
    picture = Picture(20, 2)
    for piece in (b"$ app\r\n", b"\x1b[?10", b"49h\x1b[Hfull screen"):
        picture.feed(piece)
    assert picture.text == "full screen\n"
    picture.feed(b"\x1b[?1049l$ ")
    assert picture.text == "$ app\n$"
