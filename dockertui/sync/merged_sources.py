"""Who takes part in a merged log, now and later."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dockertui.engine import EngineError
from dockertui.model import Container
from dockertui.store import Diff
from dockertui.store.log_record import rule, tag_of
from dockertui.store.log_source import LogSource
from dockertui.sync.container_log import ContainerLog
from dockertui.sync.fleet import Member
from dockertui.sync.log_merge import LogMerge
from dockertui.sync.log_rules import same_place
from dockertui.sync.log_sources import natural, sources_of
from dockertui.sync.log_span import LogSpan
from dockertui.sync.log_times import SECOND_NS, ns_of, stamp_of

AT_ONCE = 50
"""How many logs are followed at a time."""
_TURNS = 6
"""How many histories are asked for at a time."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One source, and where its lines come from."""

    tag: bytes
    """What its records bear."""
    member: Member
    """The engine that has it."""
    log: ContainerLog
    """Its log."""


class MergedSources:
    """Every container that is wanted, each with its log; whoever appears later joins in."""

    def __init__(
        self,
        members: Sequence[Member],
        wanted: Callable[[Container], bool],
        span: LogSpan,
        *,
        join: Callable[[bytes], None],
        take: Callable[[bytes, bytes], None],
        told: Callable[[], None],
    ) -> None:
        """Begin to follow, on the running loop.

        Args:
            members: The engines that have the containers.
            wanted: Is a container one of them?
            span: Which part of their logs.
            join: Told the tag of a source before anything comes of it.
            take: Takes the tag of a source and records of its, which do not bear it.
            told: Called when anything that a log says has changed.
        """
        self.lanes: list[Lane] = []
        """The sources in their order, those that have ended too."""
        self.sources: Mapping[bytes, LogSource] = {}
        """Who they are, by tag."""
        self._wanted, self._span = wanted, span
        self._join_in, self._take, self._told = join, take, told
        self._turn, self._room = asyncio.Semaphore(_TURNS), asyncio.Semaphore(AT_ONCE)
        found = [
            (member, each)
            for member in members
            for each in member.store.snapshot(Container).values()
            if wanted(each)
        ]
        for member, each in sorted(found, key=lambda it: natural(it[1].name)):
            self._join(member, each)
        self._name()
        self._let_go = [it.store.subscribe(Container, partial(self._listed, it)) for it in members]

    def close(self) -> None:
        """Let go of every stream, at once."""
        for let_go in self._let_go:
            let_go()
        for lane in self.lanes:
            lane.log.close()

    async def older(self, whole_from: bytes, wanted: int) -> tuple[bytes, bytes]:
        """The lines of all sources up to a key, back to where they are whole again.

        Args:
            whole_from: The key.
            wanted: How many lines of each are enough.

        Returns:
            The lines with their tags, in order, and the key from which on they are whole; it is
            empty when there are no older ones.
        """
        until_ns = ns_of(whole_from)
        parts = await asyncio.gather(*(self._older_of(it, until_ns, wanted) for it in self.lanes))
        merge, firsts = LogMerge(), list[bytes]()
        for lane, (block, more) in zip(self.lanes, parts, strict=False):
            merge.join(lane.tag)
            merge.add(lane.tag, block, 0.0)
            merge.settle(lane.tag)
            merge.set_open(lane.tag, is_open=False)
            if more:
                firsts.append(merge.first_key(lane.tag))
        whole_from = max(firsts, default=b"")
        merge.cut(whole_from)
        return await _all_of(merge), whole_from

    async def _older_of(self, lane: Lane, until_ns: int, wanted: int) -> tuple[bytes, bool]:
        try:
            async with self._turn:
                return await lane.log.older(until_ns, wanted)
        except EngineError:
            return b"", False

    def _join(self, member: Member, container: Container) -> bytes:
        tag = tag_of(len(self.lanes))
        self._join_in(tag)
        log = ContainerLog(
            member,
            container,
            partial(self._take, tag),
            self._told,
            span=self._span,
            turn=self._turn,
            room=self._room,
        )
        self.lanes.append(Lane(tag, member, log))
        return tag

    def _name(self) -> None:
        self.sources = sources_of([it.log.container for it in self.lanes])

    def _listed(self, member: Member, change: Diff[Container]) -> None:
        fresh = [
            it
            for it in (*change.added, *change.changed)
            if self._wanted(it) and not self._has(member, it)
        ]
        for each in sorted(fresh, key=lambda it: natural(it.name)):
            tag = self._join(member, each)
            self._name()
            created_ns = int(each.created.timestamp()) * SECOND_NS if each.created else 0
            words = f"{self.sources[tag].short} joined"
            self._take(tag, rule(stamp_of(created_ns or time.time_ns()), words))
        if fresh:
            self._told()

    def _has(self, member: Member, container: Container) -> bool:
        """Is it one of them, or about to take the place of one?"""
        return any(
            it.member is member and same_place(it.log.container, container) for it in self.lanes
        )


async def _all_of(merge: LogMerge) -> bytes:
    """All lines that have been joined, slice by slice: others go on meanwhile."""
    slices = list[bytes]()
    while block := merge.take(0.0):
        slices.append(block)
        await asyncio.sleep(0)
    return b"".join(slices)
