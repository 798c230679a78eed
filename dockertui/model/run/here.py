"""Where dockertui runs: what a shell would put for `$HOME`, `~` and `$(pwd)`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Here:
    """A folder, a person, and an environment."""

    folder: str = "/"
    """The working directory."""
    home: str = "/"
    """The person's home."""
    environ: Mapping[str, str] = field(default_factory=dict[str, str])
    """The environment."""
    user_id: int = 0
    """The person's number."""
    group_id: int = 0
    """And that of their group."""

    @classmethod
    def now(cls) -> Here:
        """Look around."""
        try:
            folder, home = os.getcwd(), str(Path.home())
        except (OSError, RuntimeError):
            folder, home = "/", "/"
        environ = {"PWD": folder, "HOME": home, **os.environ}
        return cls(folder, home, environ, os.getuid(), os.getgid())

    @cached_property
    def commands(self) -> Mapping[str, str]:
        """What some commands would write that are common within a line."""
        name = self.environ.get("USER") or self.environ.get("LOGNAME", "")
        found = {
            "pwd": self.folder,
            "id -u": str(self.user_id),
            "id -g": str(self.group_id),
            "whoami": name,
            "id -un": name,
        }
        return {command: text for command, text in found.items() if text}

    def path(self, text: str) -> str:
        """A path on this host in full, if it is a relative one or begins with `~`.

        >>> here = Here(folder="/srv/app", home="/home/ann")
        >>> here.path("./data"), here.path("~/data"), here.path("."), here.path("/data")
        ('/srv/app/data', '/home/ann/data', '/srv/app', '/data')
        """
        if text == "~" or text.startswith("~/"):
            text = self.home + text[1:]
        return os.path.normpath(os.path.join(self.folder, text))
