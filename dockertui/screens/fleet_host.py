"""What actions may know of the engines, and of what they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from textual.app import App

from dockertui.engine import Engine
from dockertui.model import Container, DockerObject
from dockertui.sync import Fleet

T = TypeVar("T", bound=DockerObject)


class FleetHost:
    """The part of an action's context that knows the engines."""

    def __init__(self, app: App[Any], fleet: Fleet) -> None:
        """Serve an app.

        Args:
            app: Whose screen dialogs are shown on.
            fleet: The engines, and what they have.
        """
        self._app = app
        self._fleet = fleet

    def engine(self, target: DockerObject) -> Engine:
        """The engine that has an object."""
        return self._fleet.of(target).engine

    def objects(self, kind: type[T]) -> Sequence[T]:
        """Every object of a kind that is known, of all engines."""
        return self._fleet.objects(kind)


def check_in_use(fleet: Fleet, say: Callable[[str], None]) -> None:
    """Find out whether there are newer images than those that containers were made from."""
    for member in fleet:
        containers = member.store.snapshot(Container).values()
        if containers and not member.updates.is_checking:
            say("Asking registries about the images in use.")
        member.updates.check(containers, say)
