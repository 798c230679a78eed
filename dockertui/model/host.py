"""The machine that an engine runs on, and the engine's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dockertui.model.base import DockerObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Host(DockerObject):
    """An engine and its machine, as `GET /info` describes them; both may be known by name alone.

    Its identity is the engine's name, so that it can be shown before it is asked.
    """

    kind: ClassVar[str] = "host"

    hostname: str = ""
    """What the machine calls itself."""
    version: str = ""
    """The engine's version; empty while it has not been asked."""
    system: str = ""
    """The operating system, e.g. `Debian GNU/Linux 12 (bookworm)`."""
    kernel: str = ""
    """The kernel's version."""
    architecture: str = ""
    """E.g. `x86_64`."""
    cores: int = 0
    """How many processors there are; 0 if it is not said."""
    memory_bytes: int = 0
    """How much memory there is; 0 if it is not said."""
    storage_driver: str = ""
    """Who keeps layers, e.g. `overlay2`."""
    file_system: str = ""
    """What that keeps them on, e.g. `extfs`."""
    cgroup_version: str = ""
    """`1` or `2`; empty if it is not said."""
    cgroup_driver: str = ""
    """Who makes control groups: `systemd` or `cgroupfs`."""
    log_driver: str = ""
    """Who keeps the logs of containers that ask for nothing else."""
    root: str = ""
    """The folder in which the engine keeps everything."""
    containers: int = 0
    """How many containers there are."""
    running: int = 0
    """How many of them run."""
    paused: int = 0
    """How many are paused."""
    stopped: int = 0
    """How many do not run."""
    images: int = 0
    """How many images there are, those between tagged ones included."""
    warnings: tuple[str, ...] = ()
    """What the engine itself warns of, in its own words."""
    runtimes: tuple[str, ...] = ()
    """What can run a container, the default one first."""
    security: tuple[str, ...] = ()
    """What keeps containers apart, e.g. `seccomp`, `apparmor`, `userns`."""
    swarm: str = ""
    """Its state in a swarm, e.g. `active`; empty if it is in none."""
    is_manager: bool = False
    """Does it manage the swarm that it is in?"""
    is_rootless: bool = False
    """Does the engine run as an ordinary user?"""
    live_restore: bool = False
    """Do containers go on while the engine is restarted?"""
    clock_ahead_s: float = 0.0
    """By how much its clock is ahead of ours."""
