"""A command executed in a container that runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from dockertui.sim.answers import JSON
from dockertui.sim.container import Container


@dataclass(slots=True, eq=False)
class Execution:
    """What `docker exec` made."""

    id: str
    """64 hexadecimal digits."""
    container: Container
    """Where it runs."""
    asked: JSON
    """The engine's `ExecConfig`."""
    running: bool = False
    """Has it begun and not ended?"""
    exit_code: int | None = None
    """How it ended; `None` while it has not."""
    pid: int = 0
    """Its process."""
    size: tuple[int, int] = field(default=(24, 80))
    """Rows and columns of its terminal."""

    @property
    def command(self) -> list[str]:
        """The program and its arguments."""
        asked = self.asked["Cmd"]
        return [asked] if isinstance(asked, str) else list(asked)

    def inspect(self) -> JSON:
        """What the engine says about it."""
        command = self.command
        process: JSON = {
            "tty": bool(self.asked.get("Tty")),
            "entrypoint": command[0],
            "arguments": command[1:],
            "privileged": bool(self.asked.get("Privileged")),
        }
        if self.asked.get("User"):
            process["user"] = self.asked["User"]
        return {
            "ID": self.id,
            "Running": self.running,
            "ExitCode": self.exit_code,
            "ProcessConfig": process,
            "OpenStdin": bool(self.asked.get("AttachStdin")),
            "OpenStderr": bool(self.asked.get("AttachStderr")),
            "OpenStdout": bool(self.asked.get("AttachStdout")),
            "CanRemove": False,
            "ContainerID": self.container.id,
            "DetachKeys": "",
            "Pid": self.pid,
        }
