"""What an engine says of itself."""

from __future__ import annotations

from dataclasses import dataclass

ENGINE = ""
"""The ID of an engine as a whole, for what is said of everything in it."""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Who answered, from `GET /version`."""

    product: str = "Docker"
    """`Docker` or `Podman`."""
    version: str = ""
    """The engine's version, e.g. `27.1.1`."""
    api_version: str = ""
    """The API version we speak with it, e.g. `1.46`."""
    os: str = ""
    """`linux` or `windows`."""
