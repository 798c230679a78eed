"""What `POST /containers/create` is asked for a container that is to be run.

Source: https://github.com/docker/cli, `cli/command/container/opts.go`: what is made here is what
the CLI makes of the same line, which a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dockertui.engine.payload.creation_host import host_config
from dockertui.engine.payload.creation_network import endpoints
from dockertui.model.run import values
from dockertui.model.run.mounts import volume
from dockertui.model.run.ports import exposed, published
from dockertui.model.run.spec import RunSpec

_SEVERAL_NETWORKS = (1, 44)
"""From this API on a container may be created in more than one network."""


@dataclass(frozen=True, slots=True)
class Creation:
    """A container to be, as an engine is asked for it."""

    params: Mapping[str, str]
    """The query."""
    body: Mapping[str, Any]
    """The JSON."""
    further: Mapping[str, Any]
    """The networks to connect it to afterwards, and as what."""


def creation(spec: RunSpec, api: tuple[int, ...]) -> Creation:
    """What to ask for.

    Args:
        spec: A resolved one: it reads no file and no environment any more.
        api: The version agreed on.

    Raises:
        BadValue: When a value is none.
    """
    joins = endpoints(spec, api)
    first = dict(list(joins.items())[:1])
    together = api >= _SEVERAL_NETWORKS
    body = config(spec, api)
    body["HostConfig"] = host_config(spec)
    body["NetworkingConfig"] = {"EndpointsConfig": joins if together else first}
    params = {"name": spec.name} if spec.name else {}
    if spec.platform:
        params["platform"] = spec.platform
    further = {} if together else {name: it for name, it in joins.items() if name not in first}
    return Creation(params, body, further)


def config(spec: RunSpec, api: tuple[int, ...]) -> dict[str, Any]:
    """The part that an image has, too."""
    hears = not spec.detach
    made: dict[str, Any] = {
        "Hostname": spec.hostname,
        "Domainname": spec.domainname,
        "User": spec.user,
        "AttachStdin": hears and spec.interactive,
        "AttachStdout": hears,
        "AttachStderr": hears,
        "ExposedPorts": _exposed(spec),
        "Tty": spec.tty,
        "OpenStdin": spec.interactive,
        "StdinOnce": hears and spec.interactive,
        "Env": list(spec.env),
        "Cmd": list(spec.command) or None,
        "Image": spec.image,
        "Volumes": _anonymous(spec.volumes),
        "WorkingDir": spec.workdir,
        "Entrypoint": None if spec.entrypoint is None else [spec.entrypoint],
        "Labels": dict(map(values.label, spec.labels)),
    }
    if spec.mac_address and api < _SEVERAL_NETWORKS:
        made["MacAddress"] = spec.mac_address
    return made | _ending(spec)


def _ending(spec: RunSpec) -> dict[str, Any]:
    """How it is stopped, and how one sees that it fails; what was not said is the image's."""
    made: dict[str, Any] = {}
    if spec.stop_signal:
        made["StopSignal"] = spec.stop_signal
    if spec.stop_timeout:
        made["StopTimeout"] = values.whole(spec.stop_timeout, -1)
    if check := _health(spec):
        made["Healthcheck"] = check
    return made


def _exposed(spec: RunSpec) -> dict[str, dict[str, str]]:
    ports = [it.name for text in spec.ports for it in published(text)]
    return {it: {} for it in (*ports, *(it for text in spec.expose for it in exposed(text)))}


def _anonymous(texts: Iterable[str]) -> dict[str, dict[str, str]]:
    return {it.target: {} for it in map(volume, texts) if not it.source}


def _health(spec: RunSpec) -> dict[str, Any]:
    if spec.no_healthcheck:
        return {"Test": ["NONE"]}
    times = {
        "Interval": spec.health_interval,
        "Timeout": spec.health_timeout,
        "StartPeriod": spec.health_start_period,
        "StartInterval": spec.health_start_interval,
    }
    made: dict[str, Any] = {name: values.probe_time(text) for name, text in times.items() if text}
    if spec.health_retries:
        made["Retries"] = values.whole(spec.health_retries, 0)
    if spec.health_cmd:
        made["Test"] = ["CMD-SHELL", spec.health_cmd]
    return made
