"""What the containers of an engine use, now and before, and what they use together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from dockertui.model import Container
from dockertui.model.project import project_id
from dockertui.model.system import ENGINE
from dockertui.model.usage import Reading, Usage, total_of, usage_of
from dockertui.store.history import History

_NS = 1_000_000_000
_TURN = 250
"""After how many containers, or projects, others have their turn: 3 ms at most."""


class Measured:
    """The last figures and the histories of one engine's containers, projects and of itself.

    Only the event loop's thread may call it. What is told of changes is who has been measured
    anew: whoever shows figures asks for those it shows.
    """

    def __init__(self) -> None:
        """Begin with nothing measured."""
        self._before: dict[str, Reading] = {}
        self._now: dict[str, Usage] = {}
        self._histories: dict[str, History] = {}
        self._newest_ns = 0
        self._listeners: list[Callable[[Collection[str]], None]] = []

    def now(self, id_: str) -> Usage | None:
        """What a container, project or engine uses now; `None` if that is not known (any more)."""
        return self._now.get(id_)

    def history(self, id_: str) -> History | None:
        """What it used before; `None` if it was never measured. Kept when it stops."""
        return self._histories.get(id_)

    @property
    def histories(self) -> Mapping[str, History]:
        """All histories there are, by ID."""
        return MappingProxyType(self._histories)

    @property
    def newest_ns(self) -> int:
        """When the newest counters were read, on the engine's clock; 0 before the first."""
        return self._newest_ns

    def subscribe(self, listener: Callable[[Collection[str]], None]) -> Callable[[], None]:
        """Call `listener` with who was measured anew, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def take(self, readings: Iterable[Reading]) -> None:
        """Take counters that were read just now, and tell who was measured."""
        told = []
        for reading in readings:
            id_, before = reading.container_id, self._before.get(reading.container_id)
            if before is not None and reading.read_ns <= before.read_ns:
                continue
            usage = usage_of(reading, before)
            self._before[id_] = reading
            self._newest_ns = max(self._newest_ns, usage.at_ns)
            self._set(id_, usage)
            told.append(id_)
        self._tell(told)

    def add_up(self, containers: Iterable[Container], *, age_s: float) -> Iterator[None]:
        """Work out what projects and the engine use, from what their containers use.

        Args:
            containers: All of the engine's.
            age_s: How much older than the newest figures others may be to count.

        Yields:
            Now and then, for others to have their turn: 10,000 containers take 25 ms.
        """
        if not (at_ns := self._newest_ns):
            return
        oldest_ns = at_ns - age_s * _NS
        groups: dict[str, list[Usage]] = {}
        for number, each in enumerate(containers):
            usage = self._now.get(each.id)
            if usage is not None and usage.at_ns >= oldest_ns:
                groups.setdefault(each.project, []).append(usage)
            if number % _TURN == _TURN - 1:
                yield
        totals: list[Usage] = []
        ids = {ENGINE}
        for project, usages in groups.items():
            totals.append(total := total_of(usages, at_ns))
            if project:
                ids.add(id_ := project_id(project))
                self._set(id_, total)
            if len(totals) % _TURN == 0:
                yield
        self._set(ENGINE, total_of(totals, at_ns))  # Of totals, for they are fewer.
        for id_ in [it for it in self._now if it.startswith("project:") and it not in ids]:
            del self._now[id_]
        self._tell(ids)

    def forget_now(self, ids: Iterable[str]) -> None:
        """These run no more: what they use now is not known; what they used is kept."""
        told = []
        for id_ in ids:
            self._before.pop(id_, None)
            if self._now.pop(id_, None) is not None:
                told.append(id_)
        self._tell(told)

    def forget(self, ids: Iterable[str]) -> None:
        """These are gone: nothing of them is kept."""
        gone = tuple(ids)
        self.forget_now(gone)
        for id_ in gone:
            self._histories.pop(id_, None)

    def _set(self, id_: str, usage: Usage) -> None:
        self._now[id_] = usage
        self._history(id_).add(usage)

    def _history(self, id_: str) -> History:
        if (found := self._histories.get(id_)) is None:
            found = self._histories[id_] = History()
        return found

    def _tell(self, ids: Collection[str]) -> None:
        if ids:
            for listener in tuple(self._listeners):
                listener(ids)
