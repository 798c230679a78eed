"""What is known over time of an object of any kind, of any engine of a fleet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from dockertui.model import DockerObject
from dockertui.model.happening import Happening
from dockertui.model.project import project_id
from dockertui.model.system import ENGINE
from dockertui.store.history import History
from dockertui.sync.fleet import Fleet


def _none(_: DockerObject) -> str:
    return ""


class FleetMeasurements:
    """Finds it by the ID under which it is measured: a container's, a project's, the engine's."""

    def __init__(self, fleet: Fleet, hindrance: Callable[[DockerObject], str] = _none) -> None:
        """Look at a fleet.

        Args:
            fleet: Whose objects.
            hindrance: What keeps an object from being measured as it should be, in a sentence,
                such as that it is switched off; empty at rest.
        """
        self._fleet = fleet
        self.hindrance = hindrance

    def history(self, target: DockerObject) -> History | None:
        """What an object used; `None` if it was never measured."""
        return self._fleet.of(target).measured.history(target.id)

    def happenings(self, target: DockerObject) -> Sequence[Happening]:
        """What has happened to it, or to its containers, in the order of time."""
        chronicle = self._fleet.of(target).chronicle
        return [it for it in chronicle.all if _concerns(it, target.id)]

    def subscribe(self, target: DockerObject, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` whenever any of this is other, until the returned function is called."""
        member, id_ = self._fleet.of(target), target.id

        def measured(ids: Collection[str]) -> None:
            if id_ in ids:
                changed()

        def happened(happening: Happening) -> None:
            if _concerns(happening, id_):
                changed()

        let_go = member.measured.subscribe(measured), member.chronicle.subscribe(happened)

        def unsubscribe() -> None:
            for each in let_go:
                each()

        return unsubscribe


def _concerns(happening: Happening, id_: str) -> bool:
    is_of_project = bool(happening.project) and project_id(happening.project) == id_
    return id_ in {ENGINE, happening.container_id} or is_of_project
