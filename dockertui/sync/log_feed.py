"""A container's log, followed into a store through stops and losses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from dockertui.engine import (
    EngineError,
    EngineUnavailable,
    LogRequest,
    NotSupported,
    ObjectNotFound,
)
from dockertui.model import Container, ContainerState
from dockertui.store import Diff
from dockertui.store.log_store import LogStore
from dockertui.sync.fleet import Member
from dockertui.sync.link import Link
from dockertui.sync.resume import Resume


class LogFeed:
    """Follows the log of one container until closed.

    A stream ends when its container stops or its engine goes. The feed then waits for either to
    come back and goes on at the last line it has, so that nothing is lost or doubled.
    """

    def __init__(
        self,
        member: Member,
        container: Container,
        changed: Callable[[], None],
        *,
        tail: int = 1_000,
    ) -> None:
        """Begin to follow, on the running loop.

        Args:
            member: The engine that has the container.
            container: Whose log.
            changed: Called when there are lines, or when `explanation` changes.
            tail: How many of the last lines to begin with.
        """
        self.store = LogStore()
        self.explanation = ""
        self._member = member
        self._id = container.id
        self._changed = changed
        self._tail = tail
        self._again = asyncio.Event()
        self._let_go = (
            member.store.subscribe(Container, self._container_changed),
            member.watcher.on_link(self._link_changed),
        )
        self._task = asyncio.get_running_loop().create_task(self._follow())

    def close(self) -> None:
        """Let go of the stream, at once."""
        self._task.cancel()
        for let_go in self._let_go:
            let_go()

    async def _follow(self) -> None:
        resume = Resume()
        while True:
            self._again.clear()
            try:
                await self._read(resume)
            except NotSupported as error:
                self._explain(f"Its log cannot be read here. The engine says: {error}")
                return
            except ObjectNotFound:
                self._explain("It has been removed, and its log with it.")
                return
            except EngineUnavailable:
                self._explain("The engine does not answer; the log goes on when it does.")
            except EngineError as error:
                self._explain(f"The log could not be read. The engine says: {error}")
            else:
                self._explain(self._why_nothing())
            await self._again.wait()

    async def _read(self, resume: Resume) -> None:
        since = resume.begin()
        request = LogRequest(container_id=self._id, tail=None if since else self._tail, since=since)
        # Said after the engine has had a moment, so that a log with lines never flashes it.
        reminder = asyncio.get_running_loop().call_later(
            0.3, lambda: self._explain(self._why_nothing())
        )
        try:
            async for block in self._member.engine.logs(request):
                if fresh := resume.fresh(block):
                    self.store.append(fresh)
                    self.explanation = ""
                    self._changed()
        finally:
            reminder.cancel()

    def _explain(self, sentence: str) -> None:
        if not len(self.store) and sentence != self.explanation:
            self.explanation = sentence
            self._changed()

    def _why_nothing(self) -> str:
        container = self._member.store.snapshot(Container).get(self._id)
        if container is None:
            return "It has been removed, and its log with it."
        match container.state:
            case ContainerState.CREATED:
                return "It has never run, so it has written nothing. Start it with s."
            case ContainerState.EXITED | ContainerState.DEAD:
                return "It ended without writing a line."
            case _:
                return "No lines yet. What it writes to stdout and stderr will appear here."

    def _container_changed(self, change: Diff[Container]) -> None:
        for each in (*change.changed, *change.added):
            if each.id == self._id and each.state.is_live:
                self._again.set()

    def _link_changed(self, link: Link) -> None:
        if link.is_up:
            self._again.set()
