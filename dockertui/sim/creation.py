"""Making containers from what a client asks for."""

from __future__ import annotations

import re

from dockertui.sim import limits
from dockertui.sim.answers import JSON, Refusal
from dockertui.sim.behaviour import QUIET
from dockertui.sim.container import Container
from dockertui.sim.health import Health
from dockertui.sim.image import Image
from dockertui.sim.storage import Endpoint, Volume
from dockertui.sim.world import World

NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")

_ADJECTIVES = ("brave", "calm", "eager", "fond", "jolly", "keen", "mild", "proud", "quirky", "wry")
_PEOPLE = ("babbage", "curie", "darwin", "euler", "franklin", "hopper", "lovelace", "noether")


def create(world: World, name: str, body: JSON) -> Container:
    """Make a container as `POST /containers/create` does, or refuse.

    Args:
        world: where.
        name: how to call it; an empty one is made up.
        body: `Config` with `HostConfig` and `NetworkingConfig` in it.
    """
    if not body.get("Image") and not body.get("Cmd"):
        raise Refusal(400, "Config cannot be empty in order to create a container")
    image = world.images.find(body.get("Image") or "")
    name = _checked_name(world, name.removeprefix("/"))
    id_ = world.new_id()
    config = _config(image, id_, body)
    host_config = _host_config(_given(body.get("HostConfig")))
    command = (*_words(config["Entrypoint"]), *_words(config["Cmd"]))
    if not command:
        raise Refusal(400, "No command specified")
    limits.check(host_config)
    limits.filled_in(host_config)
    now_ns = world.clock.time_ns()
    container = Container(
        world, id_, name, body["Image"], image.id, now_ns, command, config, host_config
    )
    container.behaviour = image.behaviour if command[0] in image.programs else QUIET
    container.mounts = _mounts(world, config, host_config)
    container.endpoints = _endpoints(world, host_config, body.get("NetworkingConfig") or {})
    container.health = Health() if _has_check(config) else None
    world.containers.add(container)
    container.emit("create")
    return container


def _checked_name(world: World, name: str) -> str:
    if not name:
        return _made_up_name(world)
    if not NAME.fullmatch(name):
        raise Refusal(
            400, f"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
        )
    world.containers.check_name(name)
    return name


def _config(image: Image, id_: str, body: JSON) -> JSON:
    given = _given(body)
    for key in ("HostConfig", "NetworkingConfig"):
        given.pop(key, None)
    config = {**CONFIG, "Hostname": id_[:12], **given}
    own = image.config
    if not config["Cmd"] and not config["Entrypoint"]:
        config["Cmd"] = own.get("Cmd")
    config["Entrypoint"] = config["Entrypoint"] or own.get("Entrypoint")
    for key in ("User", "WorkingDir"):
        config[key] = config[key] or own.get(key) or ""
    for key in ("ExposedPorts", "Volumes", "Labels"):
        merged = {**(own.get(key) or {}), **(config.get(key) or {})}
        config[key] = merged or ({} if key == "Labels" else None)
    if config["ExposedPorts"] is None:
        del config["ExposedPorts"]
    names = {each.partition("=")[0] for each in config["Env"] or ()}
    inherited = [each for each in own.get("Env") or () if each.partition("=")[0] not in names]
    config["Env"] = [*(config["Env"] or ()), *inherited] or None
    if "Healthcheck" not in config and own.get("Healthcheck"):
        config["Healthcheck"] = own["Healthcheck"]
    return config


def _host_config(given: JSON) -> JSON:
    nested: JSON = {
        key: {**HOST_CONFIG[key], **given[key]}
        for key in ("LogConfig", "RestartPolicy")
        if key in given
    }
    bindings: JSON = given.get("PortBindings") or {}
    ports = {
        port: [{"HostIp": "", "HostPort": "", **each} for each in asked or [{}]]
        for port, asked in bindings.items()
    }
    return {**HOST_CONFIG, **given, **nested, "PortBindings": ports or None}


def _given(body: JSON | None) -> JSON:
    return {key: value for key, value in (body or {}).items() if value is not None}


def _words(command: str | list[str] | None) -> list[str]:
    return [command] if isinstance(command, str) else list(command or ())


def _has_check(config: JSON) -> bool:
    test = (config.get("Healthcheck") or {}).get("Test") or ["NONE"]
    return bool(test[0] != "NONE")


def _mounts(world: World, config: JSON, host_config: JSON) -> list[JSON]:
    mounts: list[JSON] = []
    for bind in host_config["Binds"] or ():
        source, target, mode = [*bind.split(":"), "", ""][:3]
        kind = "bind" if source.startswith("/") else "volume"
        mounts.append(_mount(world, kind, source, target, mode, writable="ro" not in mode))
    mounts += [_asked_mount(world, each) for each in host_config.get("Mounts") or ()]
    taken = {mount["Destination"] for mount in mounts}
    anonymous = [target for target in config.get("Volumes") or () if target not in taken]
    return mounts + [_mount(world, "volume", "", it, "", writable=True) for it in anonymous]


def _asked_mount(world: World, asked: JSON) -> JSON:
    mode = "z" if asked["Type"] == "volume" else ""
    writable = not asked.get("ReadOnly")
    source = asked.get("Source", "")
    return _mount(world, asked["Type"], source, asked["Target"], mode, writable=writable)


def _mount(world: World, kind: str, source: str, target: str, mode: str, *, writable: bool) -> JSON:
    if kind != "volume":
        place: JSON = {"Source": source} if kind == "bind" else {}
        propagation = "rprivate" if kind == "bind" else ""
    else:
        name = source or world.new_id()
        if name not in world.volumes:
            anonymous = {"com.docker.volume.anonymous": ""} if not source else None
            world.volumes.add(Volume(name, world.clock.time_ns(), labels=anonymous))
        place = {"Name": name, "Source": f"{world.host.root}/volumes/{name}/_data"}
        propagation = ""
    return {
        "Type": kind,
        **place,
        "Destination": target,
        **({"Driver": "local"} if kind == "volume" else {}),
        "Mode": mode,
        "RW": writable,
        "Propagation": propagation,
    }


def _endpoints(world: World, host_config: JSON, networking: JSON) -> dict[str, Endpoint]:
    wanted: JSON = networking.get("EndpointsConfig") or {}
    mode = host_config.get("NetworkMode") or "default"
    first = "bridge" if mode == "default" else mode
    if first.startswith("container:"):
        return {}
    names = dict.fromkeys([first, *wanted])
    return {
        name: Endpoint(
            "" if name not in wanted else world.networks.find(name).id,
            aliases=(wanted.get(name) or {}).get("Aliases"),
        )
        for name in names
    }


def _made_up_name(world: World) -> str:
    for number in range(len(_ADJECTIVES) * len(_PEOPLE)):
        name = f"{_ADJECTIVES[number % 10]}_{_PEOPLE[(number * 3) % 8]}"
        try:
            world.containers.check_name(name)
        except Refusal:
            continue
        return name
    return f"container_{world.new_id()[:12]}"


CONFIG: JSON = {
    "Hostname": "",
    "Domainname": "",
    "User": "",
    "AttachStdin": False,
    "AttachStdout": False,
    "AttachStderr": False,
    "Tty": False,
    "OpenStdin": False,
    "StdinOnce": False,
    "Env": None,
    "Cmd": None,
    "Image": "",
    "Volumes": None,
    "WorkingDir": "",
    "Entrypoint": None,
    "OnBuild": None,
    "Labels": {},
}

HOST_CONFIG: JSON = {
    "Binds": None,
    "ContainerIDFile": "",
    "LogConfig": {"Type": "json-file", "Config": {}},
    "NetworkMode": "default",
    "PortBindings": None,
    "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
    "AutoRemove": False,
    "VolumeDriver": "",
    "VolumesFrom": None,
    "ConsoleSize": [0, 0],
    "CapAdd": None,
    "CapDrop": None,
    "CgroupnsMode": "private",
    "Dns": None,
    "DnsOptions": None,
    "DnsSearch": None,
    "ExtraHosts": None,
    "GroupAdd": None,
    "IpcMode": "private",
    "Cgroup": "",
    "Links": None,
    "OomScoreAdj": 0,
    "PidMode": "",
    "Privileged": False,
    "PublishAllPorts": False,
    "ReadonlyRootfs": False,
    "SecurityOpt": None,
    "UTSMode": "",
    "UsernsMode": "",
    "ShmSize": 67108864,
    "Runtime": "runc",
    "Isolation": "",
    "CpuShares": 0,
    "Memory": 0,
    "NanoCpus": 0,
    "CgroupParent": "",
    "BlkioWeight": 0,
    "BlkioWeightDevice": None,
    "BlkioDeviceReadBps": None,
    "BlkioDeviceWriteBps": None,
    "BlkioDeviceReadIOps": None,
    "BlkioDeviceWriteIOps": None,
    "CpuPeriod": 0,
    "CpuQuota": 0,
    "CpuRealtimePeriod": 0,
    "CpuRealtimeRuntime": 0,
    "CpusetCpus": "",
    "CpusetMems": "",
    "Devices": None,
    "DeviceCgroupRules": None,
    "DeviceRequests": None,
    "MemoryReservation": 0,
    "MemorySwap": 0,
    "MemorySwappiness": None,
    "OomKillDisable": None,
    "PidsLimit": None,
    "Ulimits": None,
    "CpuCount": 0,
    "CpuPercent": 0,
    "IOMaximumIOps": 0,
    "IOMaximumBandwidth": 0,
    "MaskedPaths": ["/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/sys/firmware"],
    "ReadonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
}
