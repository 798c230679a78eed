"""Questions with one answer each, when the connections that were kept for them are gone."""

from __future__ import annotations

import inspect
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockertui.engine.metering.answer import Answer
from dockertui.engine.metering.channel import Channel, Peer
from dockertui.engine.metering.shots import Failure, Question, Shots

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Asked:
    """Asks an engine of a few lines, and keeps what became of it."""

    def __init__(self, path: Path) -> None:
        self.answers: list[str] = []
        self.failures: list[str] = []
        self.drops = 0
        self.selector = selectors.DefaultSelector()
        self.shots = Shots(
            lambda ready: Channel(Peer(socket.AF_UNIX, str(path)), self.selector, ready), self
        )
        self._engine = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._engine.bind(str(path))
        self._engine.listen(512)
        self.connections: list[socket.socket] = []

    def answered(self, question: Question, answer: Answer, took_s: float) -> None:
        self.answers.append(question.about)

    def failed(self, question: Question, error: Failure) -> None:
        self.failures.append(question.about)

    def dropped(self) -> None:
        self.drops += 1

    def ask(self, *names: str) -> None:
        """Ask about these, each over a line of its own."""
        for name in names:
            self.shots.ask(Question("/", name, time.monotonic()))

    def answer(self, times: int) -> None:
        """Answer so many questions, and keep the connections."""
        for _ in range(times):
            connection, _ = self._engine.accept()
            connection.sendall(ANSWER)
            self.connections.append(connection)

    def hear(self) -> None:
        """Let everything that is ready be told, all of one moment."""
        for key, _ in self.selector.select(1):
            key.data()

    def refuse(self) -> None:
        """The engine goes, with every connection."""
        self._engine.close()
        for connection in self.connections:
            connection.close()
        self.connections.clear()


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    """Nothing asked yet."""
    it = Asked(tmp_path / "s")
    yield it
    it.refuse()
    it.shots.close()
    it.selector.close()


def kept(asked: Asked, count: int) -> None:
    """Have so many connections that were answered over, and do nothing."""
    names = [f"first {it}" for it in range(count)]
    asked.ask(*names)
    asked.answer(count)
    while len(asked.answers) < count:
        asked.hear()
    asked.answers.clear()


def test_an_engine_that_goes_while_it_is_asked_fails_each_question_once(asked: Asked) -> None:
    kept(asked, 4)
    asked.ask("a", "b")
    asked.refuse()
    asked.hear()  # The free lines and the asked ones end in one moment.
    assert sorted(asked.failures) == ["a", "b"]
    assert len(asked.shots) == 0


def test_a_line_that_was_closed_is_not_told_of_what_came_in_the_same_moment(asked: Asked) -> None:
    kept(asked, 3)
    asked.refuse()
    woken = [key.data for key, _ in asked.selector.select(1)]
    asked.shots.close()
    for wake in woken:
        wake()
    assert asked.drops == 0


def test_a_question_over_a_line_that_is_gone_is_asked_over_a_new_one(asked: Asked) -> None:
    kept(asked, 3)
    for connection in asked.connections:
        connection.close()
    asked.ask("a")
    asked.answer(1)
    while not asked.answers:
        asked.hear()
    assert asked.answers == ["a"]
    assert asked.failures == []


def test_hundreds_of_lines_that_are_gone_make_no_deep_well(asked: Asked) -> None:
    kept(asked, 300)
    asked.refuse()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        asked.ask("a")
    finally:
        sys.setrecursionlimit(limit)
    assert asked.failures == ["a"]
