"""A command executed in a container that runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from dockertui.sim.answers import JSON
from dockertui.sim.container import Container
from dockertui.sim.process import missing
from dockertui.sim.shell.files import Files
from dockertui.sim.shell.launch import Launch
from dockertui.sim.shell.session import Session

_CANNOT_RUN = 126
_KILLED = 137


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
    session: Session | None = None
    """Who can be typed to; `None` before it began."""
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it has begun."""

    @property
    def command(self) -> list[str]:
        """The program and its arguments."""
        asked = self.asked["Cmd"]
        return [asked] if isinstance(asked, str) else list(asked)

    @property
    def has_tty(self) -> bool:
        """Is it on a terminal?"""
        return bool(self.asked.get("Tty"))

    def problem(self) -> str | None:
        """Say in the engine's words why it cannot be run; `None` if it can."""
        user = str(self.asked.get("User") or "").partition(":")[0]
        files = Files(self.container)
        if user and not user.isdigit() and f"{user}:" not in (files.read("/etc/passwd") or ""):
            return f"unable to find user {user}: no matching entries in passwd file"
        runtime = "OCI runtime exec failed: exec failed: unable to start container process: "
        directory = self.asked.get("WorkingDir")
        if directory and not files.is_directory(directory):
            return (
                f'{runtime}chdir to cwd ("{directory}") set in config.json failed: '
                "no such file or directory: unknown"
            )
        reason = missing(self.container, self.command[0])
        return None if reason is None else runtime + reason

    def refuse(self) -> None:
        """Have ended without having begun."""
        self.exit_code = _CANNOT_RUN

    async def run(self, emit: Callable[[int, str], None]) -> None:
        """Run to the end, or until the container ends.

        Args:
            emit: takes what it writes: the stream and the text.
        """
        container = self.container
        self.session = Session(container, self._launch(), emit)
        self.running, self.pid = True, container.world.next_pid()
        self.begun.set()
        container.emit(f"exec_start: {' '.join(self.command)}", execID=self.id)
        run = asyncio.ensure_future(self.session.run())
        ended = asyncio.ensure_future(container.life.ended())
        try:
            await asyncio.wait({run, ended}, return_when=asyncio.FIRST_COMPLETED)
            self.exit_code = run.result() if run.done() else _KILLED
        finally:
            run.cancel()
            ended.cancel()
            self.running = False
        container.emit("exec_die", execID=self.id, exitCode=str(self.exit_code))

    def _launch(self) -> Launch:
        asked = self.asked
        return Launch(
            self.command,
            has_terminal=self.has_tty,
            reads=bool(asked.get("AttachStdin")),
            user=str(asked.get("User") or ""),
            directory=asked.get("WorkingDir") or "",
            environment=asked.get("Env") or (),
        )

    def inspect(self) -> JSON:
        """What the engine says about it."""
        command = self.command
        process: JSON = {
            "tty": self.has_tty,
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
