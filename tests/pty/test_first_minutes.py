"""A newcomer's first five minutes on a real engine, at the usual size and at a small one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import docker
import pytest

from tests.pty.conftest import OpenApp
from tests.pty.seat import DOWN, ENTER, ESCAPE, READY, go_to, press
from tests.support.real_engine import IMAGE, RealEngine
from tests.support.terminal import Terminal

pytestmark = pytest.mark.engine

SERVING = "echo ready to serve; n=0; while sleep 0.3; do n=$((n+1)); echo GET /cart $n; done"
SPARE = "busybox:spare"


@pytest.fixture
def shop(real_engine: RealEngine) -> Iterator[RealEngine]:
    """An engine with a shop that serves, a job that failed, and an image that nobody needs."""
    real_engine.client.images.get(IMAGE).tag("busybox", "spare")
    for name in ("shop-web", "shop-api"):
        real_engine.run(name, ["sh", "-c", SERVING])
    real_engine.run("old-job", ["sh", "-c", "echo no more room >&2; exit 3"]).wait()
    yield real_engine
    real_engine.clear()


def status(engine: RealEngine, name: str) -> str:
    """How a container is, as the engine has it; empty if there is none."""
    try:
        return str(engine.client.containers.get(name).status)
    except docker.errors.NotFound:
        return ""


def until(condition: Callable[[], bool]) -> None:
    """Wait until the engine is so; what it says comes before what the screen shows, or after."""
    end_s = time.perf_counter() + 10
    while not condition():
        assert time.perf_counter() < end_s
        time.sleep(0.02)


def see_what_is_there(terminal: Terminal) -> None:
    for words in ("shop-web", "shop-api", "old-job", "exited 3", READY):
        terminal.wait_for(words)
    terminal.wait_for("GET /cart")
    terminal.send("?")
    for words in ("On a container", "Stop", "Restart"):
        terminal.wait_for(words)
    press(terminal, ESCAPE)


def find_out_why_it_failed(terminal: Terminal) -> None:
    go_to(terminal, "old-job")
    terminal.wait_for("no more room")
    press(terminal, "]")
    terminal.wait_for(lambda picture: "Exit code" in picture.text and " 3" in picture.text)
    press(terminal, "[")


def stop_and_start(terminal: Terminal, engine: RealEngine) -> None:
    go_to(terminal, "shop-web")
    terminal.send("s")
    terminal.wait_for("shop-web stopped")
    until(lambda: status(engine, "shop-web") == "exited")
    terminal.wait_for("exited 137")
    terminal.send("s")
    terminal.wait_for("shop-web started")
    until(lambda: status(engine, "shop-web") == "running")
    terminal.wait_for(READY)


def remove(terminal: Terminal, engine: RealEngine) -> None:
    go_to(terminal, "old-job")
    terminal.send("d")
    terminal.wait_for("Remove old-job?")
    terminal.send(ENTER)
    terminal.wait_for(lambda picture: "Remove old-job?" not in picture.text)
    assert status(engine, "old-job") == "exited"
    terminal.send("d")
    terminal.wait_for("Remove old-job?")
    terminal.send("y")
    terminal.wait_for("old-job removed")
    until(lambda: status(engine, "old-job") == "")
    terminal.wait_for(lambda picture: "exited 3" not in picture.text)


def remove_an_image(terminal: Terminal, engine: RealEngine) -> None:
    press(terminal, "2")
    terminal.wait_for("y copy name")
    terminal.send("d")
    terminal.wait_for("only untags")
    terminal.wait_for(SPARE)
    press(terminal, DOWN, "y")
    terminal.wait_for(f"untagged: {SPARE}")
    tags = engine.client.images.get(IMAGE).tags
    assert tags == [IMAGE]
    press(terminal, ESCAPE, "1")


def look_inside(terminal: Terminal) -> None:
    go_to(terminal, "shop-api")
    terminal.send("e")
    terminal.wait_for("# ")
    terminal.send("echo inside $((6 * 7))\r")
    terminal.wait_for("inside 42")
    terminal.send("exit\r")
    terminal.wait_for("q quit")
    terminal.wait_for("shop-web")


@pytest.mark.parametrize("size", [(160, 50), (80, 24)])
def test_the_first_five_minutes(open_app: OpenApp, shop: RealEngine, size: tuple[int, int]) -> None:
    terminal = open_app(host=shop.base_url, columns=size[0], rows=size[1])
    see_what_is_there(terminal)
    find_out_why_it_failed(terminal)
    stop_and_start(terminal, shop)
    remove(terminal, shop)
    remove_an_image(terminal, shop)
    look_inside(terminal)
    terminal.send("q")
    assert terminal.wait_ended() == 0
    terminal.assert_usable()
