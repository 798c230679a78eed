"""What has happened to the containers of an engine, the newest last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from dockertui.model import Event
from dockertui.model.happening import Happening, What

_MOST = 2_000
"""How many are kept: some hundred KB."""
_PATIENCE_NS = 300 * 10**9
"""Who ends within this after a signal was sent to it ends because it was asked to."""
_WHAT = {
    "create": What.CREATED,
    "start": What.STARTED,
    "die": What.ENDED,
    "oom": What.OUT_OF_MEMORY,
    "pause": What.PAUSED,
    "unpause": What.RESUMED,
    "destroy": What.REMOVED,
}


class Chronicle:
    """Keeps what has happened, by the engine's clock; what happens a second time is told anew.

    Events may come late, as those from before the program was started do, and more than once.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._all: list[Happening] = []
        self._asked_ns: dict[str, int] = {}
        self._listeners: list[Callable[[Happening], None]] = []

    @property
    def all(self) -> Sequence[Happening]:
        """All that is kept, in the order of time."""
        return self._all

    def of(self, container_ids: Iterable[str]) -> list[Happening]:
        """What has happened to some containers, in the order of time."""
        wanted = frozenset(container_ids)
        return [it for it in self._all if it.container_id in wanted]

    def since(self, at_ns: int) -> list[Happening]:
        """What has happened at or after a moment, in the order of time."""
        return [it for it in self._all if it.at_ns >= at_ns]

    def subscribe(self, listener: Callable[[Happening], None]) -> Callable[[], None]:
        """Call `listener` with each new happening, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def heed(self, event: Event) -> None:
        """Take an event into account; one that is known already is not told again."""
        if event.kind != "container" or (happening := self._read(event)) is None:
            return
        first = bisect_left(self._all, event.time_ns, key=_moment)
        after = bisect_right(self._all, event.time_ns, key=_moment)
        if happening in self._all[first:after]:
            return
        self._all.insert(after, happening)
        del self._all[:-_MOST]
        for listener in tuple(self._listeners):
            listener(happening)

    def _read(self, event: Event) -> Happening | None:
        if event.action == "kill":
            self._asked_ns[event.actor_id] = event.time_ns
            return None
        what = _WHAT.get(event.action)
        if event.action == "health_status":
            what = {"healthy": What.HEALTHY, "unhealthy": What.UNHEALTHY}.get(event.detail)
        if what is None:
            return None
        code = _exit_code(event) if what is What.ENDED else None
        if what is What.ENDED:
            asked_ns = self._asked_ns.pop(event.actor_id, -_PATIENCE_NS)
            was_asked = event.time_ns - asked_ns < _PATIENCE_NS
            what = What.FAILED if code and not was_asked else What.ENDED
        return Happening(
            what=what,
            at_ns=event.time_ns,
            container_id=event.actor_id,
            name=event.attributes.get("name", ""),
            project=event.attributes.get("com.docker.compose.project", ""),
            exit_code=code,
        )


def _moment(happening: Happening) -> int:
    return happening.at_ns


def _exit_code(event: Event) -> int | None:
    said = event.attributes.get("exitCode") or event.attributes.get("containerExitCode") or ""
    return int(said) if said.isdecimal() else None
