"""`make screenshots`: pictures of the demo, the same ones whenever they are made."""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from textual.pilot import Pilot

import dockertui
from dockertui.app import DockerTUI
from dockertui.engine import Engine
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.screens import chrome
from dockertui.sim import scenario
from dockertui.sim.clock import FrozenClock
from dockertui.sim.server import SimulatedEngine
from dockertui.sync import job_tally
from dockertui.sync.sampler import Sampler
from tests.support.burden import measure_minutes
from tests.support.measured_story import Story
from tests.support.picture import tidy, write_png

FOLDER = Path(__file__).parents[2] / "screenshots"
MOMENT = datetime(2026, 11, 23, 14, 7, 32, tzinfo=UTC)
"""When all pictures are taken."""
SEED = 7
PATIENCE_S = 15.0
LOST_S = 42.0
"""For how long the engine has been lost in the picture of that."""
NOBODY = "unix:///srv/engine/docker.sock"
"""An address at which nobody answers."""

Deed = Callable[["Stage"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where pictures are taken."""

    app: DockerTUI
    """The application."""
    pilot: Pilot[Any]
    """Who presses keys in it."""
    engine: SimulatedEngine
    """What it shows."""

    async def select(self, name: str) -> None:
        """Select a container or an image."""
        for pane in self.app.main.panes:
            for row in pane.table.model.rows().values():
                if row.name == name:
                    pane.table.focus()
                    pane.table.select(row.key)
                    await until_shown(self.pilot, f"{name[-4:]} ─")
                    return
        raise LookupError(f"nothing is called {name}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """A picture to be taken."""

    name: str
    """The name of its file."""
    title: str = "dockertui"
    """What its frame says."""
    size: tuple[int, int] = (160, 48)
    """Columns and rows."""
    first: str = "ci-runner"
    """The text that tells that the beginning is over."""
    address: str = ""
    """Where the application looks, if not at the simulated engine."""
    select: str = ""
    """The object that is selected."""
    reads: str = "following"
    """The text that tells that it can be read about."""
    keys: tuple[str, ...] = ()
    """What is pressed then."""
    after: Deed | None = None
    """What happens to the engine last."""
    shows: str = "following"
    """The text that tells that everything is there."""
    theme: str = ""
    """The theme, if it is not the usual one."""


async def run_out_of_memory(stage: Stage) -> None:
    """Let a container die as the kernel kills the greedy."""
    stage.engine.world.container(WORKER).crash(137, oom=True)


async def read_layer(stage: Stage) -> None:
    """Read the files of the topmost layer of an image."""
    await stage.pilot.press("4", NEXT_TAB)
    await until_shown(stage.pilot, "unique")
    await stage.pilot.press("down", "f")
    await until_shown(stage.pilot, "19 hidden")


async def mark(stage: Stage) -> None:
    """Mark an image, and select another one of its kind."""
    await stage.pilot.press("space")
    await stage.select(OTHER)


async def use_much(stage: Stage) -> None:
    """Let a container have had a day with a leak in it, which was killed for memory just now."""
    member = next(iter(stage.app.fleet))
    worker = stage.app.main.selected
    assert worker is not None
    member.measured.forget([worker.id])
    story = Story(worker.id, worker.name, "shop", int(MOMENT.timestamp()), SEED)
    story.tell(member.measured, member.chronicle)


async def vanish(stage: Stage) -> None:
    """Take the engine away."""
    await stage.engine.vanish()


PULLS = {"postgres:17": 0.31, "nginx:mainline": 0.64, "alpine:3.21": 1.0}
"""What is pulled, and how far."""


async def pull_some(stage: Stage) -> None:
    """Pull images that stand still half-way, at a speed that does not depend on the machine."""
    job_tally.Tally.speed = SPEED
    stage.engine.world.stalls = {it: share for it, share in PULLS.items() if share < 1}
    stage.engine.world.bytes_per_s = 500_000_000
    await stage.pilot.press("2")
    for reference in reversed(PULLS):
        await stage.pilot.press("n")
        await until_shown(stage.pilot, "Pull an image")
        await stage.pilot.press(*reference, "enter")
        while not any(reference in it.title for it in stage.app.fleet.jobs.all()):
            await stage.pilot.pause(0.05)
    await until_shown(stage.pilot, "2 jobs")


SPEED = 4.0, 74_000_000, 0.11
"""What the pictures say of the last seconds: how many, and what came in them."""
WORKER = "shop-worker-1"
API, OTHER = "shop/api:2.4.0", "shop/api:2.4.1"
NEXT_TAB = "right_square_bracket"
ROOM = ("L", "p")
SEARCH = (NEXT_TAB, NEXT_TAB, NEXT_TAB, "4", "slash", *"queue", "enter")

FORM = (*["down"] * 6, "right", "down", "down", *"edge-cache:/cache", "down", "down")
"""From the name to the environment, with a port that is offered and a volume on the way."""

SCENES = (
    Scene(name="main", select=WORKER),
    Scene(name="light", select=WORKER, theme="light"),
    Scene(name="small", size=(80, 24), select=WORKER),
    Scene(name="inspect", select=WORKER, keys=SEARCH, shows="/queue"),
    Scene(
        name="info",
        select=WORKER,
        after=run_out_of_memory,
        keys=(NEXT_TAB,),
        shows="137",
    ),
    Scene(
        name="stats",
        select="shop-api-1",
        after=use_much,
        keys=("c", "z", "N", "N", "N"),
        shows="failed with 137",
    ),
    Scene(
        name="logs",
        select=WORKER,
        keys=(*ROOM, "r", "ampersand", *"!health", "enter", "at", *"13:58:44", "enter"),
        shows="13:58:44",
    ),
    Scene(
        name="log-search",
        select=WORKER,
        keys=(*ROOM, "slash", *"timed out", "enter"),
        shows="of 39",
    ),
    Scene(
        name="side-by-side",
        select=WORKER,
        keys=(*ROOM, "vertical_line"),
        shows="4 of 8 side by side",
    ),
    Scene(
        name="run",
        select="nginx:1.27",
        reads="nginx:1.27 ─",
        keys=("r", *"shop-edge", *FORM, *"API_TOKEN=s3cret", "down", *"MODE=fast"),
        shows="MODE=fast nginx:1.27",
    ),
    Scene(
        name="layers",
        select=OTHER,
        reads="Command",
        after=read_layer,
        keys=("full_stop", "e", "e", "e", "e"),
        shows="wasted space only",
    ),
    Scene(
        name="compare",
        select=API,
        reads="Command",
        after=mark,
        keys=("equals_sign",),
        shows="differences",
    ),
    Scene(name="menu", select="shop-api-1", keys=("enter",), shows="Pause"),
    Scene(name="remove", select=WORKER, keys=("d",), shows="Remove shop-worker-1?"),
    Scene(name="palette", select="shop-api-1", keys=("colon", *"re"), shows="Restart"),
    Scene(name="overview", size=(132, 36), keys=("O",), shows="restarted 5 times"),
    Scene(name="disk", size=(132, 36), keys=("O", NEXT_TAB, "r"), shows="Largest images"),
    Scene(name="help", keys=("question_mark",), shows="Keys"),
    Scene(
        name="jobs",
        size=(120, 35),
        select=WORKER,
        after=pull_some,
        keys=("J",),
        shows="17: Pulling",
    ),
    Scene(name="prune", select=WORKER, keys=("2", "X", "u"), shows="images go"),
    Scene(name="lost", select=WORKER, after=vanish, shows="demo lost"),
    Scene(
        name="no-engine",
        size=(80, 24),
        address=NOBODY,
        first="No engine answers",
        shows="demo engine",
    ),
)


class Then(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Then:
        """The moment of all pictures."""
        return cls.fromtimestamp(MOMENT.timestamp(), tz)


@contextmanager
def standing_clock() -> Iterator[None]:
    """Let the application believe that it is the moment of all pictures."""
    # Some modules are imported when they are first wanted, and would bring the real clock.
    for found in walk_packages(dockertui.__path__, "dockertui."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
    modules = [each for name, each in sys.modules.items() if name.startswith("dockertui.")]
    reading = [each for each in modules if getattr(each, "datetime", None) is datetime]
    for each in reading:
        vars(each)["datetime"] = Then
    # What is used is told once: an engine whose clock stands would tell the same for ever.
    run = Sampler.run
    setattr(Sampler, "run", wait)  # noqa: B010 - a method is not assigned otherwise
    try:
        yield
    finally:
        setattr(Sampler, "run", run)  # noqa: B010 - the same
        for each in reading:
            vars(each)["datetime"] = datetime


async def wait(_: Sampler) -> None:
    """Measure nothing."""
    await asyncio.Event().wait()


class Rest:
    """Stands in for a module that asks for the running loop: its clock stands, too."""

    def __init__(self, at_s: float) -> None:
        self.at_s = at_s

    def get_running_loop(self) -> Rest:
        """This, which is all that is wanted of a loop here."""
        return self

    def time(self) -> float:
        """The moment of the picture, in seconds of the loop's clock."""
        return self.at_s


async def take(scene: Scene) -> str:
    """Bring the application to where a scene plays; returns the picture."""
    clock = FrozenClock(int(MOMENT.timestamp()) * 1_000_000_000)
    async with SimulatedEngine(scenario.demo(SEED, clock=clock)) as engine:
        name = "default" if scene.address else "demo"
        address = Address(name, scene.address or engine.base_url, origin="DOCKER_HOST")
        app = DockerTUI([DockerEngine(address)], no_other_engine)
        if scene.theme:
            app.theme = scene.theme
        async with app.run_test(size=scene.size) as pilot:
            return await played(scene, Stage(app, pilot, engine))


async def played(scene: Scene, stage: Stage) -> str:
    """Play a scene; returns its last picture."""
    await until_shown(stage.pilot, scene.first)
    if not scene.address:
        measure_minutes(next(iter(stage.app.fleet)), stage.engine.world)
    if scene.select:
        await stage.select(scene.select)
        await until_shown(stage.pilot, scene.reads)
    if scene.after:
        await scene.after(stage)
    for key in scene.keys:
        await stage.pilot.press(key)
    await until_shown(stage.pilot, scene.shows)
    link = next(iter(stage.app.fleet)).watcher.link
    if link.problem is not None:
        vars(chrome)["asyncio"] = Rest(link.true_at + LOST_S)
    try:
        await stage.pilot.pause(1.1)
        return tidy(await settled(stage.pilot, scene.title))
    finally:
        vars(chrome)["asyncio"] = asyncio
        job_tally.Tally.speed = None


async def no_other_engine() -> Engine:
    """Stand in for the demo engine, which is what is shown already."""
    raise OSError("there is no other engine")


async def until_shown(pilot: Pilot[Any], text: str) -> None:
    """Wait until a text is on the screen."""
    end_s = time.monotonic() + PATIENCE_S
    while text not in words(shown := pilot.app.export_screenshot()):
        if time.monotonic() > end_s:
            raise TimeoutError(f"{text!r} is not on the screen:\n{words(shown)}")
        await pilot.pause(0.05)


async def settled(pilot: Pilot[Any], title: str) -> str:
    """Wait until nothing changes any more; returns the last picture."""
    before = ""
    while (now := pilot.app.export_screenshot(title=title)) != before:
        before = now
        await pilot.pause(0.3)
    return now


def words(svg: str) -> str:
    """The text in a picture, a line each."""
    lines: dict[float, list[str]] = {}
    for y, text in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([^<]*)', svg):
        lines.setdefault(float(y), []).append(html.unescape(text).replace("\xa0", " ").strip("\n"))
    return "\n".join("".join(parts) for _, parts in sorted(lines.items()))


def draw(scene: Scene, folder: Path) -> Path:
    """Take a picture; returns its file."""
    with standing_clock():
        svg = asyncio.run(take(scene))
    path = folder / f"{scene.name}.svg"
    path.write_text(svg, encoding="utf-8")
    return path


def main() -> None:
    """Take the pictures that are asked for, or all."""
    parser = ArgumentParser(prog="python -m tests.support.screenshots", description=main.__doc__)
    parser.add_argument("name", nargs="*", help="of a picture")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they are put")
    parser.add_argument("--png", action="store_true", help="draw each as PNG, too")
    options = parser.parse_args()
    os.environ.update(TZ="UTC", TEXTUAL_ANIMATIONS="none", COLORTERM="truecolor")
    for name in ("NO_COLOR", "COLORFGBG"):
        os.environ.pop(name, None)
    time.tzset()
    options.folder.mkdir(exist_ok=True)
    for scene in SCENES:
        if not options.name or scene.name in options.name:
            path = draw(scene, options.folder)
            if options.png:
                write_png(path, path.with_suffix(".png"))
            print(path)


if __name__ == "__main__":
    main()
