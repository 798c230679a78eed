"""One container's log, followed through its lives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext

from dockertui.engine import (
    EngineError,
    EngineUnavailable,
    Forbidden,
    LogRequest,
    NotSupported,
    ObjectNotFound,
)
from dockertui.model import Container
from dockertui.store.log_record import rule
from dockertui.sync.container_lives import ContainerLives
from dockertui.sync.fleet import Member
from dockertui.sync.link import Phase
from dockertui.sync.log_history import last_until, most_lines
from dockertui.sync.log_pace import LogPace
from dockertui.sync.log_reasons import GONE, why_nothing, why_unread
from dockertui.sync.log_span import LogSpan
from dockertui.sync.log_times import SECOND_NS, bound_of, stamp_of
from dockertui.sync.resume import GapError, Resume

_LOOK_BACK = 1_000, 20_000, None
"""How many lines an engine looks back to go on with a log: looking through all of a million lines
for a time stamp keeps it busy for seconds."""
_QUIET_S = 0.15
_SILENT_S = 1.5
"""For how long a rule waits for the lines before it: those sent again are among them."""
_REMIND_S = 0.3
_PATIENCE_S = 0.2
_SLACK = 200
"""How many lines a log may grow by while older ones are asked for, before that is asked again."""

Turn = AbstractAsyncContextManager[object]


class ContainerLog:
    """Follows the log of one container until closed, and hands over its records.

    A stream ends when its container stops or its engine goes. It then waits for either to come
    back, or for another container to take the place of one that was removed, and goes on at the
    last line it has, so that nothing is lost or doubled.
    """

    def __init__(
        self,
        member: Member,
        container: Container,
        take: Callable[[bytes], None],
        told: Callable[[], None],
        *,
        span: LogSpan,
        turn: Turn | None = None,
        room: Turn | None = None,
    ) -> None:
        """Begin to follow, on the running loop.

        Args:
            member: The engine that has the container.
            container: Whose log.
            take: Takes records, in the order in which they were written.
            told: Called when anything that it says has changed.
            span: Which part of the log.
            turn: For one log of many: entered while its history is read. The lines to come are
                then asked for apart, and gathered for a moment.
            room: Entered while lines to come are waited for.
        """
        self.explanation = ""
        """Why no lines have come."""
        self.is_settled = False
        """Has it handed over what was there at the beginning, as far as anybody could?"""
        self.has_older = False
        """Are there lines within the span before those handed over?"""
        self.is_following = False
        """Would a line that is written now come?"""
        self.count = 0
        """How many lines it has handed over; rules are none."""
        self._member = member
        self._take = take
        self._told = told
        self._span = span
        self._turn = turn
        self._room = room or nullcontext()
        now_ns = time.time_ns()
        self._since_ns = now_ns - span.since_s * SECOND_NS if span.since_s is not None else 0
        self._until_ns = now_ns - span.until_s * SECOND_NS if span.until_s is not None else 0
        self.pace = LogPace(time.time())
        """How far what comes is behind what is written."""
        self._most_lines = 0
        self._resume = Resume()
        self._resume_of = container
        self._opening = True
        self._lost = self._was_waiting = self._is_paused = False
        self._flusher: asyncio.TimerHandle | None = None
        self._again = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.lives = ContainerLives(member, container, self._lives_changed)
        self._task = self._loop.create_task(self._follow())

    def close(self) -> None:
        """Let go of the stream, at once."""
        self._task.cancel()
        self.lives.close()
        if self._flusher is not None:
            self._flusher.cancel()

    def pause(self) -> None:
        """Let go of the stream for a while, because nobody looks; `go_on` misses nothing."""
        if not self._task.done():
            self._is_paused = True
            self._task.cancel()

    def go_on(self) -> None:
        """Take the stream up again, at the last line there is."""
        if self._is_paused:
            self._is_paused = False
            self._task = self._loop.create_task(self._follow())

    @property
    def container(self) -> Container:
        """Whose log it is now."""
        return self.lives.container

    @property
    def is_waiting(self) -> bool:
        """Does it wait for an engine that is lost?"""
        return self._member.watcher.link.phase is Phase.LOST

    async def older(self, until_ns: int, wanted: int) -> tuple[bytes, bool]:
        """The last lines up to a time, and whether there are older ones.

        Raises:
            EngineError: When the engine does not say.
        """
        request = LogRequest(
            container_id=self.container.id,
            since=bound_of(self._since_ns) if self._since_ns else "",
            until=bound_of(until_ns),
        )
        later = self._most_lines + _SLACK
        block, more = await last_until(self._member.engine, request, wanted=wanted, later=later)
        self._most_lines += most_lines(block)
        self._opening = False
        return block, more

    async def _follow(self) -> None:
        while True:
            self._again.clear()
            ancestors = self.lives.ancestors
            try:
                self._take_up()
                await self._read()
                self._lost = False
            except (NotSupported, Forbidden) as error:
                self._explain(why_unread(error))
            except ObjectNotFound:
                self._explain(GONE)
            except EngineUnavailable as error:
                self._lost = True
                self._explain(why_unread(error))
            except EngineError as error:
                self._explain(why_unread(error))
            else:
                self._explain(self._why_nothing())
                self.lives.ended()
            self._settle()
            self._flush()
            if self._until_ns and not self._lost:
                return
            if self.lives.ancestors == ancestors:
                await self._again.wait()

    def _take_up(self) -> None:
        """Begin anew with a container that took the place of the one before."""
        if self._resume_of.id != self.container.id:
            self._leave()
            self._resume = Resume()
        self._resume_of = self.container

    def _leave(self) -> None:
        """Let the last words of a container that is gone be kept, for they cannot be asked for."""
        self._member.last_words.hand_over(self._resume_of, self._resume.recent)

    async def _read(self) -> None:
        if self._until_ns:
            await self._read_until()
            return
        if self._turn is not None and not self.is_settled:
            async with self._turn:
                await self._stream(self._request(self._span.tail, follow=False))
            self._settle()
        async with self._room:
            self.is_following = True
            try:
                await self._follow_on()
            finally:
                self.is_following = False

    async def _follow_on(self) -> None:
        for tail in _LOOK_BACK:
            try:
                await self._stream(self._request(tail, follow=True))
            except GapError:
                continue
            return

    async def _read_until(self) -> None:
        request = self._request(self._span.tail, follow=False)
        if self._span.tail is None:
            await self._stream(request)
            return
        block, self.has_older = await last_until(
            self._member.engine, request, wanted=self._span.tail, later=0
        )
        self._opening = False
        if block:
            self._hand_over(block, request)

    def _request(self, tail: int | None, *, follow: bool) -> LogRequest:
        since = self._resume.begin(may_gap=tail is None)
        self._opening = not since
        if not since:
            tail = self._span.tail if not self.lives.ancestors else None
            since = bound_of(self._since_ns) if self._since_ns else ""
        return LogRequest(
            container_id=self.container.id,
            tail=tail,
            since=since,
            until=bound_of(self._until_ns) if self._until_ns else "",
            follow=follow,
            patience_s=_PATIENCE_S if self._turn is not None else 0.0,
        )

    async def _stream(self, request: LogRequest) -> None:
        # Said after the engine has had a moment, so that a log with lines never flashes it.
        reminder = self._loop.call_later(_REMIND_S, lambda: self._explain(self._why_nothing()))
        resume = self._resume
        self._flush_later(_SILENT_S)
        try:
            async with aclosing(self._member.engine.logs(request)) as stream:
                async for block in stream:
                    if fresh := resume.fresh(block):
                        self._say_if_lost(resume)
                        self._hand_over(fresh, request)
                    self._flush_later(_QUIET_S)
        finally:
            reminder.cancel()

    def _say_if_lost(self, resume: Resume) -> None:
        if resume.has_lost:
            resume.has_lost = False
            self._take(
                rule(stamp_of(resume.last_ns), "lines are missing here: the engine has none")
            )

    def _hand_over(self, block: bytes, request: LogRequest) -> None:
        self.explanation = ""
        self.count += block.count(b"\n")
        self._most_lines += most_lines(block)
        if self._opening and request.tail is not None and self._most_lines >= request.tail:
            # As many as were asked for: there may be more.
            self.has_older, self._opening = True, False
        self.pace.note(block, time.time())
        self._take(self.lives.rules.place(block) if self.lives.rules else block)

    def _flush_later(self, after_s: float) -> None:
        """Hand over the rules that wait for a line, if none comes."""
        if self._flusher is not None:
            self._flusher.cancel()
        self._flusher = self._loop.call_later(after_s, self._flush) if self.lives.rules else None

    def _flush(self) -> None:
        """Hand over the rules that no line came after."""
        if block := self.lives.rules.take():
            self._take(block)

    def _settle(self) -> None:
        if not self.is_settled:
            self.is_settled = True
            self._told()

    def _explain(self, sentence: str) -> None:
        if not self.count and sentence != self.explanation:
            self.explanation = sentence
            self._told()

    def _why_nothing(self) -> str:
        return why_nothing(self.lives.listed, self._span)

    def _lives_changed(self) -> None:
        if self.lives.is_removed:
            self._leave()
        if self.is_waiting is not self._was_waiting:
            self._was_waiting = self.is_waiting
            self._told()
        if not self.is_waiting:
            self._again.set()
            self._flush_later(_SILENT_S)
