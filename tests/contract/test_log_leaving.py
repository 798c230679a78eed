"""Whoever has read enough of a flood is rid of it at once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator

import pytest

from dockertui.sync import Member
from dockertui.sync.log_feed import LogFeed
from tests.contract.fleet_of import listed, nothing, until, watched
from tests.contract.subject import Subject, real
from tests.support.real_engine import RealEngine

pytestmark = pytest.mark.engine

AT_ONCE_S = 0.010
TRIES = 5
ENOUGH = 20_000
"""Lines after which a flood is in full spate."""
SMALL_LOG = {"type": "json-file", "config": {"max-size": "20m", "max-file": "2"}}


@pytest.fixture
async def subject(real_engine: RealEngine) -> AsyncIterator[Subject]:
    async with real(real_engine) as one:
        yield one


@pytest.fixture
async def member(subject: Subject) -> AsyncIterator[Member]:
    async with watched(subject) as member:
        yield member


@pytest.fixture
async def flood(subject: Subject) -> str:
    """A container that writes as fast as it can."""
    return await subject.make("yes a line of a flood", host={"log_config": SMALL_LOG})


def streams() -> int:
    return sum(it.name == "engine-stream" for it in threading.enumerate())


async def left_within_s(member: Member, container_id: str, logs: int) -> float:
    """Follow logs of a flood, leave them, and wait until neither stream nor thread is left."""
    before = streams()
    container = await listed(member, container_id)
    feeds = [LogFeed(member, container, nothing) for _ in range(logs)]
    await until(lambda: all(len(it.store) > ENOUGH for it in feeds))
    began_s = time.perf_counter()
    for each in feeds:
        each.close()
    async with asyncio.timeout(10):
        while streams() > before:
            await asyncio.sleep(0.0005)
    return time.perf_counter() - began_s


@pytest.mark.parametrize("logs", [1, 3])
async def test_a_log_is_left_at_once_amid_a_flood(
    subject: Subject, member: Member, flood: str, logs: int
) -> None:
    took_s = [await left_within_s(member, flood, logs) for _ in range(TRIES)]
    assert min(took_s) < AT_ONCE_S, took_s
