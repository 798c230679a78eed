"""What a real container writes is what is to be read, however odd it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.pty.conftest import OpenApp
from tests.pty.escapes import foreign
from tests.pty.seat import press
from tests.support.real_engine import RealEngine
from tests.support.terminal import Picture, Terminal

if TYPE_CHECKING:
    from docker.models.containers import Container

pytestmark = pytest.mark.engine

Run = Callable[..., "Container"]
CHARACTERS = 10_000
BROKEN = re.compile("漢 *\ufffd|\ufffd *漢")
ODD = r"""
printf '%s' 'wide '; yes 漢 | head -n 10000 | tr -d '\n'; echo ' end of wide'
printf '10%%\r50%%\rdone 100%%\n'
printf 'null [\000] broken [\377\376] half [\303]\n'
printf 'joined [e\314\201] wide [漢字] flag [\360\237\207\251\360\237\207\252]\n'
printf 'tab\tstop\n\n'
printf '\033[31mred\033[0m plain \033]0;title\007 after\n'
printf 'last line\n'
sleep 1000000
"""
LONG = r"""
head -c 10000000 /dev/zero | tr '\0' x
printf ' end of long\nlast line\n'
sleep 1000000
"""


@pytest.fixture
def run(real_engine: RealEngine) -> Iterator[Run]:
    """Starts containers, which end with the test."""
    made: list[Container] = []

    def start(name: str, script: str, **options: Any) -> Container:
        made.append(real_engine.run(name, ["sh", "-c", script], **options))
        return made[-1]

    yield start
    for each in made:
        each.remove(force=True)


def read(open_app: OpenApp, engine: RealEngine, until: str = "last line") -> Terminal:
    """Open the log of the only container, on the whole screen."""
    terminal = open_app(host=engine.base_url)
    terminal.wait_for(until)
    press(terminal, "l", "z")
    terminal.wait_for(until)
    return terminal


def says(*words: str) -> Callable[[Picture], bool]:
    """Are all these on the screen?"""
    return lambda picture: all(word in picture for word in words)


@pytest.mark.parametrize("tty", [False, True])
def test_every_odd_line_is_shown_once_and_whole(
    open_app: OpenApp, real_engine: RealEngine, run: Run, *, tty: bool
) -> None:
    container = run("odd", ODD, tty=tty)
    terminal = read(open_app, real_engine)
    terminal.wait_for(says("done 100%", "red plain", "tab ", " stop"))
    text = terminal.text()
    assert "50%" not in text
    assert "broken [\ufffd" in text
    assert "half [\ufffd]" in text
    assert "flag [" in text
    joined = next(line for line in text.splitlines() if "joined" in line)
    assert "é" in joined or "e\u0301" in joined
    assert "漢" in joined
    assert [text.count(word) for word in ("done", "null", "joined", "last line")] == [1] * 4
    press(terminal, "g", "w")
    # Some drivers break a character that is on the edge of two of their parts, before we see it.
    broken, shown = container.logs().count("\ufffd".encode()), 0
    while "end of wide" not in terminal.text():
        shown += terminal.text().count("漢")
        assert len(BROKEN.findall(terminal.text())) <= broken
        assert shown < 2 * CHARACTERS
        press(terminal, " ")
    assert foreign(terminal.raw) == []


@pytest.mark.parametrize("tty", [False, True])
def test_a_line_of_ten_megabytes_is_all_there_and_holds_nobody_up(
    open_app: OpenApp, real_engine: RealEngine, run: Run, *, tty: bool
) -> None:
    run("long", LONG, tty=tty)
    terminal = read(open_app, real_engine)
    for key, wanted in (("g", "xxxxxxxx"), ("G", "last line"), ("w", "end of long")):
        asked_s = terminal.send(key)
        assert terminal.wait_for(wanted, 2.0) - asked_s < 1.0
    press(terminal, "w", "g")
    terminal.wait_for("xxxxxxxx")
    assert not any(year in terminal.text() for year in ("Z xxx", "-11-", "T0"))


@pytest.mark.parametrize("tty", [False, True])
def test_a_last_line_without_an_end_is_there_when_its_writer_has_gone(
    open_app: OpenApp, real_engine: RealEngine, run: Run, *, tty: bool
) -> None:
    run("partial", "echo first; printf 'no end'; read line", tty=tty, stdin_open=True)
    terminal = open_app(host=real_engine.base_url)
    terminal.wait_for("first")
    real_engine.client.containers.get("partial").kill()
    terminal.wait_for("no end")
    terminal.wait_for("exited 137")
    assert terminal.text().count("no end") == 1
