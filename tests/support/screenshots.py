"""`make screenshots`: pictures of the demo, the same ones whenever they are made."""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from shutil import which
from typing import Any

from textual.pilot import Pilot

from dockertui.app import DockerTUI
from dockertui.engine import Engine
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.sim import scenario
from dockertui.sim.clock import FrozenClock
from dockertui.sim.server import SimulatedEngine
from tests.support.picture import tidy, write_png

FOLDER = Path(__file__).parents[2] / "screenshots"
MOMENT = datetime(2026, 11, 23, 14, 7, 32, tzinfo=UTC)
"""When all pictures are taken."""
SEED = 7
PATIENCE_S = 15.0

Adjust = Callable[[DockerTUI, SimulatedEngine], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """A picture to be taken."""

    name: str
    """The name of its file."""
    title: str = "dockertui"
    """What its frame says."""
    size: tuple[int, int] = (160, 48)
    """Columns and rows."""
    keys: tuple[str, ...] = ()
    """What is pressed first."""
    shows: str = "following"
    """The text that tells that everything is there."""
    theme: str = ""
    """The theme, if it is not the usual one."""


TO_WORKER = ("down",) * 14
"""From the first container to the one whose log tells a story."""

SCENES = (
    Scene(name="main", keys=TO_WORKER),
    Scene(name="light", keys=TO_WORKER, theme="light"),
    Scene(name="small", keys=TO_WORKER, size=(80, 24)),
    Scene(name="menu", keys=(*TO_WORKER, "enter"), shows="Pause"),
    Scene(name="palette", keys=(*TO_WORKER, "colon", *"re"), shows="Restart"),
    Scene(name="help", keys=("question_mark",), shows="Keys"),
    Scene(name="inspect", keys=(*TO_WORKER, *("right_square_bracket",) * 2), shows="Config"),
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
    modules = [each for name, each in sys.modules.items() if name.startswith("dockertui.")]
    reading = [each for each in modules if getattr(each, "datetime", None) is datetime]
    for each in reading:
        vars(each)["datetime"] = Then
    try:
        yield
    finally:
        for each in reading:
            vars(each)["datetime"] = datetime


async def take(scene: Scene) -> str:
    """Bring the application to where a scene plays; returns the picture."""
    clock = FrozenClock(int(MOMENT.timestamp()) * 1_000_000_000)
    async with SimulatedEngine(scenario.demo(SEED, clock=clock)) as engine:
        address = Address("demo", engine.base_url, origin="--demo")
        app = DockerTUI([DockerEngine(address)], no_other_engine)
        if scene.theme:
            app.theme = scene.theme
        async with app.run_test(size=scene.size) as pilot:
            await until_shown(pilot, "ci-runner")
            for key in scene.keys:
                await pilot.press(key)
            await until_shown(pilot, scene.shows)
            return tidy(await settled(pilot, scene.title))


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
    for y, text in re.findall(r' y="([\d.]+)" textLength[^>]*>([^<]*)', svg):
        lines.setdefault(float(y), []).append(html.unescape(text).replace("\xa0", " ").strip("\n"))
    return "\n".join("".join(parts) for _, parts in sorted(lines.items()))


def main(names: list[str]) -> None:
    """Take the pictures with these names, or all."""
    os.environ.update(TZ="UTC", TEXTUAL_ANIMATIONS="none", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    time.tzset()
    FOLDER.mkdir(exist_ok=True)
    drawing = which("rsvg-convert")
    for scene in SCENES:
        if not names or scene.name in names:
            with standing_clock():
                svg = asyncio.run(take(scene))
            path = FOLDER / f"{scene.name}.svg"
            path.write_text(svg, encoding="utf-8")
            if drawing:
                write_png(path, path.with_suffix(".png"))
            print(path.relative_to(FOLDER.parent))
    if not drawing:
        print("No PNG was made: rsvg-convert is missing (Debian: librsvg2-bin).", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
