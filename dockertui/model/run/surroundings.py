"""What a new container would meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dockertui.model.container import Container
from dockertui.model.run.here import Here


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The engine's containers and networks, and the host where dockertui runs."""

    containers: tuple[Container, ...] = ()
    """Every container of the engine."""
    networks: frozenset[str] | None = None
    """The names and IDs of its networks; `None` while they are not known."""
    images: tuple[str, ...] = ()
    """The tags of its images."""
    is_local: bool = False
    """Does the engine run where dockertui does, and mount folders from here?"""
    here: Here = field(default_factory=Here)
    """Where dockertui runs."""
    spared: str = ""
    """The ID of a container that will be gone by then; empty for none."""

    @property
    def others(self) -> Iterator[Container]:
        """The containers that will still be there."""
        return (it for it in self.containers if it.id != self.spared)
