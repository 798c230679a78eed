"""The Engine API, one file for each noun."""

from dockertui.sim.routes import (
    archives,
    attaching,
    building,
    containers,
    copying,
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
    "archives",
    "attaching",
    "building",
    "containers",
    "copying",
    "execs",
    "images",
    "lifecycle",
    "logs",
    "networks",
    "system",
    "volumes",
    "watching",
]
