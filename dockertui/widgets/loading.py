"""Asking an engine about what a person looks at, and no more than that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from dockertui.engine import EngineError

REST_S = 0.04
"""How long one must stay with an object, when going through many, before anything is asked."""
PATIENCE_S = 0.3
"""How long an answer may take before it is said that one waits for it."""

Question = Callable[[], Awaitable[Any]]


class Loading:
    """Asks one thing at a time: a new question cancels the last, and its answer never comes."""

    def __init__(
        self,
        answered: Callable[[Any], None],
        failed: Callable[[EngineError], None],
        waiting: Callable[[], None],
    ) -> None:
        """Ask nothing yet.

        Args:
            answered: Called with each answer.
            failed: Called when the engine could not answer.
            waiting: Called when a first answer takes long.
        """
        self._answered = answered
        self._failed = failed
        self._waiting = waiting
        self._task: asyncio.Task[None] | None = None
        self._asked_s = float("-inf")

    def ask(self, question: Question, *, every_s: float = 0) -> None:
        """Ask at once, or in a moment if something was asked a moment ago.

        Args:
            question: What to ask.
            every_s: How long after each answer to ask again; 0 for never.
        """
        self.stop()
        loop = asyncio.get_running_loop()
        rest_s = REST_S if loop.time() - self._asked_s < REST_S else 0
        self._asked_s = loop.time()
        self._task = loop.create_task(self._ask(question, rest_s, every_s))

    def stop(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _ask(self, question: Question, rest_s: float, every_s: float) -> None:
        if rest_s:
            await asyncio.sleep(rest_s)
        impatience = asyncio.get_running_loop().call_later(PATIENCE_S, self._waiting)
        try:
            while True:
                try:
                    answer = await question()
                except EngineError as error:
                    impatience.cancel()
                    self._failed(error)
                else:
                    impatience.cancel()
                    self._answered(answer)
                if not every_s:
                    return
                await asyncio.sleep(every_s)
        finally:
            impatience.cancel()
