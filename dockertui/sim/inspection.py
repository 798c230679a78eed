"""Containers in the engine's JSON."""

from __future__ import annotations

from typing import Any

from dockertui.sim.answers import JSON, dumps
from dockertui.sim.clock import SECOND, how_long, reads_the_same_ns, timestamp
from dockertui.sim.container import Container
from dockertui.sim.storage import Endpoint

_FOR_EVER_NS = 1 << 62


def summary_bytes(container: Container, now_ns: int) -> tuple[bytes, int]:
    """Write a container's entry in a list, and say until when it stays true."""
    status, until_ns = status_text(container, now_ns)
    return dumps(differing(summary(container, status), container.summary_differs)), until_ns


def summary(container: Container, status: str) -> JSON:
    """Make a container's entry in a list."""
    return {
        "Id": container.id,
        "Names": [f"/{container.name}"],
        "Image": _image_name(container),
        "ImageID": container.image_id,
        "Command": _command_line(container.command),
        "Created": container.created_ns // SECOND,
        "Ports": _ports(container),
        "Labels": container.labels,
        "State": container.state,
        "Status": status,
        "HostConfig": {"NetworkMode": container.host_config.get("NetworkMode") or "default"},
        "NetworkSettings": {"Networks": _networks(container)},
        "Mounts": container.mounts,
    }


def status_text(container: Container, now_ns: int) -> tuple[str, int]:
    """Say how a container is, as the engine does, and until when that stays true."""
    if container.state == "created":
        return "Created", _FOR_EVER_NS
    if container.state in {"dead", "removing"}:
        return ("Dead" if container.state == "dead" else "Removal In Progress"), _FOR_EVER_NS
    began_ns = container.started_ns if container.is_up else container.finished_ns
    age_s = max(0.0, (now_ns - began_ns) / SECOND)
    until_ns = now_ns + reads_the_same_ns(age_s)
    match container.state:
        case "restarting":
            return f"Restarting ({container.exit_code}) {how_long(age_s)} ago", until_ns
        case "paused":
            return f"Up {how_long(age_s)} (Paused)", until_ns
        case "running":
            return f"Up {how_long(age_s)}{_health_text(container)}", until_ns
    return f"Exited ({container.exit_code}) {how_long(age_s)} ago", until_ns


def inspect(container: Container, *, size: bool = False) -> JSON:
    """Make what inspect says about a container."""
    root = f"{container.world.host.root}/containers/{container.id}"
    body: JSON = {
        "Id": container.id,
        "Created": timestamp(container.created_ns),
        "Path": container.command[0] if container.command else "",
        "Args": list(container.command[1:]),
        "State": state(container),
        "Image": container.image_id,
        "ResolvConfPath": f"{root}/resolv.conf",
        "HostnamePath": f"{root}/hostname",
        "HostsPath": f"{root}/hosts",
        "LogPath": f"{root}/{container.id}-json.log",
        "Name": f"/{container.name}",
        "RestartCount": container.restart_count,
        "Driver": "overlay2",
        "Platform": "linux",
        "MountLabel": "",
        "ProcessLabel": "",
        "AppArmorProfile": "docker-default",
        "ExecIDs": container.world.running_execs(container),
        "HostConfig": container.host_config,
        "GraphDriver": graph_driver(container.world.host.root, container.id),
        "Mounts": container.mounts,
        "Config": container.config,
        "NetworkSettings": _network_settings(container),
    }
    if size:
        body |= {"SizeRw": container.size_rw, "SizeRootFs": sizes(container)["SizeRootFs"]}
    return differing(body, container.inspect_differs)


def state(container: Container) -> JSON:
    """Make the `State` of inspect."""
    body: JSON = {
        "Status": container.state,
        "Running": container.is_up or container.state == "restarting",
        "Paused": container.state == "paused",
        "Restarting": container.state == "restarting",
        "OOMKilled": container.oom_killed,
        "Dead": container.state == "dead",
        "Pid": container.pid,
        "ExitCode": container.exit_code,
        "Error": container.error,
        "StartedAt": timestamp(container.started_ns),
        "FinishedAt": timestamp(container.finished_ns),
    }
    if container.health is not None:
        body["Health"] = {
            "Status": container.health.status,
            "FailingStreak": container.health.failing_streak,
            "Log": list(container.health.log),
        }
    return body


def sizes(container: Container) -> JSON:
    """Say how large a container is; what was never written is left out, as the engine does."""
    image = container.world.images.get(container.image_id)
    body: JSON = {"SizeRw": container.size_rw} if container.size_rw else {}
    return body | {"SizeRootFs": container.size_rw + (image.size_bytes if image else 0)}


def graph_driver(root: str, name: str) -> JSON:
    """Say where the layers are."""
    place = f"{root}/overlay2/{name.removeprefix('sha256:')}"
    directories = (("MergedDir", "merged"), ("UpperDir", "diff"), ("WorkDir", "work"))
    data = {key: f"{place}/{directory}" for key, directory in directories}
    return {"Data": {"LowerDir": f"{place}-init/diff", **data}, "Name": "overlay2"}


def differing(body: JSON, differs: JSON) -> JSON:
    """Put other values in; `...` takes a field away."""
    if not differs:
        return body
    return {key: value for key, value in (body | differs).items() if value is not ...}


def _image_name(container: Container) -> str:
    means = container.world.images.meaning(container.image)
    return container.image if means == container.image_id else container.image_id


def _command_line(command: tuple[str, ...]) -> str:
    quoted = (f"'{argument}'" if " " in argument else argument for argument in command[1:])
    return " ".join([*command[:1], *quoted])


def _health_text(container: Container) -> str:
    if container.health is None:
        return ""
    word = container.health.status
    return f" ({'health: ' if word == 'starting' else ''}{word})"


def _ports(container: Container) -> list[JSON]:
    ports: list[JSON] = []
    for port, bindings in published(container).items():
        number, _, protocol = port.partition("/")
        private = {"PrivatePort": int(number)}
        if not bindings:
            ports.append({**private, "Type": protocol})
        for each in bindings or ():
            public = {"IP": each["HostIp"], **private, "PublicPort": int(each["HostPort"])}
            ports.append({**public, "Type": protocol})
    return ports


def published(container: Container) -> dict[str, list[dict[str, str]] | None]:
    """Say which ports can be reached now, and from where."""
    if not container.is_up or container.host_config.get("NetworkMode") in {"none", "host"}:
        return {}
    bindings: dict[str, Any] = container.host_config.get("PortBindings") or {}
    exposed = dict.fromkeys([*(container.config.get("ExposedPorts") or {}), *bindings])
    ports: dict[str, list[dict[str, str]] | None] = {}
    for port in exposed:
        ports[port] = None
        for binding in bindings.get(port) or ():
            addresses = [binding["HostIp"]] if binding.get("HostIp") else ["0.0.0.0", "::"]
            number = binding.get("HostPort") or str(container.world.free_port(container.id, port))
            more = [{"HostIp": address, "HostPort": number} for address in addresses]
            ports[port] = [*(ports[port] or []), *more]
    return ports


def _networks(container: Container) -> JSON:
    return {name: endpoint_json(each) for name, each in container.endpoints.items()}


def endpoint_json(endpoint: Endpoint) -> JSON:
    """Make the engine's `EndpointSettings`."""
    return {
        "IPAMConfig": None,
        "Links": None,
        "Aliases": endpoint.aliases,
        "MacAddress": endpoint.mac,
        "NetworkID": endpoint.network_id,
        "EndpointID": endpoint.endpoint_id,
        "Gateway": endpoint.gateway,
        "IPAddress": endpoint.address,
        "IPPrefixLen": endpoint.prefix_length,
        "IPv6Gateway": "",
        "GlobalIPv6Address": "",
        "GlobalIPv6PrefixLen": 0,
        "DriverOpts": None,
        "DNSNames": None,
    }


def _network_settings(container: Container) -> JSON:
    default = container.endpoints.get("bridge") or Endpoint("")
    sandbox = container.id[::-1] if container.is_up else ""
    return {
        "Bridge": "",
        "SandboxID": sandbox,
        "SandboxKey": f"/var/run/docker/netns/{sandbox[:12]}" if sandbox else "",
        "Ports": published(container),
        "HairpinMode": False,
        "LinkLocalIPv6Address": "",
        "LinkLocalIPv6PrefixLen": 0,
        "SecondaryIPAddresses": None,
        "SecondaryIPv6Addresses": None,
        "EndpointID": default.endpoint_id,
        "Gateway": default.gateway,
        "GlobalIPv6Address": "",
        "GlobalIPv6PrefixLen": 0,
        "IPAddress": default.address,
        "IPPrefixLen": default.prefix_length,
        "IPv6Gateway": "",
        "MacAddress": default.mac,
        "Networks": _networks(container),
    }
