"""Where charts find what was measured of an object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from dockertui.model import DockerObject
from dockertui.model.happening import Happening
from dockertui.store.history import History


class Measurements(Protocol):
    """What is known of objects over time."""

    def history(self, target: DockerObject) -> History | None:
        """What an object used; `None` if it was never measured."""
        ...

    def happenings(self, target: DockerObject) -> Sequence[Happening]:
        """What has happened to it, or to what it is made of, in the order of time."""
        ...

    def hindrance(self, target: DockerObject) -> str:
        """What keeps it from being measured as it should be, in a sentence; empty at rest."""
        ...

    def subscribe(self, target: DockerObject, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` whenever any of this is other, until the returned function is called."""
        ...
