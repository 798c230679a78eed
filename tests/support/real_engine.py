"""A real Docker engine of one's own: started in a moment, broken at will, gone without a trace.

It runs in namespaces of its own, so its bridge, its packet filter and its mounts are not the
machine's. `engine_guard` clears it away however the tests end.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docker

if TYPE_CHECKING:
    from docker.models.containers import Container

IMAGE = "busybox:1"
PROGRAMS = (
    *("dockerd", "containerd", "runc", "iptables", "ps"),
    *("busybox", "ip", "nsenter", "unshare"),
)
"""What an engine needs, and what we need to start one."""
READY_S = 60.0
"""How long an engine may take to answer: after a crash it stops the orphans first."""
STOP_S = 20.0
"""How long it may take to end when asked."""


class EngineFailedError(RuntimeError):
    """The engine did not come up; the message holds the end of its log."""


def why_no_engine() -> str | None:
    """What this machine lacks to start a real engine; `None` if it can."""
    if sys.platform != "linux":
        return "a real engine needs Linux"
    if os.geteuid() != 0:
        return "a real engine needs root"
    missing = [each for each in PROGRAMS if shutil.which(each) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


class RealEngine:
    """A throw-away dockerd, up from construction to `close`.

    Methods are for one thread. It can be used as a context manager.
    """

    def __init__(self) -> None:
        # Short: a Unix socket's path has at most 107 bytes, and containerd's are nested deep.
        self.root = Path(tempfile.mkdtemp(prefix="eng-", dir="/tmp"))
        self.cgroup = f"dockertui-{self.root.name}"
        self.base_url = f"unix://{self.root}/d.sock"
        self._dockerd: subprocess.Popen[bytes] | None = None
        self._guard = self._start_guard()
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> RealEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process ID of dockerd."""
        if self._dockerd is None:
            raise EngineFailedError("the engine is not running")
        return self._dockerd.pid

    @cached_property
    def client(self) -> docker.DockerClient:
        """The SDK's client for this engine."""
        return docker.DockerClient(self.base_url, version="1.41", timeout=60)

    def start(self, *, wait: bool = True) -> None:
        """Start dockerd, on the same data and the same socket as before.

        Args:
            wait: Return only when it answers.
        """
        (self.root / "daemon.json").write_text("{}")
        with (self.root / "log").open("ab") as log:
            self._dockerd = subprocess.Popen(
                [*self.inside(), *self._command()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if wait:
            self.wait_ready()

    def wait_ready(self) -> None:
        """Wait until the engine answers.

        Raises:
            EngineFailedError: It ended, or stayed silent for a minute.
        """
        end = time.monotonic() + READY_S
        while time.monotonic() < end:
            if self._dockerd is None or self._dockerd.poll() is not None:
                break
            if self.answers():
                return
            time.sleep(0.02)
        log = (self.root / "log").read_text(errors="replace").splitlines()[-5:]
        raise EngineFailedError("the engine did not start:\n" + "\n".join(log))

    def answers(self) -> bool:
        """Does it answer a ping within a second?"""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(self.base_url.removeprefix("unix://"))
                line.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
                return b" 200 " in line.recv(64)
            except OSError:
                return False

    def stop(self) -> None:
        """Ask dockerd to end, as the system would: its containers end with it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Let dockerd crash: containerd ends with it, the shims and the containers stay."""
        self._end(signal.SIGKILL)
        record = self.root / "exec/containerd/containerd.pid"
        # Until somebody reaps it, a new dockerd would take the dead containerd for a living one.
        while process_state(int(record.read_text())) not in {"", "Z", "X"}:
            time.sleep(0.01)
        record.unlink()

    def freeze(self) -> None:
        """Let it accept connections and stay silent."""
        os.kill(self.pid, signal.SIGSTOP)
        # The call returns before the last of its threads has stopped.
        threads = Path(f"/proc/{self.pid}/task")
        while {process_state(int(each.name)) for each in threads.iterdir()} != {"T"}:
            time.sleep(0.002)

    def thaw(self) -> None:
        """Let it go on after `freeze`."""
        os.kill(self.pid, signal.SIGCONT)

    def close(self) -> None:
        """Leave no process, mount, network, cgroup or file of it."""
        if "client" in self.__dict__:
            self.client.close()
        if self._guard.poll() is None:
            self._guard.communicate()
        if self._dockerd is not None:
            self._dockerd.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def import_busybox(self, reference: str = IMAGE) -> str:
        """Make an image of the machine's own busybox, with `/bin/sh` and a link for each applet.

        Returns:
            The image's ID.
        """
        repository, tag = reference.rsplit(":", 1)
        api = self.client.api
        api.import_image_from_data(
            busybox_root(), repository=repository, tag=tag, changes=['CMD ["sh"]']
        )
        return str(self.client.images.get(reference).id)

    def run(
        self, name: str, command: str | list[str] = "sleep 1000000", **kwargs: Any
    ) -> Container:
        """Start a container in the background, without a network unless one is asked for.

        It ends at once when it is stopped, where it would make the engine wait for ten seconds.

        Args:
            name: The container's name.
            command: What it runs; a string is split as a shell would.
            kwargs: Anything else that the SDK's `run` takes.
        """
        asked = {"image": IMAGE, "network_mode": "none", "stop_signal": "SIGKILL", **kwargs}
        if "network" in asked:
            del asked["network_mode"]
        return self.client.containers.run(command=command, name=name, detach=True, **asked)

    def clear(self) -> None:
        """Remove every container."""
        api = self.client.api
        for each in api.containers(all=True):
            with suppress(docker.errors.NotFound):
                api.remove_container(each["Id"], force=True, v=True)

    def inside(self) -> list[str]:
        """What to put before a command to run it where the engine is."""
        # Not `ip netns exec`: it mounts /sys anew, and dockerd misses its cgroups there.
        return ["nsenter", "--target", str(self._guard.pid), "--mount", "--net", "--root", "--"]

    def _start_guard(self) -> subprocess.Popen[bytes]:
        guard = Path(__file__).with_name("engine_guard.py")
        process = subprocess.Popen(
            [
                *("unshare", "--mount", "--net", "--propagation", "private"),
                *(sys.executable, "-I", "-S", str(guard), str(self.root), self.cgroup),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdout is not None
        if process.stdout.readline() != b"ready\n":
            process.communicate()
            shutil.rmtree(self.root, ignore_errors=True)
            raise EngineFailedError("no namespaces for the engine: may this user make them?")
        return process

    def _command(self) -> list[str]:
        options = {
            "--config-file": "daemon.json",
            "--data-root": "data",
            "--exec-root": "exec",
            "--pidfile": "d.pid",
        }
        places = [f"{option}={self.root / path}" for option, path in options.items()]
        return [
            *("dockerd", *places, f"--host={self.base_url}"),
            *(f"--cgroup-parent=/{self.cgroup}", "--exec-opt=native.cgroupdriver=cgroupfs"),
            "--shutdown-timeout=3",
        ]

    def _end(self, how: signal.Signals) -> None:
        os.kill(self.pid, how)
        assert self._dockerd is not None
        self._dockerd.wait(STOP_S)
        self._dockerd = None


def process_state(pid: int) -> str:
    """The kernel's letter for what a process does, `Z` for a zombie; empty if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def busybox_root() -> bytes:
    """A root file system, as a tar archive, that holds busybox and nothing else."""
    program = Path(shutil.which("busybox") or "/bin/busybox")
    if subprocess.run(["ldd", program], capture_output=True, check=False).returncode == 0:
        raise EngineFailedError(f"{program} needs libraries: install busybox-static")
    applets = subprocess.run([program, "--list"], capture_output=True, check=True, text=True)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in ("bin", "etc", "root", "tmp", "var"):
            add(archive, name, tarfile.DIRTYPE, mode=0o1777 if name == "tmp" else 0o755)
        add(archive, "bin/busybox", tarfile.REGTYPE, program.read_bytes())
        add(archive, "etc/passwd", tarfile.REGTYPE, b"root:x:0:0:root:/root:/bin/sh\n", mode=0o644)
        for applet in set(applets.stdout.split()) - {"busybox"}:
            add(archive, f"bin/{applet}", tarfile.SYMTYPE, link="busybox")
    return packed.getvalue()


def add(
    archive: tarfile.TarFile,
    name: str,
    kind: bytes,
    content: bytes = b"",
    *,
    mode: int = 0o755,
    link: str = "",
) -> None:
    """Put one entry into an archive."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode, entry.size, entry.linkname = kind, mode, len(content), link
    archive.addfile(entry, io.BytesIO(content))
