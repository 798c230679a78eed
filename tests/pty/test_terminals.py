"""A shell in a container, and its main process, in the person's own terminal."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.pty.conftest import OpenApp
from tests.pty.seat import ENTER, ESCAPE, press
from tests.support.real_engine import RealEngine, add, busybox_root
from tests.support.terminal import Picture, Terminal

if TYPE_CHECKING:
    from docker.models.containers import Container

pytestmark = pytest.mark.engine

DETACH = "\x10\x11"
"""ctrl-p ctrl-q."""
Run = Callable[..., "Container"]


@pytest.fixture
def run(real_engine: RealEngine) -> Iterator[Run]:
    """Starts containers, which end with the test."""
    made = []

    def start(name: str, *command: Any, **options: Any) -> Container:
        made.append(real_engine.run(name, *command, **options))
        return made[-1]

    yield start
    for each in made:
        each.remove(force=True)


@pytest.fixture
def shell_less(real_engine: RealEngine) -> Iterator[str]:
    """An image with one program, which is no shell."""
    archive = io.BytesIO(busybox_root())
    packed = io.BytesIO()
    with tarfile.open(fileobj=archive) as source, tarfile.open(fileobj=packed, mode="w") as target:
        program = source.extractfile("bin/busybox")
        assert program is not None
        add(target, "sleep", tarfile.REGTYPE, program.read())
    real_engine.client.api.import_image_from_data(
        packed.getvalue(), repository="shell-less", tag="1"
    )
    yield "shell-less:1"
    real_engine.client.images.remove("shell-less:1", force=True)


def is_app(picture: Picture) -> bool:
    """Is all of it back: the first line, the frames, and the keys?"""
    lines = picture.lines
    return (
        " dockertui " in lines[0]
        and lines[1].startswith("╭")
        and lines[-2].startswith("╰")
        and lines[-1].rstrip().endswith("q quit")
    )


def open_with(open_app: OpenApp, engine: RealEngine, name: str, size: tuple[int, int]) -> Terminal:
    terminal = open_app(host=engine.base_url, columns=size[0], rows=size[1])
    terminal.wait_for(name)
    terminal.wait_for("e shell")
    return terminal


@pytest.mark.parametrize("size", [(160, 50), (80, 24)])
def test_a_shell_is_a_whole_terminal_and_the_app_comes_back(
    open_app: OpenApp, real_engine: RealEngine, run: Run, size: tuple[int, int]
) -> None:
    run("with-shell")
    terminal = open_with(open_app, real_engine, "with-shell", size)
    terminal.send("e")
    terminal.wait_for("# ")
    assert not is_app(terminal.look())
    terminal.send("echo $((40 + 2)) typed; hostname\r")
    terminal.wait_for("42 typed")
    terminal.send("stty size\r")
    terminal.wait_for(f"{size[1]} {size[0]}")
    terminal.send("until stty size | grep '33 101'; do sleep 0.1; done\r")
    terminal.resize(101, 33)
    terminal.wait_for("33 101")
    # What cat says after its reader is there to be interrupted; a shell between two commands
    # may not hear of it.
    terminal.send("cat\r")
    terminal.send("echoed\r")
    terminal.wait_for(lambda screen: screen.text.count("echoed") > 1)
    terminal.send("\x03")
    # Nothing that is typed there is a key of ours.
    terminal.send("echo d y q s; sleep 0.1; printf '\\033[?1000h\\033[?25l\\033[31m'\r")
    terminal.wait_for("d y q s")
    terminal.send("exit\r")
    terminal.wait_for(is_app)
    terminal.wait_for("with-shell")
    terminal.resize(*size)
    terminal.wait_for(is_app)
    terminal.send("d")
    terminal.wait_for("Remove with-shell?")
    press(terminal, ESCAPE)
    terminal.send("q")
    assert terminal.wait_ended() == 0
    terminal.assert_usable()


def test_a_container_that_dies_under_a_shell_gives_the_app_back(
    open_app: OpenApp, real_engine: RealEngine, run: Run
) -> None:
    container = run("dies-meanwhile")
    terminal = open_with(open_app, real_engine, "dies-meanwhile", (120, 35))
    terminal.send("e")
    terminal.wait_for("# ")
    container.kill()
    terminal.wait_for(is_app)
    terminal.wait_for("exited 137")


def test_an_image_without_a_shell_gets_a_sentence(
    open_app: OpenApp, real_engine: RealEngine, run: Run, shell_less: str
) -> None:
    run("has-none", ["/sleep", "1000000"], image=shell_less)
    terminal = open_with(open_app, real_engine, "has-none", (120, 35))
    terminal.send("e")
    terminal.wait_for("has-none has no shell: its image was built without bash, ash and sh.")
    assert "q quit" in terminal.look()


def test_a_command_of_ones_choice_runs_as_whom_and_where_one_likes(
    open_app: OpenApp, real_engine: RealEngine, run: Run
) -> None:
    run("to-run-in")
    terminal = open_with(open_app, real_engine, "to-run-in", (120, 35))
    terminal.send("E")
    terminal.wait_for("Run a command in to-run-in")
    press(terminal, "id -u; pwd; read x; exit 3", "\t", "7", "\t", "/var", ENTER)
    terminal.wait_for("/var")
    assert "7" in terminal.text().split()
    terminal.send("\r")
    terminal.wait_for("The command in to-run-in ended with exit code 3.")
    terminal.wait_for(is_app)


@pytest.mark.parametrize("tty", [True, False])
def test_who_attaches_can_leave_and_it_goes_on(
    open_app: OpenApp, real_engine: RealEngine, run: Run, *, tty: bool
) -> None:
    talk = "while read line; do echo you said $line; done"
    container = run("to-attach", ["sh", "-c", talk], tty=tty, stdin_open=True)
    terminal = open_with(open_app, real_engine, "to-attach", (120, 35))
    terminal.send("a")
    terminal.wait_for("Attach to to-attach?")
    terminal.wait_for("ctrl-p ctrl-q")
    terminal.send("y")
    terminal.wait_for("ctrl-p ctrl-q detaches")
    terminal.wait_for(lambda picture: not is_app(picture))
    terminal.send("hello\r")
    terminal.wait_for("you said hello")
    terminal.send(DETACH)
    terminal.wait_for(is_app)
    container.reload()
    assert container.status == "running"
    terminal.wait_for("you said hello")
    terminal.send("q")
    assert terminal.wait_ended() == 0
    terminal.assert_usable()
