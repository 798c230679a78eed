"""What is outside of an engine: the person's own configuration, and the registries."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SOCKETS = "registries"


@dataclass(frozen=True, slots=True)
class Outside:
    """Where a person's configuration is, and how registries are reached."""

    environ: Mapping[str, str]
    """The environment, which names folders, proxies and where helpers are."""
    home: Path
    """The person's home."""
    sockets: Path | None = None
    """A folder with a socket for each host that there is, in place of the network; `None` for the
    network itself."""

    @property
    def settings(self) -> Path:
        """The folder of what the person has told us, and nobody else."""
        named = self.environ.get("XDG_CONFIG_HOME", "")
        folder = Path(named) if named.startswith("/") else self.home / ".config"
        return folder / "dockertui"


def outside_of(stand_in: str) -> Outside:
    """What is outside of an engine.

    Args:
        stand_in: The folder that stands in for it, as a simulated engine has one; empty for the
            person's own, and the world. Nothing of either is touched otherwise.
    """
    if not stand_in:
        return Outside(os.environ, Path.home())
    # No programs either: a helper of the person's would keep what is none of their own.
    home = Path(stand_in)
    return Outside({"HOME": stand_in, "PATH": ""}, home, home / _SOCKETS)
