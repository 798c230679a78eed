"""Clocks tick when asked to, and not more often."""

from __future__ import annotations

import asyncio
from time import monotonic

from dockertui.widgets.tick import Rest, Tick

SOON_S = 0.05


async def after(wait: asyncio.Event) -> float:
    """How long something took to happen."""
    start_s = monotonic()
    async with asyncio.timeout(5):
        await wait.wait()
    wait.clear()
    return monotonic() - start_s


async def test_the_earliest_wish_counts() -> None:
    ticked = asyncio.Event()
    tick = Tick(ticked.set, least_s=0)
    for seconds in (60, SOON_S, 60, float("inf")):
        tick.within(seconds)
    assert tick.is_coming
    assert SOON_S <= await after(ticked) < 5
    assert not tick.is_coming


async def test_two_ticks_are_never_closer_than_they_may_be() -> None:
    ticked = asyncio.Event()
    tick = Tick(ticked.set, least_s=4 * SOON_S)
    tick.within(0)
    await after(ticked)
    tick.within(0)
    assert await after(ticked) >= 4 * SOON_S * 0.9


async def test_a_stopped_tick_does_not_come() -> None:
    ticked = asyncio.Event()
    tick, other = Tick(ticked.set), asyncio.Event()
    tick.within(0)
    tick.stop()
    Tick(other.set).within(SOON_S)
    await after(other)
    assert not ticked.is_set()


async def test_nothing_ticks_for_what_never_changes() -> None:
    tick = Tick(lambda: None)
    tick.within(float("inf"))
    assert not tick.is_coming


async def test_who_rests_already_is_called_at_once() -> None:
    called = asyncio.Event()
    rest = Rest(called.set, after_s=60)
    rest.want()
    assert await after(called) < 5


async def test_who_is_busy_is_called_only_after_a_rest() -> None:
    called = asyncio.Event()
    rest = Rest(called.set, after_s=4 * SOON_S)
    rest.touch()
    rest.want()
    await asyncio.sleep(2 * SOON_S)
    rest.touch()
    assert await after(called) >= 4 * SOON_S * 0.9
