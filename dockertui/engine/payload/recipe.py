"""The spec that a container was made from, told from its inspection.

What the image declares and what the engine fills in by itself is left out, so that a line reads
as somebody would have typed it. Texts stay as the engine has them: they are to be sent back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dockertui.engine.payload.fields import Payload, is_true, raw, raw_words, table, whole
from dockertui.engine.payload.recipe_host import host_values
from dockertui.engine.payload.recipe_network import network_values
from dockertui.model.run.shell import joined
from dockertui.model.run.spec import ReadSpec, RunSpec
from dockertui.model.run.values import duration_text
from dockertui.text import counted

COMPOSE = "com.docker.compose."
_SHORT_ID = 12
_TIMES = {
    "health_interval": "Interval",
    "health_timeout": "Timeout",
    "health_start_period": "StartPeriod",
    "health_start_interval": "StartInterval",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineDefaults:
    """What an engine does where nothing is said."""

    log_driver: str = "json-file"
    """Who keeps logs."""
    runtime: str = "runc"
    """The OCI runtime."""
    cgroupns: str = "private"
    """The cgroup namespace."""


def parse_defaults(info: Payload) -> EngineDefaults:
    """Read what `GET /info` says of them."""
    options = [it for it in raw_words(info.get("SecurityOptions")) if "cgroupns" in it]
    return EngineDefaults(
        log_driver=raw(info.get("LoggingDriver")) or "json-file",
        runtime=raw(info.get("DefaultRuntime")) or "runc",
        cgroupns="private" if options else "host",
    )


def recipe(payload: Payload, image: Payload, defaults: EngineDefaults) -> ReadSpec:
    """Read a container's inspection.

    Args:
        payload: The inspection.
        image: That of its image; empty if it is gone.
        defaults: What its engine does where nothing is said.
    """
    config, own = table(payload.get("Config")), table(image.get("Config"))
    host = table(payload.get("HostConfig"))
    notes: list[str] = []
    found: dict[str, Any] = {
        "image": raw(config.get("Image")),
        "name": raw(payload.get("Name")).removeprefix("/"),
        "interactive": is_true(config.get("OpenStdin")),
        "tty": is_true(config.get("Tty")),
        "detach": not is_true(config.get("AttachStdin")),
        **_program(config, own),
        **_variables(config, own, notes),
        **_health(config, own, notes),
        **host_values(host, defaults.log_driver, defaults.runtime, defaults.cgroupns, notes),
        **network_values(payload),
        **_listening(config, own, host),
    }
    hostname = raw(config.get("Hostname"))
    shares = found["networks"][:1] == ("host",) or found.get("uts") == "host"
    if hostname and not shares and not raw(payload.get("Id")).startswith(hostname):
        found["hostname"] = hostname
    found["domainname"] = raw(config.get("Domainname"))
    return ReadSpec(RunSpec(**found), tuple(notes))


def declared(image: Payload) -> RunSpec:
    """What an image declares, as if each had been said by a flag."""
    config = table(image.get("Config"))
    entrypoint = raw_words(config.get("Entrypoint"))
    notes: list[str] = []
    return RunSpec(
        entrypoint=joined(entrypoint) if entrypoint else None,
        command=raw_words(config.get("Cmd")),
        env=raw_words(config.get("Env")),
        expose=tuple(it.removesuffix("/tcp") for it in table(config.get("ExposedPorts"))),
        volumes=tuple(table(config.get("Volumes"))),
        labels=tuple(f"{name}={value}" for name, value in _labels(config).items()),
        user=raw(config.get("User")),
        workdir=raw(config.get("WorkingDir")),
        stop_signal=raw(config.get("StopSignal")),
        platform="/".join(filter(None, (raw(image.get("Os")), raw(image.get("Architecture"))))),
        **_health(config, {}, notes),
    )


def _program(config: Payload, own: Payload) -> dict[str, Any]:
    """Entrypoint and command as far as they are not the image's; the CLI takes one word of it."""
    entrypoint, command = raw_words(config.get("Entrypoint")), raw_words(config.get("Cmd"))
    same = entrypoint == raw_words(own.get("Entrypoint"))
    inherits = command == raw_words(own.get("Cmd"))
    found: dict[str, Any] = {
        name: said
        for name, key in (
            ("user", "User"),
            ("workdir", "WorkingDir"),
            ("stop_signal", "StopSignal"),
        )
        if (said := raw(config.get(key))) and said != raw(own.get(key))
    }
    if config.get("StopTimeout") is not None:
        found["stop_timeout"] = str(whole(config.get("StopTimeout")))
    if same and (command or inherits):
        return found | {"command": () if inherits else command}
    first = entrypoint[0] if entrypoint else ""
    return found | {"entrypoint": first, "command": (*entrypoint[1:], *command)}


def _variables(config: Payload, own: Payload, notes: list[str]) -> dict[str, Any]:
    inherited = set(raw_words(own.get("Env")))
    labels, theirs = _labels(config), _labels(own)
    composes = [it for it in labels if it.startswith(COMPOSE)]
    if composes:
        notes.append(
            f"Left out: {counted(len(composes), 'label')} of Compose; with them Compose would "
            "take the copy for its own."
        )
    return {
        "env": tuple(it for it in raw_words(config.get("Env")) if it not in inherited),
        "labels": tuple(
            f"{name}={value}"
            for name, value in labels.items()
            if theirs.get(name) != value and not name.startswith(COMPOSE)
        ),
    }


def _labels(config: Payload) -> dict[str, str]:
    return {name: raw(value) for name, value in table(config.get("Labels")).items()}


def _health(config: Payload, own: Payload, notes: list[str]) -> dict[str, Any]:
    check = table(config.get("Healthcheck"))
    theirs = table(own.get("Healthcheck"))
    if not check or check == theirs:
        return {}
    kind, *words = raw_words(check.get("Test")) or ("",)
    if kind == "NONE":
        return {"no_healthcheck": True}
    found: dict[str, Any] = {}
    if raw_words(check.get("Test")) != raw_words(theirs.get("Test")):
        found["health_cmd"] = words[0] if kind == "CMD-SHELL" and words else joined(words)
        if kind == "CMD":
            notes.append("The health check runs without a shell; a line can only say it with one.")
    for name, key in _TIMES.items():
        if (time := whole(check.get(key))) and time != whole(theirs.get(key)):
            found[name] = duration_text(time)
    if (retries := whole(check.get("Retries"))) and retries != whole(theirs.get("Retries")):
        found["health_retries"] = str(retries)
    return found


def _listening(config: Payload, own: Payload, host: Payload) -> dict[str, Any]:
    """Exposed ports and volumes without a name, as far as nothing else implies them."""
    implied = {*table(own.get("ExposedPorts")), *table(host.get("PortBindings"))}
    exposed = [it for it in table(config.get("ExposedPorts")) if it not in implied]
    volumes = [it for it in table(config.get("Volumes")) if it not in table(own.get("Volumes"))]
    return {
        "expose": tuple(it.removesuffix("/tcp") for it in exposed),
        "volumes": (*_binds(host), *volumes),
    }


def _binds(host: Payload) -> Iterator[str]:
    return iter(raw_words(host.get("Binds")))
