"""The logs of several containers, followed into one store in order of time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from dockertui.model import Container
from dockertui.store.log_source import LogSource
from dockertui.store.log_store import LogStore
from dockertui.sync.fleet import Member
from dockertui.sync.log_merge import LogMerge
from dockertui.sync.log_span import LogSpan
from dockertui.sync.merged_sources import MergedSources
from dockertui.sync.merged_words import LateWords, logs_explanation, logs_status

_PAUSE_S = 0.1
_BREATH_S = 0.001
_READING_S = 0.3
_PATIENCE_S = 10.0
"""How long all others wait for the history of one."""
_OLDER_AT_ONCE = 20_000
_SAID_S = 0.5


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
        self._label = title
        self._loop = asyncio.get_running_loop()
        self._loading: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._begin(span)

    def close(self) -> None:
        """Let go of every stream, at once."""
        self._end()

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
        self._merge, self._late = LogMerge(), LateWords()
        self._begun = self._loop.time()
        self._whole_from: bytes | None = None
        self._woken = asyncio.Event()
        self._party = MergedSources(
            self._members,
            self._wanted,
            span,
            join=self._merge.join,
            take=self._take,
            told=self._told,
        )
        self._name()
        self._pump = self._loop.create_task(self._pour())
        self._timer = self._loop.call_later(_READING_S, self._say_again)

    def _end(self) -> None:
        self._party.close()
        for each in (self._pump, self._timer, self._loading):
            if each is not None:
                each.cancel()
        self._timer = self._loading = None

    def _name(self) -> None:
        self.sources = self._party.sources
        count = len(self.sources)
        self.title = self._label or f"{count} container{'' if count == 1 else 's'}"

    # What comes

    def _take(self, tag: bytes, block: bytes) -> None:
        self._merge.add(tag, block, self._loop.time())
        self._woken.set()

    def _told(self) -> None:
        for lane in self._party.lanes:
            if lane.log.is_settled:
                self._merge.settle(lane.tag)
        self._name()
        self._woken.set()
        self._tell()

    async def _pour(self) -> None:
        """Let go on what may, ten times a second while there is something."""
        await self._wait_for_histories()
        self._begin_where_whole()
        while True:
            for pause_s in iter(self._pour_some, 0.0):
                await asyncio.sleep(pause_s)
            await self._woken.wait()
            self._woken.clear()

    async def _wait_for_histories(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_S):
                while not self._merge.is_settled:
                    await self._woken.wait()
                    self._woken.clear()
        for lane in self._party.lanes:
            self._merge.settle(lane.tag)

    def _begin_where_whole(self) -> None:
        lanes = [it for it in self._party.lanes if it.log.has_older]
        self._whole_from = max((self._merge.first_key(it.tag) for it in lanes), default=b"")
        self.has_older = bool(self._whole_from)
        self._merge.cut(self._whole_from)

    def _pour_some(self) -> float:
        """Let some lines go on; return for how long to rest, 0 when none are left."""
        for lane in self._party.lanes:
            self._merge.set_open(lane.tag, is_open=lane.log.is_following)
        block = self._merge.take(self._loop.time())
        if block:
            self.store.append(block)
            self._tell()
        if not len(self._merge):
            return 0.0
        return _BREATH_S if block else _PAUSE_S

    async def _load_older(self, store: LogStore) -> None:
        share = _OLDER_AT_ONCE // max(1, len(self.sources))
        wanted = max(1, min(self.span.tail or share, share))
        try:
            older = b""
            while self._whole_from and not older:
                older, self._whole_from = await self._party.older(self._whole_from, wanted)
            self.has_older = bool(self._whole_from)
            if older:
                store.prepend(older)
        finally:
            self._loading = None
        self._tell()

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
        logs = [it.log for it in self._party.lanes]
        if self._loading is not None:
            return "loading older lines"
        if self._whole_from is None and self._loop.time() - self._begun > _READING_S:
            ready = sum(it.is_settled for it in logs)
            return logs_status(logs) or f"reading: {ready} of {len(logs)} logs so far"
        return logs_status(logs) or self._late.status(self._merge, self._loop.time())

    def _why_nothing(self) -> str:
        return logs_explanation([it.log for it in self._party.lanes])
