"""What only an inspection tells of an image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageDetail:
    """What `GET /images/{id}/json` says beyond the list. Missing fields keep their default."""

    id: str
    """The full ID."""
    parent: str = ""
    """The ID of the image it was built on, if that was built here."""
    layers: tuple[str, ...] = ()
    """The digest of what is in each of its layers, the lowest first."""
    created: datetime | None = None
    """When it was built, in UTC; `None` if it does not say."""
    size_bytes: int = 0
    """What all its layers take."""
    os: str = ""
    """The operating system that it is for."""
    architecture: str = ""
    """The processor that it is for, with its variant: `arm64/v8`."""
    author: str = ""
    """Who made it."""
    comment: str = ""
    """What its maker noted."""
    entrypoint: tuple[str, ...] = ()
    """The words before the command."""
    command: tuple[str, ...] = ()
    """The command, word by word."""
    user: str = ""
    """Whom it runs as; empty for root."""
    working_dir: str = ""
    """Where it starts."""
    env: tuple[tuple[str, str], ...] = ()
    """Its environment: names and values, in the engine's order."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """Its labels."""
    ports: tuple[str, ...] = ()
    """The ports that it says it listens on, e.g. `80/tcp`."""
    volumes: tuple[str, ...] = ()
    """The folders that get an anonymous volume."""
    stop_signal: str = ""
    """What it is asked to stop with; empty for SIGTERM."""
    shell: tuple[str, ...] = ()
    """What runs the commands of its Dockerfile, unless that is the usual."""
    health_check: tuple[str, ...] = ()
    """How its health is checked: `CMD` or `CMD-SHELL`, and the command."""
    on_build: tuple[str, ...] = ()
    """What is done when an image is built on it."""
