"""What has happened to the containers of an engine, the newest last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence

from dockertui.model import Event
from dockertui.model.happening import Happening, What

_MOST = 2_000
"""How many are kept: some hundred KB."""
_SIGNALS = 8
"""How many of the last signals to each container are known."""
_PATIENCE_NS = 300 * 10**9
"""Who ends within this after a signal was sent to it ends because it was asked to."""
_OUT_OF_MEMORY_NS = 10 * 10**9
"""Who ends within this after the kernel killed a process of it ends because of that."""
_WHAT = {
    "create": What.CREATED,
    "start": What.STARTED,
    "die": What.ENDED,
    "oom": What.OUT_OF_MEMORY,
    "pause": What.PAUSED,
    "unpause": What.RESUMED,
    "destroy": What.REMOVED,
}
_ENDS = {What.ENDED, What.FAILED}
_SHELL = 128
"""What is added to the number of the signal that ended a process to make its exit code."""
_ASKS_FOR_SOMETHING_ELSE = {"1", "10", "12", "18", "19", "20", "28"}
"""HUP, USR1, USR2, CONT, STOP, TSTP, WINCH: most programs reload, or go on; few end."""


class Chronicle:
    """Keeps what has happened, by the engine's clock; what happens a second time is told anew.

    Events may come late, as those from before the program was started do, and more than once.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.told = 0
        """How many things have been told so far: more than are kept, in the end."""
        self._all: list[Happening] = []
        self._signals: defaultdict[str, deque[tuple[int, str]]] = defaultdict(
            lambda: deque(maxlen=_SIGNALS)
        )
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
        return self._all[bisect_left(self._all, at_ns, key=_moment) :]

    def restarts(self, since_ns: int) -> Counter[str]:
        """How often each container began again, since a moment, after it had ended unasked.

        The end itself may be from before that moment.
        """
        counts = Counter[str]()
        ended = set[str]()
        for each in self._all:
            if each.what in _ENDS:
                (ended.discard if each.asked else ended.add)(each.container_id)
            elif each.what is What.STARTED and each.container_id in ended:
                ended.discard(each.container_id)
                if each.at_ns >= since_ns:
                    counts[each.container_id] += 1
        return counts

    def subscribe(self, listener: Callable[[Happening], None]) -> Callable[[], None]:
        """Call `listener` with each new happening, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def heed(self, event: Event) -> None:
        """Take an event into account; one that is known already is not told again."""
        if event.kind != "container":
            return
        if event.action == "kill":
            signal = event.attributes.get("signal", "")
            self._signals[event.actor_id].append((event.time_ns, signal))
            return
        if (what := _what(event)) is None:
            return
        first = bisect_left(self._all, event.time_ns, key=_moment)
        after = bisect_right(self._all, event.time_ns, key=_moment)
        if any(_is_of(it, event, what) for it in self._all[first:after]):
            return
        happening = self._read(event, what)
        self._all.insert(after, happening)
        del self._all[:-_MOST]
        if what is What.REMOVED:
            self._signals.pop(event.actor_id, None)
        self.told += 1
        for listener in tuple(self._listeners):
            listener(happening)

    def _read(self, event: Event, what: What) -> Happening:
        is_end = what is What.ENDED
        code = _exit_code(event) if is_end else None
        asked = is_end and self._was_asked(event, code)
        return Happening(
            what=What.FAILED if code and not asked else what,
            at_ns=event.time_ns,
            container_id=event.actor_id,
            name=event.attributes.get("name", ""),
            project=event.attributes.get("com.docker.compose.project", ""),
            exit_code=code,
            asked=asked,
            out_of_memory=is_end and self._is_oom(event),
        )

    def _is_oom(self, event: Event) -> bool:
        """Did the kernel kill a process of the life that ended, just before?"""
        killed_ns = self._last_ns(event, What.OUT_OF_MEMORY, _OUT_OF_MEMORY_NS)
        return killed_ns > self._last_ns(event, What.STARTED, _OUT_OF_MEMORY_NS)

    def _last_ns(self, event: Event, what: What, within_ns: int) -> int:
        """When something happened last to the same container before an event; 0 if not lately."""
        end = bisect_right(self._all, event.time_ns, key=_moment)
        for place in range(end - 1, -1, -1):
            each = self._all[place]
            if each.at_ns < event.time_ns - within_ns:
                break
            if each.container_id == event.actor_id and each.what is what:
                return each.at_ns
        return 0

    def _was_asked(self, event: Event, code: int | None) -> bool:
        """Did it end because of a signal that somebody sent to the life that ended?"""
        began_ns = max(
            event.time_ns - _PATIENCE_NS, self._last_ns(event, What.STARTED, _PATIENCE_NS)
        )
        return any(
            began_ns <= at_ns <= event.time_ns and _asks_to_end(signal, code)
            for at_ns, signal in self._signals.get(event.actor_id, ())
        )


def _what(event: Event) -> What | None:
    if event.action == "health_status":
        return {"healthy": What.HEALTHY, "unhealthy": What.UNHEALTHY}.get(event.detail)
    return _WHAT.get(event.action)


def _is_of(known: Happening, event: Event, what: What) -> bool:
    """Is it what the same event was read as before?"""
    same = known.what is what or (what in _ENDS and known.what in _ENDS)
    return same and known.container_id == event.actor_id and known.at_ns == event.time_ns


def _asks_to_end(signal: str, code: int | None) -> bool:
    if signal.isdecimal() and code == _SHELL + int(signal):
        return True
    return signal not in _ASKS_FOR_SOMETHING_ELSE


def _moment(happening: Happening) -> int:
    return happening.at_ns


def _exit_code(event: Event) -> int | None:
    said = event.attributes.get("exitCode") or event.attributes.get("containerExitCode") or ""
    return int(said) if said.isdecimal() else None
