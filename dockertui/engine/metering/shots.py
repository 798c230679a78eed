"""Questions with one answer each, over connections that are kept for the next."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from dockertui.engine.metering.answer import Answer, whole_answer
from dockertui.engine.metering.channel import Dial
from dockertui.engine.wire import NotHTTPError

Failure = OSError | NotHTTPError

_IDLE_S = 15.0
"""How long a connection is kept that nobody needs."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an engine."""

    target: str
    """Path and query."""
    about: str
    """The container it is about; empty for the engine itself."""
    asked_s: float
    """When, by the monotonic clock."""
    is_look: bool = False
    """Is it about where the container is, rather than about what it uses?"""


class Asker(Protocol):
    """Who asks, and is told of the outcome."""

    def answered(self, question: Question, answer: Answer, took_s: float) -> None:
        """It was answered, so long after it was sent."""
        ...

    def failed(self, question: Question, error: Failure) -> None:
        """It will not be answered: the connection broke, or there was none."""
        ...

    def dropped(self) -> None:
        """The engine has ended a connection that was kept."""
        ...


class _Line:
    """A connection, and the question that is on its way there and back."""

    def __init__(self, shots: Shots, dial: Dial) -> None:
        self._shots = shots
        self.channel = dial(self.ready)
        self.question: Question | None = None
        self.free_s = 0.0
        """Since when it has nothing to do."""
        self._is_used = False
        """Has it brought an answer before?"""
        self._came = b""

    def ask(self, question: Question) -> None:
        self.question, self._came = question, b""
        try:
            self.channel.ask(question.target, is_kept=True)
        except OSError as error:
            self._fail(error)

    def ready(self) -> None:
        """Take what has come."""
        try:
            data = self.channel.read()
            if data is None:
                return
            question, self._came = self.question, self._came + data if self._came else data
            if question is None or (not data and not self._came):
                raise ConnectionResetError("the connection ended before the answer")
            answer = whole_answer(self._came, ended=not data)
            if answer is None and not data:
                raise ConnectionResetError("the connection ended amid the answer")
        except (OSError, NotHTTPError) as error:
            self._fail(error)
            return
        if answer is not None:
            self._is_used = True
            took_s = time.monotonic() - (self.channel.sent_s or question.asked_s)
            self._shots.came(self, question, answer, took_s)

    def _fail(self, error: Failure) -> None:
        # An engine may end a connection that is kept just as it is used again.
        stale = self._is_used and not self._came
        self._shots.broke(self, error, is_stale=stale)


class Shots:
    """Asks an engine, many things at once."""

    def __init__(self, dial: Dial, asker: Asker) -> None:
        """Begin without a connection.

        Args:
            dial: Makes one.
            asker: Whom to tell.
        """
        self._dial = dial
        self._asker = asker
        self._free: list[_Line] = []
        self._busy: dict[_Line, Question] = {}

    def __len__(self) -> int:
        """How many questions wait for their answers."""
        return len(self._busy)

    def waiting_s(self, now_s: float) -> float:
        """How long an answer is waited for, at most, since its question was sent."""
        sent = (line.channel.sent_s or now_s for line in self._busy)
        return now_s - min(sent, default=now_s)

    def ask(self, question: Question) -> None:
        """Ask something; the outcome may be told before this returns."""
        if self._free:
            self._ask_over(self._free.pop(), question)
        else:
            self._ask_anew(question)

    def _ask_anew(self, question: Question) -> None:
        try:
            line = _Line(self, self._dial)
        except OSError as error:
            self._asker.failed(question, error)
            return
        self._ask_over(line, question)

    def _ask_over(self, line: _Line, question: Question) -> None:
        self._busy[line] = question
        line.ask(question)

    def came(self, line: _Line, question: Question, answer: Answer, took_s: float) -> None:
        """An answer has come over a line."""
        del self._busy[line]
        line.question = None
        if answer.is_last:
            line.channel.close()
        else:
            line.free_s = time.monotonic()
            self._free.append(line)
        self._asker.answered(question, answer, took_s)

    def broke(self, line: _Line, error: Failure, *, is_stale: bool) -> None:
        """A line has broken."""
        line.channel.close()
        question = self._busy.pop(line, None)
        if question is None:
            self._free.remove(line)
            self._asker.dropped()
        elif is_stale:
            self._ask_anew(question)  # The others that were kept may have gone with it.
        else:
            self._asker.failed(question, error)

    def give_up(self, before_s: float) -> list[Question]:
        """Wait no more for what was asked before that time, and keep no idle connections."""
        late = [line for line, it in self._busy.items() if it.asked_s < before_s]
        questions = [self._busy.pop(line) for line in late]
        now_s = time.monotonic()
        idle = [line for line in self._free if now_s - line.free_s > _IDLE_S]
        self._free = [line for line in self._free if line not in idle]
        for line in late + idle:
            line.channel.close()
        return questions

    def close(self) -> None:
        """End all connections."""
        for line in (*self._free, *self._busy):
            line.channel.close()
        self._free.clear()
        self._busy.clear()
