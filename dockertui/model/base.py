"""What every Docker object has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple


class Key(NamedTuple):
    """The identity of an object among all engines; it survives a rename."""

    engine: str
    """The name of the engine that has it."""
    id: str
    """The engine's own ID for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DockerObject:
    """Anything an engine can list: a container, an image, a volume, a network."""

    kind: ClassVar[str] = ""
    """The object's `Type` in the event stream, e.g. `"container"`."""
    is_listed: ClassVar[bool] = True
    """Does an engine list such objects? Others follow from those that it lists."""

    id: str
    """The engine's ID, whole."""
    name: str
    """What a person calls it."""
    engine: str = ""
    """The name of the engine that has it."""
    activity: str = ""
    """What we are doing to it right now, e.g. `stopping`; empty when at rest."""

    @property
    def key(self) -> Key:
        """Its identity among all engines."""
        return Key(self.engine, self.id)
