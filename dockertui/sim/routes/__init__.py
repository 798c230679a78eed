"""The Engine API, one file for each noun."""

from dockertui.sim.routes import (
    attaching,
    containers,
    execs,
    images,
    lifecycle,
    logs,
    networks,
    system,
    volumes,
    watching,
)

__all__ = [
    "attaching",
    "containers",
    "execs",
    "images",
    "lifecycle",
    "logs",
    "networks",
    "system",
    "volumes",
    "watching",
]
