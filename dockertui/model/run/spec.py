"""What a container is to be made from: all that `docker run` can say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dockertui.model.run.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSpec(Limits):
    """The words of a `docker run` line, one field for each flag.

    Values stay as they were typed, right or wrong, so that a form can hold them while they are
    typed and a line can be written back as it was read. They may also come from an engine, with
    whatever is in there: nothing of it is drawn unless `shell.shown` has made it safe.
    """

    image: str = ""
    """The reference or ID of the image."""
    command: tuple[str, ...] = ()
    """The words after the image; empty for the image's own command."""

    detach: bool = False
    """Leave it in the background, though it might be typed to?"""
    interactive: bool = False
    """Keep its input open?"""
    tty: bool = False
    """Give it a terminal?"""
    auto_remove: bool = False
    """Remove it, and its anonymous volumes, as soon as it ends?"""
    name: str = ""
    """Its name; empty lets the engine make one up."""
    ports: tuple[str, ...] = ()
    """Published ports, e.g. `127.0.0.1:8080:80/tcp`."""
    volumes: tuple[str, ...] = ()
    """Volumes and folders, e.g. `data:/var/lib/data:ro`."""
    env: tuple[str, ...] = ()
    """Variables, `NAME=value`, or `NAME` for the value it has where dockertui runs."""
    env_files: tuple[str, ...] = ()
    """Files of variables, where dockertui runs."""

    entrypoint: str | None = None
    """The program before the command; `None` for the image's own, empty for none at all."""
    user: str = ""
    """Whom it runs as: `name|uid[:group|gid]`."""
    workdir: str = ""
    """Where it starts."""
    platform: str = ""
    """E.g. `linux/arm64`."""
    pull: str = ""
    """When to pull the image: `always`, `missing` or `never`; empty for `missing`."""
    init: bool = False
    """Let a small init reap its zombies and pass on signals?"""
    stop_signal: str = ""
    """What asks it to stop; empty for the image's choice."""
    stop_timeout: str = ""
    """Seconds between that and SIGKILL."""

    networks: tuple[str, ...] = ()
    """Networks by name, the first of them its mode: `bridge`, `none`, `host`, `container:…`."""
    network_aliases: tuple[str, ...] = ()
    """Further names in the first network."""
    hostname: str = ""
    """Its own idea of its name."""
    domainname: str = ""
    """And of its domain's."""
    extra_hosts: tuple[str, ...] = ()
    """Lines of its hosts file, `name:address`."""
    dns: tuple[str, ...] = ()
    """Name servers."""
    dns_search: tuple[str, ...] = ()
    """Domains to search in."""
    dns_options: tuple[str, ...] = ()
    """Options of its resolver."""
    ip: str = ""
    """Its IPv4 address in the first network."""
    ip6: str = ""
    """Its IPv6 address there."""
    link_local_ips: tuple[str, ...] = ()
    """Its link-local addresses there."""
    mac_address: str = ""
    """Its hardware address there."""
    links: tuple[str, ...] = ()
    """Other containers, `name:alias`; a thing of the past."""
    expose: tuple[str, ...] = ()
    """Ports that it listens on, unpublished."""
    publish_all: bool = False
    """Publish every exposed port, on ports that the engine picks?"""

    mounts: tuple[str, ...] = ()
    """Mounts in the long form, `type=bind,source=…,target=…`."""
    tmpfs: tuple[str, ...] = ()
    """Folders in memory, `/run:size=64m`."""
    read_only: bool = False
    """Mount its root read only?"""
    volumes_from: tuple[str, ...] = ()
    """Containers whose volumes it gets, too."""
    volume_driver: str = ""
    """Who makes its volumes."""
    shm_size: str = ""
    """The size of `/dev/shm`."""
    storage_opts: tuple[str, ...] = ()
    """Options of the storage driver."""

    health_cmd: str = ""
    """A shell command that succeeds while it is healthy."""
    health_interval: str = ""
    """The time between two probes, e.g. `30s`."""
    health_timeout: str = ""
    """The time that one may take."""
    health_retries: str = ""
    """How many must fail in a row."""
    health_start_period: str = ""
    """How long failures do not count at first."""
    health_start_interval: str = ""
    """The time between two probes meanwhile."""
    no_healthcheck: bool = False
    """Do without the image's check?"""

    labels: tuple[str, ...] = ()
    """Labels, `name=value`."""
    label_files: tuple[str, ...] = ()
    """Files of labels, where dockertui runs."""
    annotations: tuple[str, ...] = ()
    """What is told to the runtime, `name=value`."""
    log_driver: str = ""
    """Who keeps its log."""
    log_opts: tuple[str, ...] = ()
    """Options of that, `max-size=10m`."""

    privileged: bool = False
    """May it do whatever root may do on the host?"""
    cap_add: tuple[str, ...] = ()
    """Capabilities that it gets."""
    cap_drop: tuple[str, ...] = ()
    """Capabilities that are taken from it."""
    security_opts: tuple[str, ...] = ()
    """Options of AppArmor, seccomp, SELinux."""
    devices: tuple[str, ...] = ()
    """Devices of the host, `/dev/fuse[:/dev/fuse[:rwm]]`."""
    device_cgroup_rules: tuple[str, ...] = ()
    """Rules for devices, `c 42:* rmw`."""
    gpus: str = ""
    """Graphics processors: `all`, a number, or `device=…`."""
    group_adds: tuple[str, ...] = ()
    """Further groups of its user."""
    userns: str = ""
    """The user namespace, `host`."""
    sysctls: tuple[str, ...] = ()
    """Settings of the kernel, `net.core.somaxconn=1024`."""

    ipc: str = ""
    """The IPC namespace."""
    pid: str = ""
    """The process namespace."""
    uts: str = ""
    """The namespace of names."""
    cgroupns: str = ""
    """The cgroup namespace."""
    cgroup_parent: str = ""
    """The cgroup above its own."""
    runtime: str = ""
    """The OCI runtime."""
    isolation: str = ""
    """How it is isolated, on Windows."""
    cpu_count: str = ""
    """Processors, on Windows."""
    cpu_percent: str = ""
    """Their use, on Windows."""
    io_maxbandwidth: str = ""
    """Bytes a second of the system drive, on Windows."""
    io_maxiops: str = ""
    """Operations a second there."""

    @property
    def attaches(self) -> bool:
        """Is it to be typed to as soon as it runs?"""
        return self.interactive and not self.detach

    def switched(self, name: str, *, on: bool) -> RunSpec:
        """The spec with a switch turned: what is typed to does not stay in the background."""
        changed: dict[str, Any] = {name: on}
        if name == "interactive":
            changed["detach"] = not on
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class ReadSpec:
    """A spec that was read from a line or from a container, and what it does not hold."""

    spec: RunSpec
    """What is to run."""
    notes: tuple[str, ...] = ()
    """What was left out, or stands otherwise than it was; a sentence each, safe to draw."""
