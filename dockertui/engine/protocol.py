"""What the rest of the program may ask of an engine."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from dockertui.engine.questions import ImageQuestions, RegistryQuestions

if TYPE_CHECKING:
    from dockertui.engine.image_work import ImageWork
    from dockertui.engine.run_work import RunWork
    from dockertui.model import DockerObject, EngineInfo, Event, ProcessTable
    from dockertui.model.container_detail import ContainerDetail
    from dockertui.model.disk import DiskUsage
    from dockertui.model.host import Host
    from dockertui.model.usage import Reading

T = TypeVar("T", bound="DockerObject")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRequest:
    """Which lines of a container's log are wanted."""

    container_id: str
    """Whose log."""
    tail: int | None = None
    """How many of its last lines to begin with; `None` for all."""
    since: str = ""
    """Only lines at or after this `seconds.nanoseconds`; empty for no bound."""
    until: str = ""
    """Only lines at or before this `seconds.nanoseconds`; empty for no bound. The engine takes
    `tail` of all lines, and only then leaves out those after this."""
    follow: bool = True
    """Go on with lines to come, until the container stops?"""
    tty: bool | None = None
    """Does it write to a terminal? `None` lets the engine layer tell from what comes."""
    patience_s: float = 0.0
    """How long lines may be gathered where few come, for who follows many logs at once: waking
    up for each line of fifty logs would cost most of a processor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecRequest:
    """A command to run in a container."""

    command: tuple[str, ...]
    """The command, word by word."""
    user: str = ""
    """Whom to run it as; empty for the container's own user."""
    working_dir: str = ""
    """Where to run it; empty for the container's own folder."""


class Terminal(Protocol):
    """A process in a container, wired to a terminal. Its methods block: see `console.py`."""

    @property
    def title(self) -> str:
        """What runs, for the line above it."""
        ...

    @property
    def tty(self) -> bool:
        """Has the process a terminal? Otherwise it neither echoes nor heeds control keys."""
        ...

    def recv(self, most: int) -> bytes:
        """Read some output; empty when the process has ended or was left."""
        ...

    def sendall(self, data: bytes) -> None:
        """Write what was typed."""
        ...

    def resize(self, columns: int, rows: int) -> None:
        """Tell the process how large its terminal is. Never raises for a process that ended."""
        ...

    def exit_code(self) -> int | None:
        """How it ended; `None` while it runs, or if the engine does not say."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Meter(Protocol):
    """Reads what containers use, as many as are wanted, on one thread."""

    @property
    def way(self) -> str:
        """How it reads, in words: which way this engine was found to do more cheaply."""
        ...

    @property
    def behind_s(self) -> float:
        """How much later than wanted the readings come; 0 while it keeps up."""
        ...

    def want(self, periods_s: Mapping[str, float]) -> None:
        """Read these containers from now on, each about every so many seconds, and no others.

        It returns at once. One that is new is read without delay; one that was wanted before
        goes on where it is. What does not run, or is gone, is passed over in silence.
        """
        ...

    def readings(self) -> AsyncGenerator[list[Reading]]:
        """Yield counters as they come, several at a time where several come together.

        Goes on until the meter is closed.

        Raises:
            EngineUnavailable: When the engine goes.
        """
        ...

    def close(self) -> None:
        """Read nothing more, at once."""
        ...


class Engine(ImageQuestions, RegistryQuestions, Protocol):
    """An engine at an address. Every coroutine raises `EngineError` and nothing else."""

    @property
    def name(self) -> str:
        """What it is called on screen: its context's name, or `default`."""
        ...

    @property
    def address(self) -> str:
        """Its URL, e.g. `unix:///var/run/docker.sock`."""
        ...

    @property
    def stand_in(self) -> str:
        """The folder that stands in for what is outside of it; empty for the world."""
        ...

    @property
    def read_only(self) -> bool:
        """Is everything refused that is not a read?"""
        ...

    @property
    def images(self) -> ImageWork:
        """What moves, makes and removes images, and may take its time over it."""
        ...

    @property
    def runs(self) -> RunWork:
        """What makes containers, and other things of containers."""
        ...

    async def connect(self) -> EngineInfo:
        """Reach the engine, anew if need be, and agree on an API version.

        Raises:
            EngineUnavailable: With the reason in words; within 3 s when it stays silent.
        """
        ...

    async def ping(self, *, timeout_s: float = 1.8) -> None:
        """Ask for a sign of life; raise `EngineUnavailable` when there is none in time."""
        ...

    async def list(self, kind: type[T], ids: Collection[str] = ()) -> tuple[T, ...]:
        """List every object of a kind, stopped containers included, or only those named.

        Args:
            kind: `Container` or `Image`.
            ids: Whole IDs; empty for all. Those that are gone are left out. Images are always
                listed whole, for the engine has no such filter for them.
        """
        ...

    def events(self, *, since_ns: int | None = None) -> AsyncGenerator[Event]:
        """Yield events as they happen, first those since a time. Ends when the engine goes.

        Args:
            since_ns: From when on, in nanoseconds since the epoch; `None` for from now on.
        """
        ...

    async def past_events(
        self, since_ns: int, until_ns: int, container_id: str = ""
    ) -> tuple[Event, ...]:
        """What happened between two moments, as far as the engine remembers: 256 events at most.

        Args:
            since_ns: The first moment, in nanoseconds since the epoch, on the engine's clock.
            until_ns: The last one; the engine waits for one that has not come.
            container_id: The one container whose events are wanted; empty for all objects.
        """
        ...

    async def host(self) -> Host:
        """The machine that the engine runs on, and the engine's own settings."""
        ...

    async def disk_usage(self) -> DiskUsage:
        """What images, containers, volumes and the build cache take on the engine's disk.

        The engine looks at every file, which takes seconds, and on some hosts minutes; nobody
        but who asked ends that. Only one may ask at a time.
        """
        ...

    async def inspect(self, target: DockerObject) -> dict[str, Any]:
        """Everything the engine knows of an object, as its JSON, cleaned."""
        ...

    async def detail(self, container_id: str) -> ContainerDetail:
        """What the list leaves out of a container."""
        ...

    async def processes(self, container_id: str) -> ProcessTable:
        """The processes in a running container."""
        ...

    def meter(self) -> Meter:
        """What reads the use of processors, memory, networks and disks; for one consumer."""
        ...

    def logs(self, request: LogRequest) -> AsyncGenerator[bytes]:
        r"""Yield a container's log in large pieces of whole records.

        A record is one line: a digit for the stream (`0` terminal, `1` stdout, `2` stderr), the
        engine's time stamp, a space, the text with its escapes as it came, `\n`. Parts of a line
        that the engine split are joined, up to 1 MiB. Ends when the container stops or the
        engine goes; which of them, the caller asks with `ping`.

        Raises:
            NotSupported: When the log driver cannot be read, in the engine's words.
        """
        ...

    async def start(self, container_id: str) -> None:
        """Start a container that is not running."""
        ...

    async def stop(self, container_id: str, *, grace_s: int | None = None) -> None:
        """Ask it to stop, and kill it after `grace_s`; `None` for the container's own grace."""
        ...

    async def restart(self, container_id: str, *, grace_s: int | None = None) -> None:
        """Stop it, as `stop` does, and start it again."""
        ...

    async def kill(self, container_id: str, *, signal: str = "SIGKILL") -> None:
        """Send its main process a signal."""
        ...

    async def pause(self, container_id: str) -> None:
        """Freeze every process in it."""
        ...

    async def unpause(self, container_id: str) -> None:
        """Let its processes run again."""
        ...

    async def rename(self, container_id: str, name: str) -> None:
        """Give it another name."""
        ...

    async def remove_container(
        self, container_id: str, *, force: bool = False, volumes: bool = False
    ) -> None:
        """Remove it, running or not with `force`, and its anonymous volumes with `volumes`."""
        ...

    async def remove_image(self, reference: str, *, force: bool = False) -> tuple[str, ...]:
        """Remove a tag, and the image with its last one.

        Returns:
            What the engine says it did: `Untagged: …` and `Deleted: …` lines.
        """
        ...

    async def find_shell(self, container_id: str, *, user: str = "") -> str:
        """The first of bash, ash and sh that the container has; empty when it has none."""
        ...

    async def execute(self, container_id: str, request: ExecRequest) -> Terminal:
        """Run a command in a container, wired to a terminal."""
        ...

    async def attach(self, container_id: str) -> Terminal:
        """Wire a terminal to a container's main process; ctrl-p ctrl-q leaves it running."""
        ...

    async def close(self) -> None:
        """Close every connection and end every stream, at once."""
        ...
