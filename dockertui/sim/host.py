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
        details = {
            "ApiVersion": api_version(NEWEST),
            "Arch": "amd64",
            "BuildTime": "2024-07-23T19:57:01.000000000+00:00",
            "Experimental": "false",
            "GitCommit": "cc13f95",
            "GoVersion": "go1.21.12",
            "KernelVersion": self.kernel,
            "MinAPIVersion": api_version(OLDEST),
            "Os": "linux",
        }
        engine = "Podman Engine" if self.is_podman else "Engine"
        component = {"Name": engine, "Version": self.engine_version, "Details": details}
        others = [
            {"Name": name, "Version": version, "Details": {"GitCommit": commit}}
            for name, version, commit in (
                ("containerd", "1.7.19", "2bf793ef6dc9a18e00cb12efb64355c2c9d5eb41"),
                ("runc", "1.1.13", "v1.1.13-0-g58aa920"),
                ("docker-init", "0.19.0", "de40ad0"),
            )
        ]
        return {
            "Platform": {"Name": "" if self.is_podman else "Docker Engine - Community"},
            "Components": [component, *([] if self.is_podman else others)],
            "Version": self.engine_version,
            "ApiVersion": api_version(NEWEST),
            "MinAPIVersion": api_version(OLDEST),
            **{key: details[key] for key in ("GitCommit", "GoVersion", "Os", "Arch")},
            "KernelVersion": self.kernel,
            "BuildTime": details["BuildTime"],
        }

    def info(self) -> JSON:
        """Answer the part of `/info` that does not change."""
        return {
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
            "CgroupDriver": "systemd" if self.cgroup_version > 1 else "cgroupfs",
            "CgroupVersion": str(self.cgroup_version),
            "KernelVersion": self.kernel,
            "OperatingSystem": self.operating_system,
            "OSVersion": "12",
            "OSType": "linux",
            "Architecture": "x86_64",
            "IndexServerAddress": "https://index.docker.io/v1/",
            "RegistryConfig": {"InsecureRegistryCIDRs": ["127.0.0.0/8"], "Mirrors": []},
            "NCPU": self.processors,
            "MemTotal": self.memory_bytes,
            "GenericResources": None,
            "DockerRootDir": self.root,
            "HttpProxy": "",
            "HttpsProxy": "",
            "NoProxy": "",
            "Name": self.name,
            "Labels": [],
            "ExperimentalBuild": False,
            "ServerVersion": self.engine_version,
            "Runtimes": {"runc": {"path": "runc"}},
            "DefaultRuntime": "runc",
            "Swarm": _NO_SWARM,
            "LiveRestoreEnabled": False,
            "Isolation": "",
            "InitBinary": "docker-init",
            "SecurityOptions": ["name=seccomp,profile=builtin"],
            "Warnings": None,
        }


def api_version(version: tuple[int, int]) -> str:
    """Write an API version.

    >>> api_version((1, 45))
    '1.45'
    """
    return f"{version[0]}.{version[1]}"


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
