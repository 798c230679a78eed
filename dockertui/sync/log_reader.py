"""Reading one container's log, at whatever end it is wanted."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

from dockertui.engine import Engine, LogRequest
from dockertui.store.log_record import rule
from dockertui.sync.log_history import last_until, most_lines
from dockertui.sync.log_span import LogSpan
from dockertui.sync.log_times import SECOND_NS, bound_of, stamp_of
from dockertui.sync.resume import GapError, Resume

_LOOK_BACK = 1_000, 20_000, 200_000, 2_000_000, None
"""How many lines an engine looks back to go on with a log: looking through all of a million lines
for a time stamp keeps it busy for seconds. That it was too little is told by the first line."""
_SLACK = 200
"""How many lines a log may grow by while older ones are asked for, before that is asked again."""


@dataclass(frozen=True, slots=True)
class LogBounds:
    """A span of time, from and to fixed moments, as an engine takes them."""

    since: str = ""
    """From when on, as `seconds.nanoseconds`; empty for the beginning."""
    until: str = ""
    """Up to when; empty for all that is still to come."""
    tail: int | None = None
    """How many of the last lines to begin with; `None` for all."""

    @classmethod
    def of(cls, span: LogSpan) -> LogBounds:
        """What a span means now."""
        now_ns = time.time_ns()

        def bound(age_s: int | None) -> str:
            return "" if age_s is None else bound_of(now_ns - age_s * SECOND_NS)

        return cls(bound(span.since_s), bound(span.until_s), span.tail)


class LogReader:
    """Reads the log of one container, on from the last line it has, without loss or repetition."""

    def __init__(
        self,
        engine: Engine,
        container_id: str,
        bounds: LogBounds,
        take: Callable[[bytes], None],
        *,
        patience_s: float = 0.0,
        prepare: Callable[[], Awaitable[None]],
    ) -> None:
        """Have read nothing yet.

        Args:
            engine: Whom to ask.
            container_id: Whose log.
            bounds: Which part of it.
            take: Takes what is new whenever something has come, even if nothing of it is new.
            patience_s: How long lines to come may be gathered.
            prepare: Awaited when the first lines have come, before they are taken.
        """
        self.has_older = False
        """Are there lines within the bounds before those that were read?"""
        self._engine = engine
        self._id = container_id
        self._bounds = bounds
        self._take = take
        self._patience_s = patience_s
        self._prepare: Callable[[], Awaitable[None]] | None = prepare
        self._resume = Resume()
        self._most_lines = 0
        self._opening = True

    @property
    def recent(self) -> bytes:
        """The last lines, some hundred at least if there are so many."""
        return self._resume.recent

    async def read_history(self) -> None:
        """Read what is there now.

        Raises:
            EngineError: When it cannot be read.
        """
        tail = self._bounds.tail
        if not self._bounds.until or tail is None:
            await self._stream(self._request(tail, follow=False))
            return
        self._opening = False
        block, self.has_older = await last_until(
            self._engine, self._request(tail, follow=False), wanted=tail, later=0
        )
        self._most_lines += most_lines(block)
        await self._prepared()
        self._take(block)

    async def read_on(self) -> None:
        """Read what is there, and what comes, until the container stops or the engine goes.

        Raises:
            EngineError: When it cannot be read.
        """
        for tail in _LOOK_BACK:
            try:
                await self._stream(self._request(tail, follow=True))
            except GapError:
                continue
            return

    async def older(self, until_ns: int, wanted: int) -> tuple[bytes, bool]:
        """The last lines up to a time, and whether there are older ones.

        Raises:
            EngineError: When the engine does not say.
        """
        self._opening = False
        request = LogRequest(
            container_id=self._id, since=self._bounds.since, until=bound_of(until_ns)
        )
        later = self._most_lines + _SLACK
        block, more = await last_until(self._engine, request, wanted=wanted, later=later)
        self._most_lines += most_lines(block)
        return block, more

    def _request(self, tail: int | None, *, follow: bool) -> LogRequest:
        """Ask for what comes after the last line; at first, for what is to begin with."""
        since = self._resume.begin(may_gap=tail is None)
        return LogRequest(
            container_id=self._id,
            tail=tail if since else self._bounds.tail,
            since=since or self._bounds.since,
            until=self._bounds.until,
            follow=follow,
            patience_s=self._patience_s,
        )

    async def _stream(self, request: LogRequest) -> None:
        async with aclosing(self._engine.logs(request)) as stream:
            async for block in stream:
                await self._prepared()
                fresh = self._resume.fresh(block)
                self._count(fresh, request.tail)
                self._take(self._after_loss(fresh))

    async def _prepared(self) -> None:
        prepare, self._prepare = self._prepare, None
        if prepare is not None:
            await prepare()

    def _count(self, block: bytes, tail: int | None) -> None:
        self._most_lines += most_lines(block)
        if self._opening and tail is not None and self._most_lines >= tail:
            # As many as were asked for: there may be more.
            self.has_older, self._opening = True, False

    def _after_loss(self, block: bytes) -> bytes:
        if not self._resume.has_lost:
            return block
        self._resume.has_lost = False
        stamp = stamp_of(self._resume.last_ns)
        return rule(stamp, "lines are missing here: the engine no longer had them") + block
