"""One container, as the simulated engine knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dockertui.sim.answers import JSON
from dockertui.sim.behaviour import QUIET, Behaviour
from dockertui.sim.health import Health
from dockertui.sim.life import Life
from dockertui.sim.log import FloodLog, Log
from dockertui.sim.process import script_of
from dockertui.sim.storage import Endpoint

if TYPE_CHECKING:
    from dockertui.sim.world import World


@dataclass(slots=True, eq=False)
class Container:
    """A container and where it is in its life."""

    world: World
    """The engine it lives in."""
    id: str
    """64 hexadecimal digits."""
    name: str
    """Without the engine's leading slash."""
    image: str
    """The reference it was created from."""
    image_id: str
    """What that reference meant then."""
    created_ns: int
    """When it was created."""
    command: tuple[str, ...]
    """What runs: the program and its arguments."""
    config: JSON
    """The engine's `Config`."""
    host_config: JSON
    """The engine's `HostConfig`."""
    behaviour: Behaviour = QUIET
    """What it does by itself."""
    mounts: list[JSON] = field(default_factory=list)
    """The engine's `Mounts`."""
    endpoints: dict[str, Endpoint] = field(default_factory=dict)
    """Its networks, by name."""
    state: str = "created"
    """`created`, `running`, `paused`, `restarting`, `exited`, `removing` or `dead`."""
    pid: int = 0
    """Its first process; 0 while there is none."""
    exit_code: int = 0
    """How it ended last."""
    error: str = ""
    """Why it could not be started."""
    oom_killed: bool = False
    """Did the kernel end it for want of memory?"""
    started_ns: int = 0
    """When it was started last; 0 is never."""
    finished_ns: int = 0
    """When it ended last; 0 is never."""
    paused_ns: int = 0
    """Since when it is frozen; 0 while it is not."""
    frozen_ns: int = 0
    """For how long it was frozen before, since it was started last."""
    restart_count: int = 0
    """How often its restart policy has started it again."""
    health: Health | None = None
    """What its probes found; `None` has no health check."""
    size_rw: int = 0
    """Bytes written on top of its image."""
    files: dict[str, str | None] = field(default_factory=dict)
    """Files it has written since it was created; `None` is one removed."""
    summary_differs: JSON = field(default_factory=dict)
    """What a list says otherwise than it should, for odd engines; `...` leaves a field out."""
    inspect_differs: JSON = field(default_factory=dict)
    """What inspect says otherwise than it should; `...` leaves a field out."""
    taps: set[Callable[[int, str], None]] = field(default_factory=set)
    """Who hears what its process writes, the moment it does."""
    life: Life = field(init=False)
    """What can be done with it."""
    written_summary: bytes = b""
    """Its entry in a list as last written."""
    written_until_ns: int = 0
    """Until when that stays true."""
    _log: Log | FloodLog | None = None

    def __post_init__(self) -> None:
        """Get ready to live."""
        self.life = Life(self)

    @property
    def log(self) -> Log | FloodLog:
        """What it wrote."""
        if self._log is None:
            flood = self.behaviour.flood_per_s
            clock = self.world.clock
            self._log = FloodLog(clock, flood) if flood else Log(clock)
            if self.started_ns:
                self._log.begin(script_of(self))
            if not self.is_up:
                self._log.catch_up(self.finished_ns)
                self._log.end()
        return self._log

    @property
    def has_log(self) -> bool:
        """Has anybody asked for its log yet?"""
        return self._log is not None

    @property
    def is_up(self) -> bool:
        """Does it have a process, frozen or not?"""
        return self.state in {"running", "paused"}

    @property
    def has_tty(self) -> bool:
        """Does its process have a terminal?"""
        return bool(self.config.get("Tty"))

    @property
    def labels(self) -> dict[str, str]:
        """Its labels; none at all where the engine says null."""
        return self.config.get("Labels") or {}

    def emit(self, action: str, **more: str) -> None:
        """Tell everyone who listens what happened to it."""
        attributes = {**self.labels, "image": self.image, "name": self.name, **more}
        self.world.events.emit("container", action, self.id, attributes)

    def changed(self) -> None:
        """Forget what was written down about it: it is no longer true."""
        self.written_until_ns = 0
        self.world.containers.changed()

    def froze(self) -> None:
        """Take note that its processes stand still."""
        self.paused_ns = self.world.clock.time_ns()
        self.changed()

    def thawed(self) -> None:
        """Take note that they go on."""
        self.frozen_ns += self.world.clock.time_ns() - self.paused_ns
        self.paused_ns = 0
        self.changed()

    def written(self, stream: int, text: str) -> None:
        """Take what its process writes."""
        self.log.feed(text, stream)
        for tap in self.taps:
            tap(stream, text)

    def crash(self, exit_code: int = 1, *, oom: bool = False) -> None:
        """End it as if its process had."""
        self.life.end(exit_code, oom=oom)
