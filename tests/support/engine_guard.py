"""The process that owns a throw-away engine's namespaces, and clears up after it.

It is started as `unshare --mount --net python engine_guard.py ROOT CGROUP`, says `ready`, and
waits for its standard input to end. That happens when the tests close it, and also when they are
killed, so whatever becomes of them: no process, mount, network or cgroup of the engine stays.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
MNT_DETACH = 2
PATIENCE_S = 10.0
"""How long killed processes may take to be gone."""


def main(root: Path, cgroup: str) -> None:
    """Hold the namespaces until nobody wants them any more, then leave nothing behind."""
    # An interrupt of the tests goes to the whole foreground group; the guard goes last.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    os.write(1, b"ready\n")
    sys.stdin.buffer.read()
    end_processes(cgroup)
    unmount_below(root)
    remove_cgroups(cgroup)
    shutil.rmtree(root, ignore_errors=True)


def end_processes(cgroup: str) -> None:
    """Kill the engine, its shims and its containers, and wait until they are gone."""
    end = time.monotonic() + PATIENCE_S
    # A shim may start one more process while its siblings die: ask until nobody is left.
    while (found := {*of_our_namespace(), *in_cgroups(cgroup)}) and time.monotonic() < end:
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


def of_our_namespace() -> Iterator[int]:
    """The other processes that see our mounts: dockerd, containerd and the shims."""
    ours = os.stat("/proc/self/ns/mnt").st_ino
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                if (entry / "ns/mnt").stat().st_ino == ours:
                    yield int(entry.name)


def in_cgroups(cgroup: str) -> Iterator[int]:
    """The processes of the containers."""
    for directory in cgroup_directories(cgroup):
        with suppress(OSError):
            yield from map(int, (directory / "cgroup.procs").read_text().split())


def cgroup_directories(cgroup: str) -> Iterator[Path]:
    """Every cgroup of the engine, of version 1 and of version 2, innermost first."""
    for top in (*CGROUPS.glob(cgroup), *CGROUPS.glob(f"*/{cgroup}")):
        # It passes over those that vanish meanwhile.
        for directory, _, _ in os.walk(top, topdown=False):
            yield Path(directory)


def unmount_below(root: Path) -> None:
    """Detach what is mounted under a directory; it is mounted in this namespace alone."""
    libc = ctypes.CDLL(None, use_errno=True)
    mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    for mount in reversed(mounts):
        if mount == str(root) or mount.startswith(f"{root}/"):
            libc.umount2(os.fsencode(mount), MNT_DETACH)


def remove_cgroups(cgroup: str) -> None:
    """Remove the cgroups, which are empty now."""
    for directory in cgroup_directories(cgroup):
        with suppress(OSError):
            directory.rmdir()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
