"""The logs of several containers, followed into one store in order of time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from dockertui.engine import EngineError
from dockertui.model import Container
from dockertui.store import Diff
from dockertui.store.log_record import rule, tag_of
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.container_log import ContainerLog
from dockertui.sync.fleet import Member
from dockertui.sync.log_merge import LogMerge
from dockertui.sync.log_reasons import LOST_AMID
from dockertui.sync.log_rules import same_place
from dockertui.sync.log_sources import natural, sources_of
from dockertui.sync.log_span import LogSpan
from dockertui.sync.log_times import SECOND_NS, ns_of, stamp_of

AT_ONCE = 50
"""How many logs are followed at a time."""
_TURNS = 6
"""How many histories an engine is asked for at a time."""
_PAUSE_S = 0.1
_BREATH_S = 0.001
_PATIENCE_S = 10.0
"""How long all others wait for the history of one."""
_OLDER_AT_ONCE = 20_000
_LATE_SAID_S = 5.0
_SAID_S = 0.5
"""How long what is said of the state is left as it is while nothing comes."""


@dataclass(slots=True)
class _Lane:
    """One source, and where its lines come from."""

    tag: bytes
    member: Member
    log: ContainerLog


class MergedFeed:
    """Follows every container that is wanted, now and later, until closed.

    Lines are in the order of their time stamps: see `LogMerge`. The log begins where it is whole,
    which is where the shortest history that was asked for begins; `load_older` goes further back.
    A container that appears later joins in; one that takes the place of another goes on as it.
    """

    def __init__(
        self,
        members: Sequence[Member],
        wanted: Callable[[Container], bool],
        changed: Callable[[], None],
        *,
        span: LogSpan = LogSpan(),  # noqa: B008 - frozen
        title: str = "",
    ) -> None:
        """Begin to follow, on the running loop.

        Args:
            members: The engines that have the containers.
            wanted: Is a container one of them?
            changed: Called when there are lines, or when anything else that it says changes.
            span: Which part of the logs to begin with.
            title: What to call them all; otherwise they are counted.
        """
        self.store = LogStore()
        """The lines so far, each with the tag of its source; another one for another span."""
        self.sources: Mapping[bytes, LogSource] = {}
        """Everybody whose lines there are, by tag."""
        self.explanation = ""
        """Why there are no lines."""
        self.status = ""
        """What keeps it from being up to date, in words; empty at rest."""
        self.title = title
        """What is followed."""
        self.has_older = False
        """Are there lines before the first one that can be had?"""
        self._members = members
        self._wanted = wanted
        self._changed = changed
        self._name = title
        self._loop = asyncio.get_running_loop()
        self._lanes: list[_Lane] = []
        self._loading: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._let_go = [it.store.subscribe(Container, partial(self._listed, it)) for it in members]
        self._begin(span)

    def close(self) -> None:
        """Let go of every stream, at once."""
        self._end()
        for let_go in self._let_go:
            let_go()
        self._let_go = []

    def set_span(self, span: LogSpan) -> None:
        """Begin again with another part of the logs, in a new store."""
        self._end()
        self._begin(span)
        self._tell()

    def load_older(self) -> None:
        """Put older lines before the first one, if there are any; `changed` tells of it."""
        if self.has_older and self._loading is None:
            self._loading = self._loop.create_task(self._load_older(self.store))
            self._tell()

    def previous_life(self) -> bool:
        """Refuse: merged logs go through all lives."""
        return False

    def next_life(self) -> bool:
        """Refuse: merged logs go through all lives."""
        return False

    # Beginning and end

    def _begin(self, span: LogSpan) -> None:
        self.span = span
        self.store = LogStore()
        self.has_older = False
        self._merge = LogMerge()
        self._lanes = []
        self._turn, self._room = asyncio.Semaphore(_TURNS), asyncio.Semaphore(AT_ONCE)
        self._begun = self._loop.time()
        self._is_open = False
        self._whole_from = b""
        self._late, self._late_at = 0, 0.0
        self._woken = asyncio.Event()
        found = [(it, each) for it in self._members for each in self._listed_by(it)]
        for member, each in sorted(found, key=lambda it: natural(it[1].name)):
            self._join(member, each)
        self._name_sources()
        self._pump = self._loop.create_task(self._pour())

    def _end(self) -> None:
        self._pump.cancel()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        for lane in self._lanes:
            lane.log.close()

    def _listed_by(self, member: Member) -> list[Container]:
        return [it for it in member.store.snapshot(Container).values() if self._wanted(it)]

    # Who takes part

    def _join(self, member: Member, container: Container) -> bytes:
        tag = tag_of(len(self._lanes))
        self._merge.join(tag)
        log = ContainerLog(
            member,
            container,
            lambda block: self._take(tag, block),
            self._told,
            span=self.span,
            turn=self._turn,
            room=self._room,
        )
        self._lanes.append(_Lane(tag, member, log))
        return tag

    def _name_sources(self) -> None:
        self.sources = sources_of([it.log.container for it in self._lanes])
        count = len(self._lanes)
        self.title = self._name or f"{count} container{'' if count == 1 else 's'}"

    def _listed(self, member: Member, change: Diff[Container]) -> None:
        fresh = [
            it
            for it in (*change.added, *change.changed)
            if self._wanted(it) and not self._has(member, it)
        ]
        for each in sorted(fresh, key=lambda it: natural(it.name)):
            tag = self._join(member, each)
            self._name_sources()
            created_ns = int(each.created.timestamp()) * SECOND_NS if each.created else 0
            words = f"{self.sources[tag].short} joined"
            self._take(tag, rule(stamp_of(created_ns or time.time_ns()), words))
        if fresh:
            self._tell()

    def _has(self, member: Member, container: Container) -> bool:
        """Is it one of them, or about to take the place of one?"""
        return any(
            it.member is member and same_place(it.log.container, container) for it in self._lanes
        )

    # What comes of them

    def _take(self, tag: bytes, block: bytes) -> None:
        self._merge.add(tag, block, self._loop.time())
        self._woken.set()

    def _told(self) -> None:
        for lane in self._lanes:
            if lane.log.is_settled:
                self._merge.settle(lane.tag)
        self._woken.set()
        self._tell()

    async def _pour(self) -> None:
        """Let go on what may, ten times a second while there is something."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            if not self._is_open:
                await self._wait_for_histories()
                self._begin_where_whole()
            for pause_s in iter(self._pour_some, 0.0):
                await asyncio.sleep(pause_s)

    async def _wait_for_histories(self) -> None:
        end = self._begun + _PATIENCE_S
        while not self._merge.is_settled and (left_s := end - self._loop.time()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left_s, 1.0)):
                    await self._woken.wait()
            self._woken.clear()
            self._tell()
        for lane in self._lanes:
            self._merge.settle(lane.tag)

    def _begin_where_whole(self) -> None:
        firsts = [self._merge.first_key(it.tag) for it in self._lanes if it.log.has_older]
        self._whole_from = max(firsts, default=b"")
        self.has_older = bool(self._whole_from)
        for lane in self._lanes:
            self._merge.cut(lane.tag, self._whole_from)
        self._is_open = True

    def _pour_some(self) -> float:
        """Let some lines go on; return for how long to rest, 0 when none are left."""
        for lane in self._lanes:
            self._merge.set_open(lane.tag, is_open=lane.log.is_following)
        block = self._merge.take(self._loop.time())
        if block:
            self.store.append(block)
            self._tell()
        if not len(self._merge):
            return 0
        return _BREATH_S if block else _PAUSE_S

    async def _load_older(self, store: LogStore) -> None:
        try:
            older = b""
            while self._whole_from and not older:
                older = await self._older()
            self.has_older = bool(self._whole_from)
            if older:
                store.prepend(older)
        finally:
            self._loading = None
        self._tell()

    async def _older(self) -> bytes:
        """The lines before those that are there, back to where they are whole again."""
        wanted = max(1, min(self.span.tail or _OLDER_AT_ONCE, _OLDER_AT_ONCE // len(self._lanes)))
        until_ns = ns_of(self._whole_from)
        parts = await asyncio.gather(*(self._older_of(it, until_ns, wanted) for it in self._lanes))
        merge = LogMerge()
        firsts = list[bytes]()
        for lane, (block, more) in zip(self._lanes, parts, strict=True):
            merge.join(lane.tag)
            merge.add(lane.tag, block, 0.0)
            merge.settle(lane.tag)
            merge.set_open(lane.tag, is_open=False)
            if more:
                firsts.append(merge.first_key(lane.tag))
        self._whole_from = max(firsts, default=b"")
        for lane in self._lanes:
            merge.cut(lane.tag, self._whole_from)
        older = list[bytes]()
        while block := merge.take(0.0):
            older.append(block)
            await asyncio.sleep(0)
        return b"".join(older)

    async def _older_of(self, lane: _Lane, until_ns: int, wanted: int) -> tuple[bytes, bool]:
        try:
            async with self._turn:
                return await lane.log.older(until_ns, wanted)
        except EngineError:
            return b"", False

    # What it says

    def _tell(self) -> None:
        self.status = self._status_now()
        self.explanation = "" if len(self.store) else self._why_nothing()
        self._changed()
        if self.status and self._timer is None:
            self._timer = self._loop.call_later(_SAID_S, self._say_again)

    def _say_again(self) -> None:
        """Look whether what was said is still true, though nothing has come meanwhile."""
        self._timer = None
        if self._status_now() != self.status:
            self._tell()
        elif self.status:
            self._timer = self._loop.call_later(_SAID_S, self._say_again)

    def _status_now(self) -> str:
        logs = [it.log for it in self._lanes]
        if any(it.is_waiting for it in logs):
            return LOST_AMID
        if self._loading is not None:
            return "loading older lines"
        settled = sum(it.is_settled for it in logs)
        if settled < len(logs) and self._loop.time() - self._begun > _PAUSE_S:
            return f"reading: {settled} of {len(logs)} logs so far"
        now_s = time.time()
        for log in logs:
            if words := log.pace.status(now_s, log.count):
                return f"{log.container.name}: {words}"
        return self._late_words()

    def _late_words(self) -> str:
        now = self._loop.time()
        if self._merge.late != self._late:
            self._late, self._late_at = self._merge.late, now
        if not self._late or now - self._late_at > _LATE_SAID_S:
            return ""
        return f"{self._late:,} line{'' if self._late == 1 else 's'} came late, out of order"

    def _why_nothing(self) -> str:
        if not self._lanes:
            return "No container to follow yet. One that appears joins by itself."
        reasons = [it.log.explanation for it in self._lanes]
        if not all(reasons):
            return ""
        if len(set(reasons)) == 1:
            return reasons[0]
        return "\n".join(
            f"{it.log.container.name}: {it.log.explanation}" for it in self._lanes[:_SAID]
        )


_SAID = 8
