"""What worlds are made of, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dockertui.sim.answers import JSON
from dockertui.sim.behaviour import QUIET, Behaviour
from dockertui.sim.scenario.story import Story

Act = Callable[[Story], Behaviour]
"""Makes a behaviour that knows the story."""

MINUTE_S = 60.0
HOUR_S = 3600.0
DAY_S = 86_400.0


def quiet(_story: Story) -> Behaviour:
    """Do nothing worth telling."""
    return QUIET


@dataclass(frozen=True, slots=True)
class ImageDraft:
    """An image to be made."""

    tags: tuple[str, ...]
    """Its references; none makes it dangling."""
    size_mb: float
    """Its size in millions of bytes."""
    days: float
    """How long ago it was built."""
    cmd: tuple[str, ...] = ()
    """What its containers run, behind `entrypoint`."""
    entrypoint: tuple[str, ...] = ()
    """What its containers always run."""
    steps: tuple[str, ...] = ()
    """The instructions of its Dockerfile; they share what is left of its size."""
    act: Act = quiet
    """What its containers do."""
    shells: tuple[str, ...] = ("bash", "sh")
    """The shells in it."""
    flavour: str = "debian"
    """What its files look like: `debian`, `alpine`, `busybox` or `scratch`."""
    is_pulled: bool = True
    """Has it a digest from a registry?"""
    config: JSON = field(default_factory=dict)
    """More of the engine's `Config`."""
    on: str = ""
    """The image that it is built on, which has to be made before; empty for a base of its own."""


@dataclass(frozen=True, slots=True)
class Past:
    """Where a container is in its life, and since when."""

    up_s: float = 0.0
    """How long ago it was started last."""
    age_s: float = 0.0
    """How long ago it was created; 0 is when it was started."""
    state: str = "running"
    """Where it is now."""
    ended_s: float = 0.0
    """How long ago it ended last, if it has."""
    exit_code: int = 0
    """With what it ended."""
    restarts: int = 0
    """How often its restart policy has started it again."""
    wrote_mb: float = 0.0
    """How many millions of bytes it has written on top of its image."""


@dataclass(frozen=True, slots=True)
class CacheDraft:
    """A step of a build, to be found in the cache."""

    step: str
    """The step, as the builder wrote it down."""
    size_mb: float
    """Its size in millions of bytes."""
    days: float
    """How long ago it was used last."""
    uses: int = 1
    """How often it was."""
    kind: str = "regular"
    """What the engine takes it for."""
    is_shared: bool = False
    """Is it an image's layer, too?"""


@dataclass(frozen=True, slots=True)
class ContainerDraft:
    """A container to be made."""

    name: str
    """Its name; in a project, the service's."""
    image: str
    """What it is made from."""
    past: Past
    """Where it is in its life."""
    asked: JSON = field(default_factory=dict)
    """What `POST /containers/create` is asked for."""
    act: Act | None = None
    """What it does, if not what its image's containers do."""
    number: int = 1
    """Which of its service's containers it is."""
    after: tuple[str, ...] = ()
    """The services that its service waits for."""


def publish(**ports: str) -> JSON:
    """Publish ports; `p80="127.0.0.1:8080"` is port 80 at 8080, to be reached from here only.

    >>> publish(p80="8080")
    {'80/tcp': [{'HostIp': '', 'HostPort': '8080'}]}
    """
    bindings: JSON = {}
    for private, public in ports.items():
        address, _, number = public.rpartition(":")
        bindings[f"{private[1:]}/tcp"] = [{"HostIp": address, "HostPort": number}]
    return bindings
