"""Everything that is unusual, hostile or wrong, and yet may come from an engine."""

from __future__ import annotations

from typing import Any

from dockertui.sim.behaviour import Behaviour
from dockertui.sim.container import Container
from dockertui.sim.scenario import scripts
from dockertui.sim.scenario.builder import BUSYBOX, Builder
from dockertui.sim.scenario.drafts import ContainerDraft, ImageDraft, Past
from dockertui.sim.world import World

ESCAPES = "\x1b]52;c;cm0gLXJmIC8=\x07\x1b[2J\x9b31m\x1b]0;owned\x07"
"""Writes the clipboard, clears the screen, colours by a C1 code, renames the window."""
MARKUP = "[@click=app.quit]x[/] [/] [bold red]$"
"""Runs an action where it is taken for markup, and breaks where it does not fit."""
BIDI = "\u202egnp.exe\u202c \u2066abc\u2069 \u200f"
"""Turns the direction of reading around."""
SCRIPTS = "данные-数据-データ-בדיקה-नमूना-👩‍👩‍👧"
"""Names as people elsewhere write them, wide and joined."""

_LINES = (
    f"markup {MARKUP}",
    f"escapes {ESCAPES} end",
    f"bidi {BIDI} end",
    "colours \x1b[1;31mred\x1b[0m \x1b[38;5;208morange\x1b[0m \x1b[48;2;1;2;3mback\x1b[0m",
    "broken utf-8 \udcff\udcfe\udcc3 end",
    "nul \x00 bell \x07 back\x08space tab\tend",
    "carriage\rreturn",
    "long " + "0123456789" * 4000,
    f"names {SCRIPTS}",
    "",
)
_OFTEN_THERE = (
    *("Names", "Ports", "Labels", "Mounts"),
    *("Command", "NetworkSettings", "HostConfig"),
)


def build(world: World) -> World:
    """Fill a world with oddities."""
    builder = Builder(world)
    builder.images([BUSYBOX])
    _images(builder)
    _missing(builder)
    _strange(builder)
    _hostile(builder)
    _podman(builder)
    return world


def _add(builder: Builder, name: str, *texts: str, **more: Any) -> Container:  # noqa: ANN401
    behaviour = Behaviour(scripts.lines(*texts)) if texts else Behaviour()
    draft = ContainerDraft(name, "busybox:1", Past(600), more, lambda _story: behaviour)
    return builder.container(draft)


def _images(builder: Builder) -> None:
    builder.images([ImageDraft((), 12, 3, is_pulled=False)])
    for name, differs in (
        ("odd/null-tags:1", {"RepoTags": None, "RepoDigests": None}),
        ("odd/none-none:1", {"RepoTags": ["<none>:<none>"], "RepoDigests": ["<none>@<none>"]}),
        ("odd/no-sizes:1", {"Size": ..., "SharedSize": ..., "Containers": ...}),
        ("odd/no-date:1", {"Created": 0}),
        ("odd/hostile:1", {"RepoTags": [f"{MARKUP}{ESCAPES}:{BIDI}"]}),
        ("odd/foreign:1", {"Labels": {SCRIPTS: SCRIPTS}}),
    ):
        image = builder.world.images.add(builder.image(ImageDraft((name,), 5, 1)))
        image.differs = differs


def _missing(builder: Builder) -> None:
    nulls = _add(builder, "all-null")
    nulls.summary_differs = dict.fromkeys(_OFTEN_THERE)
    config = {**nulls.config, "Env": None, "Cmd": None, "Labels": None, "ExposedPorts": None}
    nulls.inspect_differs = {
        "Config": config,
        "Mounts": None,
        "Args": None,
        "NetworkSettings": None,
    }
    gone = _add(builder, "all-missing")
    gone.summary_differs = dict.fromkeys((*_OFTEN_THERE, "Status"), ...)
    gone.inspect_differs = dict.fromkeys(("Config", "HostConfig", "NetworkSettings", "Mounts"), ...)


def _strange(builder: Builder) -> None:
    """States, names and numbers that nobody expects."""
    _add(builder, "no-names").summary_differs = {"Names": []}
    future = _add(builder, "from-the-future")
    future.summary_differs = {"State": "hibernating", "Status": "Hibernating since 2031"}
    future.inspect_differs = {"State": {"Status": "hibernating", "Dreams": 3}}
    _add(builder, "many-labels", Labels={f"label.{n:03d}": f"value {n}" for n in range(500)})
    aliases = ["/many-names", "/other/alias", "/third/alias"]
    _add(builder, "many-names").summary_differs = {"Names": aliases}
    for name, state in (("is-dead", "dead"), ("is-removing", "removing")):
        past = Past(700, state=state, ended_s=600, exit_code=255)
        builder.container(ContainerDraft(name, "busybox:1", past))
    _add(builder, "long-" + "x" * 200)


def _hostile(builder: Builder) -> None:
    """Names, labels, environment and log lines that want to be more than text."""
    hostile = f"{MARKUP}{ESCAPES}{BIDI}"
    container = _add(
        builder,
        "hostile",
        *_LINES,
        Labels={hostile: hostile, "com.docker.compose.project": MARKUP},
        Env=[f"HOSTILE={hostile}", "NO_EQUALS_SIGN", "=NO_NAME", f"{SCRIPTS}=1", "EMPTY="],
    )
    container.summary_differs = {
        "Names": [f"/{hostile}"],
        "Image": f"{hostile}:latest",
        "Command": hostile,
        "Status": f"Up {hostile}",
    }
    foreign = _add(builder, "foreign", f"{SCRIPTS} line")
    foreign.summary_differs = {"Names": [f"/{SCRIPTS}"], "Labels": {SCRIPTS: SCRIPTS}}
    terminal = _add(builder, "hostile-tty", f"tty {hostile}\r", Tty=True, OpenStdin=True)
    terminal.health = None


def _podman(builder: Builder) -> None:
    """Summaries as Podman 4.3 writes them."""
    container = _add(builder, "podman-shaped")
    container.summary_differs = {
        "HostConfig": ...,
        "Image": "localhost/busybox:1",
        "Names": ["/podman-shaped"],
        "SizeRw": 0,
        "SizeRootFs": 0,
        "NetworkSettings": None,
        "Config": None,
        "Name": "",
        "ExecIDs": None,
        "State": "running",
        "Status": "Up 10 minutes",
    }
    container.inspect_differs = {
        "State": {
            "Status": "running",
            "Running": True,
            "Pid": 4711,
            "ExitCode": 0,
            "Health": {"Status": "", "FailingStreak": 0, "Log": None},
        }
    }
