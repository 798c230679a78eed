"""The Engine API, one file for each noun."""

from dockertui.sim.routes import (
    containers,
    images,
    lifecycle,
    logs,
    networks,
    system,
    volumes,
)

__all__ = ["containers", "images", "lifecycle", "logs", "networks", "system", "volumes"]
