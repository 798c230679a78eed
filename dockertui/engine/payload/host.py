"""An engine and its machine, as `GET /info` describes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from dockertui.engine.payload.fields import Payload, is_true, moment, table, text, whole, words
from dockertui.model.host import Host

_ROOTLESS = "rootless"


def parse_host(payload: Payload, *, engine: str, now: datetime) -> Host:
    """Read what an engine says of itself.

    Args:
        payload: Its answer.
        engine: What it is called here.
        now: When it answered, in UTC.
    """
    security = _security(payload.get("SecurityOptions"))
    clock = moment(payload.get("SystemTime"))
    described = Host(
        id=engine,
        name=engine,
        engine=engine,
        hostname=text(payload.get("Name")),
        version=text(payload.get("ServerVersion")),
        system=text(payload.get("OperatingSystem")),
        kernel=text(payload.get("KernelVersion")),
        architecture=text(payload.get("Architecture")),
        cores=_count(payload, "NCPU"),
        memory_bytes=_count(payload, "MemTotal"),
        warnings=tuple(filter(None, map(_bare, words(payload.get("Warnings"))))),
        security=tuple(it for it in security if it != _ROOTLESS),
        is_rootless=_ROOTLESS in security or is_true(payload.get("Rootless")),
        clock_ahead_s=(clock - now).total_seconds() if clock else 0.0,
    )
    return _counted(_set_up(described, payload), payload)


def _set_up(host: Host, payload: Payload) -> Host:
    """A host with the engine's settings."""
    swarm = table(payload.get("Swarm"))
    state = text(swarm.get("LocalNodeState"))
    return replace(
        host,
        storage_driver=text(payload.get("Driver")),
        file_system=_said_of(payload.get("DriverStatus"), "Backing Filesystem"),
        cgroup_version=text(payload.get("CgroupVersion")),
        cgroup_driver=text(payload.get("CgroupDriver")),
        log_driver=text(payload.get("LoggingDriver")),
        root=text(payload.get("DockerRootDir")),
        runtimes=_runtimes(payload),
        swarm="" if state == "inactive" else state,
        is_manager=is_true(swarm.get("ControlAvailable")),
        live_restore=is_true(payload.get("LiveRestoreEnabled")),
    )


def _counted(host: Host, payload: Payload) -> Host:
    """A host with how many containers and images it has."""
    return replace(
        host,
        containers=_count(payload, "Containers"),
        running=_count(payload, "ContainersRunning"),
        paused=_count(payload, "ContainersPaused"),
        stopped=_count(payload, "ContainersStopped"),
        images=_count(payload, "Images"),
    )


def _count(payload: Payload, name: str) -> int:
    return max(0, whole(payload.get(name)))


def _bare(warning: str) -> str:
    """A warning without the word that says that it is one.

    >>> _bare("WARNING: No swap limit support")
    'No swap limit support'
    """
    return warning.removeprefix("WARNING:").strip()


def _said_of(value: Any, name: str) -> str:
    """What a list of names and values, each a list of two, says of a name."""
    for pair in value if isinstance(value, list) else ():
        if len(said := words(pair)) == 2 and said[0] == name:  # noqa: PLR2004 - a pair
            return said[1]
    return ""


def _runtimes(payload: Payload) -> tuple[str, ...]:
    default = text(payload.get("DefaultRuntime"))
    known = sorted(map(text, table(payload.get("Runtimes"))))
    return tuple(dict.fromkeys(filter(None, (default, *known))))


def _security(value: Any) -> tuple[str, ...]:
    """The names in options such as `name=seccomp,profile=builtin`.

    >>> _security(["name=apparmor", "name=seccomp,profile=builtin"])
    ('apparmor', 'seccomp')
    """
    return tuple(it.partition(",")[0].removeprefix("name=") for it in words(value) if it)
