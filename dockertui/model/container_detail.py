"""What only an inspection tells of a container."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dockertui.model.container import Endpoint, Mount, Port


@dataclass(frozen=True, slots=True)
class Probe:
    """One run of a health check."""

    start: datetime | None
    """When it started."""
    exit_code: int
    """0 is healthy, 1 unhealthy; anything else is the check's own trouble."""
    output: str
    """What it wrote, cleaned, with line ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerDetail:
    """What `GET /containers/{id}/json` says beyond the list. Missing fields keep their default."""

    id: str
    """The full ID."""
    image: str = ""
    """The reference it was created from; lists put an ID there once that means another image."""
    pid: int = 0
    """The main process on the engine's host; 0 when there is none."""
    started: datetime | None = None
    """When it last started, exactly; `None` if never."""
    finished: datetime | None = None
    """When it last ended, exactly; `None` if it has not."""
    exit_code: int | None = None
    """How it last ended; `None` while it runs or if it never ran."""
    oom_killed: bool = False
    """Did the kernel kill it for want of memory?"""
    error: str = ""
    """Why the engine could not start it, in its own words."""
    restart_count: int = 0
    """How often its restart policy has started it again."""
    restart_policy: str = ""
    """E.g. `unless-stopped`, or `on-failure, at most 3 times`; empty for none."""
    auto_remove: bool = False
    """Does the engine remove it, and its anonymous volumes, as soon as it stops (`--rm`)?"""
    tty: bool = False
    """Does it write to a terminal? Then stdout and stderr are one."""
    open_stdin: bool = False
    """Does it read what one types when attached?"""
    log_driver: str = ""
    """Who keeps its log, e.g. `json-file`; `none` keeps nothing."""
    entrypoint: tuple[str, ...] = ()
    """The words before the command."""
    command: tuple[str, ...] = ()
    """The command, word by word."""
    user: str = ""
    """Whom it runs as; empty for the image's choice, which is root unless said."""
    working_dir: str = ""
    """Where it starts."""
    env: tuple[tuple[str, str], ...] = ()
    """Its environment: names and values, in the engine's order."""
    stop_signal: str = ""
    """What it is asked to stop with; empty for SIGTERM."""
    stop_timeout_s: int | None = None
    """Its own grace before SIGKILL; `None` for the engine's default, 10."""
    memory_limit_bytes: int = 0
    """Its memory limit; 0 for none."""
    health_failing_streak: int = 0
    """How many probes in a row have failed."""
    probes: tuple[Probe, ...] = ()
    """The last runs of its health check, oldest first."""
    ports: tuple[Port, ...] = ()
    """Exposed and published ports."""
    networks: tuple[Endpoint, ...] = ()
    """The networks it is in."""
    mounts: tuple[Mount, ...] = ()
    """What is mounted in it."""
