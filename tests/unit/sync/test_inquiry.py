"""A question is asked once at a time, can be given up, and its answer has an age."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from dockertui.engine import EngineError
from dockertui.sync.inquiry import Inquiry


class Oracle:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.given_up = 0
        self.speaks = asyncio.Event()
        self.error: EngineError | None = None

    async def __call__(self) -> str:
        self.asked += 1
        try:
            await self.speaks.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if self.error is not None:
            raise self.error
        return f"answer {self.asked}"


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.fixture
async def oracle() -> Oracle:
    return Oracle()


async def test_nothing_is_known_before_it_is_asked(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    assert (inquiry.answer, inquiry.error) == (None, None)
    assert (inquiry.is_asking, inquiry.asking_s, inquiry.answered_at) == (False, 0.0, None)
    assert oracle.asked == 0


async def test_only_one_is_under_way(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    assert inquiry.ask()
    assert not inquiry.ask()
    await until(lambda: oracle.asked)
    assert inquiry.is_asking
    await until(lambda: inquiry.asking_s > 0)
    oracle.speaks.set()
    await until(lambda: inquiry.answer)
    assert (inquiry.answer, inquiry.is_asking, oracle.asked) == ("answer 1", False, 1)
    assert inquiry.answered_at is not None
    assert abs(datetime.now(UTC) - inquiry.answered_at) < timedelta(seconds=5)


async def test_an_answer_is_kept_while_it_is_asked_again(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    oracle.speaks.set()
    inquiry.ask()
    await until(lambda: inquiry.answer)
    oracle.speaks.clear()
    assert inquiry.ask()
    assert inquiry.answer == "answer 1"
    oracle.speaks.set()
    await until(lambda: inquiry.answer == "answer 2")


async def test_a_refusal_is_kept_beside_the_last_answer(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    oracle.speaks.set()
    inquiry.ask()
    await until(lambda: inquiry.answer)
    oracle.error = EngineError("a disk usage operation is already running")
    inquiry.ask()
    await until(lambda: inquiry.error)
    assert inquiry.answer == "answer 1"
    assert not inquiry.is_asking
    oracle.error = None
    inquiry.ask()
    assert inquiry.error is None


async def test_giving_up_ends_the_question(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    assert not inquiry.give_up()
    inquiry.ask()
    await until(lambda: oracle.asked)
    assert inquiry.give_up()
    assert not inquiry.is_asking
    await until(lambda: oracle.given_up)
    assert (inquiry.answer, inquiry.error) == (None, None)


async def test_one_may_ask_again_at_once_after_giving_up(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    inquiry.ask()
    await until(lambda: oracle.asked)
    inquiry.give_up()
    assert inquiry.ask()
    await until(lambda: oracle.asked == 2)
    oracle.speaks.set()
    await until(lambda: inquiry.answer)
    assert inquiry.answer == "answer 2"


async def test_an_answer_that_comes_as_one_gives_up_is_lost(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    inquiry.ask()
    await until(lambda: oracle.asked)
    oracle.speaks.set()
    inquiry.give_up()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert inquiry.answer is None


async def test_who_listens_hears_of_the_beginning_and_the_end(oracle: Oracle) -> None:
    inquiry = Inquiry(oracle)
    heard: list[bool] = []
    leave = inquiry.subscribe(lambda: heard.append(inquiry.is_asking))
    inquiry.ask()
    oracle.speaks.set()
    await until(lambda: inquiry.answer)
    inquiry.ask()
    inquiry.give_up()
    leave()
    leave()
    inquiry.ask()
    assert heard == [True, False, True, False]
