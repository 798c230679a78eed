"""What charts show, told by a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dockertui.model import DockerObject
from dockertui.model.happening import Happening, What
from dockertui.model.usage import Usage
from dockertui.store.history import History

NOW_S = 1_795_442_400
"""2026-11-23 14:00:00 UTC."""
NS = 1_000_000_000


class ToldMeasurements:
    """Knows what a test tells it, and who listens."""

    def __init__(self) -> None:
        self.histories: dict[str, History] = {}
        self.happened: list[Happening] = []
        self.hinders = ""
        self.listeners: list[tuple[str, Callable[[], None]]] = []

    def history(self, target: DockerObject) -> History | None:
        return self.histories.get(target.id)

    def happenings(self, target: DockerObject) -> Sequence[Happening]:
        return [it for it in self.happened if it.container_id == target.id]

    def hindrance(self, target: DockerObject) -> str:
        return self.hinders

    def subscribe(self, target: DockerObject, changed: Callable[[], None]) -> Callable[[], None]:
        listener = (target.id, changed)
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def measure(self, target: DockerObject, at_s: float, **figures: float | None) -> None:
        """Tell all who listen what an object used."""
        self.note(target, at_s, **figures)
        self.tell()

    def note(self, target: DockerObject, at_s: float, **figures: float | None) -> None:
        """Know what an object used, and tell nobody yet."""
        history = self.histories.setdefault(target.id, History())
        history.add(Usage(at_ns=round(at_s * NS), **figures))

    def happen(
        self, target: DockerObject, what: What, at_s: float, exit_code: int | None = None
    ) -> None:
        """Tell what happened to a container."""
        self.happened.append(
            Happening(
                what=what,
                at_ns=round(at_s * NS),
                container_id=target.id,
                name=target.name,
                exit_code=exit_code,
            )
        )
        self.tell()

    def tell(self) -> None:
        """Tell all who listen that something is other."""
        for _, changed in tuple(self.listeners):
            changed()
