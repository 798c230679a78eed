"""What a rule line says of the end of a container's life."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from dockertui.model import Container, Event
from dockertui.store.log_record import RULE, rule
from dockertui.sync.log_times import SECOND_NS, clock_words, ns_of, stamp_in, stamp_of

_SHORT_MEANINGS = {
    126: "cannot be executed",
    127: "command not found",
    134: "aborted",
    137: "killed",
    139: "segmentation fault",
    143: "terminated",
}


@dataclass(frozen=True, slots=True)
class Death:
    """How and when the process of a container ended."""

    time_ns: int
    """When."""
    exit_code: int | None = None
    """Its exit code; `None` when the engine did not say."""
    oom: bool = False
    """Had the kernel just killed something in it for want of memory?"""

    @property
    def words(self) -> str:
        """How it ended, and when, where the person is.

        >>> Death(0, 137, oom=True).words.rpartition(",")[0]
        'exited 137, out of memory'
        """
        return ", ".join(it for it in (self.outcome, clock_words(self.time_ns)) if it)

    @property
    def restarted(self) -> str:
        """What a rule says when it was started again."""
        return f"restarted: {self.words}"

    @property
    def outcome(self) -> str:
        """How it ended; empty when nobody knows."""
        if self.exit_code is None:
            return ""
        meaning = _SHORT_MEANINGS.get(self.exit_code, "")
        if self.oom and self.exit_code:
            meaning = "out of memory"
        return f"exited {self.exit_code}{', ' if meaning else ''}{meaning}"


class Coroner:
    """Notes how a container died, from the events that the engine sends of it."""

    def __init__(self) -> None:
        """Begin with a container that lives."""
        self._oom = False

    def heed(self, event: Event) -> Death | None:
        """Take an event of the container; return its death, if that is what it is."""
        match event.action:
            case "oom":
                self._oom = True
            case "start":
                self._oom = False
            case "die":
                oom, self._oom = self._oom, False
                return Death(event.time_ns, _number(event.attributes.get("exitCode", "")), oom)
        return None


def listed_death(container: Container, now_ns: int) -> Death:
    """How a container died, as the list has it: for a death that no event told of."""
    since = container.since
    time_ns = int(since.timestamp() * SECOND_NS) if since else now_ns
    return Death(time_ns, container.exit_code)


def same_place(one: Container, other: Container) -> bool:
    """Does one container stand where the other stood: by name, or as a Compose service's nth?"""
    if one.name == other.name:
        return True
    place = _compose_place(one)
    return place is not None and place == _compose_place(other)


def _compose_place(container: Container) -> tuple[str, str, str] | None:
    labels = container.labels
    number = labels.get("com.docker.compose.container-number", "")
    if labels.get("com.docker.compose.oneoff", "").lower() == "true" or not number:
        return None
    return (container.project, container.service, number)


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


class RuleQueue:
    """Rules that wait for their places among the lines."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: list[tuple[int, bytes]] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, time_ns: int, words: str) -> None:
        """Let a rule stand before the first line that is later."""
        self._waiting.append((time_ns, rule(stamp_of(time_ns), words)))

    def place(self, block: bytes) -> bytes:
        """Put the rules whose place is in a block there."""
        while self._waiting and (place := first_after(block, self._waiting[0][0])) is not None:
            _, line = self._waiting.pop(0)
            block = block[:place] + line + block[place:]
        return block

    def take(self) -> bytes:
        """All that still wait, for no line comes."""
        block = b"".join(line for _, line in self._waiting)
        self._waiting.clear()
        return block


class RuleTimer:
    """Sees to it that rules do not wait for ever when no line comes."""

    def __init__(self, rules: RuleQueue, take: Callable[[bytes], None]) -> None:
        """Begin at rest, on the running loop.

        Args:
            rules: The rules that wait.
            take: Takes those that have waited long enough.
        """
        self._rules = rules
        self._take = take
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    def wait(self, at_most_s: float) -> None:
        """Let the rules wait so long from now on."""
        self.stop()
        self._timer = self._loop.call_later(at_most_s, self.end) if self._rules else None

    def end(self) -> None:
        """Let them wait no longer."""
        if block := self._rules.take():
            self._take(block)

    def stop(self) -> None:
        """Let them wait for ever."""
        if self._timer is not None:
            self._timer.cancel()


def first_after(block: bytes, time_ns: int) -> int | None:
    """Where the first line begins that is later; rules of ours do not count."""
    start = 0
    while start < len(block):
        end = block.find(b"\n", start) + 1 or len(block)
        if block[start : start + 1] != RULE and ns_of(stamp_in(block[start:end])) > time_ns:
            return start
        start = end
    return None
