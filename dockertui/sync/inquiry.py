"""Something that an engine is asked only when somebody wants to know."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Generic, TypeVar

from dockertui.engine import EngineError

T = TypeVar("T")


class Inquiry(Generic[T]):
    """A question to an engine, and its last answer with its age.

    One at a time is under way, however often it is asked; it can be given up. Only the event
    loop's thread may call it.
    """

    def __init__(self, question: Callable[[], Awaitable[T]]) -> None:
        """Ask nothing yet.

        Args:
            question: Asks the engine; cancelling it ends the engine's work, too, if it can.
        """
        self.answer: T | None = None
        """The last answer; kept while it is asked again, and when that fails."""
        self.error: EngineError | None = None
        """Why the last question was not answered; `None` if it was."""
        self.answered_at: datetime | None = None
        """When the last answer came, in UTC."""
        self._question = question
        self._task: asyncio.Task[None] | None = None
        self._asked_s = 0.0
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_asking(self) -> bool:
        """Is the engine at it?"""
        return self._task is not None

    @property
    def asking_s(self) -> float:
        """For how many seconds the engine has been at it; 0 if it is not."""
        return _now_s() - self._asked_s if self.is_asking else 0.0

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when asking begins or ends, until the returned function is called."""
        self._listeners.append(listener)

        def leave() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return leave

    def ask(self) -> bool:
        """Ask the engine, unless it is at it already; says whether it was asked now."""
        if self.is_asking:
            return False
        self._asked_s, self.error = _now_s(), None
        self._task = asyncio.get_running_loop().create_task(self._ask())
        self._tell()
        return True

    def give_up(self) -> bool:
        """Wait for the answer no longer; says whether there was any to wait for."""
        task, self._task = self._task, None
        if task is None:
            return False
        task.cancel()
        self._tell()
        return True

    async def _ask(self) -> None:
        answer, error = None, None
        try:
            answer = await self._question()
        except EngineError as failure:
            error = failure
        self._task, self.error = None, error
        if answer is not None:
            self.answer, self.answered_at = answer, datetime.now(UTC)
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _now_s() -> float:
    return asyncio.get_running_loop().time()
