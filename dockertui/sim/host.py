"""The machine and the engine's build, as `/version` and `/info` tell them."""

from __future__ import annotations

from dataclasses import dataclass

from dockertui.sim.answers import JSON
from dockertui.sim.routing import NEWEST, OLDEST


@dataclass(slots=True)
class Host:
    """Where the simulated engine pretends to run."""

    name: str = "harbour"
    """The host name."""
    engine_version: str = "27.1.1"
    """The engine's own version."""
    operating_system: str = "Debian GNU/Linux 12 (bookworm)"
    """What it runs on."""
    kernel: str = "6.1.0-25-amd64"
    """The kernel's version."""
    processors: int = 8
    """How many."""
    memory_bytes: int = 16_624_377_856
    """How much memory."""
    root: str = "/var/lib/docker"
    """Where the engine keeps its things."""
    cgroup_version: int = 2
    """1 or 2: it decides what statistics look like."""
    warnings: tuple[str, ...] = ()
    """What the engine warns of."""
    saves_as: str = "oci"
    """The layout in which it saves images: `classic`, `oci` or `gzip`."""
    saving_pause_s: float = 0.0
    """How long it rests after each piece of an image that it saves."""
    saves_at_most: int | None = None
    """After how many bytes of an image it gives up; `None` for never."""
    reads_at_once: bool = True
    """Is who asks for one reading answered at once, as Docker does since 23.0.8, or only at the
    tick at which it reads for streams?"""
    is_podman: bool = False
    """Does it answer in Podman's shapes?"""

    def headers(self) -> list[tuple[str, str]]:
        """What every answer carries."""
        return [
            ("Api-Version", api_version(NEWEST)),
            ("Docker-Experimental", "false"),
            ("Ostype", "linux"),
            ("Server", f"Docker/{self.engine_version} (linux)"),
        ]

    def version(self) -> JSON:
        """Answer `/version`."""
        build = {
            "GitCommit": "cc13f95",
            "GoVersion": "go1.21.12",
            "Os": "linux",
            "Arch": "amd64",
            "KernelVersion": self.kernel,
            "BuildTime": "2024-07-23T19:57:01.000000000+00:00",
        }
        versions = {
            "ApiVersion": api_version(NEWEST),
            "MinAPIVersion": api_version(OLDEST),
        }
        name = "Podman Engine" if self.is_podman else "Engine"
        details = {**build, **versions, "Experimental": "false"}
        engine = {"Name": name, "Version": self.engine_version, "Details": details}
        return {
            "Platform": {"Name": "" if self.is_podman else "Docker Engine - Community"},
            "Components": [engine, *([] if self.is_podman else _COMPONENTS)],
            "Version": self.engine_version,
            **versions,
            **build,
        }

    def info(self) -> JSON:
        """Answer the part of `/info` that does not change."""
        return {
            **_INFO,
            "CgroupDriver": "systemd" if self.cgroup_version > 1 else "cgroupfs",
            "CgroupVersion": str(self.cgroup_version),
            "KernelVersion": self.kernel,
            "OperatingSystem": self.operating_system,
            "NCPU": self.processors,
            "MemTotal": self.memory_bytes,
            "DockerRootDir": self.root,
            "Name": self.name,
            "ServerVersion": self.engine_version,
            "Warnings": list(self.warnings) or None,
        }


def api_version(version: tuple[int, int]) -> str:
    """Write an API version.

    >>> api_version((1, 45))
    '1.45'
    """
    return f"{version[0]}.{version[1]}"


_COMPONENTS: list[JSON] = [
    {"Name": name, "Version": version, "Details": {"GitCommit": commit}}
    for name, version, commit in (
        ("containerd", "1.7.19", "2bf793ef6dc9a18e00cb12efb64355c2c9d5eb41"),
        ("runc", "1.1.13", "v1.1.13-0-g58aa920"),
        ("docker-init", "0.19.0", "de40ad0"),
    )
]

_CAN = (
    "MemoryLimit",
    "SwapLimit",
    "CpuCfsPeriod",
    "CpuCfsQuota",
    "CPUShares",
    "CPUSet",
    "PidsLimit",
    "IPv4Forwarding",
    "BridgeNfIptables",
    "BridgeNfIp6tables",
)

_NO_SWARM: JSON = {
    "NodeID": "",
    "NodeAddr": "",
    "LocalNodeState": "inactive",
    "ControlAvailable": False,
    "Error": "",
    "RemoteManagers": None,
}

_INFO: JSON = {
    "ID": "6c1f0d0e-7f3b-4a0a-9f1d-5a8f6f1d2c3b",
    "Driver": "overlay2",
    "DriverStatus": [
        ["Backing Filesystem", "extfs"],
        ["Supports d_type", "true"],
        ["Using metacopy", "false"],
        ["Native Overlay Diff", "true"],
        ["userxattr", "false"],
    ],
    "Plugins": {
        "Volume": ["local"],
        "Network": ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"],
        "Authorization": None,
        "Log": ["fluentd", "gelf", "journald", "json-file", "local", "syslog"],
    },
    **dict.fromkeys(_CAN, True),
    "Debug": False,
    "NFd": 41,
    "OomKillDisable": False,
    "NGoroutines": 77,
    "LoggingDriver": "json-file",
    "OSVersion": "12",
    "OSType": "linux",
    "Architecture": "x86_64",
    "IndexServerAddress": "https://index.docker.io/v1/",
    "RegistryConfig": {"InsecureRegistryCIDRs": ["127.0.0.0/8"], "Mirrors": []},
    "GenericResources": None,
    "HttpProxy": "",
    "HttpsProxy": "",
    "NoProxy": "",
    "Labels": [],
    "ExperimentalBuild": False,
    "Runtimes": {"runc": {"path": "runc"}},
    "DefaultRuntime": "runc",
    "Swarm": _NO_SWARM,
    "LiveRestoreEnabled": False,
    "Isolation": "",
    "InitBinary": "docker-init",
    "ContainerdCommit": {"ID": "2bf793ef", "Expected": "2bf793ef"},
    "RuncCommit": {"ID": "v1.1.13-0-g58aa920", "Expected": "v1.1.13-0-g58aa920"},
    "InitCommit": {"ID": "de40ad0", "Expected": "de40ad0"},
    "SecurityOptions": ["name=apparmor", "name=seccomp,profile=builtin", "name=cgroupns"],
}
