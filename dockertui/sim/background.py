"""A simulated engine in a process of its own, so that it shares no processor time with the app."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from types import TracebackType
from typing import Self

_PATIENCE_S = 10.0
_ROOM = 50
"""The path of a socket has 104 bytes on some systems, and ours need half of them."""


class BackgroundEngine:
    """Serves a scenario from another process, which ends with this one."""

    def __init__(self, scenario: str = "demo", *, seed: int = 7) -> None:
        """Get ready to start.

        Args:
            scenario: its name, e.g. `demo` or `many:10000`.
            seed: what everything that looks like chance depends on.
        """
        self._scenario = scenario
        self._seed = seed
        self._place = ""
        self._is_ready = False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        """The address, as `DOCKER_HOST` would give it; known once it was launched."""
        return f"unix://{self._place}/d.sock"

    @property
    def stand_in(self) -> str:
        """The folder that stands in for a home and for registries; known once it was launched."""
        return self._place

    @property
    def pid(self) -> int:
        """The process that serves; 0 while there is none."""
        return self._process.pid if self._process else 0

    def launch(self) -> None:
        """Start the process and do not wait until it is ready."""
        self._place = tempfile.mkdtemp(prefix="dtui-", dir=_folder())
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "dockertui.sim"),
                *("--scenario", self._scenario, "--seed", str(self._seed)),
                *("--socket", f"{self._place}/d.sock", "--tidy"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Block until it is ready; not at all if that is known.

        Raises:
            RuntimeError: it ended instead.
        """
        if self._is_ready:
            return
        assert self._process is not None
        assert self._process.stdout is not None
        self._is_ready = self._process.stdout.readline().startswith(b"ready")
        if not self._is_ready:
            self.stop()
            raise RuntimeError(f"the simulated engine could not serve {self._scenario!r}")

    def start(self) -> None:
        """Start the process and block until it is ready."""
        self.launch()
        self.wait()

    def stop(self) -> None:
        """End the process, and wait until it has."""
        process, self._process, self._is_ready = self._process, None, False
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            try:
                process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self._place, ignore_errors=True)

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()


def _folder() -> str:
    """Where temporary files go, unless the path of a socket would be too long there."""
    usual = tempfile.gettempdir()
    short = "/tmp"
    return short if len(usual) > _ROOM and os.access(short, os.W_OK | os.X_OK) else usual
