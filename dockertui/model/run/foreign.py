"""Flags that say nothing of what a container is to be, and those of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CLIENTS: Mapping[str, bool] = MappingProxyType(
    {
        "attach": True,
        "cidfile": True,
        "detach-keys": True,
        "disable-content-trust": False,
        "help": False,
        "quiet": False,
        "sig-proxy": False,
        "use-api-socket": False,
    }
)
"""Those that concern the `docker` command alone, and whether they take a value."""

CLIENTS_SHORT: Mapping[str, str] = MappingProxyType({"a": "attach", "q": "quiet"})
"""Their letters."""

PODMANS: Mapping[str, bool] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("arch", "authfile", "cgroup-conf", "cgroups", "chrootdirs", "conmon-pidfile"),
                *("creds", "decryption-key", "env-merge", "gidmap", "group-entry", "hostuser"),
                *("image-volume", "init-ctr", "init-path", "log-tag", "os", "passwd-entry"),
                *("personality", "pidfile", "pod", "pod-id-file", "preserve-fds", "requires"),
                *("sdnotify", "seccomp-policy", "secret", "shm-size-systemd", "subgidname"),
                *("subuidname", "systemd", "timeout", "tz", "uidmap", "umask", "unsetenv"),
                *("variant", "health-log-destination", "health-max-log-count"),
                *("health-max-log-size", "health-on-failure", "health-startup-cmd"),
                *("health-startup-interval", "health-startup-retries"),
                *("health-startup-success", "health-startup-timeout", "retry", "retry-delay"),
            ),
            True,
        ),
        **dict.fromkeys(
            (
                *("env-host", "http-proxy", "no-hostname", "no-hosts", "passwd", "read-only-tmpfs"),
                *("replace", "rmi", "rootfs", "tls-verify", "unsetenv-all", "no-trunc"),
            ),
            False,
        ),
    }
)
"""Those that only Podman has, and whether they take a value."""

BEFORE_RUN: Mapping[str, bool] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("config", "context", "host", "log-level", "tlscacert", "tlscert", "tlskey"),
                *("connection", "identity", "url", "root", "runroot", "cgroup-manager"),
                *("namespace", "address"),
            ),
            True,
        ),
        **dict.fromkeys(("debug", "tls", "tlsverify", "remote"), False),
    }
)
"""Those that stand before `run` and say which engine is meant."""

BEFORE_RUN_SHORT: Mapping[str, str] = MappingProxyType(
    {"c": "context", "D": "debug", "H": "host", "l": "log-level", "n": "namespace", "a": "address"}
)
"""Their letters."""
