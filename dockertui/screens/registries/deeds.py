"""What every deed in the room of registries needs: a question, patience, and a way to tell."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from dockertui.actions.question import Answers, Question
from dockertui.engine.registry.hosts import name_of
from dockertui.model import Image
from dockertui.model.job import Job
from dockertui.resources.registries.sentences import trouble
from dockertui.screens.registries.level import Level
from dockertui.screens.room import Room
from dockertui.sync import Member
from dockertui.sync.added_registries import AddedRegistries
from dockertui.widgets.message_bar import Report

if TYPE_CHECKING:
    from dockertui.engine.registry.registries import Registries
    from dockertui.sync.jobs import Task

T = TypeVar("T")


class CalledOffError(Exception):
    """The person would rather not wait any longer."""


class Deeds(Room):
    """A room with the registries of one engine."""

    def __init__(self, member: Member, start_job: Callable[[Task], Job]) -> None:
        """Prepare; nothing is asked yet.

        Args:
            member: The engine, who asks registries for it, and its images.
            start_job: Lets something go on in the background, on that engine.
        """
        super().__init__()
        self.member = member
        self.added = AddedRegistries(member.outside.settings)
        self.start_job = start_job
        self.doing = ""
        self.pulling: set[int] = set()
        self._deed: asyncio.Future[Any] | None = None

    @property
    def level(self) -> Level:
        """The step of the way that is shown."""
        raise NotImplementedError

    @property
    def registries(self) -> Registries:
        """Who asks them."""
        return self.member.registries

    @property
    def images(self) -> Sequence[Image]:
        """The images of the engine."""
        return tuple(self.member.store.snapshot(Image).values())

    @staticmethod
    def name_of_host(host: str) -> str:
        """What a registry is called on screen."""
        return name_of(host) if host else "the registries"

    def fail(self, error: Exception) -> None:
        """Tell what went wrong, and what to do about it; it stays until it is seen."""
        first, *others = trouble(error)
        report = Report(first, failed=True, detail="\n".join((first, "", *others)))
        self.message_bar.say(
            Report(report.sentence, failed=True, detail=report.detail, at=datetime.now(UTC))
        )

    async def ask(self, question: Question) -> Answers | None:
        """Ask the person; `None` when they would rather not."""
        from dockertui.screens.ask import Ask

        return await self.app.push_screen_wait(Ask(question))

    async def waited_for(self, words: str, work: Awaitable[T]) -> T:
        """Wait for something, and say so; escape calls it off.

        Args:
            words: What goes on: `Logging in to ghcr.io`.
            work: What is waited for.

        Raises:
            CalledOffError: The person would not wait.
        """
        deed = asyncio.ensure_future(work)
        self.doing, self._deed = words, deed
        self.draw_soon()
        try:
            await asyncio.wait({deed})
        finally:
            deed.cancel()
            self.doing, self._deed = "", None
            self.draw_soon()
        if deed.cancelled():
            raise CalledOffError(words)
        return deed.result()

    def call_off(self) -> bool:
        """Wait no longer; says whether anything was waited for."""
        if self._deed is None:
            return False
        self._deed.cancel()
        self.say(f"{self.doing}: called off.")
        return True

    def draw_soon(self) -> None:
        """Draw the lines above and below anew."""
        raise NotImplementedError

    def may_change(self, verb: str) -> bool:
        """May anything be changed? Says so when not."""
        if self.member.engine.read_only:
            self.say(f"{verb}: not in read-only mode. Nothing was done.")
            return False
        return True

    def reload_all(self) -> None:
        """Let every step of the way ask again: who is logged in has changed."""
        for each in self.query(Level):
            each.reload()
