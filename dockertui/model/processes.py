"""The processes in a container."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProcessTable:
    """What `GET /containers/{id}/top` says."""

    titles: tuple[str, ...]
    """The headings of the host's `ps`."""
    rows: tuple[tuple[str, ...], ...]
    """One tuple a process, as long as `titles`."""
