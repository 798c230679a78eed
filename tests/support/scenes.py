"""The pictures to be taken, and what happens in them. The next one goes into `SCENES`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dockertui.sync import job_tally
from tests.support.measured_story import Story
from tests.support.stage import MOMENT, SEED, Stage, until_shown

NOBODY = "unix:///srv/engine/docker.sock"
"""An address at which nobody answers."""

Deed = Callable[[Stage], Awaitable[None]]


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
