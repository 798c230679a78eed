"""One container's log, followed through its lives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from functools import partial

from dockertui.engine import EngineError, EngineUnavailable
from dockertui.model import Container
from dockertui.sync.container_lives import ContainerLives
from dockertui.sync.fleet import Member
from dockertui.sync.link import Phase
from dockertui.sync.log_pace import LogPace
from dockertui.sync.log_past import PastLives
from dockertui.sync.log_reader import LogBounds, LogReader
from dockertui.sync.log_reasons import why_nothing, why_unread
from dockertui.sync.log_rules import RuleTimer
from dockertui.sync.log_span import LogSpan

_QUIET_S = 1.0
_SILENT_S = 3.0
"""For how long a rule waits for the lines before it, or for the first one behind it."""
_REMIND_S = 0.3
_PATIENCE_S = 0.2

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
        self._member, self._take, self._told = member, take, told
        self._span, self._bounds = span, LogBounds.of(span)
        self._turn, self._room = turn, room or nullcontext()
        self._again = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._is_complete = self._was_waiting = False
        self._clear()
        self.lives = ContainerLives(member, container, self._lives_changed)
        self._rule_timer = RuleTimer(self.lives.rules, take)
        self.past = PastLives(member.engine, container)
        """How its earlier lives ended."""
        self._reader, self._reads = self._reader_of(container), container
        self._task: asyncio.Task[None] | None = self._loop.create_task(self._follow())

    def _clear(self) -> None:
        self.explanation = ""
        """Why no lines have come."""
        self.is_settled = False
        """Has it handed over what was there at the beginning, as far as anybody could?"""
        self.is_following = False
        """Would a line that is written now come?"""
        self.count = 0
        """How many lines it has handed over."""
        self.pace = LogPace(time.time())
        """How far what comes is behind what is written."""

    def close(self) -> None:
        """Let go of the stream, at once."""
        self.pause()
        self._is_complete = True
        self.lives.close()
        self._rule_timer.stop()

    def pause(self) -> None:
        """Let go of the stream for a while, because nobody looks; `go_on` misses nothing."""
        self.past.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def go_on(self) -> None:
        """Take the stream up again, at the last line there is."""
        if self._task is None and not self._is_complete:
            self._task = self._loop.create_task(self._follow())

    @property
    def container(self) -> Container:
        """Whose log it is now."""
        return self.lives.container

    @property
    def is_waiting(self) -> bool:
        """Does it wait for an engine that is lost?"""
        return not self._is_complete and self._member.watcher.link.phase is Phase.LOST

    @property
    def has_older(self) -> bool:
        """Are there lines within the span before those handed over, and can they be had?"""
        return self._reader.has_older and not self.lives.ancestors

    def has_no_older(self) -> None:
        """Take note that there are none."""
        self._reader.has_older = False

    async def older(self, until_ns: int, wanted: int) -> tuple[bytes, bool]:
        """The last lines up to a time, and whether there are older ones.

        Raises:
            EngineError: When the engine does not say.
        """
        return await self._reader.older(until_ns, wanted)

    async def _follow(self) -> None:
        self.past.ask()
        while not self._is_complete:
            self._again.clear()
            self._take_up()
            reads = self._reads
            # Said after the engine has had a moment, so that a log with lines never flashes it.
            reminder = self._loop.call_later(_REMIND_S, self._explain_nothing)
            try:
                await self._read()
            except EngineError as error:
                self._explain(why_unread(error))
                # Of what is lost the rest may yet come; an answer is an answer.
                self._is_complete &= not isinstance(error, EngineUnavailable)
            else:
                self._explain_nothing()
                self.lives.ended()
            finally:
                reminder.cancel()
            self._settle()
            self._rule_timer.end()
            if self.container.id == reads.id and not self._is_complete:
                await self._again.wait()

    async def _read(self) -> None:
        if self._bounds.until:
            self._is_complete = True
            await self._reader.read_history()
            return
        if self._turn is not None and not self.is_settled:
            async with self._turn:
                await self._reader.read_history()
            self._settle()
        async with self._room:
            self.is_following = True
            try:
                self._rule_timer.wait(_SILENT_S)
                await self._reader.read_on()
            finally:
                self.is_following = False

    # Who is read

    def _reader_of(self, container: Container) -> LogReader:
        # All of a container that has only just been created.
        bounds = replace(self._bounds, tail=None) if self.lives.ancestors else self._bounds
        patience_s = _PATIENCE_S if self._turn is not None else 0.0
        reader = partial(LogReader, self._member.engine, container.id, bounds, self._came)
        return reader(patience_s=patience_s, prepare=self.past.told)

    def _take_up(self) -> None:
        """Turn to the container that has taken the place of the one that was read."""
        if self._reads.id != self.container.id:
            self._leave()
            self._reader = self._reader_of(self.container)
        self._reads = self.container

    def _leave(self) -> None:
        """Let the last words of a container that is gone be kept, for they cannot be asked for."""
        self._member.last_words.hand_over(self._reads, self._reader.recent, is_over=True)

    def _lives_changed(self) -> None:
        if self.lives.is_removed:
            self._leave()
        if self.is_waiting is not self._was_waiting:
            self._was_waiting = self.is_waiting
            self._told()
        if not self.is_waiting:
            self._again.set()
            self._rule_timer.wait(_SILENT_S)

    # What comes, and what is said of it

    def _came(self, block: bytes) -> None:
        if block:
            self.explanation = ""
            self.count += block.count(b"\n")
            self.pace.note(block, time.time())
            for death in self.past.within(block):
                self.lives.remember(death)
            self.lives.wrote(block)
            self._take(self.lives.rules.place(block) if self.lives.rules else block)
        self._rule_timer.wait(_QUIET_S)

    def _settle(self) -> None:
        if not self.is_settled:
            self.is_settled = True
            self._told()

    def _explain(self, sentence: str) -> None:
        if not self.count and sentence != self.explanation:
            self.explanation = sentence
            self._told()

    def _explain_nothing(self) -> None:
        self._explain(why_nothing(self.lives.listed, self._span))
