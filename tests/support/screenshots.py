"""`make screenshots`: pictures of the demo, the same ones whenever they are made."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
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
from tests.support.picture import tidy, write_png
from tests.support.scenes import SCENES, Scene
from tests.support.stage import MOMENT, SEED, Stage, until_shown

FOLDER = Path(__file__).parents[2] / "screenshots"
LOST_S = 42.0
"""For how long the engine has been lost in the picture of that."""


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


async def settled(pilot: Pilot[Any], title: str) -> str:
    """Wait until nothing changes any more; returns the last picture."""
    before = ""
    while (now := pilot.app.export_screenshot(title=title)) != before:
        before = now
        await pilot.pause(0.3)
    return now


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
